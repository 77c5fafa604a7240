"""Deck -> Findings: an agenda item without a duration.

What: an item without `minutes`.
Why: nobody knows when the next item begins, and the total is wrong.
Bad: `- item: Open Mic`
Good: `- {item: Open Mic, minutes: remaining}`
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.deck.kinds.agenda import Agenda
from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every such item."""
    for slide in subject.deck.slides:
        for item in slide.items if isinstance(slide, Agenda) else ():
            if not item.label:
                message = f"`{item.topic.words}` has no `minutes`"
                yield Finding(item.origin, message, "`minutes: 10`, or `minutes: remaining`", slide=slide.id)
