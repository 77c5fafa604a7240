"""Table and Agenda -> Parts: columns as wide as their text asks, whole rows, the header on every part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deckgen.base import Frozen, replace
from deckgen.deck.kinds.agenda import Agenda, AgendaItem
from deckgen.deck.kinds.table import Cell, Table
from deckgen.deck.model import Run, Text
from deckgen.layout.flow import set_lines
from deckgen.layout.frame import Part, inside
from deckgen.layout.graphics import chart_blocks
from deckgen.layout.layouts import beside_chart
from deckgen.layout.measure import Ask, Placing
from deckgen.layout.pages import Align, Paragraph, TableBlock, TableRow
from deckgen.layout.split import partition
from deckgen.layout.theme import EMU, Box, Theme
from deckgen.problems import Origin, fatal
from deckgen.source.dates import clock_of

Row = tuple[tuple[Paragraph, ...], ...]
_LEAST_CHART = 0.6  # of the height of the body, beside a table of few rows


class _Grid(Frozen):
    """A table before it is set: paragraphs of no size, the header first."""

    header: Row
    rows: tuple[Row, ...]
    fills: tuple[str, ...]
    origins: tuple[Origin, ...]

    @property
    def all(self) -> tuple[Row, ...]:
        return (self.header, *self.rows)


def place_table(slide: Table, theme: Theme) -> Placing[Sequence[Part]]:
    """A table, with its chart beside it on every part."""
    box = yield from inside(slide, theme)
    header = tuple((_head(text, side),) for text, side in zip(slide.header, slide.align, strict=True))
    rows = tuple(
        tuple(_cell(cell, side) for cell, side in zip(row.cells, slide.align, strict=True)) for row in slide.rows
    )
    fills = tuple("tint" if row.highlight else "" for row in slide.rows)
    grid = _Grid(header, rows, fills, tuple(row.origin for row in slide.rows))
    if slide.chart is None:
        tables = yield from _fit(grid, box, theme)
        return [Part("Table", (table,)) for table in tables]
    left, right = beside_chart(theme)
    tables = yield from _fit(grid, replace(left, height=box.height), theme)
    height = min(box.height, max(tables[0].box.height, round(_LEAST_CHART * box.height)))
    chart = yield from chart_blocks(slide.chart, replace(right, height=height), theme)
    return [Part("Table and Chart", (table, *chart)) for table in tables]


def place_agenda(slide: Agenda, theme: Theme) -> Placing[Sequence[Part]]:
    """The topics as a table: when each starts, what and who, and how long."""
    box = yield from inside(slide, theme)
    clock = any(item.start is not None for item in slide.items)
    origin = slide.title.origin
    utc = any(item.utc for item in slide.items)
    names = [*(["Time"] if clock else []), *(["UTC"] if utc else []), "Topic", "Duration"]
    sides: list[Align] = ["left", "left", "left", "right"]
    header = tuple(
        (_head(Text((Run(name),), origin), side),) for name, side in zip(names, sides[-len(names) :], strict=True)
    )
    rows = tuple(tuple(_agenda_cells(item, clock, utc)) for item in slide.items)
    grid = _Grid(header, rows, ("",) * len(rows), tuple(item.origin for item in slide.items))
    tables = yield from _fit(grid, box, theme)
    return [Part("Table", (table,)) for table in tables]


def _agenda_cells(item: AgendaItem, clock: bool, utc: bool) -> Iterator[tuple[Paragraph, ...]]:
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


def _head(text: Text, side: Align) -> Paragraph:
    return Paragraph(text, 0, "muted", bold=True, align=side)


def _cell(cell: Cell, side: Align) -> tuple[Paragraph, ...]:
    sub = (Paragraph(cell.sub, 0, "muted", level=1, align=side),) if cell.sub else ()
    return (Paragraph(cell.text, 0, align=side), *sub)


def _fit(grid: _Grid, box: Box, theme: Theme) -> Placing[list[TableBlock]]:
    """The table at the largest size at which all rows fit the box, or at the smallest in parts."""
    ems = yield from _widths_in_em(grid)
    fitting: list[TableBlock] = []
    for size, widths in _choices(ems, box.width, theme):
        rows = yield from _set_rows(grid, widths, size, theme)
        if sum(_heights(rows, theme.table.air.least, theme)) > box.height:
            continue
        fitting.append(_block(grid, rows, range(len(grid.rows)), widths, box, theme))
        if max(p.lines for row in rows for cell in row for p in cell) <= theme.table.lines:
            return fitting[-1:]
    # Where every size has a cell of many lines, a smaller size gains nothing.
    return fitting[:1] or _cut(grid, rows, widths, box, theme)


def _choices(ems: Sequence[tuple[float, float]], width: int, theme: Theme) -> Iterator[tuple[float, list[int]]]:
    """Sizes with the widths of the columns, the best first: unwrapped, then wrapped between words, then squeezed."""
    sizes = theme.table.sizes
    for size in sizes:
        widths = _unwrapped(ems, size, width, theme)
        if widths and size >= theme.table.unwrapped:
            yield size, widths
    floor = sizes[-1]
    for size in sizes:
        widths = _unwrapped(ems, size, width, theme) or _wrapped(ems, size, width, theme)
        if widths or size == floor:
            yield size, widths or _squeezed(ems, size, width, theme)


def _widths_in_em(grid: _Grid) -> Placing[list[tuple[float, float]]]:
    """Of each column: its widest cell on one line, and its widest word, in em."""
    cells = [(column, p) for row in grid.all for column, cell in enumerate(row) for p in cell]
    longest = [(Run(max(p.text.words.split(), key=len, default="")),) for _, p in cells]
    ems = yield [
        *(Ask(p.text.runs, p.bold) for _, p in cells),
        *(Ask(word, _bold(p)) for word, (_, p) in zip(longest, cells, strict=True)),
    ]
    most = [0.0] * len(grid.header)
    word = [0.0] * len(grid.header)
    for (column, _), whole, single in zip(cells, ems[: len(cells)], ems[len(cells) :], strict=True):
        most[column] = max(most[column], whole)
        word[column] = max(word[column], single)
    return list(zip(most, word, strict=True))


def _bold(paragraph: Paragraph) -> bool:
    return paragraph.bold or any(run.bold for run in paragraph.text.runs)


def _asked(ems: Sequence[float], size: float, theme: Theme) -> list[int]:
    """The widths of cells that hold texts so many em wide, padding and slack included."""
    stretch = 1.002 / (1 - theme.text.slack)
    return [round(em * size * EMU * stretch) + 2 * theme.table.padding for em in ems]


def _unwrapped(ems: Sequence[tuple[float, float]], size: float, width: int, theme: Theme) -> list[int] | None:
    """Widths at which no cell wraps, what is left over shared out; None when there are none."""
    wanted = _asked([most for most, _ in ems], size, theme)
    if sum(wanted) > width:
        return None
    return _whole([want * width / sum(wanted) for want in wanted], width)


def _wrapped(ems: Sequence[tuple[float, float]], size: float, width: int, theme: Theme) -> list[int] | None:
    """Widths at which every word is whole, those with most text the widest; None when there are none."""
    wanted = _asked([most for most, _ in ems], size, theme)
    least = _asked([word for _, word in ems], size, theme)
    if sum(least) > width:
        return None
    more = [want - low for want, low in zip(wanted, least, strict=True)]
    spare = width - sum(least)
    return _whole([low + spare * extra / (sum(more) or 1) for low, extra in zip(least, more, strict=True)], width)


def _squeezed(ems: Sequence[tuple[float, float]], size: float, width: int, theme: Theme) -> list[int]:
    """Widths for words that do not fit side by side: the widest give way first, and are broken."""
    wanted = [float(want) for want in _asked([word for _, word in ems], size, theme)]
    cap = max(wanted)
    while cap > 1 and sum(min(want, cap) for want in wanted) > width:
        cap *= 0.95
    return _whole([min(want, cap) for want in wanted], width)


def _whole(widths: Sequence[float], total: int) -> list[int]:
    """Whole EMU that add up to `total`."""
    floored = [int(width) for width in widths]
    floored[-1] += total - sum(floored)
    return floored


def _set_rows(grid: _Grid, widths: Sequence[int], size: float, theme: Theme) -> Placing[list[Row]]:
    padding = 2 * theme.table.padding
    under = max(theme.table.sizes[-1], size - 4)
    flat = []
    for index, row in enumerate(grid.all):
        for cell, width in zip(row, widths, strict=True):
            for p in cell:
                own = theme.table.header if index == 0 else under if p.level else size
                flat.append((replace(p, size=own, level=0), theme.set_width(width - padding)))
    lined = iter((yield from set_lines(flat)))
    return [tuple(tuple(next(lined) for _ in cell) for cell in row) for row in grid.all]


def _heights(rows: Sequence[Row], air: int, theme: Theme) -> list[int]:
    def height(cell: Sequence[Paragraph]) -> int:
        return sum(p.lines * theme.line_height(p.size) for p in cell)

    return [max(height(cell) for cell in row) + 2 * air for row in rows]


def _block(grid: _Grid, rows: Sequence[Row], part: range, widths: Sequence[int], box: Box, theme: Theme) -> TableBlock:
    """The header and the rows of a part, with as much air as fits."""
    shown = [rows[0], *(rows[index + 1] for index in part)]
    least, most = theme.table.air.least, theme.table.air.most
    spare = box.height - sum(_heights(shown, least, theme))
    air = min(most, least + max(0, spare) // (2 * len(shown)))
    heights = _heights(shown, air, theme)
    fills = ["", *(grid.fills[index] for index in part)]
    lines = tuple(TableRow(h, row, fill) for h, row, fill in zip(heights, shown, fills, strict=True))
    place = replace(box, height=sum(heights))
    return TableBlock("table", place, tuple(widths), lines, theme.table.padding, air)


def _cut(grid: _Grid, rows: Sequence[Row], widths: Sequence[int], box: Box, theme: Theme) -> list[TableBlock]:
    heights = _heights(rows, theme.table.air.least, theme)
    room = box.height - heights[0]
    if room < min(heights[1:], default=0):
        header = max((p for cell in rows[0] for p in cell), key=lambda p: p.lines)
        if heights[0] > box.height // 2:
            told = f"{header.lines} lines in the header leave no room for a row"
            raise fatal(header.text.origin, "text-overflow", told, "shorten it")
    for height, origin in zip(heights[1:], grid.origins, strict=True):
        if height > room:
            raise fatal(origin, "text-overflow", "the row is higher than a slide", "shorten it, or make two rows of it")
    parts = partition(heights[1:], room) or []
    return [_block(grid, rows, part, widths, box, theme) for part in parts]
