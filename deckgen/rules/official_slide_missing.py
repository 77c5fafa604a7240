"""Deck -> Problems: a slide that every session has to show is not there.

What: a slide under `slides` in templates/rules.yaml, such as the Note Well, is not in the deck.
Why: the IESG asks chairs to show the Note Well at the start of every session.
Bad: `slides: {note-well: null}`
Good: leave the slide as the template has it
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.problems import Problem
from deckgen.rules.subject import Subject
from deckgen.source import Source, text_of


def check(subject: Subject, settings: Source) -> Iterator[Problem]:
    """A problem for every official slide that is not in the deck."""
    present = {slide.id for slide in subject.deck.slides}
    for id in map(text_of, settings.get("slides") or ()):
        if subject.whole and id not in present:
            yield Problem(subject.left_out(id), "", f"slide `{id}` is not in the deck", "every session has to show it")
