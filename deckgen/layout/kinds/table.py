"""Table -> Pages: the rows under their header, and on every part the chart beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deckgen.base import replace
from deckgen.deck.kinds.table import Cell, Row, Table
from deckgen.layout.frame import Part, fit_lines, frame, inside
from deckgen.layout.grid import Grid, cell, fit, head, least_width
from deckgen.layout.layouts import beside_chart, chart_slots, light
from deckgen.layout.measure import Placing
from deckgen.layout.pages import Align, Layout, Page, Paragraph, Slot, TextBlock
from deckgen.layout.plot import chart_blocks
from deckgen.layout.theme import Theme

_MIN_CHART = 0.6  # of the height of the body, beside a table of few rows


def layouts(theme: Theme) -> tuple[Layout, ...]:
    """The layouts of a table, and of one with a chart beside it."""
    left, right = beside_chart(theme)
    whole = Slot("table", "table", theme.body_box, theme.table.sizes[0], "Table")
    part = Slot("table", "table", left, 18, "Table")
    return light(theme, "Table", whole), light(theme, "Table and Chart", part, *chart_slots(theme, right))


def place(slide: Table, theme: Theme) -> Placing[list[Page]]:
    """A table, with its chart beside it on every part."""
    box = yield from inside(slide, theme)
    grid = grid_of(slide)
    if slide.chart is None and slide.total is None and slide.empty:
        quiet = [Paragraph(slide.empty, 0, "muted")]
        lines = yield from fit_lines(quiet, box, theme.text.sizes, theme)
        return (yield from frame(slide, [Part("Bullets", (TextBlock("body-1", box, tuple(lines)),))], theme))
    if slide.chart is None:
        tables = yield from fit(grid, box, theme)
        return (yield from frame(slide, [Part("Table", (table,)) for table in tables], theme))
    left, right = beside_chart(theme, (yield from least_width(grid, theme)))
    tables = yield from fit(grid, replace(left, height=box.height), theme)
    bottom = min(box.bottom, max(tables[0].box.bottom, box.y + round(_MIN_CHART * box.height)))
    chart = yield from chart_blocks(slide.chart, replace(right, height=bottom - right.y), theme)
    parts = [Part("Table and Chart", (table, *chart)) for table in tables]
    return (yield from frame(slide, parts, theme))


def grid_of(slide: Table) -> Grid:
    """The rows of a table under its header, before they are laid out."""
    header = tuple((head(text, side),) for text, side in zip(slide.header, slide.align, strict=True))
    rows = tuple(tuple(_cells(row, slide.align, row.highlight, row.group or row is slide.total)) for row in slide.all)
    alone = slide.chart is None and slide.footnote is None and slide.total is None
    origins = tuple(row.origin for row in slide.all)
    groups = frozenset(number for number, row in enumerate(slide.rows) if row.group)
    return Grid(header, rows, origins, alone=alone, total=slide.total is not None, groups=groups)


def _cells(row: Row, align: Sequence[Align], highlight: bool, bold: bool) -> Iterator[tuple[Paragraph, ...]]:
    """The cells of a row, and nothing for each column that one spans beyond its first."""
    column = 0
    for one in row.cells:
        side: Align = "left" if one.span > 1 else align[column]
        yield _cell(one, side, highlight, bold)
        yield from [()] * (one.span - 1)
        column += one.span


def _cell(one: Cell, side: Align, highlight: bool, bold: bool) -> tuple[Paragraph, ...]:
    sub = (Paragraph(one.sub, 0, "muted", level=1, align=side),) if one.sub else ()
    colour = "accent" if highlight else "ink"
    return (cell(one.text, side, colour, bold=highlight or bold), *sub)
