"""Deck -> Findings: an item of the agenda after the one that takes the remaining time.

What: an item below `minutes: remaining`.
Why: no time is left for it; it begins when the session ends.
Bad: a talk below `- {item: Open Mic, minutes: remaining}`
Good: the talk above it
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.deck.kinds.agenda import Agenda
from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for the first such item."""
    for slide in subject.deck.slides:
        items = slide.items if isinstance(slide, Agenda) else ()
        rests = [index for index, item in enumerate(items) if item.label.startswith("remaining")]
        if len(rests) == 1 and items[rests[0] + 1 :]:
            rest, late = items[rests[0]], items[rests[0] + 1]
            message = f"`{late.topic.words}` comes after `{rest.topic.words}`, which takes the remaining time"
            yield Finding(late.origin, message, f"move it above `{rest.topic.words}`", slide=slide.id)
