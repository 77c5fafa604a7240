"""Deck -> Findings: a word that occurs twice in a row.

What: the same word twice, ignoring case, except in code, and unless it is in `allowed` in templates/rules.yaml.
Why: the eye skips it, the audience does not.
Bad: `Become a a Document Shepherd`
Good: `Become a Document Shepherd`
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from deckgen.base import Meta
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject

_TWICE = re.compile(r"\b([^\W\d_]{1,40}) \1\b(?!-)", re.IGNORECASE)


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    allowed: Annotated[tuple[str, ...], Meta(description="Words that may occur twice.")] = ()


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every repetition."""
    allowed = {word.casefold() for word in options.allowed}
    for slide, text in subject.texts():
        for found in _TWICE.finditer("".join("`" if run.code else run.text for run in text.runs)):
            if found[1].casefold() not in allowed:
                message = f"`{found[0]}` repeats a word"
                yield Finding(text.origin, message, f"`{found[1]}`", slide=slide.id)
