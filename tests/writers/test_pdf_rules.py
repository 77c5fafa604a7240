"""The PDFs: accessible by what can be checked from outside, whole, and readable against their ground."""

from __future__ import annotations

import ctypes
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pypdfium2 import raw
from support.repository import MEETINGS, ROOT, THEME, BuiltDeck, need

from deckgen.build.one import typeset
from deckgen.layout.kinds import layouts
from deckgen.layout.layouts import contrast
from deckgen.layout.pages import Block, ChartBlock, Pages, Paragraph, TableBlock, TextBlock
from deckgen.layout.read_theme import theme_of
from deckgen.layout.theme import Theme
from deckgen.proof.read_pptx import read_pptx
from deckgen.source import read

BLOCKS = {"/H1", "/H2", "/P", "/L", "/Code", "/Table", "/Figure"}
Pair = tuple[str, str, bool]
LARGE = 24  # points


@pytest.fixture
def path(any_deck: BuiltDeck) -> Path:
    """The PDF of a deck."""
    return any_deck.pdf


@pytest.fixture
def pdf(path: Path) -> Iterator[pikepdf.Pdf]:
    """The PDF of a deck, opened."""
    with pikepdf.open(path) as opened:
        yield opened


# -- The file ----------------------------------------------------------------
def test_pdfua_finds_nothing(path: Path) -> None:
    """`pdfua check` passes, warnings included."""
    run = subprocess.run([sys.executable, "-m", "pdfua", "check", path], capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout + run.stderr
    assert "result: PASS (no findings)" in run.stdout


def test_qpdf_finds_nothing(path: Path) -> None:
    """`qpdf --check` passes."""
    run = subprocess.run(
        [need("qpdf", "apt-get install qpdf"), "--check", path], capture_output=True, text=True, check=False
    )

    assert run.returncode == 0, run.stdout + run.stderr


def test_it_says_that_it_is_accessible(pdf: pikepdf.Pdf) -> None:
    """The metadata claims PDF/UA-1, and the file is marked as tagged."""
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    assert pdf.Root.MarkInfo.Marked is True


def test_title_and_language(pdf: pikepdf.Pdf, any_deck: BuiltDeck) -> None:
    """A reader shows the title of the deck instead of the file name, and reads it in English."""
    assert str(pdf.docinfo.Title).startswith(read_pptx(any_deck.pptx.read_bytes())[0].title)
    assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
    assert str(pdf.Root.Lang) == "en-US"


def test_the_outline_has_an_entry_for_each_page(path: Path, any_deck: BuiltDeck) -> None:
    """The outline lists the titles of the slides, each leading to its page."""
    titles = [slide.title for slide in read_pptx(any_deck.pptx.read_bytes()) if not slide.hidden]
    with pypdfium2.PdfDocument(path) as document:
        entries = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]

    assert [(" ".join(title.split()), page) for title, page in entries] == [(t, n) for n, t in enumerate(titles)]


# -- The tree of tags ----------------------------------------------------------
def elements(pdf: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Dictionary, list[pikepdf.Dictionary]]]:
    """Every element of the structure tree with its children that are elements, in the order of reading."""
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        inside = children(element)
        if "/S" in element:
            yield element, inside
        waiting += reversed(inside)


def children(element: pikepdf.Dictionary) -> list[pikepdf.Dictionary]:
    """The elements right under one."""
    kids = element.get("/K", [])
    listed = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in listed if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def tags(found: list[pikepdf.Dictionary]) -> list[str]:
    """The tags of elements."""
    return [str(element.S) for element in found]


def inside_all(pdf: pikepdf.Pdf, tag: str) -> list[list[str]]:
    """For each element of a tag, the tags right under it."""
    return [tags(inside) for element, inside in elements(pdf) if tag == element.S]


def test_everything_is_a_heading_paragraph_list_code_table_or_figure(pdf: pikepdf.Pdf) -> None:
    """No text stands in the document without saying what it is."""
    (found,) = inside_all(pdf, "/Document")

    assert set(found) <= BLOCKS


