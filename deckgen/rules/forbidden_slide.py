"""Deck -> Problems: a slide that should not be shown any more.

What: a title under `titles` in templates/rules.yaml, from the meeting on that is said there.
Why: from IETF 124 on, chairs are asked to add no slides of their own about policies to the Note Well.
Bad: `title: Note Really Well` at IETF 124
Good: the Note Well alone
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.meeting import holds
from deckgen.problems import Problem
from deckgen.rules.subject import Subject
from deckgen.source import Source, text_of


def check(subject: Subject, settings: Source) -> Iterator[Problem]:
    """A problem for every such slide."""
    forbidden = settings.get("titles") or settings.without()
    by_title = {title.casefold(): entry for title, entry in forbidden.items()}
    for slide in subject.deck.slides:
        entry = by_title.get(slide.title.words.casefold().strip())
        if entry is not None and holds(entry, subject.meeting.number):
            told = f"`{slide.title.words}` is not to be shown"
            yield Problem(slide.origin, "", told, text_of(entry.get("why")), slide=slide.id)
