"""Deck -> Findings: a link to a page that shows something else after the meeting.

What: an address under `addresses` in templates/rules.yaml.
Why: the slides are read for years, and the page then shows another meeting.
Bad: `https://www.example.org/meeting/agenda`
Good: `https://www.example.org/meeting/124/agenda`
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Annotated

from deckgen.base import Meta, field
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    addresses: Annotated[
        dict[str, str],
        Meta(
            description="Addresses that change with time, and permanent ones; `*` is any text, {number} the meeting's."
        ),
    ] = field(default_factory=dict)


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every such link."""
    number = subject.meeting.id
    for slide, text, link in subject.links():
        for pattern, better in options.addresses.items():
            if fnmatchcase(link, pattern):
                hint = f"`{better.replace('{number}', number)}`"
                yield Finding(text.origin, f"`{link}` shows something else after the meeting", hint, slide=slide.id)
                break
