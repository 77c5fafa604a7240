"""Facts file × an origin in it -> Found: from where and when that value was fetched.

A value keeps its origin through every merge and every expression, and with it its source.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from deckgen.base import Frozen
from deckgen.problems import Origin
from deckgen.source import Source, text_of


class Found(Frozen):
    """The servers, the UTC day, and, for an outdated fact, why there is no newer one."""

    hosts: tuple[str, ...]
    day: str
    stale: str

    def __str__(self) -> str:
        return f"{', '.join(self.hosts)}, {self.day}"


def found_at(fetched: Source, origin: Origin) -> Found | None:
    """The source of the value at an origin; None if it is in another file, or if the file does not record it."""
    about = fetched.get("fetched")
    if about is None or origin.path != fetched.origin.path or not origin.line:
        return None
    above = [key for key, _ in fetched.items() if fetched.key_origin(key).line <= origin.line]
    record = about.get(above[-1]) if above else None
    addresses = record.get("from") if record else None
    if record is None or addresses is None:
        return None
    asked = [*map(text_of, addresses)] if isinstance(addresses.value, tuple) else [text_of(addresses)]
    hosts = dict.fromkeys(urlsplit(one).netloc or one for one in asked)
    return Found(tuple(hosts), text_of(record.get("at"))[:10], text_of(record.get("stale")))
