"""Code: set in a font of fixed width in both files, measured in it, with all of its spaces and line breaks."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
from pptx import Presentation
from pypdfium2 import raw
from support.letters import find, letters_of
from support.ooxml import assert_valid
from support.repository import MINIMAL

from deckgen.build.one import build, typeset
from deckgen.layout.pages import TextBlock

WIDTH = 0.6 * 0.89  # of a letter of code, in em of the text around it
NARROW = "i" * 30
INLINE = f"""\
slides:
  inline:
    kind: bullets
    title: Inline
    items:
      - "call `read(text,  None)` first"
      - "`{" ".join([NARROW] * 3)}`"
      - |
        broken `here
        and there`
"""


def built(folder: Callable[..., Path], slides: str) -> tuple[Path, Path]:
    """The PowerPoint and the PDF of a deck with these slides, and no problem but those of a small deck."""
    root = folder(MINIMAL + slides)
    files = build(root, 123, root / "out").get().files
    return next(f for f in files if f.suffix == ".pptx"), next(f for f in files if f.suffix == ".pdf")


def faces(pdf: Path, words: str) -> set[str]:
    """The fonts in which the PDF sets these words, which must be on one line of it."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        text = page.get_textpage()
        found = text.search(words).get_next()
        if found:
            return set(_fonts(text, *found))
    raise LookupError(words)


def _fonts(text: pypdfium2.PdfTextPage, start: int, count: int) -> Iterator[str]:
    name, flags = ctypes.create_string_buffer(100), ctypes.c_int()
    for index in range(start, start + count):
        if raw.FPDFText_GetUnicode(text.raw, index) != ord(" "):
            raw.FPDFText_GetFontInfo(text.raw, index, name, len(name), flags)
            yield name.value.decode().rpartition("+")[2]


def runs(pptx: Path) -> Iterator[tuple[str, str]]:
    """Each run of the PowerPoint: its text and its font."""
    for slide in Presentation(str(pptx)).slides:
        for shape in slide.shapes:
            for paragraph in shape.text_frame.paragraphs if shape.has_text_frame else ():
                for run in paragraph.runs:
                    yield run.text, run.font.name or ""


def test_inline_code_is_of_fixed_width_in_both_files(folder: Callable[..., Path]) -> None:
    """Courier New, which every PowerPoint has, and its metric twin; the words around it are not."""
    pptx, pdf = built(folder, INLINE)
    fonts = dict(runs(pptx))

    assert (fonts["read(text,  None)"], fonts["call "]) == ("Courier New", "+mn-lt")
    assert faces(pdf, "read(text") == {"LiberationMono"}
    assert faces(pdf, "call") == {"Carlito"}
    assert_valid(pptx)


def test_inline_code_keeps_its_spaces_and_its_line_breaks(folder: Callable[..., Path]) -> None:
    """Two spaces are two in the PowerPoint and as wide as two letters in the PDF; a break stays one."""
    pptx, pdf = built(folder, INLINE)
    slide = next(s for s in Presentation(str(pptx)).slides if s.shapes.title.text_frame.text == "Inline")
    texts = [p.text for shape in slide.shapes if shape.has_text_frame for p in shape.text_frame.paragraphs]
    [page] = [letters for letters in letters_of(pdf) if find(letters, "read(text,None)", 0)]
    (drawn, _), (broken, _) = (find(page, words, 0) for words in ("read(text,None)", "brokenhereandthere"))
    comma, after = drawn.letters[9:11]

    assert "call read(text,  None) first" in texts
    assert "broken here\vand there" in texts
    assert broken.lines == 2
    assert after.left - comma.left > 2.5 * WIDTH * 28


def test_code_is_measured_in_the_font_it_is_drawn_in(folder: Callable[..., Path]) -> None:
    """Narrow letters are wide in code: the lines that were counted are the lines that are drawn."""
    _, pdf = built(folder, INLINE)
    ready = typeset(folder(MINIMAL + INLINE), 123).get()
    page = next(page for page in ready.pages.pages if page.title == "Inline")
    [body] = [block for block in page.blocks if isinstance(block, TextBlock) and block.slot == "body-1"]
    letters = letters_of(pdf)[page.number - 1]
    drawn = [find(letters, paragraph.text.words, 0) for paragraph in body.paragraphs]

    assert [paragraph.lines for paragraph in body.paragraphs] == [1, 3, 2]
    assert [found[0].lines for found in drawn if found] == [1, 3, 2]
