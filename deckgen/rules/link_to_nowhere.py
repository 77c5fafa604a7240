"""Deck -> Findings: a link whose host does not exist.

What: an address such as `http://a-new-proposal`, whose host is not a host name.
Why: PowerPoint makes such links by itself, and they lead nowhere.
Bad: `http://a-new-proposal`
Good: `https://www.example.org/a-new-proposal`
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from deckgen.base import Meta, field
from deckgen.deck.addresses import host_of
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject

_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})|localhost", re.IGNORECASE
)


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    names: Annotated[
        dict[str, str],
        Meta(description="Hints for hosts that begin with these characters, such as names of documents."),
    ] = field(default_factory=dict)


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every link to what is neither a host in the DNS nor an address of IPv6."""
    for slide, text, link in subject.links():
        if ":" not in host_of(link) and not _HOST.fullmatch(host_of(link)):
            host = host_of(link)
            named = (hint for begin, hint in options.names.items() if host.startswith(begin))
            hint = next(named, "such as www.example.org")
            yield Finding(text.origin, f"`{host}` in `{link}` is not a host", hint, slide=slide.id)
