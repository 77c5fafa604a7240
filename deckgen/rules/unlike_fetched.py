"""Meeting -> Problems: a fact written by hand that is not what was fetched.

What: a value in the meeting's own file where `make fetch` found another; a text that only says more than the
fetched one, such as `ACME (in WIT area)`, is no other. What is null was left out on purpose.
Why: the value written by hand wins; one of the two is wrong, or out of date.
Bad: `session: {start: "09:30"}` where the datatracker has the session at 09:00
Good: `session: {room: Viger}`, with the start left to what was fetched
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.problems import Problem
from deckgen.rules import Subject
from deckgen.source import Source, plain, text_of


def check(subject: Subject, settings: Source) -> Iterator[Problem]:
    """A warning for every fact of which two things are said."""
    *_, fetched, own = subject.meeting.layers
    yield from _differences(own.without("slides"), fetched)


def _differences(own: Source, fetched: Source) -> Iterator[Problem]:
    for key, mine in own.items():
        theirs = fetched.get(key)
        if theirs is None or mine.value is None:
            continue
        if isinstance(mine.value, dict) and isinstance(theirs.value, dict):
            yield from _differences(mine, theirs)
        elif not _alike(mine, theirs):
            where = f"{theirs.origin.path}, line {theirs.origin.line}"
            told = f"`{key}` is {_said(mine)} here, and {_said(theirs)} in {where}"
            yield Problem(own.key_origin(key), "", told, f"leave `{key}` out where the fetched one is right")


def _alike(mine: Source, theirs: Source) -> bool:
    if plain(mine) == plain(theirs):
        return True
    return isinstance(mine.value, str) and isinstance(theirs.value, str) and _words(theirs) in _words(mine)


def _words(source: Source) -> str:
    return " ".join(text_of(source).casefold().split())


def _said(source: Source) -> str:
    if isinstance(source.value, (dict, tuple)):
        return "another list" if isinstance(source.value, tuple) else "a mapping"
    return f"`{text_of(source)[:60]}`"
