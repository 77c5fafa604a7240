"""Comparisons, pictures and problems -> Report: the content of a review, before it is a page or a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from deckgen.base import Frozen
from deckgen.problems import Origin, Problem
from deckgen.review.images import Drawn
from deckgen.review.matching import MARKS, Comparison, Mark
from deckgen.review.places import Places


class Wanted(Frozen):
    """What a slide still lacks, and whom to ask for it, in the words of the slide."""

    slide: str
    title: str
    words: str
    ask: str
    origin: Origin

    @property
    def sentence(self) -> str:
        """What is missing and whom to ask."""
        return f"{self.words}; ask {self.ask}" if self.ask else self.words


class Shown(Frozen):
    """A comparison with its pictures and the problems of its slide."""

    comparison: Comparison
    drawn: Drawn
    problems: tuple[Problem, ...]


class Report(Frozen):
    """A whole review. `against` names the old deck; `notices` are for the top of the page, `look`
    is the effect of a changed theme."""

    label: str
    title: str
    language: str
    against: str
    notices: tuple[str, ...]
    look: str
    shown: tuple[Shown, ...]
    problems: tuple[tuple[Problem, str], ...]
    wanted: tuple[Wanted, ...]
    now: Places
    before: Places

    @property
    def pages(self) -> int:
        """How many pages the deck has now."""
        return sum(1 for one in self.shown if one.comparison.new)

    @property
    def counts(self) -> dict[Mark, int]:
        """How many pages have each mark; without an old deck, no page has one."""
        if not self.against:
            return {}
        counter = Counter(mark for one in self.shown for mark in one.comparison.marks)
        return {mark: counter[mark] for mark in MARKS if counter[mark]}


def counted(number: int, name: str) -> str:
    """`1 page`, `2 pages`."""
    return f"{number} {name}{'s' * (number != 1)}"


def summary(report: Report) -> str:
    """The review in one line."""
    problems: Sequence[Problem] = [problem for problem, _ in report.problems]
    marks = [f"{count} {mark}" for mark, count in report.counts.items()]
    errors = sum(problem.severity == "error" for problem in problems)
    counts = [counted(errors, "error")] * bool(errors) + [counted(len(problems) - errors, "warning")]
    return ", ".join([counted(report.pages, "page"), *marks, *counts])
