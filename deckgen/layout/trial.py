"""Picture -> whether it can be drawn soon: an SVG of many parts is drawn once, in a process that is ended in time.

How long a drawing takes cannot be told from its elements: a single path finer than a pixel takes half a minute.
"""

from __future__ import annotations

import re
from functools import lru_cache

from deckgen.deck.model import Picture
from deckgen.problems import Origin

SECONDS = 5.0
# A drawing below each of these is drawn in less than half a second, and needs no trial.
_ELEMENTS = 400
_NUMBERS = 4_000


def draws_soon(picture: Picture) -> bool:
    """Whether a picture is drawn within SECONDS, or is too simple to ask."""
    return picture.format != "svg" or not _is_large(picture.data) or _tried(picture.data, picture.width, picture.height)


@lru_cache(maxsize=64)  # a preview reads a drawing anew for each change of the text beside it
def _tried(svg: bytes, width: int, height: int) -> bool:
    from deckgen.base.processes import Beside

    with Beside("deckgen.layout.trial") as beside:
        beside.ask("draw", Picture(svg, "svg", width, height, "", Origin("")))
        try:
            return bool(beside.answer(SECONDS))
        except TimeoutError:
            return False


def _is_large(svg: bytes) -> bool:
    numbers = sum(1 for _ in re.finditer(rb"[0-9.]+", svg))
    repeats = any(word in svg for word in (b"use", b"pattern", b"dasharray"))
    return svg.count(b"<") > _ELEMENTS or numbers > _NUMBERS or repeats


def _draw(picture: Picture) -> bool:
    from deckgen.layout.measure import rasterize

    rasterize(picture, system_fonts=False)
    return True


if __name__ == "__main__":
    from deckgen.base.processes import serve

    serve({"draw": _draw})
