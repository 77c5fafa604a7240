"""Lines of a slide before and after -> other elements of the lists they come from."""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.base import Frozen
from deckgen.edits.carrier import Carrier
from deckgen.edits.sheets import Line
from deckgen.source import Plain
from deckgen.source.edit import Kept, Path

_IN_NO_LIST = "`{}` is new in the PowerPoint, and belongs to no list of this slide"
_BY_HAND = "write it into the meeting file by hand"
_PARTS = ((), ("text",), ("para",))


class _Place(Frozen):
    """The element of a list that a line shows."""

    owner: Path
    index: int

    @property
    def path(self) -> Path:
        return (*self.owner, self.index)


class Lists:
    """The lists of one slide."""

    def __init__(self, carrier: Carrier, id: str) -> None:
        self._carrier = carrier
        self._id = id

    def carry(self, old: Sequence[Line], new: Sequence[Line], pairs: Sequence[tuple[int | None, int]]) -> None:
        """Carry lines that were added, removed, moved or indented."""
        self._old, self._new = old, new
        self._places = [self._place(line) for line in old]
        self._was = [a for a, _ in pairs]
        self._parents = [self._parent(b) for b in range(len(new))]
        self._lists: list[Path | None] = []
        for b in range(len(new)):  # that of a line follows from those above it
            self._lists.append(self._list_of(b))
        touched = dict.fromkeys(place.owner for place in self._places if place)
        touched |= dict.fromkeys(one for one in self._lists if one is not None)
        for path in touched:
            self._relist(path)
        for b, where in enumerate(self._lists):
            if where is None and self._was[b] is None and self._parents[b] is None:
                self._carrier.leave(self._id, None, new[b].words, _IN_NO_LIST.format(new[b].words[:60]), _BY_HAND)
        gone = {*range(len(old))} - {a for a in self._was if a is not None}
        for a in sorted(gone):
            if self._places[a] is None:
                self._removed(old[a])

    def _removed(self, line: Line) -> None:
        """A line that is not in a list: without its words, its key is null."""
        homes = self._carrier.homes_of(line, self._id)
        whole = [home for home in homes if home.path[:2] == ("slides", self._id) and len(home.path) == 3]
        if whole and whole[0].path[2] in ("footnote", "callout", "subtitle", "who", "where"):
            self._carrier.changes.set(whole[0].path, None, self._id)
            return
        origin = line.text.origin if line.text else None
        words = f"`{line.words[:60]}` was removed in the PowerPoint, and is not an element of a list"
        self._carrier.leave(self._id, origin, line.words, words, "remove it in the file that has it")

    def _place(self, line: Line) -> _Place | None:
        for home in self._carrier.homes_of(line, self._id):
            path: Path = home.path
            steps = [index for index, step in enumerate(path) if isinstance(step, int)]
            if not steps or home.is_key:
                continue
            at: int = steps[-1]
            in_slide = path[0] == "slides"
            if in_slide and path[at + 1 :] not in _PARTS:
                continue
            if isinstance(self._carrier.homes.plain(path[:at]), list):
                return _Place(path[:at], int(path[at]))
        return None

    def _parent(self, b: int) -> int | None:
        line = self._new[b]
        for other in range(b - 1, -1, -1):
            if self._new[other].block != line.block:
                return None
            if self._new[other].level < line.level:
                return other
        return None

    def _list_of(self, b: int) -> Path | None:
        """The list that a line belongs to now; None if it is not in one, or under a new line."""
        a = self._was[b]
        if a is not None and self._places[a] is None:
            return None
        parent = self._parents[b]
        if parent is not None and self._is_bullet(parent):
            was = self._was[parent]
            place = self._places[was] if was is not None else None
            return (*place.path, "items") if place and self._lists[parent] == place.owner else None
        beside = [*range(b - 1, -1, -1), *range(b + 1, len(self._new))]
        own = self._places[a] if a is not None else None
        for other in [b, *beside] if own and self._old[a or 0].level == self._new[b].level else beside:
            line = self._new[other]
            was = self._was[other]
            if line.block != self._new[b].block or line.level != self._new[b].level or was is None:
                continue
            place = self._places[was]
            if place and self._old[was].level == line.level:
                owner: Path = place.owner
                return owner
            if place is None and other < b and (under := self._under(self._old[was])):
                return under
        return own.owner if own is not None else None

    def _is_bullet(self, b: int) -> bool:
        was = self._was[b]
        return was is None or self._places[was] is not None

    def _under(self, heading: Line) -> Path | None:
        """The list under a heading."""
        for home in self._carrier.homes_of(heading, self._id):
            if home.path[-1:] == ("heading",):
                path: Path = (*home.path[:-1], "items")
                return path
        return None

    def _relist(self, path: Path) -> None:
        """Other elements of one list, if they differ."""
        old = self._carrier.homes.plain(path)
        members = [b for b, one in enumerate(self._lists) if one == path]
        if not isinstance(old, list):
            if members:
                self._nested(path, members)
            return
        if not self._stays(path):
            return
        shown = {place.index for place in self._places if place and place.owner == path}
        elements: list[Kept | Plain] = []
        used: set[int] = set()
        for b in members:
            a = self._was[b]
            place = self._places[a] if a is not None else None
            if place and place.owner == path and place.index not in used:
                used.add(place.index)
                elements.append(Kept(place.index))
            elif not (place and place.owner == path):
                elements.append(self._value(b, self._like(path)))
        for index in range(len(old)):  # what the slide does not show stays where it is
            if index not in shown:
                at = next((n + 1 for n, one in enumerate(elements) if one == Kept(index - 1)), 0)
                elements.insert(at, Kept(index))
        owner = self._carrier.changes.value(path[:-1])
        if not elements and isinstance(owner, dict) and path[-1] == "items" and {*owner} == {"text", "items"}:
            self._carrier.changes.set(path[:-1], owner["text"], self._id)
        elif elements != [Kept(index) for index in range(len(old))]:
            self._carrier.changes.relist(path, tuple(elements), self._id)

    def _stays(self, path: Path) -> bool:
        """Whether the lines above a list stay in their lists."""
        for b, a in enumerate(self._was):
            place = self._places[a] if a is not None else None
            if place and path[: len(place.path)] == place.path and self._lists[b] == place.owner:
                return True
        return not any(place and path[: len(place.path)] == place.path for place in self._places)

    def _nested(self, path: Path, members: Sequence[int]) -> None:
        """Items under an element that had none."""
        element, values = path[:-1], [self._value(b, ()) for b in members]
        old = self._carrier.changes.value(element)
        if path[-1:] != ("items",) or (isinstance(old, dict) and old.get("items") is not None):
            for b in members:
                self._carrier.leave(
                    self._id, None, self._new[b].words, _IN_NO_LIST.format(self._new[b].words[:60]), _BY_HAND
                )
            return
        if isinstance(old, dict):
            self._carrier.changes.set(path, values, self._id)
        else:
            self._carrier.changes.set(element, {"text": old, "items": values}, self._id)

    def _like(self, path: Path) -> Path:
        """The key under which the elements of a list have their words, as its other lines show."""
        for line, place in zip(self._old, self._places, strict=True):
            if place and place.owner == path:
                for home in self._carrier.homes_of(line, self._id):
                    if home.path[: len(place.path)] == place.path:
                        rest = home.path[len(place.path) :]
                        return rest if path[0] != "slides" else ()
        return ()

    def _value(self, b: int, key: Path) -> Plain:
        """A line as an element of a list, with the lines under it."""
        a, line = self._was[b], self._new[b]
        bold = self._old[a].bold if a is not None else self._bold(line)
        text: Plain = self._carrier.text_of(line, bold)
        place = self._places[a] if a is not None else None
        if place and line.words == self._old[a or 0].words:
            kept = self._carrier.changes.value(place.path)
            text = kept if isinstance(kept, str) else kept.get("text", text) if isinstance(kept, dict) else text
        under = [self._value(one, ()) for one, parent in enumerate(self._parents) if parent == b]
        if under:
            return {"text": text, "items": under}
        return {str(key[0]): text} if key else text

    def _bold(self, line: Line) -> bool:
        return any(one.bold and one.level == line.level for one in self._old)
