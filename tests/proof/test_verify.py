"""deckgen.verify: sound decks have no finding, seventeen broken ones have, and the command says so."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from support.broken import (
    FIRST,
    FIRST_ID,
    NOTES,
    PICTURE,
    PRESENTATION,
    SECOND_ID,
    TYPES,
    Found,
    Parts,
    cut,
    faults,
    found,
    packed,
    rels,
    swap,
    titled,
)
from support.ooxml import assert_valid, sdk_findings
from support.repository import BuiltDeck

from deckgen.cli.main import main


# -- Sound files ------------------------------------------------------------
@pytest.mark.slow
def test_our_decks_are_valid(any_deck: BuiltDeck) -> None:
    """Neither we nor the Open XML SDK find anything in a deck of ours."""
    assert_valid(any_deck.pptx)


def test_packing_alone_breaks_nothing(parts: Parts) -> None:
    """The tests below break the deck themselves, not by how they write it."""
    assert faults(parts) == []


# -- The seventeen decks that were broken to try the validators --------------
def shape_id_twice(parts: Parts) -> Found:
    """01: two shapes of a slide share an id."""
    swap(parts, FIRST, '<p:cNvPr id="3"', '<p:cNvPr id="2"')
    return [(FIRST, "duplicate-shape-id")]


def low_slide_id(parts: Parts) -> Found:
    """02: a slide id below 256."""
    parts[PRESENTATION] = parts[PRESENTATION].replace(f'sldId id="{FIRST_ID}"', 'sldId id="25"')
    return [(PRESENTATION, "bad-id")]


def slide_id_twice(parts: Parts) -> Found:
    """03: one slide twice in the list."""
    swap(
        parts, PRESENTATION, f'<p:sldId id="{SECOND_ID}" r:id="rId7"/>', f'<p:sldId id="{SECOND_ID}" r:id="rId7"/>' * 2
    )
    return [(PRESENTATION, rule) for rule in ("duplicate-id", "duplicate-part")]


def dangling_relation(parts: Parts) -> Found:
    """04: a slide uses a relation that it does not have."""
    slide = titled(parts, "Lines")
    cut(parts, slide, r'<c:chart ([^>]*)r:id="\w+"', r'<c:chart \1r:id="rId99"')
    return [(slide, "missing-relation")]


def short_row(parts: Parts) -> Found:
    """05: a row of a table lacks a cell."""
    slide = titled(parts, "A table and its chart")
    cut(parts, slide, r"<a:tc>((?!</a:tc>).)*</a:tc></a:tr>", "</a:tr>")
    return [(slide, "ragged-row")]


def override_without_part(parts: Parts) -> Found:
    """06: a content type for a part that is not there."""
    kind = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml"
    swap(parts, TYPES, "</Types>", f'<Override PartName="/ppt/slides/slide99.xml" ContentType="{kind}"/></Types>')
    return [(TYPES, "stray-content-type")]


def part_without_override(parts: Parts) -> Found:
    """07: a slide without its content type is taken for just any XML."""
    cut(parts, TYPES, r'<Override PartName="/ppt/slides/slide1.xml"[^>]*/>')
    return [(FIRST, "bad-content-type")]


def missing_part(parts: Parts) -> Found:
    """08: a picture is not in the archive."""
    slide = titled(parts, "A picture")
    del parts[PICTURE]
    return [(slide, "missing-part")]


def children_in_wrong_order(parts: Parts) -> Found:
    """09: the text of a run before its properties, which is left to the Open XML SDK."""
    cut(parts, FIRST, r"(<a:rPr .*?</a:rPr>)(<a:t>.*?</a:t>)", r"\2\1")
    return []


def unknown_slide_in_section(parts: Parts) -> Found:
    """10: a section names a slide that does not exist."""
    swap(parts, PRESENTATION, f'<p14:sldId id="{FIRST_ID}"/>', f'<p14:sldId id="{FIRST_ID}"/><p14:sldId id="999"/>')
    return [(PRESENTATION, "unknown-slide")]


def shared_notes(parts: Parts) -> Found:
    """12: two slides have the same notes."""
    swap(parts, rels(titled(parts, "A table with a long word in each row")), "notesSlide2.xml", "notesSlide1.xml")
    return [(NOTES, "shared-notes")]


def control_character(parts: Parts) -> Found:
    """13: a character that XML cannot hold."""
    swap(parts, FIRST, "</a:t>", "\x0b</a:t>")
    return [(FIRST, "control-character")]


def cell_without_paragraph(parts: Parts) -> Found:
    """14: a cell whose text has no paragraph."""
    slide = titled(parts, "A table and its chart")
    cut(parts, slide, r"(<a:txBody>((?!<a:p>).)*)<a:p>((?!</a:txBody>).)*</a:txBody>", r"\1</a:txBody>")
    return [(slide, "empty-text-body")]


def span_past_grid(parts: Parts) -> Found:
    """15: a cell spans more columns than there are."""
    slide = titled(parts, "A table and its chart")
    swap(parts, slide, "<a:tc>", '<a:tc gridSpan="3">')
    return [(slide, "span-past-grid")]


def negative_extent(parts: Parts) -> Found:
    """16: a shape less than nothing wide."""
    slide = titled(parts, "A picture")
    cut(parts, slide, r'<a:ext cx="', '<a:ext cx="-')
    return [(slide, "negative-extent")]


def column_too_many(parts: Parts) -> Found:
    """17: the grid has a column more than the rows have cells."""
    slide = titled(parts, "A table and its chart")
    swap(parts, slide, "</a:tblGrid>", '<a:gridCol w="1"/></a:tblGrid>')
    return [(slide, "ragged-row")] * 3


FAULTS: list[Callable[[Parts], Found]] = [
    *(shape_id_twice, low_slide_id, slide_id_twice, dangling_relation, short_row, override_without_part),
    *(part_without_override, missing_part, unknown_slide_in_section, shared_notes, control_character),
    *(cell_without_paragraph, span_past_grid, negative_extent, column_too_many),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_broken_deck_is_found_out(parts: Parts, fault: Callable[[Parts], Found]) -> None:
    """Each fault has its finding at its part, and nothing else has one."""
    expected = fault(parts)

    assert faults(parts) == expected


def test_a_member_twice(parts: Parts) -> None:
    """11: an archive may not hold two members of one name, whatever the case of its letters."""
    stream = io.BytesIO(packed(parts))
    with ZipFile(stream, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of what is done on purpose
        archive.writestr(FIRST, parts[FIRST])

    assert found(stream.getvalue()) == [(FIRST, "duplicate-member")]


@pytest.mark.slow
def test_order_of_children_is_the_business_of_the_sdk(parts: Parts, tmp_path: Path) -> None:
    """09: the one fault of the seventeen that we leave to the Open XML SDK, it finds."""
    expected = children_in_wrong_order(parts)
    path = tmp_path / "a.pptx"
    path.write_bytes(packed(parts))

    assert faults(parts) == expected
    assert all("slide1.xml" in finding for finding in sdk_findings(path))
    assert sdk_findings(path)


# -- The command -------------------------------------------------------------
def test_the_command_says_what_is_wrong_and_fails(
    parts: Parts, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`deckgen verify` prints file, part, rule and hint, and leaves with 1."""
    short_row(parts)
    path = tmp_path / "a.pptx"
    path.write_bytes(packed(parts))

    assert main(["verify", str(path)]) == 1
    out, err = capsys.readouterr()
    assert out == f"{path}: 1 error, 0 warnings\n"
    slide = titled(parts, "A table and its chart")
    assert err.splitlines() == [
        f"{path}!/{slide}: error: table 1: row 1 has 1 cells, the grid 2 columns [ragged-row]",
        "  hint: a merged cell is still a cell",
    ]


@pytest.mark.parametrize(("options", "code"), [([], 0), (["--strict"], 1)])
def test_warnings_fail_only_when_strict(
    parts: Parts, tmp_path: Path, options: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """A missing alt text is a warning, which fails under `--strict` alone."""
    cut(parts, titled(parts, "A picture"), r'descr="[^"]*"')
    path = tmp_path / "a.pptx"
    path.write_bytes(packed(parts))

    assert main(["verify", *options, str(path)]) == code
    assert capsys.readouterr().out == f"{path}: 0 errors, 1 warning\n"


def test_one_missing_file_does_not_hide_another(every_kind: BuiltDeck, capsys: pytest.CaptureFixture[str]) -> None:
    """All files are looked at, whatever is wrong with the first."""
    path = every_kind.pptx

    assert main(["verify", "absent.pptx", str(path)]) == 1
    out, err = capsys.readouterr()
    assert err == "absent.pptx: error: cannot be read: No such file or directory [cannot-read]\n"
    assert out == f"absent.pptx: 1 error, 0 warnings\n{path}: 0 errors, 0 warnings\n"
