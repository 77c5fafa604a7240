"""Deck -> Findings: a link by plain http to a host that is known to have https.

What: `http://` before a host under `https` in templates/rules.yaml, or before a part of it.
Why: browsers warn, and anyone on the network path can change the page.
Bad: `http://www.example.org/issues/`
Good: `https://www.example.org/issues/`
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from deckgen.base import Meta
from deckgen.deck.addresses import host_of
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    https: Annotated[tuple[str, ...], Meta(description="Hosts with https, subdomains included.")] = ()


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every such link."""
    for slide, text, link in subject.links():
        host = host_of(link)
        if link.lower().startswith("http://") and any(host == one or host.endswith(f".{one}") for one in options.https):
            hint = f"`https{link[4:]}`"
            yield Finding(text.origin, f"`{link}` uses http, not https", hint, slide=slide.id)
