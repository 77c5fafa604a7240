"""Facts -> Findings: errata that do not add up.

What: the open errata are not those of the meeting before, plus the reported ones, less the closed ones. If that
meeting has no row, the last meeting with a row counts.
Why: one of the four numbers is wrong, or was counted on another day.
Bad: `"120": {open: 257, closed: 50, reported: 27}` after `"119": {open: 279}`, since 279 + 27 - 50 is 256
Good: `"120": {open: 256, closed: 50, reported: 27}`
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject
from deckgen.source import Source


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every meeting whose numbers do not add up with the last known ones before it."""
    errata = subject.fact("errata")
    order = subject.meeting.order
    rows = sorted((pair for pair in errata.items() if order.knows(pair[0])), key=lambda pair: order.rank(pair[0]))
    past: int | None = None
    since = ""
    for key, row in rows:
        now, closed, reported = (_number(row, name) for name in ("open", "closed", "reported"))
        if past is not None and closed is not None and reported is not None:
            due = past + reported - closed
            if now is not None and now != due:
                of = "" if since == order.before(key) else f" (those of {order.label(since)})"
                message = f"{order.label(key)} has {now} open errata; {past}{of} + {reported} - {closed} is {due}"
                yield Finding(errata.key_origin(key), message)
            past, since = due, key
        if now is not None:
            past, since = now, key


def _number(row: Source, name: str) -> int | None:
    child = row.get(name)
    return child.value if child and isinstance(child.value, int) else None
