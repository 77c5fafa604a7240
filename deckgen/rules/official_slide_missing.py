"""Deck -> Findings: a slide that every session must show is missing.

What: a slide in `slides` in templates/rules.yaml is not in the deck, or hidden.
Why: it must be shown in every session.
Bad: `slides: {note-well: null}`
Good: leave the slide as the template has it
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from deckgen.base import Meta
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    slides: Annotated[tuple[str, ...], Meta(description="The slides that every deck has.")] = ()


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every official slide that is not in the deck."""
    present = {slide.id: slide for slide in subject.deck.slides}
    for id in options.slides:
        slide = present.get(id)
        if slide and slide.hidden:
            yield Finding(subject.key_of(slide, "hidden"), f"slide `{id}` is hidden", "every session must show it")
        elif subject.whole and not slide:
            yield Finding(subject.left_out(id), f"slide `{id}` is not in the deck", "every session must show it")
