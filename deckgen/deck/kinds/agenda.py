"""Source -> Agenda: topics with a running clock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from deckgen.base import Frozen
from deckgen.deck.inline import read_text
from deckgen.deck.kinds.common import Common
from deckgen.deck.model import Text
from deckgen.deck.read import Reader, whole
from deckgen.problems import Origin
from deckgen.schema.declare import AGENDA_ITEM, Declaration, list_of
from deckgen.source import Source, text_of
from deckgen.source.dates import minutes_of


class AgendaItem(Frozen):
    """A topic: who speaks, the minutes it takes, and when it starts, in minutes after midnight.

    `minutes` is None for what takes the remaining time; `start` is None where nothing says
    when the session begins; `slide` is the id of the slide it is about, if it says so.
    """

    topic: Text
    who: Text | None
    minutes: int | None
    label: str
    start: int | None
    origin: Origin
    slide: str = ""


class Agenda(Common, kw_only=True):
    """Topics with a running clock."""

    kind: ClassVar = Declaration(
        "agenda",
        "topics with a running clock",
        {
            "start": {
                "type": ["string", "null"],
                "format": "time-of-day",
                "description": "When the session begins.",
                "examples": ["09:30"],
            },
            "end": {
                "type": ["string", "null"],
                "format": "time-of-day",
                "description": "When it ends.",
                "examples": ["11:00"],
            },
            "items": list_of(AGENDA_ITEM, "The topics, in order.", 100),
        },
        ("items",),
    )
    items: tuple[AgendaItem, ...]

    @classmethod
    def read(cls, reader: Reader, source: Source, common: dict[str, Any]) -> Agenda:
        """The slide that `source` describes. Raises DeckError."""
        return cls(**common, items=tuple(_items(reader, source)))

    @property
    def bare(self) -> bool:
        """Whether it has no topic."""
        return not self.items

    def content(self) -> Iterator[Text]:
        """What it shows under its title, in the order it is read."""
        for item in self.items:
            yield item.topic
            if item.who:
                yield item.who


def _items(reader: Reader, source: Source) -> Iterator[AgendaItem]:
    """The topics with their running clock; `remaining` is what is left until the end."""
    clock = _clock(source.get("start"))
    end = _clock(source.get("end"))
    for child in source.get("items") or ():
        minutes = child.get("minutes")
        if minutes is not None and minutes.value == "remaining":
            label, takes = "remaining time", (end - clock if end and clock is not None and end > clock else None)
        else:
            takes = whole(minutes, 0) or None
            label = f"{takes} mins" if takes else ""
        topic = read_text(child.get("item") or child, None)
        slide = text_of(child.get("slide"))
        yield AgendaItem(topic, reader.maybe(child, "who"), takes, label, clock, child.origin, slide)
        clock = clock + takes if clock is not None and takes else None


def _clock(source: Source | None) -> int | None:
    said = text_of(source)
    return minutes_of(said) if said else None
