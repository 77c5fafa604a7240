"""PDF page -> letters with their places: where each paragraph of a deck was really drawn, and what is over what."""

from __future__ import annotations

import ctypes
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path
from unicodedata import category

import pypdfium2
from pypdfium2 import raw


@dataclass(frozen=True)
class Letter:
    """A drawn letter: its baseline, and its left and right edge, in points from the upper left corner."""

    sign: str
    left: float
    right: float
    baseline: float


@dataclass(frozen=True)
class Drawn:
    """The letters of one paragraph."""

    letters: tuple[Letter, ...]

    @property
    def lines(self) -> int:
        """How many different baselines there are; those of one line differ by less than 3 points."""
        heights = sorted(letter.baseline for letter in self.letters)
        return 1 + sum(b - a > 3 for a, b in pairwise(heights))


def letters_of(pdf: Path) -> list[list[Letter]]:
    """The letters of each page, in the order they were drawn, without white space."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_page(document[number]) for number in range(len(document))]
    finally:
        document.close()


def _page(page: pypdfium2.PdfPage) -> list[Letter]:
    text = page.get_textpage()
    height = page.get_height()
    found = []
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(text.raw, index)).replace("\x02", "-")
        if sign.isspace() or sign in "\u200b\x00" or raw.FPDFText_IsGenerated(text.raw, index) == 1:
            continue
        left, _, right, _ = text.get_charbox(index)
        raw.FPDFText_GetCharOrigin(text.raw, index, ctypes.byref(x), ctypes.byref(y))
        found.append(Letter(sign, left, right, height - y.value))
    return found


def find(letters: list[Letter], words: str, start: int) -> tuple[Drawn, int] | None:
    """The paragraph of these words, at or after `start`, or else anywhere; and where it ends."""
    text = "".join(letter.sign for letter in letters)
    wanted = re.sub(r"[\s\u200b]+", "", words)
    at = text.find(wanted, start)
    at = at if at >= 0 else text.find(wanted)
    return (Drawn(tuple(letters[at : at + len(wanted)])), at + len(wanted)) if at >= 0 else None


_CELL = 20  # points: letters are compared with those in the same cells of a grid
_TOUCHING = 1  # point: letters side by side overlap as much, for a box has the curves and the slant of its letter
_LIGATURE = 6  # signs of one glyph, at most


@dataclass(frozen=True)
class Glyph:
    """A sign with the box of its ink and the point that its baseline begins at, in points from the lower left corner.

    `index` is its number in the text of the page.
    """

    index: int
    sign: str
    box: tuple[float, float, float, float]
    x: float
    y: float

    def is_inside(self, width: float, height: float) -> bool:
        """Whether all of it is on a page of this size."""
        left, bottom, right, top = self.box
        return left >= 0 and bottom >= 0 and right <= width and top <= height

    def is_over(self, other: Glyph) -> bool:
        """Whether the ink of the two overlaps, and they are not neighbours in a word."""
        (left, bottom, right, top), (west, south, east, north) = self.box, other.box
        if min(right, east) - max(left, west) <= _TOUCHING or min(top, north) - max(bottom, south) <= _TOUCHING:
            return False
        distance = abs(self.index - other.index)
        beside = distance <= _LIGATURE // 2 or (distance <= _LIGATURE and self.box == other.box)
        return not beside or min(abs(self.x - other.x), abs(self.y - other.y)) > _TOUCHING


def glyphs_of(pdf: Path) -> Iterator[tuple[float, float, list[Glyph]]]:
    """The width and height of each page, and what is drawn on it, without white space."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(len(document)):
            page = document[number]
            yield page.get_width(), page.get_height(), _glyphs(page.get_textpage())
    finally:
        document.close()


def _glyphs(text: pypdfium2.PdfTextPage) -> list[Glyph]:
    found = []
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(text.raw, index))
        if sign.isspace() or raw.FPDFText_IsGenerated(text.raw, index) == 1:
            continue
        raw.FPDFText_GetCharOrigin(text.raw, index, ctypes.byref(x), ctypes.byref(y))
        found.append(Glyph(index, sign, text.get_charbox(index), x.value, y.value))
    return found


def overlaps(glyphs: list[Glyph]) -> Iterator[tuple[Glyph, Glyph]]:
    """Pairs of glyphs over each other; a mark may be over the letter that it belongs to."""
    cells: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        if category(glyph.sign)[0] in "CM":
            continue
        left, bottom, right, top = (int(edge // _CELL) for edge in glyph.box)
        own = [cells[place] for place in product(range(left, right + 1), range(bottom, top + 1))]
        yield from ((glyph, other) for cell in own for other in cell if glyph.is_over(other))
        for cell in own:
            cell.append(glyph)
