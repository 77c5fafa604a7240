"""Columns -> Pages: entries filled down even columns."""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.base import replace
from deckgen.deck.kinds.columns import Columns
from deckgen.layout.flow import Fit, Gaps, fit_columns, group_paragraphs, height_of
from deckgen.layout.frame import Part, frame, inside
from deckgen.layout.layouts import abreast, callout_slot, light
from deckgen.layout.measure import Ask, Placing
from deckgen.layout.pages import Layout, Page, Paragraph, Slot, TextBlock
from deckgen.layout.theme import EMU, Box, Theme


def layouts(theme: Theme) -> tuple[Layout, ...]:
    """The layout of entries in columns."""
    size = theme.text.sizes[0]
    boxes = abreast(theme, 4, theme.columns.gap)
    entries = [Slot(f"body-{i + 1}", "text", box, size, "Click to add entries") for i, box in enumerate(boxes)]
    return (light(theme, "Columns", *entries, callout_slot(theme)),)


def place(slide: Columns, theme: Theme) -> Placing[list[Page]]:
    """Entries filled down even columns; a group keeps its heading, and short groups share a column."""
    box = yield from inside(slide, theme)
    groups = [group_paragraphs(group, bullet=False) for group in slide.groups]
    ems = yield [Ask(p.text.runs, p.bold) for group in groups for p in group]
    parts: list[Part] = []
    for size in theme.text.sizes:
        count = _count(slide.columns, max(ems, default=0) * size * EMU, theme)
        width = abreast(theme, count, theme.columns.gap)[0].width
        least = theme.table.air.least
        pages = _fill(groups, (box.height + least) // (theme.line_height(size) + least), count)
        if len(pages) > 1 and size != theme.text.sizes[-1]:
            continue
        parts, over = yield from _set_pages(pages, width, box.height, size, box, count, theme)
        if over > 0:  # headings of different heights moved entries down; less space may be enough
            parts, over = yield from _set_pages(pages, width, box.height - over, size, box, count, theme)
        if len(parts) == len(pages) and over <= 0:
            break
    return (yield from frame(slide, parts, theme))


def _count(most: int, widest: float, theme: Theme) -> int:
    """As many columns as hold the widest entry on one line, and at least two of them."""
    rooms = {count: theme.set_width(abreast(theme, count, theme.columns.gap)[0].width) for count in range(2, most + 1)}
    return next((count for count in reversed(rooms) if widest <= rooms[count]), min(2, most))


def _gap(theme: Theme) -> int:
    return theme.columns.pitch - theme.line_height(theme.text.sizes[0])


def _set_pages(
    pages: Sequence[Sequence[Sequence[Paragraph]]],
    width: int,
    height: int,
    size: float,
    box: Box,
    count: int,
    theme: Theme,
) -> Placing[tuple[list[Part], int]]:
    """The parts at one size, and how far their lowest block extends past the box."""
    parts: list[Part] = []
    gaps = Gaps(theme.table.air.least, _gap(theme))
    for columns in pages:
        fit = yield from fit_columns(columns, [width] * len(columns), height, theme, [size], gaps)
        parts += _column_parts(fit, count, box, theme)
    blocks = [block for part in parts for block in part.blocks if isinstance(block, TextBlock)]
    return parts, max((height_of(b.paragraphs, theme) - b.box.height for b in blocks), default=0)


def _fill(groups: Sequence[Sequence[Paragraph]], most: int, count: int) -> list[list[list[Paragraph]]]:
    """Pages of at most `count` columns: as few pages as possible, then as few rows."""
    pages = -(-len(_flow(groups, most)) // count)
    rows = next((r for r in range(2, most) if len(_flow(groups, r)) <= pages * count), most)
    columns = _flow(groups, rows)
    return [columns[i : i + count] for i in range(0, len(columns), count)] or [[[]]]


def _flow(groups: Sequence[Sequence[Paragraph]], rows: int) -> list[list[Paragraph]]:
    """Columns of at most `rows`; a group begins a column unless all of it fits under the one before."""
    columns: list[list[Paragraph]] = []
    for group in groups:
        if columns and group and len(columns[-1]) + len(group) + 1 <= rows:
            columns[-1] += group
            continue
        heads = 1 if group and group[0].heading else 0
        first, rest = list(group[: max(rows, heads + 1)]), group[max(rows, heads + 1) :]
        columns.append(first)
        step = max(1, rows - heads)
        columns += [list(rest[i : i + step]) for i in range(0, len(rest), step)]
    return columns


def _column_parts(fit: Fit, count: int, box: Box, theme: Theme) -> list[Part]:
    """Columns as blocks; the entries of all columns start at the same height, below any heading."""
    boxes = abreast(theme, count, theme.columns.gap)
    parts = []
    for columns in fit.parts:
        drop = max((_head_height(column, theme) for column in columns if column), default=0)
        blocks = []
        for index, (column, place) in enumerate(zip(columns, boxes, strict=False)):
            if not column:
                continue
            set_column = [_under_rest(p, theme) if p.heading and i else p for i, p in enumerate(column)]
            y = box.y
            if column[0].heading:
                extra = drop - _head_height(column, theme)
                set_column[1:2] = [replace(p, before=p.before + extra) for p in set_column[1:2]]
            else:
                y += drop
            bounds = Box(place.x, y, place.width, box.bottom - y)
            blocks.append(TextBlock(f"body-{index + 1}", bounds, tuple(set_column)))
        parts.append(Part("Columns", tuple(blocks)))
    return parts


def _head_height(column: Sequence[Paragraph], theme: Theme) -> int:
    """How far the first entry of a column is moved down by its heading."""
    if not column[0].heading:
        return 0
    after = column[1].before if len(column) > 1 else 0
    return column[0].lines * theme.line_height(column[0].size) + after


def _under_rest(heading: Paragraph, theme: Theme) -> Paragraph:
    """A heading in the middle of a column has an empty line over it, which `_flow` counts."""
    return replace(heading, before=heading.before + theme.line_height(heading.size))
