"""Deck -> Findings: an item of the agenda that does not say how long it takes.

What: an item without `minutes`.
Why: nobody can say when the next one begins, and the sum of the agenda means nothing.
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
                told = f"`{item.topic.words}` does not say its minutes"
                yield Finding(item.origin, told, "`minutes: 10`, or `minutes: remaining`", slide=slide.id)
