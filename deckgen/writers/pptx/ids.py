"""Pages -> the ids of their slides in a PowerPoint."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from deckgen.layout.pages import Page

_IDS = range(256, 2**31)  # ECMA-376, part 1, 19.7.13


def slide_ids(pages: Sequence[Page]) -> list[int]:
    """The id of each page, made of the id of its slide: a slide that is added changes no id of another.

    So comments and comparisons in PowerPoint still fit after the next build.
    """
    ids: dict[int, None] = {}
    for page in pages:
        digest = hashlib.sha256(f"{page.slide} {page.part}".encode()).digest()
        id = _IDS[int.from_bytes(digest[:8]) % len(_IDS)]
        while id in ids:
            id = _IDS[(id + 1 - _IDS.start) % len(_IDS)]
        ids[id] = None
    return list(ids)
