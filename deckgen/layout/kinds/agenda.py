"""Agenda -> Pages: a table of when each topic starts, what it is, who speaks and how long, with the time as a bar."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from deckgen.base import replace
from deckgen.deck.kinds.agenda import Agenda, AgendaItem
from deckgen.deck.model import Run, Text
from deckgen.layout.frame import Part, frame, inside
from deckgen.layout.grid import Grid, cell, fit, head
from deckgen.layout.measure import Placing
from deckgen.layout.pages import Align, Page, Paragraph, RuleBlock, TableBlock
from deckgen.layout.theme import EMU, Box, Theme
from deckgen.source.dates import clock_of

_THICK, _OUTLINE = round(7.5 * EMU), round(1.5 * EMU)
_AIR = 12 * EMU  # between a text and the bar under it


def place(slide: Agenda, theme: Theme) -> Placing[list[Page]]:
    """The topics as a table, in the layout of one; the rule under a row is the session, its thick part the topic."""
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
    lengths = [item.minutes for item in slide.items]
    known = [one for one in lengths if one is not None]
    barred = len(known) == len(lengths) > 1
    grid = Grid(header, rows, tuple(item.origin for item in slide.items), _AIR if barred else 0, closed=barred)
    tables = yield from fit(grid, box, theme)
    if not barred:
        return (yield from frame(slide, [Part("Table", (table,)) for table in tables], theme))
    starts = iter(zip(slide.items, accumulate(known, initial=0), strict=False))
    parts = [Part("Table", (table, *_bars(table, starts, sum(known)))) for table in tables]
    return (yield from frame(slide, parts, theme))


def _bars(table: TableBlock, starts: Iterator[tuple[AgendaItem, int]], total: int) -> Iterator[RuleBlock]:
    """For each row the part of the session that its topic takes, on the rule under it."""
    bottom = table.box.y + table.rows[0].height
    for row in table.rows[1:]:
        item, start = next(starts)
        bottom += row.height
        left = table.box.x + table.box.width * start // total
        width = table.box.width * (item.minutes or 0) // total
        bar = Box(left, bottom - _THICK, width, _THICK)
        yield RuleBlock(bar, "accent", _OUTLINE if item.rest else 0)


def _cells(item: AgendaItem, clock: bool, utc: bool) -> Iterator[tuple[Paragraph, ...]]:
    if clock:
        start = clock_of(item.start) if item.start is not None else ""
        yield (Paragraph(_words(start, item), 0, "muted"),)
    if utc:
        yield (Paragraph(_words(item.utc, item), 0, "muted"),)
    who = (Run("  "), *item.who.runs) if item.who else ()
    beside = tuple(replace(run, bold=False, muted=True) for run in who)
    yield (cell(Text((*item.topic.runs, *beside), item.topic.origin, item.topic.whole), "left", bold=True),)
    yield (Paragraph(_words(item.label, item), 0, "muted" if item.rest else "ink", align="right"),)


def _words(text: str, item: AgendaItem) -> Text:
    return Text((Run(text),) if text else (), item.origin)
