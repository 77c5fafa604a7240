"""Meeting, Deck and Pages -> Problems: every rule is one module, named for the fault it finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Protocol, cast

from deckgen.deck import Deck
from deckgen.meeting import Meeting
from deckgen.pages import Pages
from deckgen.problems import Problem, Severity
from deckgen.theme import Theme

RULES = ("missing-figure",)


@dataclass(frozen=True, slots=True)
class Subject:
    """What the rules look at."""

    meeting: Meeting
    deck: Deck
    pages: Pages
    theme: Theme


class Rule(Protocol):
    """A module of this package: its docstring is its manual."""

    SEVERITY: Severity
    __doc__: str | None

    def check(self, subject: Subject) -> Iterator[Problem]:
        """The faults of a deck."""
        ...


def rule(id: str) -> Rule:
    """The rule of this id. Raises KeyError for an id that is none."""
    if id not in RULES:
        raise KeyError(id)
    return cast(Rule, import_module(f"deckgen.rules.{id.replace('-', '_')}"))


def check(subject: Subject) -> list[Problem]:
    """Everything that the rules find."""
    found = []
    for id in RULES:
        module = rule(id)
        found += [replace(problem, rule=id, severity=module.SEVERITY) for problem in module.check(subject)]
    return found
