"""Code: set in a font of fixed width in both files, measured in it, with all of its spaces and line breaks."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pptx import Presentation
from pypdfium2 import raw
from support.letters import find, letters_of
from support.ooxml import assert_valid
from support.repository import MINIMAL

from deckgen.build.one import build, typeset
from deckgen.layout.pages import TextBlock

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
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
BLOCKS = """\
slides:
  blocks:
    kind: bullets
    title: Blocks
    items:
      - Before it
      - code: |
          def f(x):
              # **not**  `Markdown`

              return x
      - |
        Fenced:
        ```python
        if x:
        \ty()
        ```
        after it
"""
LINES = ["def f(x):", "    # **not**  `Markdown`", "", "    return x"]
FENCED = ["if x:", "    y()"]


def built(bare: Callable[..., Path], slides: str) -> tuple[Path, Path]:
    """The PowerPoint and the PDF of a deck with these slides, and no problem but those of a small deck."""
    root = bare(MINIMAL + slides)
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

    assert (fonts["read(text,  None)"], fonts["call "]) == ("Courier New", "")
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
    assert after.left - comma.left > 2.5 * WIDTH * 24


def test_code_is_measured_in_the_font_it_is_drawn_in(folder: Callable[..., Path]) -> None:
    """Narrow letters are wide in code: the lines that were counted are the lines that are drawn."""
    _, pdf = built(folder, INLINE)
    ready = typeset(folder(MINIMAL + INLINE), 123).get()
    page = next(page for page in ready.pages.pages if page.title == "Inline")
    [body] = [block for block in page.blocks if isinstance(block, TextBlock) and block.slot == "body-1"]
    letters = letters_of(pdf)[page.number - 1]
    drawn = [find(letters, paragraph.text.words, 0) for paragraph in body.paragraphs]

    assert [paragraph.lines for paragraph in body.paragraphs] == [1, 2, 2]
    assert [found[0].lines for found in drawn if found] == [1, 2, 2]


def test_each_line_of_a_block_is_kept_in_the_powerpoint(folder: Callable[..., Path]) -> None:
    """A paragraph for each line, with its indentation; a blank line is one, in the same font."""
    pptx, _ = built(folder, BLOCKS)
    slide = next(s for s in Presentation(str(pptx)).slides if s.shapes.title.text_frame.text == "Blocks")
    frame = next(shape.text_frame for shape in slide.placeholders if shape != slide.shapes.title)
    fonts = [run.font.name for run in frame.paragraphs[2].runs]
    blank = frame.paragraphs[3]._p.find(f"{{{A}}}endParaRPr/{{{A}}}latin")

    assert [p.text for p in frame.paragraphs] == ["Before it", *LINES, "Fenced:", *FENCED, "after it"]
    assert fonts == ["Courier New"]
    assert blank.get("typeface") == "Courier New"
    assert_valid(pptx)


def test_each_line_of_a_block_is_kept_in_the_pdf(folder: Callable[..., Path]) -> None:
    """Four spaces of indentation are as wide as four letters, a blank line as high as any, and all is tagged Code."""
    _, pdf = built(folder, BLOCKS)
    [page] = [letters for letters in letters_of(pdf) if find(letters, "deff(x):", 0)]
    first, _, _, returned = (find(page, "".join(line.split()), 0) for line in LINES)
    step = first[0].letters[1].left - first[0].letters[0].left
    size = step / 0.6

    assert faces(pdf, "return x") == {"LiberationMono"}
    assert returned[0].letters[0].left - first[0].letters[0].left == pytest.approx(4 * step, abs=0.2 * step)
    assert returned[0].letters[0].baseline - first[0].letters[0].baseline == pytest.approx(3 * 1.16 * size, rel=0.01)
    with pikepdf.open(pdf) as document:
        kinds = [str(thing.S) for thing in document.objects if isinstance(thing, pikepdf.Dictionary) and "/S" in thing]
    assert kinds.count("/Code") == 2


def test_all_code_of_a_slide_is_as_large_as_its_longest_line_allows(bare: Callable[..., Path]) -> None:
    """One long line makes both blocks smaller, and is inside its box."""
    slides = (
        f"slides:\n  long:\n    kind: bullets\n    title: Long\n    items: [{{code: short}}, {{code: {'x' * 90}}}]\n"
    )
    root = bare(MINIMAL + slides)
    page = next(page for page in typeset(root, 123).get().pages.pages if page.title == "Long")
    [body] = [block for block in page.blocks if isinstance(block, TextBlock) and block.slot == "body-1"]

    assert {paragraph.size for paragraph in body.paragraphs} == {15}


@pytest.mark.parametrize(
    ("item", "line", "told"),
    [
        ("code: |\n          fine\n            " + "x" * 100, 10, "102 letters of code in a line; 99 fit"),
        ("|\n          a\n          ```\n          " + "x" * 120, 10, "a block of code has no end"),
        ("|\n          a\n          ```\n          " + "x" * 120 + "\n          ```", 11, "120 letters of code"),
        ("code: >\n          a\n          b", 8, "`>` joins the lines of code"),
        ('code: " "', 8, "the block of code is empty"),
        ('code: "' + "x\\n" * 1001 + '"', 8, "1,001 lines of code"),
    ],
)
def test_code_that_cannot_be_drawn_is_told_at_its_line(
    bare: Callable[..., Path], item: str, line: int, told: str
) -> None:
    """A line that is too long, a fence that is not closed, lines that YAML joins, and nothing."""
    slides = f"slides:\n  wrong:\n    kind: bullets\n    title: Wrong\n    items:\n      - {item}\n"
    start = MINIMAL.count("\n")
    errors = typeset(bare(MINIMAL + slides), 123).errors

    assert [(e.origin.line - start + 2, told in e.text) for e in errors] == [(line, True)]


@pytest.mark.parametrize(
    "slide",
    [
        'kind: statement\n    title: "a\\n```\\nb\\n```"',
        'kind: table\n    title: a\n    header: [a]\n    rows: [["```\\nb\\n```"]]',
        "kind: columns\n    title: a\n    groups: [{heading: a, items: [{code: b}]}]",
    ],
)
def test_code_where_none_can_be_is_told(bare: Callable[..., Path], slide: str) -> None:
    """A title, a cell and columns hold no block."""
    [error] = typeset(bare(f"{MINIMAL}slides:\n  wrong:\n    {slide}\n"), 123).errors

    assert "a block of code cannot be in" in error.text


def test_three_backticks_inside_a_line_begin_no_block(bare: Callable[..., Path]) -> None:
    """They are code in a line, which a title may have."""
    slide = '{kind: bullets, title: "Use ```x y``` first", items: [a]}'
    ready = typeset(bare(f"{MINIMAL}slides:\n  inline: {slide}\n"), 123).get()

    assert [slide.title.words for slide in ready.deck.slides] == ["Use x y first"]


def test_only_the_first_line_of_a_block_is_apart_from_what_is_above(bare: Callable[..., Path]) -> None:
    """The lines of code follow each other without space."""
    ready = typeset(
        bare(MINIMAL + 'slides:\n  a: {kind: bullets, title: a, items: [b, {code: "c\\nd\\ne"}]}\n'), 123
    ).get()
    [page] = ready.pages.pages
    [body] = [block for block in page.blocks if isinstance(block, TextBlock) and "body" in block.slot]

    assert [paragraph.before > 0 for paragraph in body.paragraphs] == [False, True, False, False]


def test_tall_code_is_split_after_a_blank_line(bare: Callable[..., Path]) -> None:
    """The second page begins with the first line after it."""
    lines = "".join(f"          line {n}\n{'' if n % 6 else chr(10)}" for n in range(1, 25))
    slides = f"slides:\n  tall:\n    kind: bullets\n    title: Tall\n    items:\n      - code: |\n{lines}"
    pages = [page for page in typeset(bare(MINIMAL + slides), 123).get().pages.pages if page.slide == "tall"]
    bodies = [block for page in pages for block in page.blocks if isinstance(block, TextBlock) and "body" in block.slot]
    words = [[p.text.words for p in body.paragraphs] for body in bodies]

    assert len(pages) == 2
    assert (words[1][0], words[0][-2:]) == ("line 13", ["line 12", ""])
