"""Deck -> Problems: a slide whose figure is still missing.

What: a slide says by `wanted` that something is still to come, and perhaps by `ask` from whom.
Why: the deck can be shown without it, but somebody should ask for it in time.
Bad: `wanted: the picture of the review statistics`
Good: `wanted: null`, once `picture` names the file
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.problems import Problem
from deckgen.rules.subject import Subject
from deckgen.source import Source


def check(subject: Subject, settings: Source) -> Iterator[Problem]:
    """A warning for every slide that wants something."""
    for slide in subject.deck.slides:
        if slide.wanted:
            whom = f"; ask {slide.ask.words}" if slide.ask else ""
            text = f"slide `{slide.id}` still lacks {slide.wanted.words}{whom}"
            waits = "{{" in subject.written(slide.wanted.origin)  # for a fact, which the template looks for
            hint = (
                "add it to the facts of the meeting"
                if waits
                else f"under `slides: {slide.id}:`, add it and `wanted: null`"
            )
            yield Problem(subject.own_place(slide, slide.wanted.origin), "", text, hint, slide=slide.id)
