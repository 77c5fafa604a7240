"""Words that no line can break -> broken by force: every letter of the PDF is inside the slide, and over no other."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from support.letters import letters_of
from support.repository import MINIMAL

from deckgen.build.one import build

SLIDES = {
    "bullet": f"{{kind: bullets, title: Long, items: ['{'a' * 60} {'!' * 31}']}}",
    "cell": "{kind: table, title: Long, header: [a, b, c, d, e, f], rows: [[Wiederaufnahmeverfahren !!!!!!!!!!, "
    f"{', '.join(['Wiederaufnahmeverfahren'] * 5)}]]}}",
}


@pytest.mark.parametrize("slide", SLIDES)
def test_no_letter_leaves_the_page_or_stands_over_another(slide: str, bare: Callable[..., Path]) -> None:
    """A sign that a line cannot begin with, such as `!`, is a part of the word before it, a space between or not."""
    root = bare(f"{MINIMAL}slides:\n  a: {SLIDES[slide]}\n")
    build(root, 123, root / "out").get()
    [pdf] = (root / "out").glob("*.pdf")
    page = next(letters for letters in letters_of(pdf) if "!!!" in "".join(letter.sign for letter in letters))
    boxes = sorted((round(letter.baseline), letter.left, letter.right) for letter in page)
    over = [(one, other) for one, other in pairwise(boxes) if one[0] == other[0]]

    assert max(letter.right for letter in page) <= 960 - 50
    assert all(one[2] <= other[1] + 1.5 for one, other in over)
