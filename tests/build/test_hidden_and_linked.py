"""Hidden slides, links to slides, and sections of a meeting's own -> both files, and the problems of a bad one."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from pptx import Presentation
from support.repository import MINIMAL, BuiltDeck, lay_out

from deckgen.build.one import build, check
from deckgen.proof.read_pdf import read_pdf
from deckgen.proof.read_pptx import read_pptx
from deckgen.proof.verify import verify

Folder = Callable[..., Path]
LONG = [f"Item {number}" for number in range(40)]
DECK = f"""\
slides:
  one:
    kind: bullets
    title: One
    items: ["[three](#three), [long](#long), [out](https://www.ietf.org/)"]
  two: {{kind: bullets, title: Two, items: ["[three](#three)"], hidden: true}}
  three: {{kind: table, title: Three, header: [A], rows: [["[one](#one)"]]}}
  long: {{kind: bullets, title: Long, items: {LONG}}}
"""


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> BuiltDeck:
    """A deck with a hidden slide, and links across it."""
    root = lay_out(tmp_path_factory.mktemp("linked"), {"meetings/123.yaml": MINIMAL + DECK}, slides=False)
    return BuiltDeck(123, root / "build", build(root, 123, root / "build"))


def told(root: Path) -> list[tuple[int, str, str]]:
    """Line, text and hint of each error."""
    return [(one.origin.line, one.text, one.hint) for one in check(root, 123) if one.severity == "error"]


def test_a_hidden_slide_is_in_the_powerpoint_alone(linked: BuiltDeck) -> None:
    """It is hidden there, and no page of the PDF; the outline marks it."""
    pages = read_pdf(linked.pdf.read_bytes())
    with ZipFile(linked.pptx) as archive:
        hidden = [re.findall(r'show="(\w+)"', archive.read(f"ppt/slides/slide{n}.xml").decode()) for n in (1, 2, 3)]

    assert hidden == [[], ["0"], []]
    assert [page.title for page in pages][:2] == ["One", "Three"]
    assert "[All · two · Bullets · hidden]" in linked.outline


def test_a_page_has_the_number_of_its_slide(linked: BuiltDeck) -> None:
    """Whoever asks for slide 3 means the same in both files, for PowerPoint counts a hidden slide too."""
    _, third, *_ = read_pdf(linked.pdf.read_bytes())
    slide = Presentation(str(linked.pptx)).slides[2]
    [number] = [s.text_frame.text for s in slide.placeholders if s.placeholder_format.type == 13]

    assert number == "3"
    assert third.lines[0].startswith("3 ")


def test_a_link_to_a_slide_leads_there_in_both_files(linked: BuiltDeck) -> None:
    """To the first part of a split one; positions do not count the hidden slide."""
    expected = [("#2", "#3", "https://www.ietf.org/"), ("#1",)]

    assert [page.links for page in read_pdf(linked.pdf.read_bytes())][:2] == expected
    assert [slide.links for slide in read_pptx(linked.pptx.read_bytes()) if not slide.hidden][:2] == expected
    assert "   -> #three\n   -> #long\n   -> https://www.ietf.org/\n" in linked.outline
    assert verify(linked.pptx.read_bytes(), "deck.pptx") == []


def test_powerpoint_jumps_to_the_slide(linked: BuiltDeck) -> None:
    """It needs the action beside the relationship, or it would open the slide as a file."""
    [link, *_] = Presentation(str(linked.pptx)).slides[2].part._element.xpath(".//a:hlinkClick")

    assert link.get("action") == "ppaction://hlinksldjump"


def test_a_link_to_a_slide_has_a_description_in_the_pdf(linked: BuiltDeck) -> None:
    """A screen reader announces it, as PDF/UA-1 (7.18.5) asks."""
    with pikepdf.open(linked.pdf) as pdf:
        links = [one for page in pdf.pages for one in page.get("/Annots", []) if one.Subtype == "/Link"]

    assert len(links) == 4
    assert all(str(one.get("/Contents", "")) for one in links)


@pytest.mark.parametrize(
    ("target", "text", "hint"),
    [
        ("thre", "no slide is called `thre`", "did you mean `three`?"),
        ("note-wel", "no slide is called `note-wel`", ""),
        ("gone", "slide `gone` is left out", ""),
        ("two", "slide `two` is hidden, so the PDF has no page to lead to", "lead to another slide, or show this one"),
    ],
)
def test_a_link_to_no_page_is_reported_at_its_line(bare: Folder, target: str, text: str, hint: str) -> None:
    """Before anything is written; a hidden slide may lead to another."""
    gone = "  gone: {kind: statement, title: Gone, when: false}\n  three: {"
    root = bare(MINIMAL + DECK.replace("(#long)", f"(#{target})").replace("  three: {", gone))

    assert told(root) == [(7, text, hint)]


def test_a_link_to_a_slide_with_a_problem_is_no_second_problem(bare: Folder) -> None:
    """The problem is the slide's."""
    root = bare(MINIMAL + DECK.replace("kind: table", "kind: tabel"))

    assert [text for _, text, _ in told(root)] == ["`tabel` is not a kind of slide"]


