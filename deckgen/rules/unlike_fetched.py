"""Meeting -> Findings: a fact written by hand that differs from the fetched one.

What: a value in the meeting's own file that differs from what `make fetch` found; a longer text that contains the
fetched one, such as `ACME (moved)`, is not different. A null is left out on purpose. The facts in `complete`
in templates/rules.yaml should have the same entries in both files, unless the own one is empty; for those in `by_hand`
people know better.
Why: the value written by hand wins; one of the two is wrong, or out of date.
Bad: `session: {start: "09:30"}` where the fetched facts have 09:00
Good: `session: {room: Viger}`, with the start left to what was fetched
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from deckgen.base import Meta
from deckgen.meeting import Meeting
from deckgen.meeting.found import found_at
from deckgen.problems import Origin
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject
from deckgen.source import Source, plain, text_of


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    complete: Annotated[tuple[str, ...], Meta(description="Facts that have the same entries in both files.")] = ()
    by_hand: Annotated[tuple[str, ...], Meta(description="Facts that people know better than the fetched ones.")] = ()


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A warning for every fact that differs."""
    *_, fetched, own = subject.meeting.layers
    yield from _differences(subject.meeting, own.without("slides", *options.by_hand), fetched)
    for key in options.complete:
        mine, theirs = own.get(key), fetched.get(key)
        if mine is not None and mine.value and theirs is not None:
            yield from _missing(mine, theirs, own.key_origin(key))


def _missing(own: Source, fetched: Source, place: Origin) -> Iterator[Finding]:
    """The entries that only one of the two has."""
    path = fetched.origin.path
    ours, others = ({key for key, _ in one.items()} for one in (own, fetched))
    for key, child in own.items():
        if key not in others and child.value is not None:
            yield Finding(own.key_origin(key), f"`{key}` is not in {path}", "leave it out if it is out of date")
    for key, child in fetched.items():
        if key not in ours:
            message = f"`{key}` ({text_of(child)}) is in {path} and not here; the deck shows it too"
            yield Finding(place, message, f"add it, or `{key}: null` to leave it out")


def _differences(meeting: Meeting, own: Source, fetched: Source) -> Iterator[Finding]:
    for key, mine in own.items():
        theirs = fetched.get(key)
        if theirs is None or mine.value is None:
            continue
        if isinstance(mine.value, dict) and isinstance(theirs.value, dict):
            yield from _differences(meeting, mine, theirs)
        elif not _alike(mine, theirs):
            found = found_at(meeting.layers[-2], theirs.origin)
            where = f"{theirs.origin.path}, line {theirs.origin.line}" + (f" ({found})" if found else "")
            message = f"`{key}` is {_quoted(mine)} here, and {_quoted(theirs)} in {where}"
            yield Finding(own.key_origin(key), message, f"leave `{key}` out if the fetched one is right")


def _alike(mine: Source, theirs: Source) -> bool:
    if plain(mine) == plain(theirs):
        return True
    return isinstance(mine.value, str) and isinstance(theirs.value, str) and _words(theirs) in _words(mine)


def _words(source: Source) -> str:
    return " ".join(text_of(source).casefold().split())


def _quoted(source: Source) -> str:
    if isinstance(source.value, (dict, tuple)):
        return f"`{', '.join(map(text_of, source))[:60]}`" if isinstance(source.value, tuple) else "a mapping"
    return f"`{text_of(source)[:60]}`"
