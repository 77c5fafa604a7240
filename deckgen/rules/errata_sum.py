"""Facts -> Findings: counts that do not add up from meeting to meeting, such as those of errata.

What: what is there now is not what the meeting before had, plus what is new, less what is gone. If that
meeting has no row, the last meeting with a row counts.
Why: one of the four numbers is wrong, or was counted on another day.
Bad: `"120": {open: 257, closed: 50, reported: 27}` after `"119": {open: 279}`, since 279 + 27 - 50 is 256
Good: `"120": {open: 256, closed: 50, reported: 27}`
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from deckgen.base import Meta
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject
from deckgen.source import Source


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    fact: Annotated[str, Meta(description="The fact that has a row for each meeting.")] = ""
    now: Annotated[str, Meta(description="The key of how many there are.")] = ""
    added: Annotated[str, Meta(description="The key of how many are new.")] = ""
    gone: Annotated[str, Meta(description="The key of how many are gone.")] = ""


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every meeting whose numbers do not add up with the last known ones before it."""
    counted = subject.part(options.fact)
    order = subject.meeting.order
    rows = sorted((pair for pair in counted.items() if order.knows(pair[0])), key=lambda pair: order.rank(pair[0]))
    past: int | None = None
    since = ""
    for key, row in rows:
        now, gone, added = (_number(row, name) for name in (options.now, options.gone, options.added))
        if past is not None and gone is not None and added is not None:
            due = past + added - gone
            if now is not None and now != due:
                of = "" if since == order.before(key) else f" (those of {order.label(since)})"
                message = (
                    f"{order.label(key)} has {now} {options.now} {options.fact}; {past}{of} + {added} - {gone} is {due}"
                )
                yield Finding(counted.key_origin(key), message)
            past, since = due, key
        if now is not None:
            past, since = now, key


def _number(row: Source, name: str) -> int | None:
    child = row.get(name)
    return child.value if child and isinstance(child.value, int) else None
