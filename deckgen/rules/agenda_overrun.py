"""Meeting and Deck -> Problems: an agenda that is longer than its session.

What: the minutes of all items are more than from `session: start` to `session: end`, or leave none for the rest.
Why: it is the last speaker who loses.
Bad: items of 95 minutes in a session from 09:30 to 11:00
Good: items of 85 minutes, and `minutes: remaining` for the open microphone
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.deck.kinds.agenda import Agenda
from deckgen.problems import Problem
from deckgen.rules.subject import Subject
from deckgen.source import Source, text_of
from deckgen.source.dates import clock_of, minutes_of


def check(subject: Subject, settings: Source) -> Iterator[Problem]:
    """A problem at the first item that ends after the session."""
    session = subject.meeting.facts.get("session") or settings.without()
    start, end = text_of(session.get("start")), text_of(session.get("end"))
    for slide in subject.deck.slides:
        if not isinstance(slide, Agenda) or not start or not end:
            continue
        if minutes_of(end) > minutes_of(start):
            yield from _overrun(slide, minutes_of(start), minutes_of(end))
        else:
            place = (session.get("end") or session).origin
            yield Problem(place, "", f"the session ends at {end}, and begins at {start}", slide=slide.id)
            return


def _overrun(slide: Agenda, clock: int, end: int) -> Iterator[Problem]:
    rested = False
    for item in slide.items:
        if rested:  # rule `remainder-not-last` speaks of what comes after
            return
        rest = bool(item.label) and item.minutes is None and not rested
        rested = rested or item.label.startswith("remaining")
        clock += item.minutes or 0
        if clock > end or (rest and clock >= end):
            told = f"this begins at {clock_of(clock)}" if rest else f"this ends at {clock_of(clock)}"
            hint = f"{clock - end} minutes less" if clock > end else "some minutes less before it"
            yield Problem(item.origin, "", f"{told}; the session ends at {clock_of(end)}", hint, slide=slide.id)
            return