def test_one_first_heading_a_page(pdf: pikepdf.Pdf) -> None:
    """Each page has one heading of the first level."""
    (found,) = inside_all(pdf, "/Document")

    assert found.count("/H1") == len(pdf.pages)


def test_a_table_has_header_cells(pdf: pikepdf.Pdf) -> None:
    """The first row of a table holds header cells, every other one as many cells that name theirs."""
    tables = [inside for element, inside in elements(pdf) if element.S == "/Table"]
    for head, body in tables:
        (header,) = children(head)
        names = {str(cell.ID) for cell in children(header)}
        assert set(tags(children(header))) == {"/TH"}
        for row in children(body):
            assert {*tags(children(row))} == {"/TD"}
            assert sum(int(attribute(cell, "/ColSpan", 1)) for cell in children(row)) == len(names)
            assert {str(name) for cell in children(row) for name in attribute(cell, "/Headers")} == names

    assert tables


def attribute(element: pikepdf.Dictionary, name: str, default: object = None) -> Any:
    """An attribute of an element."""
    owners = element.A if isinstance(element.A, pikepdf.Array) else [element.A]
    return next((owner[name] for owner in owners if name in owner), default)


def test_a_list_is_a_list(pdf: pikepdf.Pdf) -> None:
    """A list holds items and lists, an item its sign and its text."""
    lists, items = inside_all(pdf, "/L"), inside_all(pdf, "/LI")

    assert lists
    assert all(set(found) <= {"/LI", "/L"} and found[0] == "/LI" for found in lists)
    assert all(found == ["/Lbl", "/LBody"] for found in items)


def test_every_link_is_tagged_and_described(pdf: pikepdf.Pdf) -> None:
    """A link is in the tree, in the order of reading, and says where it goes."""
    links = [link for page in pdf.pages for link in page.get("/Annots", []) if link.Subtype == "/Link"]
    tagged = [element for element, _ in elements(pdf) if element.S == "/Link"]
    referred = [kid.Obj.objgen for element in tagged for kid in element.K if kid.get("/Type") == "/OBJR"]

    assert links
    assert sorted(referred) == sorted(link.objgen for link in links)
    assert all(str(link.Contents) and "/StructParent" in link for link in links)
    assert {str(page.Tabs) for page in pdf.pages} == {"/S"}


def test_every_figure_says_what_it_shows(pdf: pikepdf.Pdf) -> None:
    """A picture, a chart and a QR code have an alt text."""
    figures = [element for element, _ in elements(pdf) if element.S == "/Figure"]

    assert figures
    assert all(str(figure.Alt).strip() for figure in figures)


def test_reading_order_is_that_of_the_outline(path: Path, any_deck: BuiltDeck) -> None:
    """What a screen reader says of each page is what the outline says of it, in that order."""
    with pypdfium2.PdfDocument(path) as document:
        spoken = [squeezed(read_aloud(page)) for page in document]

    slides = [slide for slide in read_pptx(any_deck.pptx.read_bytes()) if not slide.hidden]
    assert spoken == [squeezed("".join(slide.lines)) for slide in slides]
    assert all(line in any_deck.outline for slide in slides for line in slide.lines)


def squeezed(text: str) -> str:
    """The text without white space and soft hyphens."""
    return re.sub(r"[\s\u200b]", "", text.replace("\x02", "-"))


