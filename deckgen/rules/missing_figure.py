"""Deck -> Findings: a slide whose figure is still missing.

What: a slide has `wanted`, which names what is still missing, and maybe `ask`, which names whom to ask. A slide that
has nothing else is left out, unless it has `show: true`.
Why: the deck can be shown without it, but somebody should ask for it in time.
Bad: `wanted: the picture of the review statistics`
Good: `wanted: null`, once `picture` names the file
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A warning for every slide with `wanted`; a slide that waits for a fact has the rule `slide-left-out`."""
    for slide in subject.deck.wanting:
        if slide.wanted is None or "{{" in subject.written(slide.wanted.origin):
            continue
        whom = f"; ask {slide.ask.words}" if slide.ask else ""
        text = f"slide `{slide.id}` still lacks {slide.wanted.words}{whom}"
        hint = f"under `slides: {slide.id}:`, add it and `wanted: null`"
        if slide in subject.deck.waiting:
            text = f"slide `{slide.id}` is left out: it still lacks {slide.wanted.words}{whom}"
            hint = f"under `slides: {slide.id}:`, add it and `wanted: null`; `show: true` shows the slide without it"
        yield Finding(subject.own_place(slide, slide.wanted.origin), text, hint, slide=slide.id)
