"""Event of a group -> Sentence: what the datatracker says was changed, as the second witness beside the history.

It writes `Chair changed to <b>A, B</b> from C`, once for each edit of its form, names of roles and fields as its
database has them.
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
    """What was changed: `about` is the role or field; of a list of names, both sides as they are written."""

    group: str
    id: int
    time: datetime
    about: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def is_known(event: Object) -> bool:
    """Whether the parser knows the sentence of an event."""
    return bool(_CHANGED.match(str(event["desc"])))


def sentence(event: Object) -> Sentence:
    """What an event says. Raises ValueError for one that says nothing known."""
    match = _CHANGED.match(str(event["desc"]))
    if match is None:
        raise ValueError(f"says {untagged(event['desc'], 50)!r}")
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
    """Whether several edits together left other names than there were."""
    net: Counter[str] = Counter()
    for one in sentences:
        net.update(one.after)
        net.subtract(one.before)
    return any(net.values())
