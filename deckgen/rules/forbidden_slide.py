"""Deck -> Findings: a slide that is no longer to be shown.

What: a title in `titles` in templates/rules.yaml, from the meeting named there on.
Why: chairs are asked to add no slides of their own to an official one.
Bad: `title: Our Own Rules`
Good: the official slide alone
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from deckgen.base import Meta, field
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject


class Forbidden(rule_options.Span):
    """A title that is not to be shown."""

    why: Annotated[str, Meta(description="Why it is not to be shown.")] = ""


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    titles: Annotated[dict[str, Forbidden], Meta(description="The titles that are not to be shown, and why.")] = field(
        default_factory=dict
    )


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every such slide."""
    by_title = {title.casefold(): entry for title, entry in options.titles.items()}
    for slide in subject.deck.slides:
        entry = by_title.get(slide.title.words.casefold().strip())
        if entry is not None and entry.holds(subject.meeting):
            message = f"`{slide.title.words}` must not be shown"
            yield Finding(slide.origin, message, entry.why, slide=slide.id)
