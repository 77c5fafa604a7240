"""Deck -> Problems: a note to oneself that was left in.

What: one of the `words` in templates/rules.yaml, such as TODO or TBD, in a text or in the speaker notes.
Why: it is meant for the author, and on the wall it is for everybody.
Bad: `- Next steps: TBD`
Good: `- Next steps: call for adoption`, or `wanted: the next steps`, which the audience does not see
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.problems import Problem
from deckgen.rules.subject import Subject
from deckgen.source import Source, text_of


def check(subject: Subject, settings: Source) -> Iterator[Problem]:
    """A problem for every such word."""
    words = "|".join(re.escape(text_of(word)) for word in settings.get("words") or ())
    if not words:
        return
    pattern = re.compile(rf"(?<![\w-])(?:{words})(?![\w-])")
    for slide, text in subject.texts():
        found = pattern.search(text.words)
        if found:
            yield Problem(text.origin, "", f"`{found[0]}` is left in the text", slide=slide.id)
    for slide in subject.deck.slides:
        found = pattern.search(slide.notes)
        if found:
            told = f"`{found[0]}` is left in the notes of slide `{slide.id}`"
            yield Problem(subject.key_of(slide, "notes"), "", told, slide=slide.id)
