"""PDF page -> letters with their places: where each paragraph of a deck was really drawn."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

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