def read_aloud(page: pypdfium2.PdfPage) -> str:
    """The text of a page in the order of its tags; what is not tagged is not said."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    words = by_content_id(page)
    count = raw.FPDF_StructTree_CountChildren(tree)
    said = "".join(spoken(raw.FPDF_StructTree_GetChildAtIndex(tree, index), words) for index in range(count))
    raw.FPDF_StructTree_Close(tree)
    return said


def spoken(element: Any, words: dict[int, str]) -> str:
    """The text of an element."""
    said = []
    for index in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, index)
        content = raw.FPDF_StructElement_GetChildMarkedContentID(element, index)
        said.append(spoken(child, words) if child else words.get(content, ""))
    return "".join(said)


def by_content_id(page: pypdfium2.PdfPage) -> dict[int, str]:
    """The text of a page by its marked content."""
    textpage = page.get_textpage()
    words: dict[int, str] = defaultdict(str)
    for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        size = raw.FPDFTextObj_GetText(shape, textpage, None, 0)
        buffer = ctypes.create_string_buffer(size)
        raw.FPDFTextObj_GetText(shape, textpage, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
        words[raw.FPDFPageObj_GetMarkedContentID(shape)] += buffer.raw.decode("utf-16-le").rstrip("\0")
    words.pop(-1, "")  # what is not tagged: the foot
    return words


# -- Contrast -----------------------------------------------------------------
@pytest.fixture(scope="module")
def theme() -> Theme:
    """The theme of the repository."""
    return theme_of(read(ROOT / THEME, THEME).get()).get()


@pytest.fixture(scope="module")
def pairs(theme: Theme, every_kind: BuiltDeck) -> dict[Pair, str]:
    """Each colour of text with its ground and whether it is large, and where it is seen."""
    found = dict(layout_pairs(theme))
    for root, number in [(ROOT, number) for number in MEETINGS] + [(every_kind.folder.parent, 124)]:
        found |= dict(page_pairs(typeset(root, number).get().pages, theme))
    return found


def layout_pairs(theme: Theme) -> Iterator[tuple[Pair, str]]:
    """What the layouts say where nothing is typed yet, and at their foot."""
    for layout in layouts(theme):
        for slot in layout.slots:
            yield (slot.colour, slot.fill or layout.ground, slot.size >= LARGE), f"layout {layout.name}"
    yield ("muted", "paper", theme.footer.size >= LARGE), "the foot"


def page_pairs(pages: Pages, theme: Theme) -> Iterator[tuple[Pair, str]]:
    """What is written on the pages."""
    grounds = {layout.name: layout.ground for layout in layouts(theme)}
    for page in pages.pages:
        for block in page.blocks:
            for pair in block_pairs(block, grounds[page.layout]):
                yield pair, f"page {page.number}, slide {page.slide}"


def block_pairs(block: Block, ground: str) -> Iterator[Pair]:
    """What is written in a block."""
    match block:
        case TextBlock():
            for paragraph in block.paragraphs:
                yield from paragraph_pairs(paragraph, block.fill or ground)
        case TableBlock():
            for row in block.rows:
                for cell in row.cells:
                    for paragraph in cell:
                        yield from paragraph_pairs(paragraph, ground)
        case ChartBlock():
            yield from ((label.colour, label.ground or ground, block.size >= LARGE) for label in block.labels)


def paragraph_pairs(paragraph: Paragraph, ground: str) -> Iterator[Pair]:
    """The runs of a paragraph: a link has a colour of its own, code a ground of its own."""
    large = paragraph.size >= LARGE
    for run in paragraph.runs:
        yield run.colour, run.fill or ground, large


def test_every_text_stands_out_from_its_ground(pairs: dict[Pair, str], theme: Theme) -> None:
    """The contrast is at least 4.5 to 1, or 3 to 1 from 24 points on (WCAG 2.2, 1.4.3)."""
    low = {
        f"{colour} on {ground}": where
        for (colour, ground, large), where in pairs.items()
        if contrast(theme.colour(colour), theme.colour(ground)) < (3 if large else 4.5)
    }

    assert not low


def test_all_colours_of_text_are_tried(pairs: dict[Pair, str]) -> None:
    """The decks use every colour of text on every ground that the theme has for it."""
    seen = {(colour, ground) for colour, ground, _ in pairs}

    assert seen >= {("ink", "paper"), ("muted", "paper"), ("accent", "paper"), ("ink", "tint"), ("accent", "tint")}
    assert seen >= {(f"{colour}on-opener", "opener") for colour in ("", "muted-", "accent-")}
    assert not seen & {("ink", "opener"), ("muted", "opener"), ("accent", "opener"), ("on-opener", "paper")}
