"""Subject -> Problems: every rule in turn, less what the files say to ignore."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Protocol, cast

from deckgen.base import replace
from deckgen.problems import Problem, Severity, nearest
from deckgen.rules.subject import Subject, places
from deckgen.source import Document, Source

# In the order of the manual: facts, text, policy, agenda, slide.
RULES = (
    *("unknown-group", "concluded-group", "leaving-and-joining", "new-and-closed", "bad-draft-name", "draft-twice"),
    *("wrong-previous-meeting", "date-outside-meeting", "wrong-weekday", "errata-sum", "errata-gap"),
    *("list-name-differs", "unlike-fetched", "slide-left-out"),
    *("unexplained-mark", "link-to-nowhere", "odd-host", "plain-http", "moving-link", "other-meeting"),
    *(
        "doubled-word",
        "left-over-note",
        "left-over-markup",
        "cut-by-comment",
        "melted-items",
        "empty-slide",
        "empty-table",
    ),
    *("official-slide-missing", "official-slide-late", "official-text-changed", "forbidden-slide"),
    *(
        "agenda-overrun",
        "item-without-minutes",
        "two-remainders",
        "remainder-not-last",
        "talk-without-slide",
        "slide-not-on-agenda",
    ),
    *("text-too-small", "many-parts", "missing-alt", "few-pixels", "long-title", "same-title"),
    *("missing-glyphs", "low-contrast", "missing-figure", "bad-ignore"),
)
# What a person writes beside a line that a rule speaks of, to have it silent there.
IGNORE = re.compile(r"#\s*deckgen:\s*ignore\[([^\]]*)\]\s*(.*)")


class Rule(Protocol):
    """A module of this package: its docstring is its manual, its severity and words are in `templates/rules.yaml`."""

    __doc__: str | None

    def check(self, subject: Subject, settings: Source) -> Iterator[Problem]:
        """The faults of a deck."""
        ...


def rule(id: str) -> Rule:
    """The rule of this id. Raises KeyError for an id that is none."""
    if id not in RULES:
        raise KeyError(id)
    return cast(Rule, import_module(f"deckgen.rules.{id.replace('-', '_')}"))


def check_rules(subject: Subject) -> list[Problem]:
    """Everything that the rules find, less what the files say to ignore."""
    settings = subject.meeting.rules
    documents = {**subject.meeting.history.documents, **subject.meeting.documents}
    found = list(_misconfigured(settings))
    for id in RULES:
        own = settings.get(id) or Source({}, settings.origin)
        severity = _severity(own)
        if severity is None:
            continue
        problems = (replace(problem, rule=id, severity=severity) for problem in rule(id).check(subject, own))
        found += [problem for problem in problems if not _ignored(problem, documents)]
    return found


def _severity(settings: Source) -> Severity | None:
    """What `templates/rules.yaml` says of a rule; a warning, unless it says otherwise."""
    said = settings.get("severity")
    if said is not None and said.value in ("error", "off"):
        return "error" if said.value == "error" else None
    return "warning"


def _misconfigured(settings: Source) -> Iterator[Problem]:
    for id, own in settings.items():
        if id not in RULES:
            yield Problem(settings.key_origin(id), "unknown-rule", f"no rule is called `{id}`", nearest(id, RULES))
        said = own.get("severity")
        if said is not None and said.value not in ("error", "warning", "off"):
            yield Problem(said.origin, "wrong-value", f"`severity` is {said.value!r}", "error, warning or off")


def _ignored(problem: Problem, documents: Mapping[str, Document]) -> bool:
    """Whether the line a problem is on, or that of the template in between, says to ignore it."""
    return any(
        problem.rule in ignored_rules(documents[place.path].line(place.line))
        for place in places(problem.origin)
        if place.path in documents
    )


def ignored_rules(line: str) -> list[str]:
    """The rules that a line says to ignore."""
    found = IGNORE.search(line) if "deckgen" in line else None
    return [id.strip() for id in found[1].split(",")] if found else []
