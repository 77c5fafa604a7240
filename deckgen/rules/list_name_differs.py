"""Facts and Deck -> Findings: a list or group whose name differs from slide to slide.

What: two names that differ only by a hyphen or a final s: `plant` and `plants`, PLANT and `plants@ietf.org`.
Why: one of the two lists does not exist, and its subscribers are elsewhere.
Bad: `new_lists: {plant: ...}` beside `bofs: {plants: PLANTS}`
Good: `new_lists: {plants: ...}` beside `bofs: {plants: PLANTS}`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.problems import Origin
from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject

_WORD = re.compile(r"\b[A-Z][A-Z0-9-]{3,}\b")
_MAIL = re.compile(r"\b([\w.+-]{1,64})@(?:ietf|irtf|iab)\.org\b", re.IGNORECASE)
_GROUPS = ("groups", "related_groups", "research_groups", "new_lists")


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every second name of the same list or group."""
    known: dict[str, tuple[str, Origin]] = {}
    for name, origin, sure in [*_named(subject), *_mentioned(subject)]:
        first = known.get(_bare(name))
        if first is None:
            known.update({_bare(name): (name, origin)} if sure else {})
        elif first[0].casefold() != name.casefold():
            where = f"line {first[1].line} of {first[1].path}"
            message = f"`{name}` here, `{first[0]}` on {where}"
            yield Finding(origin, message, "if these are one list, use one name")


def _bare(name: str) -> str:
    return name.casefold().replace("-", "").removesuffix("s")


def _named(subject: Subject) -> Iterator[tuple[str, Origin, bool]]:
    """The names in the facts, which are certain."""
    facts = subject.meeting.facts
    changes = facts.get("wg_changes")
    places = [facts.get(key) for key in _GROUPS] + ([child for _, child in changes.items()] if changes else [])
    for place in places:
        for name, _ in place.items() if place else ():
            yield name, (place or facts).key_origin(name), True


def _mentioned(subject: Subject) -> Iterator[tuple[str, Origin, bool]]:
    """Addresses of lists, and words in capitals, in the texts of the slides."""
    for _, text in subject.texts():
        yield from ((name, text.origin, True) for name in _MAIL.findall(text.words))
        yield from ((name, text.origin, False) for name in _WORD.findall(text.words))
