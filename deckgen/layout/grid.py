"""Grid × box -> TableBlocks: columns as wide as their text needs, whole rows, the header on every part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deckgen.base import Frozen, replace
from deckgen.deck.model import Run, Text
from deckgen.layout.flow import set_lines, unbroken
from deckgen.layout.measure import Ask, Placing
from deckgen.layout.pages import Align, Paragraph, TableBlock, TableRow
from deckgen.layout.split import partition
from deckgen.layout.theme import EMU, Box, Theme
from deckgen.problems import Origin, fatal

Row = tuple[tuple[Paragraph, ...], ...]


class Grid(Frozen):
    """A table before it is laid out: paragraphs without a size, the header first."""

    header: Row
    rows: tuple[Row, ...]
    fills: tuple[str, ...]
    origins: tuple[Origin, ...]

    @property
    def all(self) -> tuple[Row, ...]:
        """The header and the rows."""
        return (self.header, *self.rows)


def head(text: Text, side: Align) -> Paragraph:
    """The title of a column."""
    return Paragraph(text, 0, "muted", bold=True, align=side)


def fit(grid: Grid, box: Box, theme: Theme) -> Placing[list[TableBlock]]:
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
    # If every size has a cell of many lines, a smaller size gains nothing.
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


def _widths_in_em(grid: Grid) -> Placing[list[tuple[float, float]]]:
    """For each column: its widest cell on one line, and its widest word, in em."""
    cells = [(column, p) for row in grid.all for column, cell in enumerate(row) for p in cell]
    longest = [(Run(max(unbroken(p.text.words), key=len, default=""), code=_has_code(p)),) for _, p in cells]
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


def _has_code(paragraph: Paragraph) -> bool:
    return any(run.code for run in paragraph.text.runs)


def _asked(ems: Sequence[float], size: float, theme: Theme) -> list[int]:
    """The widths of cells for texts of these widths in em, padding and slack included."""
    stretch = 1.002 / (1 - theme.text.slack)
    return [round(em * size * EMU * stretch) + 2 * theme.table.padding for em in ems]


def _unwrapped(ems: Sequence[tuple[float, float]], size: float, width: int, theme: Theme) -> list[int] | None:
    """Widths at which no cell wraps, with the rest shared out; None if there are none."""
    wanted = _asked([most for most, _ in ems], size, theme)
    if sum(wanted) > width:
        return None
    return _whole([want * width / sum(wanted) for want in wanted], width)


def _wrapped(ems: Sequence[tuple[float, float]], size: float, width: int, theme: Theme) -> list[int] | None:
    """Widths at which no word breaks, widest for the most text; None if there are none."""
    wanted = _asked([most for most, _ in ems], size, theme)
    least = _asked([word for _, word in ems], size, theme)
    if sum(least) > width:
        return None
    more = [want - low for want, low in zip(wanted, least, strict=True)]
    spare = width - sum(least)
    return _whole([low + spare * extra / (sum(more) or 1) for low, extra in zip(least, more, strict=True)], width)


def _squeezed(ems: Sequence[tuple[float, float]], size: float, width: int, theme: Theme) -> list[int]:
    """Widths for words that do not fit side by side: the widest are broken first."""
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


def _set_rows(grid: Grid, widths: Sequence[int], size: float, theme: Theme) -> Placing[list[Row]]:
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


def _block(grid: Grid, rows: Sequence[Row], part: range, widths: Sequence[int], box: Box, theme: Theme) -> TableBlock:
    """The header and the rows of a part, with as much space as fits."""
    shown = [rows[0], *(rows[index + 1] for index in part)]
    least, most = theme.table.air.least, theme.table.air.most
    spare = box.height - sum(_heights(shown, least, theme))
    air = min(most, least + max(0, spare) // (2 * len(shown)))
    heights = _heights(shown, air, theme)
    fills = ["", *(grid.fills[index] for index in part)]
    lines = tuple(TableRow(h, row, fill) for h, row, fill in zip(heights, shown, fills, strict=True))
    place = replace(box, height=sum(heights))
    return TableBlock("table", place, tuple(widths), lines, theme.table.padding, air)


def _cut(grid: Grid, rows: Sequence[Row], widths: Sequence[int], box: Box, theme: Theme) -> list[TableBlock]:
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
