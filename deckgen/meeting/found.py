"""Facts file × a place in it -> Found: where and when the value that stands there was fetched.

A value keeps its place through every merge and every expression, and by its place it keeps its source.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from deckgen.base import Frozen
from deckgen.problems import Origin
from deckgen.source import Source, text_of


class Found(Frozen):
    """The servers that were asked, the UTC day, and, of an older fact, why there is no newer one."""

    hosts: tuple[str, ...]
    day: str
    stale: str

    def __str__(self) -> str:
        return f"{', '.join(self.hosts)}, {self.day}"


def found_at(fetched: Source, origin: Origin) -> Found | None:
    """The source of the value at a place; None for a place in another file, or of which the file does not say."""
    about = fetched.get("fetched")
    if about is None or origin.path != fetched.origin.path or not origin.line:
        return None
    above = [key for key, _ in fetched.items() if fetched.key_origin(key).line <= origin.line]
    said = about.get(above[-1]) if above else None
    addresses = said.get("from") if said else None
    if said is None or addresses is None:
        return None
    asked = [*map(text_of, addresses)] if isinstance(addresses.value, tuple) else [text_of(addresses)]
    hosts = dict.fromkeys(urlsplit(one).netloc or one for one in asked)
    return Found(tuple(hosts), text_of(said.get("at"))[:10], text_of(said.get("stale")))
