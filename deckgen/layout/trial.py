"""Foreign pictures -> Pictures, and SVGs -> Drawn: read and drawn in a process with limits.

A picture does not show what it costs to draw: one path finer than a pixel takes half a minute, a chain of masks
takes gigabytes, and a number that is too large ends the whole process.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Hashable, Iterable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

from deckgen.base import Frozen, replace
from deckgen.base.apart import Apart, Ended, Limits
from deckgen.base.budget import scratch
from deckgen.deck.model import Picture
from deckgen.deck.pictures import Foreign
from deckgen.deck.rasters import read_raster
from deckgen.deck.svg import read_svg
from deckgen.layout.drawing import draw, drawable, opens
from deckgen.layout.faces import Faces
from deckgen.problems import DeckError, Origin, Problem, Result, fatal

LIMITS = Limits(seconds=5, seconds_of_all=10, memory=700_000_000)
_REMEMBERED = 64


class _Reading(Frozen):
    file: Foreign
    folder: Path


class _Drawing(Frozen):
    picture: Picture
    family: str
    faces: Faces


class Drawn(Frozen):
    """An SVG that a PDF/UA can have, and a PNG of it; without such an SVG both files have the PNG."""

    svg: bytes | None
    png: bytes


class Trial:
    """Reads and draws pictures, and keeps the results for a preview, which asks for them often."""

    def __init__(self) -> None:
        self._apart = Apart(_work, LIMITS)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._known: dict[Hashable, Result[Any]] = {}
        self._asked: dict[Hashable, _Drawing] = {}

    def __enter__(self) -> Trial:
        self._apart.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._apart.__exit__(kind, error, trace)
        if self._folder:
            self._folder.cleanup()
        self._folder, self._asked = None, {}

    def read(self, file: Foreign) -> Result[Picture]:
        """The picture in a file, upright, plain and sound."""
        key = file.format, hashlib.sha256(file.data).digest()
        if key not in self._known:
            self._folder = self._folder or tempfile.TemporaryDirectory(prefix=scratch())
            self._apart.start([_Reading(file, Path(self._folder.name))])
            [made] = self._apart.results()
            self._remember(key, made, file.origin)
        return self._known[key]

    def draw(self, pictures: Iterable[Picture], family: str, faces: Faces) -> None:
        """Begin to draw SVGs, while this process does something else."""
        asked = [_Drawing(picture, family, faces) for picture in pictures]
        self._asked = {(one.picture.data, family, faces): one for one in asked}
        self._apart.start([one for key, one in self._asked.items() if key not in self._known])

    def drawn(self) -> Result[dict[bytes, Drawn]]:
        """What each SVG is drawn as, and the problems of those that cannot be drawn."""
        new = [(key, one) for key, one in self._asked.items() if key not in self._known]
        for (key, one), made in zip(new, self._apart.results(), strict=True):
            self._remember(key, made, one.picture.origin)
        found: dict[bytes, Drawn] = {}
        problems: list[Problem] = []
        for key, one in self._asked.items():
            known = self._known[key]
            problems += (replace(problem, origin=one.picture.origin) for problem in known.problems)
            found |= {one.picture.data: known.value} if known.value else {}
        return Result(found, tuple(problems))

    def _remember(self, key: Hashable, made: object, origin: Origin) -> None:
        result = Result[Any](None, _ended(made, origin).problems) if isinstance(made, Ended) else made
        assert isinstance(result, Result)
        self._known[key] = result
        while len(self._known) > _REMEMBERED + len(self._asked):
            del self._known[next(iter(self._known))]


def _ended(made: Ended, origin: Origin) -> DeckError:
    if made.why == "late":
        text = f"the picture takes more than {LIMITS.seconds} seconds, or all of them more than {LIMITS.seconds_of_all}"
    else:
        text = f"the picture takes more than {LIMITS.memory // 1_000_000} MB, or has numbers out of range"
    return fatal(origin, "unsafe-picture", text, "save it as a PNG of the size it is shown in")


# -- In the other process ----------------------------------------------------
def _work(order: _Reading | _Drawing) -> Result[Any]:
    if isinstance(order, _Reading):
        return Result.of(partial(_read, order.file, order.folder))
    return Result.of(partial(_draw, order))


def _read(file: Foreign, folder: Path) -> Picture:
    if file.format == "SVG":
        return read_svg(file.data, "", file.origin)
    return read_raster(file.data, file.format, partial(opens, folder=folder), "", file.origin)


def _draw(order: _Drawing) -> Drawn:
    shown = drawable(order.picture, order.family, order.faces)
    return Drawn(shown.data if shown else None, draw(shown or order.picture, order.family, order.faces))
