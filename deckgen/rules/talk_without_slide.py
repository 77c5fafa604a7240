"""Deck -> Findings: an agenda talk without a slide.

What: an item whose `slide` is not in the deck, or one without `slide` that is the title of no slide and has
none of the `routine` words in templates/rules.yaml.
Why: the speaker comes forward and the screen is empty.
Bad: `- {item: Push And Pull, minutes: 15}` and no slide for it
Good: `- {item: Push And Pull, minutes: 15, slide: push-and-pull}`
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from deckgen.base import Meta
from deckgen.problems import nearest
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    routine: Annotated[tuple[str, ...], Meta(description="Words of a topic that needs no slide.")] = ()


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every talk without a slide."""
    routine = [word.casefold() for word in options.routine]
    slides = (*subject.deck.slides, *subject.deck.waiting)
    ids = [slide.id for slide in slides]
    titles = {slide.title.words.casefold() for slide in slides}
    agenda = subject.agenda()
    if agenda is None or not subject.whole:
        return
    for item in agenda.items:
        topic = item.topic.words.casefold()
        if item.slide and item.slide not in ids:
            message = f"no slide is called `{item.slide}`"
            yield Finding(item.origin, message, nearest(item.slide, ids), slide=agenda.id)
        elif not item.slide and topic not in titles and not any(word in topic for word in routine):
            message = f"`{item.topic.words}` has no slide"
            yield Finding(item.origin, message, "name it in `slide: ...`", slide=agenda.id)
