"""Deck -> Problems: a talk of the agenda that has no slide of its own.

What: an item whose `slide` is not in the deck, or one without `slide` that is the title of no slide and has
none of the `routine` words in templates/rules.yaml.
Why: the speaker comes forward and nothing is on the wall.
Bad: `- {item: Push And Pull, minutes: 15}` and no slide for it
Good: `- {item: Push And Pull, minutes: 15, slide: push-and-pull}`
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.problems import Problem, nearest
from deckgen.rules.subject import Subject
from deckgen.source import Source, text_of


def check(subject: Subject, settings: Source) -> Iterator[Problem]:
    """A problem for every talk without a slide."""
    routine = [text_of(word).casefold() for word in settings.get("routine") or ()]
    slides = (*subject.deck.slides, *subject.deck.waiting)
    ids = [slide.id for slide in slides]
    titles = {slide.title.words.casefold() for slide in slides}
    agenda = subject.agenda()
    if agenda is None or not subject.whole:
        return
    for item in agenda.items:
        topic = item.topic.words.casefold()
        if item.slide and item.slide not in ids:
            told = f"no slide is called `{item.slide}`"
            yield Problem(item.origin, "", told, nearest(item.slide, ids), slide=agenda.id)
        elif not item.slide and topic not in titles and not any(word in topic for word in routine):
            told = f"`{item.topic.words}` has no slide of its own"
            yield Problem(item.origin, "", told, "name it in `slide: ...`", slide=agenda.id)
