"""Widths of cells × room -> widths of columns: no cell wraps, or as few lines as possible; edges on the page's grid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from deckgen.base import Frozen
from deckgen.layout.pages import Align
from deckgen.layout.theme import Box, Theme

_MAX_TRIED = 24  # widths for a column
_MAX_ROWS = 300  # that widths are compared by


class Column(Frozen):
    """What a column needs, in EMU: the width of each cell on one line, the header first, and of its longest piece."""

    cells: tuple[int, ...]
    piece: int
    side: Align

    @property
    def widest(self) -> int:
        """The width at which no cell wraps."""
        return max(self.cells)


def margins(sides: Sequence[Align], theme: Theme) -> tuple[tuple[int, int], ...]:
    """The space left and right of the text of each column: the gutter right of words, and left of neighbour numbers."""
    gutter, last = theme.table.gutter, len(sides) - 1
    return tuple(
        (
            gutter if side == "right" and index and sides[index - 1] == "right" else 0,
            gutter if index < last and not side == sides[index + 1] == "right" else 0,
        )
        for index, side in enumerate(sides)
    )


def widths(columns: Sequence[Column], box: Box, theme: Theme) -> list[int] | None:
    """The widths of the columns, which fill the box; None if two pieces that no line breaks do not fit abreast."""
    asides = [sum(pair) for pair in margins([column.side for column in columns], theme)]
    least = [column.piece + aside for column, aside in zip(columns, asides, strict=True)]
    if sum(least) > box.width:
        return None
    wanted = [column.widest + aside for column, aside in zip(columns, asides, strict=True)]
    if sum(wanted) <= box.width:
        return _shared([*_snapped(wanted, columns, box, theme)], columns, box.width)
    return _fewest_lines(columns, asides, least, box, theme)


def squeezed(columns: Sequence[Column], box: Box, theme: Theme) -> list[int]:
    """Widths for pieces that do not fit side by side: the widest are broken first."""
    asides = [sum(pair) for pair in margins([column.side for column in columns], theme)]
    room = box.width - sum(asides)
    cap = float(max(column.piece for column in columns))
    while cap > 1 and sum(min(column.piece, cap) for column in columns) > room:
        cap *= 0.95
    found = [int(min(column.piece, cap)) + aside for column, aside in zip(columns, asides, strict=True)]
    found[-1] += box.width - sum(found)
    return found


def _snapped(wanted: Sequence[int], columns: Sequence[Column], box: Box, theme: Theme) -> Iterable[int]:
    """Widths with the left edges of the columns on lines of the grid, as far as there is room."""
    x, rest = box.x, sum(wanted)
    for index, width in enumerate(wanted):
        rest -= width
        if index + 1 < len(columns) and columns[index + 1].side == "left":
            edge = _grid_line_after(x + width, theme)
            width = edge - x if edge + rest <= box.x + box.width else width
        x += width
        yield width


def _grid_line_after(x: int, theme: Theme) -> int:
    return next((line for n in range(theme.page.columns) if (line := theme.grid_line(n)) >= x), theme.page.width)


def _shared(found: list[int], columns: Sequence[Column], width: int) -> list[int]:
    """The widths with the rest of the room: to the last column of words, or to numbers beside a single one."""
    rest = width - sum(found)
    words = [index for index, column in enumerate(columns) if column.side == "left"]
    takers = words[-1:] if len(words) != 1 or len(columns) == 1 else [n for n in range(len(columns)) if n not in words]
    for index in takers or [len(columns) - 1]:
        found[index] += rest // len(takers or [0])
    found[-1] += width - sum(found)
    return found


def _fewest_lines(
    columns: Sequence[Column], asides: Sequence[int], least: Sequence[int], box: Box, theme: Theme
) -> list[int]:
    """Widths at which the rows take the fewest lines together, and then the fewest cells wrap."""
    more = [column.widest + aside - low for column, aside, low in zip(columns, asides, least, strict=True)]
    spare = box.width - sum(least)
    best = [low + spare * extra // (sum(more) or 1) for low, extra in zip(least, more, strict=True)]
    taker = max(range(len(columns)), key=lambda index: columns[index].widest)
    best[taker] += box.width - sum(best)
    cost = _cost(columns, asides, best)
    for index in (n for n in range(len(columns)) if n != taker):
        left = box.x + sum(best[:index])
        lines = [theme.grid_line(n) - left for n in range(theme.page.columns)] if index < taker else []
        for width in (*lines, *_tried(columns[index], asides[index])):
            other = best[taker] - (width - best[index])
            if width < least[index] or other < least[taker]:
                continue
            found = [width if n == index else other if n == taker else one for n, one in enumerate(best)]
            if (now := _cost(columns, asides, found)) < cost:
                best, cost = found, now
    return best


def _tried(column: Column, aside: int) -> list[int]:
    cells = sorted(set(column.cells))
    step = -(-len(cells) // _MAX_TRIED)
    return [cell + aside for cell in cells[::-step]]


def _cost(columns: Sequence[Column], asides: Sequence[int], found: Sequence[int]) -> tuple[int, int]:
    """The lines of all rows, and the cells that wrap."""
    rooms = [max(1, width - aside) for width, aside in zip(found, asides, strict=True)]
    lines = wrapped = 0
    for row in zip(*(column.cells[:_MAX_ROWS] for column in columns), strict=True):
        counts = [-(-cell // room) for cell, room in zip(row, rooms, strict=True)]
        lines += max(counts)
        wrapped += sum(count > 1 for count in counts)
    return lines, wrapped
