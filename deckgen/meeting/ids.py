"""Table of meetings -> the ids of meetings, their order and their labels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from deckgen.base import Frozen, field
from deckgen.problems import Origin
from deckgen.source import Source, read, text_of

MEETINGS = "meetings"
TEMPLATES = "templates"
TABLE = f"{TEMPLATES}/meetings.yaml"
ID = "[a-z0-9][a-z0-9-]{0,63}"
_ID = re.compile(ID)
FILE = re.compile(rf"({ID})(\.facts)?\.yaml")

Id = str | int  # the id of a meeting, with the folder of its area: `2026-11`, `ops/125`; a number is its digits


def is_id(text: str) -> bool:
    """Whether a text is the id of a meeting."""
    return bool(_ID.fullmatch(text))


class Order(Frozen):
    """The meetings in the order of the table of meetings, each with its label.

    A meeting that is not in the table comes before the first one in it that is greater, if numbers in both ids are
    compared as numbers.
    """

    labels: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    def of(table: Source) -> Order:
        """The order of a table of meetings."""
        return Order({id: text_of(row.get("label"), id) for id, row in table.items() if is_id(id)})

    def knows(self, id: str) -> bool:
        """Whether a text is a meeting of the table, or a number, which has its place without one."""
        return id in self.labels or (id.isdigit() and is_id(id))

    def rank(self, id: str) -> tuple[int, bool, tuple[tuple[bool, int, str], ...]]:
        """A meeting with a lower rank is earlier."""
        ids = [*self.labels]
        if id in self.labels:
            return ids.index(id), True, ()
        own = _natural(id)
        return next((index for index, other in enumerate(ids) if _natural(other) > own), len(ids)), False, own

    def before(self, id: str) -> str:
        """The previous meeting of the table; without one, the number before; empty if the id is not a number."""
        earlier = [other for other in self.labels if self.rank(other) < self.rank(id)]
        return earlier[-1] if earlier else _next_to(id, -1)

    def after(self, id: str) -> str:
        """The next meeting of the table; without one, the number after; empty if the id is not a number."""
        later = (other for other in self.labels if self.rank(other) > self.rank(id))
        return next(later, _next_to(id, 1))

    def between(self, first: str, last: str) -> list[str]:
        """The meetings of the table after `first` and before `last`."""
        return [id for id in self.labels if self.rank(first) < self.rank(id) < self.rank(last)]

    def label(self, id: str) -> str:
        """What people call a meeting, such as `Spring 2026`; its id, if the table has no label."""
        return self.labels.get(id, id)

    def holds(self, id: str, first: Id | None, last: Id | None) -> bool:
        """Whether a meeting is one of those from `first` to `last`; None leaves that side open."""
        after = first is None or self.rank(id) >= self.rank(str(first))
        return after and (last is None or self.rank(id) <= self.rank(str(last)))


def _natural(id: str) -> tuple[tuple[bool, int, str], ...]:
    """The parts of an id, of which numbers compare as numbers, and come before letters."""
    parts = re.findall("[0-9]+|[^0-9]+", id)
    return tuple((False, int(part), "") if part[0].isdigit() else (True, 0, part) for part in parts)


def _next_to(id: str, step: int) -> str:
    return str(int(id) + step) if id.isdigit() else ""


def value_of(id: str) -> Id:
    """An id as a value of YAML: a number, if it is one."""
    return int(id) if id.isdigit() and not id.startswith("0") else id


def id_of(meeting: Id) -> str:
    """The id of a meeting without the folder of its area."""
    return str(meeting).rpartition("/")[2]


def variables(meeting: Id) -> str:
    """The variables of `make` for a meeting, such as `MEETING=125 AREA=ops`."""
    area, _, id = str(meeting).rpartition("/")
    return f"MEETING={id} AREA={area}" if area else f"MEETING={id}"


def order_of(root: Path) -> Order:
    """The order of the meetings of a folder; an empty one if its table cannot be read."""
    table = read(root / TABLE, TABLE).value if (root / TABLE).exists() else None
    return Order.of(table or Source({}, Origin(TABLE)))
