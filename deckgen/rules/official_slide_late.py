"""Deck -> Problems: a slide that has to come first does not.

What: something else than the title slide stands before a slide under `slides` in templates/rules.yaml.
Why: who comes for the first minutes must have seen the Note Well.
Bad: `slides: {note-well: {after: agenda}}`
Good: leave the slide where the template has it
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.deck.kinds.title import TitleSlide
from deckgen.problems import Problem
from deckgen.rules.subject import Subject
from deckgen.source import Source, text_of


def check(subject: Subject, settings: Source) -> Iterator[Problem]:
    """A problem for every official slide that something else stands before."""
    first = [text_of(id) for id in settings.get("slides") or ()]
    others: list[str] = []
    for slide in subject.deck.slides:
        if slide.id in first:
            if others:
                told = f"slide `{slide.id}` comes after `{others[0]}`"
                yield Problem(subject.key_of(slide, "after", "before"), "", told, "it comes right after the title")
        elif not isinstance(slide, TitleSlide):
            others.append(slide.id)
