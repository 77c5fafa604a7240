"""Deck -> Findings: a link whose host does not exist.

What: an address such as `http://draft-wang-ppm-ecdh-psi`, whose host is not a host name.
Why: PowerPoint makes such links by itself, and they lead nowhere.
Bad: `http://draft-wang-ppm-ecdh-psi`
Good: `draft-wang-ppm-ecdh-psi`, which becomes a link by itself
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.deck.addresses import host_of
from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject

_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})|localhost", re.IGNORECASE
)


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every link to what is neither a host in the DNS nor an address of IPv6."""
    for slide, text, link in subject.links():
        if ":" not in host_of(link) and not _HOST.fullmatch(host_of(link)):
            hint = "the name of a draft becomes a link by itself" if "draft-" in link else "such as www.ietf.org"
            yield Finding(text.origin, f"`{host_of(link)}` in `{link}` is not a host", hint, slide=slide.id)
