"""Facts -> Findings: a session that is not during its meeting.

What: `session: date` is before the first day of the meeting or after its last, or the last day is before the first.
Why: a date copied from the last meeting looks right until somebody comes on the wrong day.
Bad: `session: {date: 2025-07-25}` at a meeting in November
Good: `session: {date: 2025-11-07}`
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject
from deckgen.source import text_of
from deckgen.source.dates import day_of


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem when the days do not fit together."""
    meeting = subject.fact("meeting")
    session = subject.fact("session")
    first, last, day = meeting.get("first"), meeting.get("last"), session.get("date")
    begins, ends, held = day_of(text_of(first)), day_of(text_of(last)), day_of(text_of(day))
    if last and begins and ends and ends < begins:
        yield Finding(last.origin, f"the meeting ends on {ends}, before it begins on {begins}")
    elif day and begins and ends and held and not begins <= held <= ends:
        text = f"the session is on {held}; the meeting is from {begins} to {ends}"
        yield Finding(day.origin, text, "choose a day of the meeting")
