"""Meeting × Origin -> Home: the value in the meeting's own file that a text comes from, or would come from."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.base import Frozen, replace
from deckgen.meeting import Meeting
from deckgen.problems import Origin
from deckgen.source import Plain, Source, at, plain, text_of
from deckgen.source.edit import Path


class Home(Frozen):
    """A value or, with `is_key`, a key: its path in the meeting's own file, its text, and its origin.

    What a template or a fetched file has is changed by a value at the same path in that file. `row` is the number of a
    line in a text of several lines, counted from 1, or 0 for the whole text.
    """

    path: Path
    text: str
    origin: Origin
    number: bool = False
    is_key: bool = False
    row: int = 0


_Index = dict[tuple[str, int, int], Home]


class Homes:
    """The values of one meeting by their origins."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self.own = meeting.layers[-1]
        self._facts: _Index = {}
        for layer in (self.own, meeting.layers[-2]):
            _index(layer, (), self._facts)
        self._slides: dict[str, _Index] = {}

    def of(self, origin: Origin, slide: str) -> Home | None:
        """The value with this origin, in the facts or in a slide; None if it is in another file."""
        key = (origin.path, origin.line, origin.column)
        if key in self._facts:
            return self._facts[key]
        if slide not in self._slides:
            found: _Index = {}
            self._slides[slide] = found
            source = self.meeting.slides.get(slide)
            if source:
                _index(source, ("slides", slide), found)
        return self._slides[slide].get(key)

    def beside(self, home: Home) -> list[Home]:
        """The other texts of the mapping that a value is in: a paragraph may show two of them."""
        found: _Index = {}
        owner = self.source(home.path[:-1]) if len(home.path) > 1 and not home.is_key else None
        for key, child in owner.items() if owner else ():
            if (*home.path[:-1], key) != home.path and not isinstance(child.value, (dict, tuple)):
                found[(key, 0, 0)] = Home((*home.path[:-1], key), text_of(child), child.origin)
        return [*found.values()]

    def source(self, path: Path) -> Source | None:
        """The value at a path, whatever file it is in."""
        own = _exact(self.own, path)
        if own is not None:
            return own
        if path[:1] == ("slides",) and len(path) > 1:
            slide = self.meeting.slides.get(str(path[1]))
            return _exact(slide, path[2:]) if slide else None
        return _exact(self.meeting.facts, path)

    def plain(self, path: Path) -> Plain:
        """The same without origins."""
        source = self.source(path)
        return None if source is None else plain(source)

    def is_own(self, path: Path) -> bool:
        """Whether the meeting's own file has a value at this path."""
        return _exact(self.own, path) is not None


def _exact(source: Source, path: Path) -> Source | None:
    for depth in range(len(path)):
        child = at(source, [path[depth]])
        if child is source:
            return None
        source = child
    return source


def _index(source: Source, path: Path, found: _Index) -> None:
    for step, child in _children(source):
        if isinstance(step, str):
            key = source.key_origin(step)
            found.setdefault((key.path, key.line, key.column), Home((*path, step), step, key, is_key=True))
        _index(child, (*path, step), found)
    if not isinstance(source.value, (dict, tuple)):
        at_ = source.origin
        number = isinstance(source.value, (int, float)) and not isinstance(source.value, bool)
        home = Home(path, text_of(source), at_, number)
        found.setdefault((at_.path, at_.line, at_.column), home)
        for row, line in enumerate(_block(source), 1):
            column = len(line) - len(line.lstrip()) + 1
            found.setdefault((at_.path, at_.line + row, column), replace(home, row=row))


def _block(source: Source) -> list[str]:
    """The lines of the file with a text that begins with `|`: a block of code has the origin of each."""
    document, at_ = source.document, source.origin
    if document is None or document.line(at_.line)[at_.column - 1 : at_.column] != "|":
        return []
    return [document.line(at_.line + row) for row in range(1, len(text_of(source).splitlines()) + 1)]


def _children(source: Source) -> Iterator[tuple[str | int, Source]]:
    yield from source.items()
    yield from enumerate(source)
