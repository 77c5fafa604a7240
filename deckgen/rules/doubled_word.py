"""Deck -> Problems: a word that stands twice in a row.

What: the same word twice, whatever its capitals, unless it is one of `allowed` in templates/rules.yaml.
Why: the eye skips it, the audience does not.
Bad: `Become a a Document Shepherd`
Good: `Become a Document Shepherd`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.problems import Problem
from deckgen.rules.subject import Subject
from deckgen.source import Source, text_of

_TWICE = re.compile(r"\b([^\W\d_]{1,40}) \1\b(?!-)", re.IGNORECASE)


def check(subject: Subject, settings: Source) -> Iterator[Problem]:
    """A problem for every repetition."""
    allowed = {text_of(word).casefold() for word in settings.get("allowed") or ()}
    for slide, text in subject.texts():
        for found in _TWICE.finditer(text.words):
            if found[1].casefold() not in allowed:
                told = f"`{found[0]}` stands twice"
                yield Problem(text.origin, "", told, f"`{found[1]}`", slide=slide.id)
