"""Numbered lists -> both files: native numbers in the PowerPoint, labels of a list in the PDF, the same in both."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pptx import Presentation
from support.repository import MINIMAL, BuiltDeck, lay_out

from deckgen.build.one import build, check
from deckgen.proof.read_pdf import read_pdf
from deckgen.proof.read_pptx import read_pptx

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
LETTERS = [chr(97 + number) for number in range(20)]
DECK = f"""\
slides:
  steps:
    kind: bullets
    title: Steps
    numbered: true
    items:
      - {{text: One, items: [under it, {{text: more, numbered: true, items: [deep, deeper]}}]}}
      - {{text: Two, numbered: true, items: [again]}}
      - para: Between them
      - Three
  long: {{kind: bullets, title: Long, numbered: true, items: {LETTERS}}}
  groups:
    kind: bullets
    title: Groups
    groups: [{{heading: Left, items: [a, b], numbered: true}}, {{heading: Right, items: [c]}}]
"""


@pytest.fixture(scope="module")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> BuiltDeck:
    """A deck of numbered lists."""
    root = lay_out(tmp_path_factory.mktemp("numbered"), {"meetings/123.yaml": MINIMAL + DECK}, slides=False)
    return BuiltDeck(123, root / "build", build(root, 123, root / "build"))


def test_numbers_go_on_over_paragraphs_and_parts(numbered: BuiltDeck) -> None:
    """What is under an item begins at 1; a paragraph between items, and a new page, do not."""
    pages = read_pptx(numbered.pptx.read_bytes())
    lines = ["1. One", "under it", "more", "1. deep", "2. deeper", "2. Two", "1. again", "Between them", "3. Three"]

    assert list(pages[0].lines[1:]) == lines
    assert [line for page in pages[1:-1] for line in page.lines[1:]] == [f"{n}. {x}" for n, x in enumerate(LETTERS, 1)]
    assert list(pages[-1].lines[1:]) == ["Left", "1. a", "2. b", "Right", "c"]


def test_the_pdf_has_the_same_numbers(numbered: BuiltDeck) -> None:
    """As text, so a reader can search for them and hears them."""
    pages = read_pdf(numbered.pdf.read_bytes())

    assert (
        pages[0].lines[0].endswith("Steps 1. One under it more 1. deep 2. deeper 2. Two 1. again Between them 3. Three")
    )


def test_powerpoint_counts_by_itself(numbered: BuiltDeck) -> None:
    """An item typed between two moves the numbers after it: one start for all that go on."""
    slides = Presentation(str(numbered.pptx)).slides
    found = [[one.get("startAt") for one in slide._element.iter(f"{A}buAutoNum")] for slide in slides]

    assert found[0] == [None] * 5 + ["3"]
    assert [{*starts} for starts in found[1:3]] == [{None}, {str(1 + len(found[1]))}]


def test_the_numbers_are_labels_of_a_list(numbered: BuiltDeck) -> None:
    """A screen reader announces a list, and the number of each item (PDF 1.7, 14.8.4.3.3)."""
    with pikepdf.open(numbered.pdf) as pdf:
        kinds = [
            str(one.S) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one and "/P" in one
        ]

    # Five in `steps`, where a paragraph parts the outer one; one on each page of `long`; one in each group.
    assert kinds.count("/L") == 5 + 2 + 2
    assert kinds.count("/Lbl") == kinds.count("/LI") == 9 - 1 + len(LETTERS) + 3


def test_a_list_of_three_figures_is_indented_further(numbered: BuiltDeck, bare: Callable[..., Path]) -> None:
    """So that the number 100 does not reach into its words."""
    root = bare(f"{MINIMAL}slides:\n  a: {{kind: bullets, title: A, numbered: true, items: {list('x' * 100)}}}\n")
    [path] = [path for path in build(root, 123, root / "out").get().files if path.suffix == ".pptx"]
    short, long = (
        next(Presentation(str(one)).slides[index]._element.iter(f"{A}buAutoNum")).getparent()
        for one, index in ((numbered.pptx, 1), (path, 0))
    )

    assert (short.get("marL"), short.get("indent")) == ("457200", "-457200")
    assert int(long.get("marL")) > int(short.get("marL"))


def test_columns_have_no_numbers(bare: Callable[..., Path]) -> None:
    """Their entries have no bullets to be numbers instead."""
    slide = "  a: {kind: columns, title: A, groups: [{heading: B, items: [c], numbered: true}]}\n"
    [problem] = check(bare(f"{MINIMAL}slides:\n{slide}"), 123)

    assert (problem.origin.line, problem.text) == (4, "the entries of columns have no numbers")
