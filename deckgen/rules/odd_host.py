"""Deck -> Findings: a link to a host that is not the one people should go to.

What: a host under `hosts` in templates/rules.yaml, such as a staging or a retired one.
Why: it may ask for a password, show a test, or be gone next month.
Bad: `https://www7.example.org/contact/`
Good: `https://www.example.org/contact/`
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Annotated

from deckgen.base import Meta, field
from deckgen.deck.addresses import host_of
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    hosts: Annotated[
        dict[str, str],
        Meta(description="Hosts that are not for visitors, and which to use; `*` is any text, `?` any letter."),
    ] = field(default_factory=dict)


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every link to such a host."""
    for slide, text, link in subject.links():
        host = host_of(link)
        for pattern, better in options.hosts.items():
            if fnmatchcase(host, pattern) and host != better:
                message = f"`{host}` is not for visitors"
                yield Finding(text.origin, message, f"did you mean `{better}`?", slide=slide.id)
                break
