"""Deck -> Findings: a slide that must come first and does not.

What: a slide other than the title is before a slide in `slides` in templates/rules.yaml.
Why: everyone in the room must see it first.
Bad: `slides: {note-well: {after: agenda}}`
Good: leave the slide where the template has it
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from deckgen.base import Meta
from deckgen.deck.kinds.title import TitleSlide
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    slides: Annotated[tuple[str, ...], Meta(description="The slides that come right after the title.")] = ()


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every official slide that comes too late."""
    others: list[str] = []
    for slide in subject.deck.slides:
        if slide.id in options.slides:
            if others:
                message = f"slide `{slide.id}` comes after `{others[0]}`"
                yield Finding(subject.key_of(slide, "after", "before"), message, "it comes right after the title")
        elif not isinstance(slide, TitleSlide):
            others.append(slide.id)
