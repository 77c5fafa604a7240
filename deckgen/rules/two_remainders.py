"""Deck -> Findings: two items of the agenda that both take the remaining time.

What: more than one item with `minutes: remaining`.
Why: only one item can take the remaining time.
Bad: `minutes: remaining` for the open microphone and for a talk
Good: `minutes: 10` for the talk
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.deck.kinds.agenda import Agenda
from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every such item but the last."""
    for slide in subject.deck.slides:
        items = slide.items if isinstance(slide, Agenda) else ()
        rests = [item for item in items if item.label and item.label.startswith("remaining")]
        for item in rests[:-1]:
            message = f"`{item.topic.words}` and `{rests[-1].topic.words}` both take the remaining time"
            yield Finding(item.origin, message, "give this item its own minutes", slide=slide.id)
