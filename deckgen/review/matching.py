"""Old pages × new pages -> Comparisons: each slide beside the one of the same id, with its changes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Sequence
from typing import Literal

from deckgen.base import Frozen, replace
from deckgen.layout.pages import Page
from deckgen.review.details import Edit, compare_details, details
from deckgen.review.look import look, read_lines
from deckgen.review.words import Change, compare_lines

Mark = Literal["unchanged", "changed", "new", "removed", "moved", "cannot be shown"]
MARKS: tuple[Mark, ...] = ("cannot be shown", "changed", "new", "removed", "moved", "unchanged")


class Comparison(Frozen):
    """A page now and before, at least one of the two; `marks` are its changes.

    `was_after` is the title of the page before a moved one in the old deck; `restyled` is true if only the theme
    changed its look.
    """

    old: Page | None
    new: Page | None
    marks: tuple[Mark, ...]
    words: tuple[Change, ...] = ()
    notes: tuple[Change, ...] = ()
    details: tuple[Edit, ...] = ()
    was_after: str = ""
    restyled: bool = False

    @property
    def page(self) -> Page:
        """The new page, or the old one if it is removed."""
        page = self.new or self.old
        assert page
        return page

    @property
    def key(self) -> str:
        """A unique name for this page."""
        return f"{self.page.slide}--{self.page.part}" if self.page.part > 1 else self.page.slide

    @property
    def differs(self) -> bool:
        """Whether there is any change to show."""
        return self.marks != ("unchanged",)

    @property
    def looks_other(self) -> bool:
        """Whether a changed page has the same words as before, and only looks different."""
        return "changed" in self.marks and not (self.words or self.notes or self.details)


def match(old: Sequence[Page], new: Sequence[Page], failed: Container[str] = ()) -> list[Comparison]:
    """Every page, in the order of the new deck; a removed page keeps its old position.

    `failed` are the slides that cannot be made: they are not removed.
    """
    before = {(page.slide, page.part): page for page in old}
    now = {(page.slide, page.part) for page in new}
    made = {page.slide for page in new}
    moved = _moved(old, new)
    titles = {page.slide: old[index - 1].title if index else "" for index, page in reversed(list(enumerate(old)))}
    found = []
    for page in new:
        one = _compare(before.get((page.slide, page.part)), page)
        found.append(_as_moved(one, titles[page.slide] if page.part == 1 else "") if page.slide in moved else one)
    for index, page in enumerate(old):
        if (page.slide, page.part) not in now:
            mark: Mark = "cannot be shown" if page.slide in failed and page.slide not in made else "removed"
            found.insert(_after(old[:index], found), Comparison(page, None, (mark,)))
    return found


def _as_moved(one: Comparison, was_after: str) -> Comparison:
    marks: tuple[Mark, ...] = (*(mark for mark in one.marks if mark != "unchanged"), "moved")
    return replace(one, marks=marks, was_after=was_after)


def unmatched(pages: Sequence[Page]) -> list[Comparison]:
    """The pages of a deck without an old deck."""
    return [Comparison(None, page, ("new",)) for page in pages]


def _after(before: Sequence[Page], found: Sequence[Comparison]) -> int:
    """The position behind the page that came before a removed one."""
    for page in reversed(before):
        for index, comparison in enumerate(found):
            if comparison.old is page:
                return index + 1
    return 0


def _compare(old: Page | None, new: Page) -> Comparison:
    if old is None:
        return Comparison(None, new, ("new",))
    words = compare_lines([line.words for line in read_lines(old)], [line.words for line in read_lines(new)])
    notes = compare_lines(*(page.notes.lines if page.notes else [] for page in (old, new)))
    edits = [one for one in compare_details(details(old), details(new)) if not _is_in(one, words)]
    changed = look(old) != look(new) or notes or edits
    return Comparison(old, new, ("changed",) if changed else ("unchanged",), tuple(words), tuple(notes), tuple(edits))


def _is_in(edit: Edit, words: Sequence[Change]) -> bool:
    """Whether a table beside a chart already shows this changed number."""
    pairs = [(change.only("old").split(), change.only("new").split()) for change in words]
    return any(edit.old in old and edit.new in new for old, new in pairs)


def _moved(old: Sequence[Page], new: Sequence[Page]) -> set[str]:
    """The slides whose order changed: all except the longest sequence that kept its order."""
    places = {page.slide: index for index, page in reversed(list(enumerate(old)))}
    common = [slide for slide in dict.fromkeys(page.slide for page in new) if slide in places]
    return set(common) - set(longest_rising(common, [places[slide] for slide in common]))


def longest_rising(names: Sequence[str], places: Sequence[int]) -> list[str]:
    """The longest subsequence of `names` with increasing positions (patience sorting)."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for index, place in enumerate(places):
        pile = bisect_left(tops, place)
        before.append(ends[pile - 1] if pile else None)
        tops[pile : pile + 1] = [place]
        ends[pile : pile + 1] = [index]
    chain: list[str] = []
    at = ends[-1] if ends else None
    while at is not None:
        chain.append(names[at])
        at = before[at]
    return chain[::-1]
