"""Changes of values -> the text of the meeting's own file with them."""

from __future__ import annotations

from copy import deepcopy

from deckgen.base import Frozen
from deckgen.edits.homes import Homes
from deckgen.source import Plain
from deckgen.source.edit import (
    CannotEditError,
    Kept,
    Path,
    remove_key,
    rename_key,
    set_elements,
    set_value,
)


class Change(Frozen):
    """A new value at a path, or new elements of the list there; `slide` is the slide that was edited."""

    path: Path
    slide: str
    value: Plain = None
    elements: tuple[Kept | Plain, ...] | None = None


class Renamed(Frozen):
    """Another name for the key at a path, or None if it is removed."""

    path: Path
    slide: str
    name: str | None = None


class Changes:
    """The changes of one meeting, put into its text in an order in which none moves what another names."""

    def __init__(self, homes: Homes) -> None:
        self._homes = homes
        self.changes: list[Change] = []
        self.renamed: list[Renamed] = []

    def set(self, path: Path, value: Plain, slide: str) -> None:
        """Another value at a path; the last one counts."""
        self.changes = [one for one in self.changes if one.path != path or one.elements is not None]
        self.changes.append(Change(path, slide, value))

    def value(self, path: Path) -> Plain:
        """The value at a path with the changes under it."""
        whole = deepcopy(self._homes.plain(path))
        for one in self.changes:
            if one.elements is None and one.path[: len(path)] == path:
                whole = put(whole, one.path[len(path) :], one.value)
        return whole

    def relist(self, path: Path, elements: tuple[Kept | Plain, ...], slide: str) -> None:
        """Other elements of the list at a path."""
        self.changes.append(Change(path, slide, elements=elements))

    def apply(self, text: str) -> tuple[str, list[Change | Renamed]]:
        """The text with the changes, and those that it cannot have."""
        failed: list[Change | Renamed] = []
        values = [one for one in self.changes if one.elements is None]
        lists = sorted((one for one in self.changes if one.elements is not None), key=lambda one: -len(one.path))
        whole: dict[Path, list[Change]] = {}
        for one in [*values, *lists]:
            top = self._foreign(one)
            if top is not None:
                whole.setdefault(top, []).append(one)
                continue
            try:
                text = _changed(text, one)
            except CannotEditError:
                failed.append(one)
        for top, changes in whole.items():
            try:
                text = self._overridden(text, top, changes)
            except CannotEditError:
                failed += changes
        for renamed in self.renamed:
            try:
                text = _renamed(text, renamed)
            except CannotEditError:
                failed.append(renamed)
        return text, failed

    def _foreign(self, change: Change) -> Path | None:
        """The list that must be written whole, as the meeting's own file does not have it; None if it has."""
        path = change.path
        if self._homes.is_own(path):
            return None
        if change.elements is not None:
            return next((path[:depth] for depth, step in enumerate(path) if isinstance(step, int)), path)
        return next(
            (
                path[:d]
                for d, step in enumerate(path)
                if isinstance(step, int) and not self._homes.is_own(path[: d + 1])
            ),
            None,
        )

    def _overridden(self, text: str, top: Path, changes: list[Change]) -> str:
        """The text with a whole list that a template or a fetched file has otherwise. Raises CannotEditError."""
        old = self._homes.plain(top)
        key = str(top[-1])
        if not isinstance(old, list) or self._homes.is_own((*top[:-1], f"{key}+")):
            raise CannotEditError
        only = changes[0].elements if len(changes) == 1 and changes[0].path == top else None
        if only and only[: len(old)] == tuple(Kept(index) for index in range(len(old))):
            added: list[Plain] = [one for one in only[len(old) :] if not isinstance(one, Kept)]
            return set_value(text, (*top[:-1], f"{key}+"), added)
        new: Plain = deepcopy(old)
        for one in changes:
            rest = one.path[len(top) :]
            if one.elements is None:
                new = put(new, rest, one.value)
                continue
            elements = [_at(new, (*rest, e.index)) if isinstance(e, Kept) else e for e in one.elements]
            new = put(new, rest, elements)
        return set_value(text, top, new)


def _changed(text: str, change: Change) -> str:
    if change.elements is None:
        return set_value(text, change.path, change.value)
    return set_elements(text, change.path, change.elements)


def _renamed(text: str, change: Renamed) -> str:
    return remove_key(text, change.path) if change.name is None else rename_key(text, change.path, change.name)


def put(whole: Plain, path: Path, value: Plain) -> Plain:
    """A value with another one at a path in it."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(whole, list) and isinstance(step, int):
        return [put(one, rest, value) if index == step else one for index, one in enumerate(whole)]
    known = whole if isinstance(whole, dict) else {}
    return {**known, str(step): put(known.get(str(step)), rest, value)}


def _at(whole: Plain, path: Path) -> Plain:
    for step in path:
        if isinstance(whole, list) and isinstance(step, int):
            whole = whole[step]
        elif isinstance(whole, dict):
            whole = whole.get(str(step))
    return whole
