"""Meeting and Deck -> Findings: an agenda that is longer than its session.

What: the minutes of all items are more than from `start` to `end`, or leave none for the rest. The agenda of the
meeting has those of the `session`; another slide of this kind has its own. A session may end after midnight.
Why: the last speaker loses the time.
Bad: items of 95 minutes in a session from 09:30 to 11:00
Good: items of 85 minutes, and `minutes: remaining` for the open microphone
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.deck.kinds.agenda import Agenda
from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject
from deckgen.source.dates import clock_of


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem at the first item of each agenda that ends after its session."""
    for slide in subject.deck.slides:
        if not isinstance(slide, Agenda) or slide.start is None or slide.end is None:
            continue
        if slide.end > slide.start:
            yield from _overrun(slide, slide.start, slide.end)
        else:
            message = f"the session ends at {clock_of(slide.end)}, and begins at {clock_of(slide.start)}"
            yield Finding(slide.end_origin or slide.origin, message, slide=slide.id)


def _overrun(slide: Agenda, clock: int, end: int) -> Iterator[Finding]:
    rested = False
    for item in slide.items:
        if rested:  # rule `remainder-not-last` reports what comes after
            return
        rest = bool(item.label) and item.minutes is None and not rested
        rested = rested or item.label.startswith("remaining")
        clock += item.minutes or 0
        if clock > end or (rest and clock >= end):
            message = f"this begins at {clock_of(clock)}" if rest else f"this ends at {clock_of(clock)}"
            hint = f"take {clock - end} minutes away" if clock > end else "take some minutes away before it"
            yield Finding(item.origin, f"{message}; the session ends at {clock_of(end)}", hint, slide=slide.id)
            return
