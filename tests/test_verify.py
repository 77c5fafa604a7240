"""deckgen.verify: sound decks have no finding, and each fault made on purpose has its own."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from ooxml import assert_valid, sdk_findings

from deckgen.cli import main
from deckgen.verify import package as reading
from deckgen.verify import verify

Parts = dict[str, str]
Found = list[tuple[str, str]]
TYPES = "[Content_Types].xml"
PRESENTATION = "ppt/presentation.xml"
PRESENTATION_RELS = "ppt/_rels/presentation.xml.rels"
MASTER = "ppt/slideMasters/slideMaster1.xml"
FIRST = "ppt/slides/slide1.xml"
NOTES = "ppt/notesSlides/notesSlide1.xml"
OTHER_NOTES = "ppt/notesSlides/notesSlide2.xml"
CHART = "ppt/charts/chart1.xml"
PICTURE = "ppt/media/image2.png"


@pytest.fixture
def parts(every_kind: Path) -> Parts:
    """The members of a sound deck as text, to be broken; one letter for each byte."""
    with ZipFile(pptx_in(every_kind)) as archive:
        return {name: archive.read(name).decode("latin-1") for name in archive.namelist()}


def pptx_in(folder: Path) -> Path:
    """The one PowerPoint in a folder."""
    (path,) = folder.glob("*.pptx")
    return path


def packed(parts: Parts, method: int = ZIP_DEFLATED) -> bytes:
    """The parts as an archive."""
    stream = io.BytesIO()
    with ZipFile(stream, "w", method) as archive:
        for name, text in parts.items():
            archive.writestr(name, text.encode("latin-1"))
    return stream.getvalue()


def swap(parts: Parts, part: str, old: str, new: str) -> None:
    """Replace the first `old` of a part."""
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)


def cut(parts: Parts, part: str, pattern: str, new: str = "") -> None:
    """Replace the first match of a pattern in a part."""
    parts[part], count = re.subn(pattern, new, parts[part], count=1, flags=re.DOTALL)
    assert count == 1


def titled(parts: Parts, title: str) -> str:
    """The slide with a title."""
    return next(name for name, text in parts.items() if name.startswith("ppt/slides/slide") and f">{title}<" in text)


def rels(part: str) -> str:
    """The member with the relations of a part."""
    folder, _, file = part.rpartition("/")
    return f"{folder}/_rels/{file}.rels"


def found(data: bytes) -> Found:
    """Place and rule of every finding."""
    return [(problem.origin.path.partition("!/")[2], problem.rule) for problem in verify(data, "a.pptx")]


def faults(parts: Parts) -> Found:
    """Place and rule of every finding in the parts."""
    return found(packed(parts))


def only_rules(parts: Parts) -> set[str]:
    """The rules that have findings in the parts."""
    return {rule for _, rule in faults(parts)}


# -- Sound files ------------------------------------------------------------
def test_our_decks_are_valid(deck: Path) -> None:
    """Neither we nor the Open XML SDK find anything in a deck of ours."""
    assert_valid(pptx_in(deck))


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
    parts[PRESENTATION] = parts[PRESENTATION].replace('sldId id="256"', 'sldId id="25"')
    return [(PRESENTATION, "bad-id")]


def slide_id_twice(parts: Parts) -> Found:
    """03: one slide twice in the list."""
    swap(parts, PRESENTATION, '<p:sldId id="257" r:id="rId7"/>', '<p:sldId id="257" r:id="rId7"/>' * 2)
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
    swap(parts, PRESENTATION, '<p14:sldId id="256"/>', '<p14:sldId id="256"/><p14:sldId id="999"/>')
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


def test_order_of_children_is_the_business_of_the_sdk(parts: Parts, tmp_path: Path) -> None:
    """09: the one fault of the seventeen that we leave to the Open XML SDK, it finds."""
    expected = children_in_wrong_order(parts)
    path = tmp_path / "a.pptx"
    path.write_bytes(packed(parts))

    assert faults(parts) == expected
    assert all("slide1.xml" in finding for finding in sdk_findings(path))
    assert sdk_findings(path)


# -- The archive -------------------------------------------------------------
def test_no_archive() -> None:
    """What is no ZIP archive is one problem of the whole file."""
    assert found(b"%PDF-1.7") == [("", "bad-zip")]


def test_an_empty_archive() -> None:
    """An archive without parts is no presentation."""
    assert found(packed({})) == [("[Content_Types].xml", "no-content-types"), ("_rels/.rels", "no-presentation")]


@pytest.mark.parametrize("length", [0, 1, 30, 5000, 50_000])
def test_a_file_cut_off(parts: Parts, length: int) -> None:
    """A download that broke off is no ZIP archive."""
    assert found(packed(parts)[:length]) == [("", "bad-zip")]


def test_a_damaged_member(parts: Parts) -> None:
    """A member that does not fit its checksum is said to be damaged."""
    data = bytearray(packed(parts))
    at = data.index(b"ppt/presentation.xml") + 200
    data[at] ^= 0xFF

    assert (PRESENTATION, "bad-zip") in found(bytes(data))


def test_an_unusual_compression(parts: Parts) -> None:
    """PowerPoint unpacks nothing but stored and deflated members."""
    assert {rule for _, rule in found(packed(parts, ZIP_BZIP2))} >= {"bad-zip"}


@pytest.mark.parametrize("limit", ["MOST_BYTES", "MOST_MEMBERS", "MOST_UNPACKED", "MOST_XML"])
def test_a_file_too_large(parts: Parts, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    """A file past any bound is refused before anything is unpacked."""
    monkeypatch.setattr(reading, limit, 50)

    assert found(packed(parts)) == [("", "too-large")]


def test_a_zip_bomb_is_refused() -> None:
    """Sixty-five megabytes of XML in sixty-five kilobytes are not unpacked."""
    bomb = packed({"ppt/presentation.xml": " " * (reading.MOST_XML + 1)})

    assert len(bomb) < 100_000
    assert found(bomb) == [("", "too-large")]


def test_entities_are_not_expanded(parts: Parts) -> None:
    """A part with a document type is refused, and so is every entity."""
    swap(parts, FIRST, "<p:sld ", '<!DOCTYPE p:sld [<!ENTITY a SYSTEM "file:///etc/hostname">]><p:sld ')

    assert (FIRST, "bad-xml") in faults(parts)


@pytest.mark.parametrize("text", ["", "<p:sld", "<a/><b/>", "\xff\xfe", "\xe4", "<a>&b;</a>"])
def test_a_part_that_is_no_xml(parts: Parts, text: str) -> None:
    """A slide that cannot be parsed is one problem."""
    parts[FIRST] = text

    assert faults(parts) == [(FIRST, "bad-xml")]


def test_a_part_in_utf_16(parts: Parts) -> None:
    """A part may be written in UTF-16."""
    text = parts[FIRST].encode("latin-1").decode().replace("UTF-8", "UTF-16", 1)
    parts[FIRST] = text.encode("utf-16").decode("latin-1")

    assert faults(parts) == []


def test_a_control_character_as_a_reference(parts: Parts) -> None:
    """`&#11;` is no better than the character itself, and the message says where it stands."""
    swap(parts, FIRST, "</a:t>", "&#11;</a:t>")

    (problem,) = verify(packed(parts), "a.pptx")
    assert problem.rule == "control-character"
    assert "after `Security Area Advisory Group`" in problem.text


def test_an_escaped_control_character(parts: Parts) -> None:
    """`_x000B_` is how python-pptx hides a control character; PowerPoint shows it as it is."""
    swap(parts, FIRST, "</a:t>", "_x000B_</a:t>")

    assert faults(parts) == [(FIRST, "control-character")]


@pytest.mark.parametrize("name", ["ppt\\slides\\slide9.xml", "/ppt/a.xml", "ppt//a.xml", "../a.xml", "ppt/./a.xml"])
def test_a_name_that_no_part_may_have(parts: Parts, name: str) -> None:
    """A member has a name without backslashes, empty segments or dots."""
    parts[name] = "<a/>"

    assert (name, "bad-member-name") in faults(parts)


def test_a_name_cannot_talk_to_the_terminal(parts: Parts) -> None:
    """Escape sequences in the name of a member are shown, not sent."""
    parts["ppt/\x1b[2J.xml"] = "<"

    assert faults(parts) == [("ppt/\\x1b[2J.xml", "bad-xml")]


# -- Content types and relations ----------------------------------------------
def test_a_part_without_any_content_type(parts: Parts) -> None:
    """A picture needs the default of its extension."""
    cut(parts, TYPES, r'<Default Extension="png"[^>]*/>')

    assert set(faults(parts)) == {(name, "no-content-type") for name in parts if name.endswith(".png")}


def test_no_content_types_at_all(parts: Parts) -> None:
    """An archive without the list of content types is no package."""
    del parts[TYPES]

    assert faults(parts) == [(TYPES, "no-content-types")]


@pytest.mark.parametrize(
    "pattern", [r'<Override PartName="/ppt/slides/slide1.xml"[^>]*/>', '<Default Extension="xml"[^>]*/>']
)
def test_a_content_type_twice(parts: Parts, pattern: str) -> None:
    """A part, or an extension, has one content type."""
    cut(parts, TYPES, f"({pattern})", r"\1\1")

    assert faults(parts) == [(TYPES, "duplicate-content-type")]


def test_relations_need_their_default(parts: Parts) -> None:
    """The default of `rels` is that of relations."""
    swap(parts, TYPES, "application/vnd.openxmlformats-package.relationships+xml", "application/xml")

    assert faults(parts) == [(TYPES, "bad-content-type")]


def test_a_presentation_of_another_type(parts: Parts) -> None:
    """The presentation has the content type of one."""
    swap(parts, TYPES, "presentationml.presentation.main+xml", "wordprocessingml.document.main+xml")

    assert faults(parts) == [(PRESENTATION, "bad-content-type")]


def test_relations_of_no_part(parts: Parts) -> None:
    """Relations without the part that has them are left over."""
    parts["ppt/slides/_rels/slide99.xml.rels"] = parts[rels(FIRST)]

    assert ("ppt/slides/_rels/slide99.xml.rels", "stray-relations") in faults(parts)


@pytest.mark.parametrize("target", ["/ppt/slides/slide1.xml", "file:///ppt/slides/slide1.xml", "C:\\slide1.xml"])
def test_an_absolute_target(parts: Parts, target: str) -> None:
    """A relation to a part is a relative path."""
    parts[PRESENTATION_RELS] = parts[PRESENTATION_RELS].replace('"slides/slide1.xml"', f'"{target}"')

    assert (PRESENTATION, "absolute-target") in faults(parts)


def test_a_target_with_escapes_and_dots(parts: Parts) -> None:
    """A target may be any spelling of a path that leads to the part."""
    swap(parts, PRESENTATION_RELS, '"slides/slide1.xml"', '"../ppt/./slides/%73lide1.xml"')

    assert faults(parts) == []


def test_a_relation_id_twice(parts: Parts) -> None:
    """The relations of a part have different ids."""
    cut(parts, rels(FIRST), r"(<Relationship Id=[^>]*/>)", r"\1\1")

    assert (FIRST, "duplicate-relation") in faults(parts)


def test_an_empty_reference(parts: Parts) -> None:
    """Only a click may name no relation, for one that acts by itself needs none."""
    slide = titled(parts, "A picture")
    cut(parts, slide, r'r:embed="\w+"', 'r:embed=""')
    cut(parts, FIRST, r'<a:hlinkClick r:id="\w+"', '<a:hlinkClick r:id="" action="ppaction://noaction"')

    assert faults(parts) == [(slide, "missing-relation")]


def test_no_presentation(parts: Parts) -> None:
    """The package leads to its presentation."""
    swap(parts, "_rels/.rels", "relationships/officeDocument", "relationships/somethingElse")

    assert ("_rels/.rels", "no-presentation") in faults(parts)


# -- Slides, masters, layouts, sections, notes ---------------------------------
@pytest.mark.parametrize("number", ["255", "2147483648", "-1", "", "x", "9" * 5000])
def test_a_slide_id_out_of_range(parts: Parts, number: str) -> None:
    """A slide has a number from 256 to 2147483647."""
    parts[PRESENTATION] = parts[PRESENTATION].replace('sldId id="256"', f'sldId id="{number}"')

    assert only_rules(parts) == {"bad-id"}


def test_a_layout_id_out_of_range(parts: Parts) -> None:
    """A layout has a number from 2147483648."""
    swap(parts, MASTER, 'id="2147483649"', 'id="2147483647"')

    assert faults(parts) == [(MASTER, "bad-id")]


def test_a_layout_with_the_id_of_its_master(parts: Parts) -> None:
    """Masters and layouts are numbered together."""
    swap(parts, MASTER, 'id="2147483649"', 'id="2147483648"')

    assert faults(parts) == [(PRESENTATION, "duplicate-id"), (MASTER, "duplicate-id")]


def test_a_slide_that_is_none(parts: Parts) -> None:
    """The list of slides leads to slides."""
    swap(parts, PRESENTATION, '<p:sldId id="256" r:id="rId6"/>', '<p:sldId id="256" r:id="rId4"/>')

    assert (PRESENTATION, "bad-relation") in faults(parts)


def test_a_slide_out_of_the_show(parts: Parts) -> None:
    """A slide that is in the file and in no list can still be read by others."""
    swap(parts, PRESENTATION, '<p:sldId id="256" r:id="rId6"/>', "")
    swap(parts, PRESENTATION, '<p14:sldId id="256"/>', "")

    assert faults(parts) == [(FIRST, "stray-slide")]


def test_a_slide_of_two_layouts(parts: Parts) -> None:
    """A slide has one layout."""
    cut(parts, rels(FIRST), r'(<Relationship Id=")\w+("[^>]*slideLayout\d+.xml"/>)', r"\g<0>\1rId77\2")

    assert faults(parts) == [(FIRST, "bad-kinship")]


def test_a_layout_that_its_master_does_not_list(parts: Parts) -> None:
    """A master lists the layouts that it leads to."""
    cut(parts, MASTER, r"<p:sldLayoutId [^>]*/>")

    assert faults(parts) == [(MASTER, "bad-kinship")]


def test_a_slide_in_no_section(parts: Parts) -> None:
    """Where there are sections, every slide is in one."""
    swap(parts, PRESENTATION, '<p14:sldId id="256"/>', "")

    assert faults(parts) == [(PRESENTATION, "bad-section")]


def test_a_slide_in_two_sections(parts: Parts) -> None:
    """No slide is in two sections."""
    cut(parts, PRESENTATION, r"</p14:sldIdLst></p14:section></p14:sectionLst>", r'<p14:sldId id="256"/>\g<0>')

    assert faults(parts) == [(PRESENTATION, "bad-section")]


def test_two_sections_with_one_id(parts: Parts) -> None:
    """Sections have different ids."""
    ids = re.findall(r'<p14:section name="[^"]*" id="([^"]*)"', parts[PRESENTATION])
    swap(parts, PRESENTATION, ids[1], ids[0])

    assert faults(parts) == [(PRESENTATION, "bad-section")]


def test_notes_that_lead_to_another_slide(parts: Parts) -> None:
    """Notes lead back to the slide they are of."""
    cut(parts, rels(OTHER_NOTES), r"slides/slide\d+.xml", "slides/slide1.xml")

    assert faults(parts) == [(OTHER_NOTES, "shared-notes")]


def test_a_notes_master_that_is_not_listed(parts: Parts) -> None:
    """The presentation lists the master of its notes, as PowerPoint does."""
    cut(parts, PRESENTATION, r"<p:notesMasterIdLst>.*</p:notesMasterIdLst>")

    assert faults(parts) == [(PRESENTATION, "bad-kinship")]


# -- Shapes, tables, charts ---------------------------------------------------
@pytest.mark.parametrize("number", ["0", "-2", "", "2147483648"])
def test_a_shape_id_out_of_range(parts: Parts, number: str) -> None:
    """A shape has a number from 1 to 2147483647."""
    swap(parts, FIRST, '<p:cNvPr id="3"', f'<p:cNvPr id="{number}"')

    assert faults(parts) == [(FIRST, "bad-shape-id")]


def test_a_shape_id_twice_on_a_layout(parts: Parts) -> None:
    """Layouts and masters are looked at like slides."""
    layout = "ppt/slideLayouts/slideLayout2.xml"
    swap(parts, layout, '<p:cNvPr id="3"', '<p:cNvPr id="2"')
    swap(parts, MASTER, '<p:cNvPr id="3"', '<p:cNvPr id="2"')

    assert faults(parts) == [(layout, "duplicate-shape-id"), (MASTER, "duplicate-shape-id")]


def test_a_fallback_repeats_its_shape(parts: Parts) -> None:
    """A shape and its picture for older programs have the same id, and may."""
    slide = titled(parts, "A picture")
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = r'<mc:Choice Requires="p">\1</mc:Choice><mc:Fallback>\1</mc:Fallback>'
    cut(parts, slide, r"(<p:pic>.*</p:pic>)", f"<mc:AlternateContent {space}>{both}</mc:AlternateContent>")

    assert faults(parts) == []


def test_a_background_without_effects(parts: Parts) -> None:
    """A background names its effects, even if it has none."""
    swap(parts, MASTER, "<a:effectLst/></p:bgPr>", "</p:bgPr>")

    assert faults(parts) == [(MASTER, "no-effect-list")]


def test_a_shape_without_paragraph(parts: Parts) -> None:
    """A body of text has a paragraph, be it empty."""
    cut(parts, FIRST, r"<a:p>((?!</p:txBody>).)*</p:txBody>", "</p:txBody>")

    assert (FIRST, "empty-text-body") in faults(parts)


def test_a_cell_without_text_body(parts: Parts) -> None:
    """A cell has a body of text, be it empty."""
    slide = titled(parts, "A table and its chart")
    cut(parts, slide, r"<a:txBody>((?!</a:txBody>).)*</a:txBody>")

    assert faults(parts) == [(slide, "empty-text-body")]


def test_cells_merged_as_they_must_be(parts: Parts) -> None:
    """A span over cells that are marked as covered is sound."""
    slide = titled(parts, "A table and its chart")
    swap(parts, slide, "<a:tc><", '<a:tc gridSpan="2" rowSpan="2"><')
    for marks in ('hMerge="1" rowSpan="2"', 'gridSpan="2" vMerge="1"', 'hMerge="1" vMerge="1"'):
        swap(parts, slide, "<a:tc><", f"<a:tc {marks}><")

    assert faults(parts) == []


@pytest.mark.parametrize("mark", ['gridSpan="2"', 'hMerge="1"', 'vMerge="1"'])
def test_a_span_without_covered_cells(parts: Parts, mark: str) -> None:
    """A span covers cells that say so, and no cell says so without a span."""
    slide = titled(parts, "A table and its chart")
    swap(parts, slide, "<a:tc>", f"<a:tc {mark}>")

    assert faults(parts) == [(slide, "bad-span")]


def test_two_spans_over_one_cell(parts: Parts) -> None:
    """No two spans cover the same cell."""
    slide = titled(parts, "A table with a long word in each row")
    swap(parts, slide, "<a:tc><", '<a:tc gridSpan="3"><')
    swap(parts, slide, "<a:tc><", '<a:tc gridSpan="2"><')

    assert set(faults(parts)) == {(slide, "bad-span")}


def test_a_table_made_to_keep_us_busy(parts: Parts) -> None:
    """Ten thousand cells that each span the rest of the table are found out at the second."""
    slide = titled(parts, "A table and its chart")
    cell = '<a:tc gridSpan="{}" rowSpan="{}"><a:txBody><a:bodyPr/><a:p/></a:txBody></a:tc>'
    rows = ("".join(cell.format(100 - x, 100 - y) for x in range(100)) for y in range(100))
    table = '<a:gridCol w="1"/>' * 100 + "</a:tblGrid>" + "".join(f'<a:tr h="1">{row}</a:tr>' for row in rows)
    cut(parts, slide, r"<a:gridCol .*</a:tr>", table)

    assert faults(parts) == [(slide, "bad-span")]


def test_a_span_past_the_last_row(parts: Parts) -> None:
    """A span ends with the table."""
    slide = titled(parts, "A table and its chart")
    swap(parts, slide, "<a:tc>", '<a:tc rowSpan="4">')

    assert faults(parts) == [(slide, "span-past-grid")]


def test_an_empty_table(parts: Parts) -> None:
    """A table has a row."""
    slide = titled(parts, "A table and its chart")
    cut(parts, slide, r"<a:tr .*</a:tr>")

    assert faults(parts) == [(slide, "empty-table")]


@pytest.mark.parametrize("number", ["-2068027336", "x", "4294967296"])
def test_an_axis_id_that_is_no_unsigned_number(parts: Parts, number: str) -> None:
    """python-pptx writes negative axis ids, which the Open XML SDK rejects."""
    for element in ("axId", "crossAx"):
        parts[CHART] = parts[CHART].replace(f'<c:{element} val="1"/>', f'<c:{element} val="{number}"/>')

    assert faults(parts) == [(CHART, "bad-axis-id")]


def test_a_third_axis_that_does_not_exist(parts: Parts) -> None:
    """A plot names axes that exist: a third one makes PowerPoint repair the file."""
    swap(parts, CHART, '<c:axId val="2"/></c:', '<c:axId val="2"/><c:axId val="3"/></c:')

    assert faults(parts) == [(CHART, "bad-axis")]


def test_an_axis_of_no_plot(parts: Parts) -> None:
    """Every axis belongs to a plot."""
    cut(parts, CHART, r"</c:valAx>", r'\g<0><c:valAx><c:axId val="3"/><c:crossAx val="1"/></c:valAx>')

    assert faults(parts) == [(CHART, "bad-axis")]


def test_two_axes_with_one_id(parts: Parts) -> None:
    """Axes have different ids."""
    parts[CHART] = parts[CHART].replace('val="2"', 'val="1"')

    assert only_rules(parts) == {"bad-axis"}


# -- For who cannot see -------------------------------------------------------
def test_a_slide_without_title(parts: Parts) -> None:
    """An empty title is no title: a warning."""
    cut(parts, FIRST, r"<a:t>Security Area Advisory Group</a:t>", "<a:t> </a:t>")

    (problem,) = verify(packed(parts), "a.pptx")
    assert (problem.rule, problem.severity) == ("no-title", "warning")


@pytest.mark.parametrize("title", ["A picture", "A table and its chart", "Lines"])
def test_a_picture_chart_or_table_without_words(parts: Parts, title: str) -> None:
    """What is seen is also said."""
    slide = titled(parts, title)
    cut(parts, slide, r'descr="[^"]*"', 'descr=""')

    assert faults(parts) == [(slide, "no-alt-text")]


def test_a_file_name_is_no_alt_text(parts: Parts) -> None:
    """python-pptx describes a picture by the name of its file, which helps nobody."""
    slide = titled(parts, "A picture")
    cut(parts, slide, r'descr="A square"', 'descr="image2.png"')

    assert faults(parts) == [(slide, "no-alt-text")]


def test_a_decoration_needs_no_words(parts: Parts) -> None:
    """A picture that is marked as decorative is passed over."""
    slide = titled(parts, "A picture")
    mark = (
        r'descr=""><a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
        r'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
    )
    cut(parts, slide, r'descr="A square"/>', f"{mark}</p:cNvPr>")

    assert faults(parts) == []


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


def test_one_missing_file_does_not_hide_another(deck: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All files are looked at, whatever is wrong with the first."""
    path = pptx_in(deck)

    assert main(["verify", "absent.pptx", str(path)]) == 1
    out, err = capsys.readouterr()
    assert err == "absent.pptx: error: cannot be read: No such file or directory [cannot-read]\n"
    assert out == f"absent.pptx: 1 error, 0 warnings\n{path}: 0 errors, 0 warnings\n"
