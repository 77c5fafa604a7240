"""Grid × box -> TableBlocks: columns as wide as their text needs, whole rows, the header on every part."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from deckgen.base import Frozen, replace
from deckgen.deck.model import Run, Text
from deckgen.layout.bind import bound
from deckgen.layout.flow import set_lines, unbroken
from deckgen.layout.measure import Ask, Placing
from deckgen.layout.pages import Align, Paragraph, TableBlock, TableRow
from deckgen.layout.split import partition
from deckgen.layout.theme import EMU, Box, Theme
from deckgen.layout.widths import Column, margins, squeezed, widths
from deckgen.problems import Origin, fatal

Row = tuple[tuple[Paragraph, ...], ...]
_EMPTY = "–"  # what an empty cell shows


class Grid(Frozen):
    """A table before it is laid out: paragraphs without a size, the header first.

    `air` is the least space above and below the text of a row, in EMU; with `closed`, there is a rule under the last.
    A table that is `alone` on its page may have few rows in large type. With `total`, its last row is the total; the
    rows of the numbers in `groups` are over those that they name. A cell that another spans is empty.
    """

    header: Row
    rows: tuple[Row, ...]
    origins: tuple[Origin, ...]
    air: int = 0
    closed: bool = False
    alone: bool = False
    total: bool = False
    groups: frozenset[int] = frozenset()

    @property
    def all(self) -> tuple[Row, ...]:
        """The header and the rows."""
        return (self.header, *self.rows)

    @property
    def sides(self) -> list[Align]:
        """How each column is aligned."""
        return [one[0].align for one in self.header]


def head(text: Text, side: Align) -> Paragraph:
    """The title of a column."""
    return Paragraph(text, 0, "muted", align=side)


def cell(text: Text, side: Align, colour: str = "ink", bold: bool = False) -> Paragraph:
    """The words of a cell; an empty one shows a dash."""
    if not text.words.strip():
        text = replace(text, runs=(Run(_EMPTY),))
    return Paragraph(text, 0, "muted" if text.words == _EMPTY else colour, bold=bold, align=side)


def fit(grid: Grid, box: Box, theme: Theme) -> Placing[list[TableBlock]]:
    """The table at the largest size at which all rows fit the box.

    If there is none, it is cut into as few parts as possible, at the largest size at which there are so many.
    """
    if grid.alone and 0 < len(grid.rows) <= theme.table.few.rows:
        few = yield from _few(grid, box, theme)
        if few:
            return [few]
    tried: list[_Tried] = []
    for size in theme.table.sizes:
        columns = yield from _columns(grid, size, box, theme)
        found = widths(columns, box, theme)
        if found is None and size != theme.table.sizes[-1]:
            continue
        found = found or squeezed(columns, box, theme)
        one = _Tried(size, tuple((yield from _set_rows(grid, found, size, theme))), tuple(found))
        tried.append(one)
        if sum(_heights(one.rows[1:], _least(grid, theme), theme)) <= _room(one.rows, box, theme):
            return _blocks(grid, one, [range(len(grid.rows))], box, theme)
    chosen = tried[-1]
    best = _cut(grid, chosen.rows, box, theme)
    for one in tried[-2::-1]:
        parts = _partition(grid, _heights(one.rows[1:], _least(grid, theme), theme), _room(one.rows, box, theme))
        if not parts or len(parts) > len(best):
            break
        best, chosen = parts, one
    return _blocks(grid, chosen, best, box, theme)


class _Tried(Frozen):
    """A table at a size of its text: its rows with their lines, and the widths of its columns."""

    size: float
    rows: tuple[Row, ...]
    widths: tuple[int, ...]


def least_width(grid: Grid, theme: Theme) -> Placing[int]:
    """The width at which the table needs no piece broken, at its smallest size, in EMU."""
    columns = yield from _columns(grid, theme.table.sizes[-1], None, theme)
    return sum(column.piece for column in columns) + sum(map(sum, margins(grid.sides, theme)))


def _few(grid: Grid, box: Box, theme: Theme) -> Placing[TableBlock | None]:
    """A table of few rows with their heads in large type; None if the heads are not short, or the rest is long."""
    style = theme.table.few
    heads = [row[0] for row in grid.rows]
    spanned = any(not cell for row in grid.rows for cell in row)
    if spanned or len(grid.header) < 2 or any(len(one) > 1 or not _bold(one[0]) for one in heads):
        return None
    naturals = yield [Ask(one[0].text.runs, True) for one in heads]
    room = theme.span(0, theme.page.columns // 4, box).width
    size = next((one for one in style.sizes if max(naturals) * one * EMU <= theme.set_width(room)), 0)
    if not size:
        return None
    large = tuple((tuple(replace(p, size=size) for p in row[0]), *row[1:]) for row in grid.rows)
    grid = replace(grid, rows=large)
    columns = yield from _columns(grid, theme.table.sizes[0], box, theme)
    first = replace(columns[0], cells=(room, *columns[0].cells[1:]))  # the second column begins at the second quarter
    found = widths([first, *columns[1:]], box, theme)
    if found is None:
        return None
    rows = yield from _set_rows(grid, found, theme.table.sizes[0], theme)
    height = round(style.heights[min(len(heads), len(style.heights)) - 1] * EMU)
    if max(_heights(rows[1:], _least(grid, theme), theme)) > height or len(heads) * height > _room(rows, box, theme):
        return None
    lines = [_header(rows, theme), *(TableRow(height, row, 0, 0, "middle") for row in rows[1:])]
    return _table(grid, lines, found, theme.table.sizes[0], box, theme)


def _bold(paragraph: Paragraph) -> bool:
    return paragraph.bold or all(run.bold for run in paragraph.text.runs)


def _lines_of(text: Text) -> list[tuple[Run, ...]]:
    """The runs between the line breaks of the author."""
    lines: list[list[Run]] = [[]]
    for run in text.runs:
        first, *others = run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines += [[replace(run, text=other)] for other in others]
    return [tuple(line) for line in lines]


def _columns(grid: Grid, size: float, box: Box | None, theme: Theme) -> Placing[list[Column]]:
    """The columns at a size of their text, slack included.

    Without a box, or if a cell has to wrap in it, each has its longest piece that no line breaks; else that is 0.
    """
    cells = yield from _widths(grid, size, theme, _lines_of)
    asides = sum(map(sum, margins(grid.sides, theme)))
    wraps = box is None or sum(map(max, cells)) + asides > box.width
    pieces = (yield from _widths(grid, size, theme, _longest_piece)) if wraps else [[0] for _ in cells]
    return [Column(tuple(own), max(piece), side) for own, piece, side in zip(cells, pieces, grid.sides, strict=True)]


def _widths(
    grid: Grid, size: float, theme: Theme, of: Callable[[Text], list[tuple[Run, ...]]]
) -> Placing[list[list[int]]]:
    """For each column the widths of its cells, the head first: of the widest of what `of` finds in them."""
    asks = [[Ask(runs, p.bold) for runs in of(p.text)] for row in grid.all for cell in row for p in cell]
    answers = iter((yield [ask for own in asks for ask in own]))
    ems = iter([max(next(answers) for _ in own) for own in asks])
    stretch = EMU * 1.002 / (1 - theme.text.slack)
    found: list[list[int]] = [[] for _ in grid.header]
    for number, row in enumerate(grid.all):
        for column, paragraphs in zip(found, row, strict=True):
            widest = [round(next(ems) * _size(p, number, size, theme) * stretch) for p in paragraphs]
            column.append(max(widest, default=0))
        for index in (n for n, cell in enumerate(row[1:]) if not cell):
            found[index][-1] = 0  # what spans several columns does not widen one
    return found


def _longest_piece(text: Text) -> list[tuple[Run, ...]]:
    """The longest piece of a text that no line breaks, as wide as it can be."""
    longest = max(unbroken(bound(text).words), key=len, default="")
    bold, code = (any(getattr(run, style) for run in text.runs) for style in ("bold", "code"))
    return [(Run(longest, bold=bold, code=code),)]


def _size(paragraph: Paragraph, row: int, size: float, theme: Theme) -> float:
    """The size of a paragraph: of a title, of the second line of a cell, or of its own."""
    if row == 0:
        return theme.heads.size
    return min(size, theme.table.under) if paragraph.level else paragraph.size or size


def _set_rows(grid: Grid, found: Sequence[int], size: float, theme: Theme) -> Placing[list[Row]]:
    block = TableBlock("", Box(0, 0, 0, 0), tuple(found), margins(grid.sides, theme), (), size)
    flat = [
        (replace(p, size=_size(p, number, size, theme), level=0), theme.set_width(block.room(column, span)))
        for number, row in enumerate(grid.all)
        for column, span in enumerate(TableRow(0, row, 0, 0).spans)
        for p in row[column]
    ]
    lined = iter((yield from set_lines(flat)))
    heads, *rows = [tuple(tuple(next(lined) for _ in cell) for cell in row) for row in grid.all]
    # The words of a head are one over the other where its column is narrow.
    return [tuple(tuple(replace(p, alone=False) for p in cell) for cell in heads), *rows]


def _least(grid: Grid, theme: Theme) -> int:
    return max(grid.air, theme.table.air.least)


def _heights(rows: Sequence[Row], air: int, theme: Theme) -> list[int]:
    def height(cell: Sequence[Paragraph]) -> int:
        return sum(p.lines * theme.line_height(p.size) for p in cell)

    return [max(height(cell) for cell in row) + 2 * air for row in rows]


def _header(rows: Sequence[Row], theme: Theme) -> TableRow:
    """The heads of the columns over their rule."""
    [height] = _heights(rows[:1], 0, theme)
    return TableRow(height + theme.heads.above, rows[0], 0, theme.heads.above, "bottom")


def _top(theme: Theme) -> int:
    """The upper edge of every table: heads of one line are over the rule, and more of them move it down."""
    return theme.heads.rule - theme.heads.above - theme.line_height(theme.heads.size)


def _room(rows: Sequence[Row], box: Box, theme: Theme) -> int:
    """The height that is left for the rows under their heads."""
    return box.bottom - _top(theme) - _header(rows, theme).height


def _blocks(grid: Grid, tried: _Tried, parts: Sequence[range], box: Box, theme: Theme) -> list[TableBlock]:
    """The header and the rows of each part, with as much space as fits, the same in all."""
    style, least = theme.table.air, _least(grid, theme)
    size, rows, found = tried.size, tried.rows, tried.widths
    room = _room(rows, replace(box, height=min(box.bottom, theme.body.bottom - theme.body.air) - box.y), theme)
    shown = [[rows[index + 1] for index in part] for part in parts]
    airs = [(room - sum(_heights(part, 0, theme))) // (2 * max(1, len(part))) for part in shown]
    air = max(least, min(max(style.most, least), *airs))
    blocks = []
    for part in shown:
        last = len(part) - 2 if grid.total and part is shown[-1] else -1
        heights = _heights(part, air, theme)
        lines = [TableRow(heights[n], row, air, air, strong=n == last) for n, row in enumerate(part)]
        blocks.append(_table(grid, [_header(rows, theme), *lines], found, size, box, theme))
    return blocks


def _table(
    grid: Grid, lines: Sequence[TableRow], found: Sequence[int], size: float, box: Box, theme: Theme
) -> TableBlock:
    place = Box(box.x, _top(theme), box.width, sum(line.height for line in lines))
    return TableBlock("table", place, tuple(found), margins(grid.sides, theme), tuple(lines), size, grid.closed)


def _cut(grid: Grid, rows: Sequence[Row], box: Box, theme: Theme) -> list[range]:
    """The parts of a table that does not fit a page. Raises DeckError for a row that is higher than one."""
    heights = _heights(rows[1:], _least(grid, theme), theme)
    room = _room(rows, box, theme)
    if room < min(heights, default=0):
        header = max((p for cell in rows[0] for p in cell), key=lambda p: p.lines)
        if box.height - room > box.height // 2:
            found_lines = f"{header.lines} lines in the header leave no room for a row"
            raise fatal(header.text.origin, "text-overflow", found_lines, "shorten it")
    for height, origin in zip(heights, grid.origins, strict=True):
        if height > room:
            raise fatal(origin, "text-overflow", "the row is higher than a slide", "shorten it, or make two rows of it")
    return _partition(grid, heights, room) or partition(heights, room) or []


def _partition(grid: Grid, heights: Sequence[int], room: int) -> list[range] | None:
    """The rows of each part; the name of a group stays with the first of its rows."""
    starts = [n for n in range(len(heights)) if n - 1 not in grid.groups] or [0]
    atoms = [range(a, b) for a, b in zip(starts, [*starts[1:], len(heights)], strict=True)]
    begin = [n for n, atom in enumerate(atoms) if atom.start in grid.groups]
    parts = partition([sum(heights[n] for n in atom) for atom in atoms], room, group_starts=begin)
    return parts and [range(atoms[part[0]].start, atoms[part[-1]].stop) if part else part for part in parts]
