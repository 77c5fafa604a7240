"""Subject -> Problems: every rule in turn, except what the files ignore."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from typing import Any, Protocol, cast

from deckgen.base import ValidationError, convert
from deckgen.base.budget import doing
from deckgen.problems import Origin, Problem
from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject, places
from deckgen.schema.check import check
from deckgen.schema.declare import Schema, record
from deckgen.schema.typed import problems_of, schema_of
from deckgen.source import Document, Source, plain

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
    *("text-too-small", "many-parts", "orphan", "missing-alt", "few-pixels", "long-title", "same-title"),
    *("missing-glyphs", "low-contrast", "missing-figure", "bad-ignore"),
)
# The comment that silences a rule on its line.
IGNORE = re.compile(r"#\s*deckgen:\s*ignore\[([^\]]*)\]\s*(.*)")


class Rule(Protocol):
    """A module of this package: its docstring is its manual, and `Options` are those in `templates/rules.yaml`."""

    __doc__: str | None
    Options: type[Options]

    def check(self, subject: Subject, options: Any) -> Iterator[Finding]:
        """The findings in a deck."""
        ...


def rule(id: str) -> Rule:
    """The rule of this id. Raises KeyError for an unknown id."""
    if id not in RULES:
        raise KeyError(id)
    return cast(Rule, import_module(f"deckgen.rules.{id.replace('-', '_')}"))


def check_rules(subject: Subject) -> list[Problem]:
    """Everything that the rules find, except what the files ignore."""
    documents = {**subject.meeting.history.documents, **subject.meeting.documents}
    options, found = _options(subject.meeting.rules)
    for id in RULES:
        own = options[id]
        if own.severity == "off":
            continue
        doing(f"checking the rule `{id}`", Origin(subject.meeting.layers[-1].origin.path))
        found += [
            Problem(one.origin, id, one.text, one.hint, own.severity, one.slide)
            for one in rule(id).check(subject, own)
            if not _ignored(one, id, documents)
        ]
    return found


def rules_schema() -> Schema:
    """The schema of `templates/rules.yaml`."""
    made = {id: schema_of(rule(id).Options, prefix=f"{id}.") for id in RULES}
    definitions = {name: definition for schema in made.values() for name, definition in schema.pop("$defs").items()}
    for id in RULES:
        definitions[f"{id}.Options"]["description"] = title_of(rule(id))
    return {**record(made, (), "How severe each rule is, and its options."), "$defs": definitions}


def title_of(module: Rule) -> str:
    """The first sentence of the manual of a rule."""
    title = (module.__doc__ or "").partition("\n")[0].partition(": ")[2]
    return title[:1].upper() + title[1:]


def _options(file: Source) -> tuple[dict[str, Options], list[Problem]]:
    """The options of each rule, and their problems; a rule with a wrong option has its defaults.

    The schema, which explains problems, is built only if there are any: that takes longer than all rules.
    """
    options: dict[str, Options] = {}
    unknown = any(id not in RULES for id, _ in file.items())
    refused: ValidationError | None = None
    for id in RULES:
        own = file.get(id)
        try:
            options[id] = convert(plain(own) if own else {}, rule(id).Options)
        except ValidationError as error:
            options[id], refused = rule(id).Options(), error
    if refused:
        return options, [*problems_of(file, rules_schema(), refused)]
    return options, [*check(file, rules_schema())] if unknown else []


def _ignored(finding: Finding, id: str, documents: Mapping[str, Document]) -> bool:
    """Whether the line of a finding, or the line of the template it came through, ignores its rule."""
    return any(
        id in ignored_rules(documents[place.path].line(place.line))
        for place in places(finding.origin)
        if place.path in documents
    )


@lru_cache(maxsize=1024)  # one long line may have many problems
def ignored_rules(line: str) -> list[str]:
    """The rules that a line ignores."""
    found = IGNORE.search(line) if "deckgen" in line else None
    return [id.strip() for id in found[1].split(",")] if found else []
