"""Changes of the deck as it was built × the present files -> changes of the present files, and what both changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from difflib import SequenceMatcher

from deckgen.base import replace
from deckgen.edits.changes import Change, Changes, Renamed
from deckgen.edits.homes import Homes
from deckgen.problems import Problem
from deckgen.source import Plain
from deckgen.source.edit import Kept, Path


class ConflictError(Exception):
    """The present files changed the same value, in another way."""


def merged(changes: Changes, base: Homes, present: Homes) -> tuple[Changes, list[Problem]]:
    """The same changes for the present files; nothing is changed where both sides changed the same text."""
    found = Changes(present)
    problems = []
    for one in changes.changes:
        try:
            change = _of_list(one, base, present) if one.elements is not None else _of_value(one, base, present)
            found.changes += [change] if change else []
        except ConflictError:
            problems.append(_conflict(one, base, present))
    for renamed in changes.renamed:
        try:
            found.renamed.append(replace(renamed, path=_translated(renamed.path, base, present)))
        except ConflictError:
            problems.append(_conflict(renamed, base, present))
    return found, problems


def _of_value(change: Change, base: Homes, present: Homes) -> Change | None:
    path = _translated(change.path, base, present)
    now = present.plain(path)
    if now == change.value:
        return None
    if now != base.plain(change.path):
        raise ConflictError
    return replace(change, path=path)


def _of_list(change: Change, base: Homes, present: Homes) -> Change | None:
    """The new elements among those of the present list: what only the present files have stays where it is."""
    path = _translated(change.path, base, present)
    old, now = base.plain(change.path), present.plain(path)
    if not isinstance(old, list) or not isinstance(now, list):
        raise ConflictError
    elements = change.elements or ()
    if [old[one.index] if isinstance(one, Kept) else one for one in elements] == now:
        return None
    places = _places(old, now)
    for index in {*range(len(old))} - {one.index for one in elements if isinstance(one, Kept)}:
        if index in places and now[places[index]] != old[index]:
            raise ConflictError  # one side removed what the other changed
    found: list[Kept | Plain] = []
    for one in elements:
        if not isinstance(one, Kept):
            found.append(one)
        elif one.index in places:
            found.append(Kept(places[one.index]))
    for index in sorted({*range(len(now))} - {*places.values()}):
        at = next((n + 1 for n, one in enumerate(found) if one == Kept(index - 1)), 0)
        found.insert(at, Kept(index))
    return replace(change, path=path, elements=tuple(found))


def _translated(path: Path, base: Homes, present: Homes) -> Path:
    """The path of the same value in the present files. Raises ConflictError if they do not have it."""
    found: Path = ()
    for depth, step in enumerate(path):
        old, now = base.plain(path[:depth]), present.plain(found)
        if isinstance(step, int):
            if not isinstance(old, list) or not isinstance(now, list):
                raise ConflictError
            places = _places(old, now)
            if step not in places:
                raise ConflictError
            found = (*found, places[step])
        elif isinstance(old, dict) and step in old and not (isinstance(now, dict) and step in now):
            raise ConflictError
        else:
            found = (*found, step)
    return found


def _places(old: Sequence[Plain], now: Sequence[Plain]) -> dict[int, int]:
    """Where the elements of a list are now: the same ones, and those that were changed in their places."""
    before, after = ([json.dumps(one, sort_keys=True) for one in side] for side in (old, now))
    found: dict[int, int] = {}
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and b - a == d - c):
            found |= {a + step: c + step for step in range(b - a)}
    return found


def _conflict(change: Change | Renamed, base: Homes, present: Homes) -> Problem:
    name = ".".join(map(str, change.path))
    try:
        source = present.source(_translated(change.path, base, present))
    except ConflictError:
        source = None
    origin = source.origin if source else present.own.origin
    now = _shown(source.value if source and not isinstance(source.value, (dict, tuple)) else None)
    asked = _shown(change.value if isinstance(change, Change) else change.name)
    text = f"both changed `{name}`: the PowerPoint has {asked}, the file has {now}"
    return Problem(origin, "both-changed", text, "keep one of the two by hand", "warning", change.slide)


def _shown(value: object) -> str:
    if value is None or isinstance(value, (dict, list, tuple)):
        return "another value"
    plain = " ".join(str(value).split())
    return f"`{plain if len(plain) <= 60 else f'{plain[:57]}...'}`"
