"""Facts and Deck -> Findings: a list or group whose name differs from slide to slide.

What: two names that differ only by a hyphen or a final s: `plant` and `plants`, PLANT and `plants@example.org`.
Why: one of the two lists does not exist, and its subscribers are elsewhere.
Bad: `new_lists: {plant: ...}` beside `bofs: {plants: PLANTS}`
Good: `new_lists: {plants: ...}` beside `bofs: {plants: PLANTS}`
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from deckgen.base import Meta
from deckgen.problems import Origin
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject

_WORD = re.compile(r"\b[A-Z][A-Z0-9-]{3,}\b")
_MAIL = re.compile(r"\b([\w.+-]{1,64})@([\w.-]{1,200}\w)")


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    named: Annotated[
        tuple[str, ...],
        Meta(description="The facts whose keys are names of lists and groups, as `fact` or `fact.key`."),
    ] = ()
    hosts: Annotated[tuple[str, ...], Meta(description="The hosts of the lists.")] = ()


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every second name of the same list or group."""
    known: dict[str, tuple[str, Origin]] = {}
    for name, origin, sure in [*_named(subject, options), *_mentioned(subject, options)]:
        first = known.get(_bare(name))
        if first is None:
            known.update({_bare(name): (name, origin)} if sure else {})
        elif first[0].casefold() != name.casefold():
            where = f"line {first[1].line} of {first[1].path}"
            message = f"`{name}` here, `{first[0]}` on {where}"
            yield Finding(origin, message, "if these are one list, use one name")


def _bare(name: str) -> str:
    return name.casefold().replace("-", "").removesuffix("s")


def _named(subject: Subject, options: Options) -> Iterator[tuple[str, Origin, bool]]:
    """The names in the facts, which are certain."""
    for path in options.named:
        fact = subject.part(path)
        for name, _ in fact.items():
            yield name, fact.key_origin(name), True


def _mentioned(subject: Subject, options: Options) -> Iterator[tuple[str, Origin, bool]]:
    """Addresses of lists, and words in capitals, in the texts of the slides."""
    for _, text in subject.texts():
        addresses = _MAIL.findall(text.words)
        yield from ((name, text.origin, True) for name, host in addresses if host.casefold() in options.hosts)
        yield from ((name, text.origin, False) for name in _WORD.findall(text.words))
