"""Deck -> Problems: a link to a page that shows something else after the meeting.

What: an address under `addresses` in templates/rules.yaml.
Why: the slides are read for years, and the page then speaks of another meeting.
Bad: `https://datatracker.ietf.org/meeting/agenda`
Good: `https://datatracker.ietf.org/meeting/124/agenda`
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from deckgen.problems import Problem
from deckgen.rules.subject import Subject
from deckgen.source import Source, text_of


def check(subject: Subject, settings: Source) -> Iterator[Problem]:
    """A problem for every such link."""
    addresses = settings.get("addresses") or settings.without()
    number = str(subject.meeting.number)
    for slide, text, link in subject.links():
        for pattern, better in addresses.items():
            if fnmatchcase(link, pattern):
                hint = f"`{text_of(better).replace('{number}', number)}`"
                yield Problem(text.origin, "", f"`{link}` moves with time", hint, slide=slide.id)
                break
