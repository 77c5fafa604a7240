"""Typeset × problems -> State: what the browser shows, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from deckgen.base import Frozen, to_builtins
from deckgen.deck.kinds import Deck
from deckgen.deck.kinds.agenda import Agenda
from deckgen.layout.pages import Page
from deckgen.preview.editor import Place
from deckgen.preview.links import Link


class Sheet(Frozen):
    """A page in the browser: `address` is part of the browser's address.

    `picture` names its SVG and changes with its look.
    """

    key: str
    address: str
    slide: str
    number: int
    title: str
    section: str
    hidden: bool
    notes: str
    place: Place
    picture: str
    links: tuple[Link, ...]


class Fault(Frozen):
    """A problem as the browser shows it; `slide` may be empty."""

    severity: str
    text: str
    slide: str
    message: str
    place: Place


class Topic(Frozen):
    """A topic of an agenda: `start` in minutes after midnight, and its length, if they are known.

    `slide` is the id of the slide it is about, or empty. `rest` is true if it takes the remaining time.
    """

    topic: str
    start: int | None
    minutes: int | None
    slide: str
    rest: bool


class Session(Frozen):
    """An agenda for the clock; unknown values are None. Times are minutes after its midnight, in its time zone."""

    date: str
    time_zone: str
    start: int | None
    end: int | None
    topics: tuple[Topic, ...]


class State(Frozen):
    """What the browser shows; if `stale`, the pages are those of the last deck that could be built."""

    title: str = ""
    stale: bool = False
    sheets: tuple[Sheet, ...] = ()
    faults: tuple[Fault, ...] = ()
    sessions: tuple[Session, ...] = ()

    def plain(self) -> dict[str, Any]:
        """The state as plain data for JSON."""
        return dict(to_builtins(self))


def key_of(page: Page) -> str:
    """The name of a page, independent of its number."""
    return f"{page.slide}-{page.part}"


def sheet_of(page: Page, place: Place, picture: str, links: tuple[Link, ...]) -> Sheet:
    """A page, as it is shown by `picture`."""
    return Sheet(
        key=key_of(page),
        address=page.slide if page.part == 1 else f"{page.slide}/{page.part}",
        slide=page.slide,
        number=page.number,
        title=page.title,
        section=page.section,
        hidden=page.hidden,
        notes="\n".join(page.notes.lines) if page.notes else "",
        place=place,
        picture=picture,
        links=links,
    )


def sessions_of(deck: Deck) -> Iterator[Session]:
    """The agendas of a deck. One without a time zone has that of another, because all are in one city."""
    agendas = [slide for slide in deck.slides if isinstance(slide, Agenda)]
    titled = {slide.title.words.casefold(): slide.id for slide in reversed(deck.slides)}
    zone = next((agenda.time_zone for agenda in agendas if agenda.time_zone), "")
    for agenda in agendas:
        topics = tuple(
            Topic(
                topic=item.topic.words,
                start=item.start,
                minutes=item.minutes,
                slide=item.slide or titled.get(item.topic.words.casefold(), ""),
                rest=item.rest,
            )
            for item in agenda.items
        )
        yield Session(agenda.date, agenda.time_zone or zone, agenda.start, agenda.end, topics)