def test_notes_lead_to_no_slide(bare: Folder) -> None:
    """PowerPoint follows no such link there."""
    root = bare(MINIMAL + DECK.replace("title: One", "title: One\n    notes: 'see [this](#three)'"))

    assert [(line, text) for line, text, _ in told(root)] == [(7, "notes cannot lead to the slide `three`")]


def test_a_deck_of_hidden_slides_is_refused(bare: Folder) -> None:
    """Its PDF would have no page."""
    root = bare(f"{MINIMAL}slides:\n  a: {{kind: statement, title: A, hidden: true}}\n")

    assert [(line, text) for line, text, _ in told(root)] == [(4, "every slide is hidden")]


def test_the_note_well_cannot_be_hidden(folder: Folder) -> None:
    """Every session must show it."""
    root = folder(MINIMAL + "slides:\n  note-well: {hidden: true}\n")

    assert [(line, text) for line, text, _ in told(root)] == [(4, "slide `note-well` is hidden")]


def sections(root: Path) -> list[tuple[str, int]]:
    """The sections of the PowerPoint, with the number of slides in each."""
    [path] = [path for path in build(root, 123, root / "out").get().files if path.suffix == ".pptx"]
    found = Presentation(str(path)).part._element.xpath(".//*[local-name()='section']")
    return [(section.get("name"), len(section.xpath(".//*[local-name()='sldId']"))) for section in found]


def test_a_meeting_adds_a_section_at_the_end(bare: Folder) -> None:
    """With all its slides, wherever in the file they are."""
    slide = "{{kind: statement, title: {0}, section: {1}}}"
    slides = "".join(
        f"  {id}: {slide.format(id, section)}\n" for id, section in zip("abc", ("Backup", "All", "Backup"), strict=True)
    )

    assert sections(bare(f"{MINIMAL}slides:\n{slides}")) == [("All", 1), ("Backup", 2)]


@pytest.mark.parametrize(("name", "hint"), [("Talk", "did you mean `Talks`?"), ("closings", "did you mean `Closing`?")])
def test_a_misspelt_section_is_no_new_one(folder: Folder, name: str, hint: str) -> None:
    """A name like that of another section is a misspelt one."""
    root = folder(f"{MINIMAL}slides:\n  a: {{kind: statement, title: A, section: {name}}}\n")

    assert told(root) == [(4, f"no section is called `{name}`", hint)]


def test_a_template_names_no_section_that_the_order_lacks(folder: Folder) -> None:
    """The sections of the templates are in templates/deck.yaml."""
    root = folder(**{"templates/slides/the-end.yaml": "kind: statement\ntitle: The End\nsection: Backup\n"})

    assert [text for _, text, _ in told(root)] == ["no section is called `Backup`"]
