"""Event of a group -> Sentence: the change that the datatracker describes, to compare with the history.

The datatracker writes `Chair changed to <b>A, B</b> from C` once for each edit, with the names of roles and fields in
its database.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from deckgen.base import Frozen
from deckgen.facts.datatracker import Object
from deckgen.facts.times import moment
from deckgen.facts.words import untagged

CHAIR = "Chair"
PARENT = "Group parent"
_CHANGED = re.compile(r"\s*([^<>]{1,80}?) changed to\b(?::?\s*<b>(.*?)</b>(?: from (.*))?)?", re.DOTALL)


class Sentence(Frozen):
    """A change: `about` is the role or field; a list of names has both sides as written."""

    group: str
    id: int
    time: datetime
    about: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def is_known(event: Object) -> bool:
    """Whether the parser understands the sentence of an event."""
    return bool(_CHANGED.match(str(event["desc"])))


def sentence(event: Object) -> Sentence:
    """The sentence of an event. Raises ValueError for an unknown one."""
    match = _CHANGED.match(str(event["desc"]))
    if match is None:
        raise ValueError(f"has the text {untagged(event['desc'], 50)!r}")
    return Sentence(
        group=event["group"],
        id=int(event["id"]),
        time=moment(event["time"]),
        about=match[1],
        before=_names(match[3]),
        after=_names(match[2]),
    )


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(name for part in untagged(text or "", 2000).split(",") if (name := part.strip()))


def amount_to_a_change(sentences: Iterable[Sentence]) -> bool:
    """Whether several edits together changed the names."""
    net: Counter[str] = Counter()
    for one in sentences:
        net.update(one.after)
        net.subtract(one.before)
    return any(net.values())
