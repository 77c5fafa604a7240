"""Sheets of a deck × sheets of a PowerPoint -> which slide became which, and what was made of each line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from deckgen.base import Frozen
from deckgen.edits.sheets import Sheet, without_part

T = TypeVar("T")
_LIKE = 0.45  # of the words of two slides, or of two lines, are the same
_MAX_PAIRS = 250_000


class Slides(Frozen):
    """The slides of a PowerPoint in their order, each with the slide of the deck that it was; empty if it is new.

    `sheets` has the pages of each slide of the deck that is still there, in their order.
    """

    order: tuple[tuple[str, Sheet], ...]
    sheets: dict[str, tuple[Sheet, ...]]


def match_slides(deck: Sequence[Sheet], edited: Sequence[Sheet]) -> Slides:
    """Match slides by their words: LibreOffice gives all slides other ids. An id decides between copies of a slide."""
    words = [_tokens(sheet) for sheet in (*deck, *edited)]
    scores: list[tuple[float, int, int]] = []
    if len(deck) * len(edited) <= _MAX_PAIRS:
        for b, old in enumerate(deck):
            for e, new in enumerate(edited):
                score = _likeness(words[b], words[len(deck) + e])
                same = without_part(old.heading) == without_part(new.heading)
                near = 1 - abs(b / len(deck) - e / len(edited))
                score += 0.3 * same + 0.5 * (old.id == new.id) + 0.2 * (old.part == _part(new)) + 0.01 * near
                scores.append((score, -b, -e))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for score, b, e in sorted(scores, reverse=True):
        if score >= _LIKE and -e not in found and -b not in taken:
            found[-e] = -b
            taken.add(-b)
    order = [(deck[found[e]].slide if e in found else "", sheet) for e, sheet in enumerate(edited)]
    order = [(slide or _continued(sheet, order), sheet) for slide, sheet in order]
    sheets: dict[str, tuple[Sheet, ...]] = {}
    for slide, sheet in order:
        if slide:
            sheets[slide] = (*sheets.get(slide, ()), sheet)
    return Slides(tuple(order), sheets)


def _continued(sheet: Sheet, order: Sequence[tuple[str, Sheet]]) -> str:
    """The slide that a page continues, by its title."""
    title = without_part(sheet.heading)
    if title == sheet.heading:
        return ""
    return next((slide for slide, other in order if slide and without_part(other.heading) == title), "")


def _part(sheet: Sheet) -> int:
    found = re.search(r"\((\d+)/\d+\)$", sheet.heading)
    return int(found[1]) if found and len(found[1]) < 4 else 1


def _tokens(sheet: Sheet) -> Counter[str]:
    found = Counter(token for line in sheet.all_lines() for token in line.words.split())
    return found or Counter(sheet.others)


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def align(old: Sequence[T], new: Sequence[T], words: Callable[[T], str]) -> list[tuple[int | None, int]]:
    """For each new line the old one that it was, or None: the same line, in its place or moved, or one like it."""
    before, after = [words(one) for one in old], [words(one) for one in new]
    found: dict[int, int] = {}
    left_old, left_new = set(range(len(old))), set(range(len(new)))

    def pair(a: int, b: int) -> None:
        found[b] = a
        left_old.discard(a)
        left_new.discard(b)

    regions = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for tag, a, b, c, _ in regions:
        if tag == "equal":
            for step in range(b - a):
                pair(a + step, c + step)
    for b in sorted(left_new):
        same = next((x for x in sorted(left_old) if before[x] == after[b]), None)
        if same is not None:
            pair(same, b)
    for _, a, b, c, d in regions:
        inside = [(x, y) for x in range(a, b) for y in range(c, d) if x in left_old and y in left_new]
        if len(inside) == 1:
            pair(*inside[0])
            continue
        for x, y in sorted(inside, key=lambda one: -_similar(before[one[0]], after[one[1]])):
            if x in left_old and y in left_new and _similar(before[x], after[y]) >= _LIKE:
                pair(x, y)
    for y in sorted(left_new):
        best = max(left_old, key=lambda x: _similar(before[x], after[y]), default=None)
        if best is not None and _similar(before[best], after[y]) >= 0.7:
            pair(best, y)
    return [(found.get(b), b) for b in range(len(new))]


def _similar(one: str, other: str) -> float:
    return _likeness(Counter(one.split()), Counter(other.split())) if one and other else 0.0


def moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """What has another place: all but the longest run that kept its order."""
    from deckgen.review.matching import longest_rising

    places = {one: index for index, one in enumerate(old)}
    common = [one for one in new if one in places]
    return set(common) - set(longest_rising(common, [places[one] for one in common]))
