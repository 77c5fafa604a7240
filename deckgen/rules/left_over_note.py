"""Deck -> Findings: a note to oneself that was left in.

What: one of the `words` in templates/rules.yaml, such as TODO or TBD, in a text or in the speaker notes.
Why: it is for the author, and on the screen everybody reads it.
Bad: `- Next steps: TBD`
Good: `- Next steps: call for adoption`, or `wanted: the next steps`, which the audience does not see
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from deckgen.base import Meta
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    words: Annotated[tuple[str, ...], Meta(description="Words that are left in a text by mistake.")] = ()


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every such word."""
    words = "|".join(map(re.escape, options.words))
    if not words:
        return
    pattern = re.compile(rf"(?<![\w-])(?:{words})(?![\w-])")
    for slide, text in subject.texts():
        found = pattern.search(text.words)
        if found:
            yield Finding(text.origin, f"`{found[0]}` is left in the text", slide=slide.id)
    for slide in subject.deck.slides:
        found = pattern.search(slide.notes.words) if slide.notes else None
        if found:
            message = f"`{found[0]}` is left in the notes of slide `{slide.id}`"
            yield Finding(subject.key_of(slide, "notes"), message, slide=slide.id)
