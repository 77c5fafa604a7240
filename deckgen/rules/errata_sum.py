"""Facts -> Problems: errata that do not add up.

What: open errata are not those of the meeting before, plus the reported ones, less the closed ones.
Why: one of the four numbers is wrong, or was counted on another day.
Bad: `"120": {open: 257, closed: 50, reported: 27}` after `"119": {open: 279}`, since 279 + 27 - 50 is 256
Good: `"120": {open: 256, closed: 50, reported: 27}`
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.meeting.load import meeting_number
from deckgen.problems import Problem
from deckgen.rules.subject import Subject
from deckgen.source import Source


def check(subject: Subject, settings: Source) -> Iterator[Problem]:
    """A problem for every meeting whose numbers, all four of them known, do not add up."""
    errata = subject.meeting.facts.get("errata") or settings.without()
    for key, row in errata.items():
        number = meeting_number(key)
        before = errata.get(str(number - 1)) if number else None
        now, closed, reported = (_number(row, name) for name in ("open", "closed", "reported"))
        past = _number(before, "open") if before else None
        if now is None or closed is None or reported is None or past is None:
            continue
        if now != past + reported - closed:
            sum = f"{past} + {reported} - {closed} is {past + reported - closed}"
            yield Problem(errata.key_origin(key), "", f"IETF {key} has {now} open errata; {sum}")


def _number(row: Source, name: str) -> int | None:
    child = row.get(name)
    return child.value if child and isinstance(child.value, int) else None
