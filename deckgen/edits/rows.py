"""Rows of a table before and after -> other elements of the list, or keys of the mapping, they come from."""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.base import Frozen
from deckgen.edits.carrier import Carrier
from deckgen.edits.changes import Renamed, put
from deckgen.edits.homes import Home
from deckgen.edits.sheets import Cells, Line
from deckgen.source import Plain
from deckgen.source.edit import Kept, Path


class _Row(Frozen):
    """A row: the path of the element or key that it shows, and the homes of its cells."""

    path: Path
    homes: tuple[tuple[Home | None, ...], ...]


class Rows:
    """The rows of one slide."""

    def __init__(self, carrier: Carrier, id: str) -> None:
        self._carrier = carrier
        self._id = id

    def carry(self, old: Sequence[Cells], new: Sequence[Cells], pairs: Sequence[tuple[int | None, int]]) -> None:
        """Carry rows that were added, removed or moved."""
        was = [a for a, _ in pairs]
        if was == list(range(len(old))):
            return
        rows = [self._row(cells) for cells in old]
        owners = {row.path[:-1] for row in rows if row}
        if len(owners) != 1 or None in rows:
            self._leave(old)
            return
        owner = owners.pop()
        known = [row for row in rows if row]
        if isinstance(self._carrier.homes.plain(owner), list):
            self._list(owner, known, new, was)
        else:
            self._mapping(owner, known, new, was)

    def _leave(self, old: Sequence[Cells]) -> None:
        origin = next((line.text.origin for row in old for cell in row for line in cell if line.text), None)
        words = "rows were added, removed or moved in the PowerPoint, and this table is computed"
        self._carrier.leave(self._id, origin, "", words, "change the facts that it shows")

    def _row(self, cells: Cells) -> _Row | None:
        homes = tuple(tuple(self._home(line) for line in cell) for cell in cells)
        found = [home for cell in homes for home in cell if home]
        facts = [home for home in found if home.path[0] != "slides"]
        found = facts or found
        if not found:
            return None
        path = _common([home.path for home in found])
        if len({home.path for home in found}) == 1 and not found[0].is_key:
            last = [index for index, step in enumerate(path) if isinstance(step, int)]
            path = path[: last[-1] + 1] if last else ()
        while path and not isinstance(path[-1], int) and not any(h.is_key and h.path == path for h in found):
            path = path[:-1]
        if len(path) > 1 and isinstance(path[-1], int) and path[-2] == "cells":
            path = path[:-2]
        return _Row(path, homes) if path else None

    def _home(self, line: Line) -> Home | None:
        return next(iter(self._carrier.homes_of(line, self._id)), None)

    def _list(self, owner: Path, rows: Sequence[_Row], new: Sequence[Cells], was: Sequence[int | None]) -> None:
        known = self._carrier.homes.plain(owner)
        count = len(known) if isinstance(known, list) else 0
        shown = {row.path[-1] for row in rows}
        elements: list[Kept | Plain] = []
        for b, a in enumerate(was):
            if a is not None:
                elements.append(Kept(int(rows[a].path[-1])))
            elif rows:
                elements.append(self._value(_like(rows, b), new[b]))
        for index in range(count):
            if index not in shown:
                at = next((n + 1 for n, one in enumerate(elements) if one == Kept(index - 1)), 0)
                elements.insert(at, Kept(index))
        if elements != [Kept(index) for index in range(count)]:
            self._carrier.changes.relist(owner, tuple(elements), self._id)

    def _mapping(self, owner: Path, rows: Sequence[_Row], new: Sequence[Cells], was: Sequence[int | None]) -> None:
        gone = {*range(len(rows))} - {a for a in was if a is not None}
        for a in sorted(gone):
            if self._carrier.homes.is_own(rows[a].path):
                self._carrier.changes.renamed.append(Renamed(rows[a].path, self._id))
            else:
                self._carrier.changes.set(rows[a].path, None, self._id)
        for b, a in enumerate(was):
            if a is not None or not rows:
                continue
            row = _like(rows, b)
            name = next((n for n, cell in enumerate(row.homes) if any(h and h.is_key for h in cell)), None)
            key = " ".join(line.words for line in new[b][name]) if name is not None else ""
            if key:
                self._carrier.changes.set((*owner, key), self._value(row, new[b]), self._id)

    def _value(self, like: _Row, cells: Cells) -> Plain:
        """A new element with the words of a row, in the shape of another row."""
        made: Plain = _empty(self._carrier.homes.plain(like.path))
        for homes, lines in zip(like.homes, cells, strict=False):
            for number, home in enumerate(homes):
                if home is None or home.is_key or home.path[: len(like.path)] != like.path:
                    continue
                words = self._carrier.text_of(lines[number], bold=lines[number].bold) if number < len(lines) else ""
                words = _without_bold(words, home) if number < len(lines) else ""
                if words or isinstance(made, list):
                    made = put(made, home.path[len(like.path) :], words)
        return made


def _without_bold(words: str, home: Home) -> str:
    """The words of a cell that the template makes bold."""
    bold = words.startswith("**") and words.endswith("**") and not home.text.startswith("**")
    return words[2:-2] if bold else words


def _like(rows: Sequence[_Row], b: int) -> _Row:
    """The row above, or another one if that has more of its cells from the element."""

    def known(row: _Row) -> int:
        return sum(1 for cell in row.homes for home in cell if home and home.path[: len(row.path)] == row.path)

    above = rows[max(0, min(b - 1, len(rows) - 1))]
    best = max(rows, key=known)
    return best if known(best) > known(above) else above


def _common(paths: Sequence[Path]) -> Path:
    first = paths[0]
    count = next((n for n, steps in enumerate(zip(*paths, strict=False)) if len(set(steps)) > 1), min(map(len, paths)))
    return first[:count]


def _empty(value: Plain) -> Plain:
    """A list of as many empty texts; any other value is an empty mapping."""
    if isinstance(value, list):
        return ["" for _ in value]
    if isinstance(value, dict) and isinstance(value.get("cells"), list):
        return {"cells": _empty(value["cells"])}
    return {}
