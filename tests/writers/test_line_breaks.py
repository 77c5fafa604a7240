"""Line breaks that an author writes: drawn in both files, wherever a text may be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
from pptx import Presentation
from support.ooxml import assert_valid
from support.repository import MINIMAL

from deckgen.build.one import build

SLIDES = """\
slides:
  broken:
    kind: bullets
    title: "First line\\nsecond line"
    items:
      - |
        one **bold
        still** bold
        2*3*4 is arithmetic
      - "before it\\nafter it"
  wide:
    kind: table
    title: Cells
    header: ["up\\ndown", other]
    rows: [["left\\nright", "a cell"], [under, it]]
"""
LINES = ["First line", "second line", "one bold", "still bold", "2*3*4 is arithmetic", "before it", "after it"]
CELLS = ["up", "down", "left", "right"]


def built(bare: Callable[..., Path]) -> Path:
    """The folder of a deck whose texts have line breaks."""
    root = bare(MINIMAL + SLIDES)
    build(root, 123, root / "out")
    return root / "out"


def test_the_pdf_breaks_each_line_where_the_author_does(folder: Callable[..., Path]) -> None:
    """A `|` block and a line feed in a title, a bullet and a cell, as PDFium reads the lines of the page."""
    document = pypdfium2.PdfDocument(next(built(folder).glob("*.pdf")).read_bytes())
    lines = [line.strip() for page in document for line in page.get_textpage().get_text_range().splitlines()]
    start = lines.index(LINES[0])

    assert lines[start : start + len(LINES)] == LINES
    assert all(any(line.split()[:1] == [cell] for line in lines) for cell in CELLS)


def test_the_lines_of_a_cell_make_its_row_higher(folder: Callable[..., Path]) -> None:
    """Lines are counted with the breaks: the next row begins a whole line under the last line of the row before."""
    document = pypdfium2.PdfDocument(next(built(folder).glob("*.pdf")).read_bytes())
    page = next(page.get_textpage() for page in document if "under" in page.get_textpage().get_text_range())
    tops = [page.get_charbox(page.search(word).get_next()[0])[3] for word in ("left", "right", "under")]

    assert tops[1] - tops[2] >= tops[0] - tops[1] > 0


def test_the_powerpoint_breaks_each_line_where_the_author_does(folder: Callable[..., Path]) -> None:
    """As python-pptx reads `a:br`, which is a vertical tab; and the file is valid."""
    file = next(built(folder).glob("*.pptx"))
    slides = {slide.shapes.title.text_frame.text: slide for slide in Presentation(str(file)).slides}
    broken = slides["First line\vsecond line"]
    table = next(shape.table for shape in slides["Cells"].shapes if shape.has_table)

    texts = [shape.text_frame.text for shape in broken.shapes if shape.has_text_frame]
    assert "one bold\vstill bold\v2*3*4 is arithmetic\nbefore it\vafter it" in texts
    assert [table.cell(0, 0).text, table.cell(1, 0).text] == ["up\vdown", "left\vright"]
    assert_valid(file)


def test_the_outline_keeps_the_words_of_a_break_apart(folder: Callable[..., Path]) -> None:
    """In the outline, which has one line a paragraph, a break is a space."""
    outline = (built(folder) / "outline.txt").read_text("utf-8")

    assert ". First line second line\n" in outline
    assert "   one bold still bold 2*3*4 is arithmetic\n" in outline
