"""Source -> Agenda: topics with a running clock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from deckgen.base import Frozen
from deckgen.deck.kinds.common import Common
from deckgen.deck.model import Text
from deckgen.deck.read import Reader, whole
from deckgen.problems import Origin, fatal
from deckgen.schema.declare import AGENDA_ITEM, Declaration, list_of
from deckgen.source import Source, text_of
from deckgen.source.dates import day_of, end_after, in_utc, minutes_of


class AgendaItem(Frozen):
    """A topic: who speaks, the minutes it takes, and when it starts, in minutes after midnight.

    `minutes` is None for the topic that takes the remaining time; `start` is None if the start of
    the session is unknown; `slide` is the id of its slide, if it names one. `utc` is its start in
    UTC, as it is shown, if the slide asks for that. `rest` is true for the topic that takes the remaining time.
    """

    topic: Text
    who: Text | None
    minutes: int | None
    label: str
    start: int | None
    origin: Origin
    slide: str = ""
    utc: str = ""
    rest: bool = False


class Agenda(Common, kw_only=True):
    """Topics with a running clock.

    `start` and `end` are those of its session, in minutes after the midnight before it, or None if unknown;
    `end_origin` is the origin of the end. `date` (ISO 8601) and `time_zone` are empty if unknown.
    """

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
            "utc": {
                "type": "boolean",
                "default": False,
                "description": "Whether the times in UTC are shown beside the local ones.",
                "examples": [True],
            },
            "date": {
                "type": ["string", "null"],
                "format": "date",
                "description": "The day of the session, for the times in UTC.",
                "examples": ["2025-11-07"],
            },
            "time_zone": {
                "type": ["string", "null"],
                "description": "The time zone of the venue, for the times in UTC.",
                "examples": ["Europe/Madrid"],
            },
            "items": list_of(AGENDA_ITEM, "The topics, in order.", 100),
        },
        ("items",),
    )
    items: tuple[AgendaItem, ...]
    start: int | None = None
    end: int | None = None
    end_origin: Origin | None = None
    date: str = ""
    time_zone: str = ""

    @classmethod
    def read(cls, reader: Reader, source: Source, common: dict[str, Any]) -> Agenda:
        """The slide that `source` describes. Raises DeckError."""
        start, end = _clock(source.get("start")), _clock(source.get("end"))
        if start is not None and end is not None:
            end = end_after(start, end)
        ending = source.get("end")
        items = tuple(_items(reader, source, start, end))
        day, zone = text_of(source.get("date")), text_of(source.get("time_zone"))
        origin = ending.origin if ending else None
        return cls(**common, items=items, start=start, end=end, end_origin=origin, date=day, time_zone=zone)

    @property
    def bare(self) -> bool:
        """Whether it has no topic."""
        return not self.items

    def content(self) -> Iterator[Text]:
        """What it shows under its title, in reading order."""
        for item in self.items:
            yield item.topic
            if item.who:
                yield item.who


def _items(reader: Reader, source: Source, start: int | None, end: int | None) -> Iterator[AgendaItem]:
    """The topics with their running clock; `remaining` is the number of minutes until the end."""
    clock = start
    for child in source.get("items") or ():
        minutes = child.get("minutes")
        remaining = minutes is not None and minutes.value == "remaining"
        if remaining:
            rest = end - clock if end is not None and clock is not None else 0
            label, takes = "remaining time", rest if rest > 0 else None
        else:
            takes = whole(minutes, 0) or None
            label = f"{takes} mins" if takes else ""
        topic = reader.text(child.get("item") or child)
        slide = text_of(child.get("slide"))
        utc = _utc(source, clock)
        yield AgendaItem(topic, reader.maybe(child, "who"), takes, label, clock, child.origin, slide, utc, remaining)
        clock = clock + takes if clock is not None and takes else None


def _utc(source: Source, clock: int | None) -> str:
    """When an item starts in UTC, if the slide shows that. Raises DeckError."""
    asked = source.get("utc")
    if asked is None or asked.value is not True or clock is None:
        return ""
    day, zone = day_of(text_of(source.get("date"))), text_of(source.get("time_zone"))
    lacks = " and ".join(f"`{key}`" for key, known in (("date", day), ("time_zone", zone)) if not known)
    if day is None or lacks:
        hint = "such as `time_zone: Europe/Madrid` and `date: 2025-07-25`"
        raise fatal(asked.origin, "missing-key", f"the times in UTC need {lacks}", hint)
    try:
        return in_utc(day, clock, zone)
    except ValueError as error:
        hint = "such as Europe/Madrid; if this machine has no time zones, run `pip install tzdata`"
        raise fatal((source.get("time_zone") or source).origin, "wrong-value", str(error), hint) from None


def _clock(source: Source | None) -> int | None:
    text = text_of(source)
    return minutes_of(text) if text else None
