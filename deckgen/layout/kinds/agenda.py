"""Agenda -> Pages: a table of when each topic starts, what it is, who speaks and how long."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.deck.kinds.agenda import Agenda, AgendaItem
from deckgen.deck.model import Run, Text
from deckgen.layout.frame import Part, frame, inside
from deckgen.layout.grid import Grid, fit, head
from deckgen.layout.measure import Placing
from deckgen.layout.pages import Align, Page, Paragraph
from deckgen.layout.theme import Theme
from deckgen.source.dates import clock_of


def place(slide: Agenda, theme: Theme) -> Placing[list[Page]]:
    """The topics as a table, in the layout of one."""
    box = yield from inside(slide, theme)
    clock = any(item.start is not None for item in slide.items)
    origin = slide.title.origin
    utc = any(item.utc for item in slide.items)
    names = [*(["Time"] if clock else []), *(["UTC"] if utc else []), "Topic", "Duration"]
    sides: list[Align] = ["left", "left", "left", "right"]
    header = tuple(
        (head(Text((Run(name),), origin), side),) for name, side in zip(names, sides[-len(names) :], strict=True)
    )
    rows = tuple(tuple(_cells(item, clock, utc)) for item in slide.items)
    grid = Grid(header, rows, ("",) * len(rows), tuple(item.origin for item in slide.items))
    tables = yield from fit(grid, box, theme)
    return (yield from frame(slide, [Part("Table", (table,)) for table in tables], theme))


def _cells(item: AgendaItem, clock: bool, utc: bool) -> Iterator[tuple[Paragraph, ...]]:
    if clock:
        start = clock_of(item.start) if item.start is not None else ""
        yield (Paragraph(_words(start, item), 0, "muted"),)
    if utc:
        yield (Paragraph(_words(item.utc, item), 0, "muted"),)
    who = (Paragraph(item.who, 0, "muted", level=1),) if item.who else ()
    yield (Paragraph(item.topic, 0, bold=True), *who)
    yield (Paragraph(_words(item.label, item), 0, "accent", bold=True, align="right"),)


def _words(text: str, item: AgendaItem) -> Text:
    return Text((Run(text),) if text else (), item.origin)
