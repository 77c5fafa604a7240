"""Deck -> Problems: a link to a host that is not the one people should go to.

What: a host under `hosts` in templates/rules.yaml, such as a staging or a retired one.
Why: it may ask for a password, show a test, or be gone next month.
Bad: `https://www7.ietf.org/contact/ombudsteam/`
Good: `https://www.ietf.org/contact/ombudsteam/`
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from deckgen.deck.inline import host_of
from deckgen.problems import Problem
from deckgen.rules.subject import Subject
from deckgen.source import Source, text_of


def check(subject: Subject, settings: Source) -> Iterator[Problem]:
    """A problem for every link to such a host."""
    hosts = [(pattern, text_of(better)) for pattern, better in (settings.get("hosts") or settings.without()).items()]
    for slide, text, link in subject.links():
        host = host_of(link)
        for pattern, better in hosts:
            if fnmatchcase(host, pattern) and host != better:
                told = f"`{host}` is not for visitors"
                yield Problem(text.origin, "", told, f"did you mean `{better}`?", slide=slide.id)
                break
