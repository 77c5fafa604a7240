"""Columns -> Pages: entries filled down even columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from deckgen.base import replace
from deckgen.deck.kinds.columns import Columns
from deckgen.layout.flow import Gaps, fit_columns, group_paragraphs, set_lines
from deckgen.layout.frame import Part, frame, inside
from deckgen.layout.layouts import abreast, callout_slot, head_box, head_rule, light
from deckgen.layout.measure import Ask, Placing
from deckgen.layout.pages import Block, Layout, Page, Paragraph, Slot, TextBlock
from deckgen.layout.theme import EMU, Box, Theme

_PLAIN, _HEADED = "Columns", "Columns with Heads"


def layouts(theme: Theme) -> tuple[Layout, ...]:
    """The layouts of entries in columns, and of columns under heads."""
    size = theme.text.sizes[0]
    boxes = abreast(theme, 4, theme.columns.gap)
    prompt = "Click to add entries"
    plain = [Slot(f"body-{i}", "text", box, size, prompt) for i, box in enumerate(boxes, 1)]
    under = [Slot(f"body-{i}", "text", _under(box, theme), size, prompt) for i, box in enumerate(boxes, 1)]
    heads = [
        Slot(f"head-{i}", "text", head_box(theme, box, size), size, "Click to add a heading", bold=True)
        for i, box in enumerate(boxes, 1)
    ]
    called = callout_slot(theme)
    return light(theme, _PLAIN, *plain, called), light(theme, _HEADED, *heads, *under, called)


def place(slide: Columns, theme: Theme) -> Placing[list[Page]]:
    """Entries filled down even columns; a heading spans the columns of its group, and short groups share a column."""
    box = yield from inside(slide, theme)
    headed = any(group.heading for group in slide.groups)
    room = _under(box, theme) if headed else box
    groups = [group_paragraphs(group, bullet=False) for group in slide.groups]
    ems = yield [Ask(p.text.runs, p.bold) for group in groups for p in group if not p.heading]
    parts: list[Part] = []
    for size in theme.text.sizes:
        count = _count(slide.columns, max(ems, default=0) * size * EMU, theme)
        least = theme.table.air.least
        pages = _fill(groups, (room.height + least) // (theme.line_height(size) + least), count)
        if len(pages) > 1 and size != theme.text.sizes[-1]:
            continue
        parts = []
        for columns in pages:
            parts += yield from _parts(columns, size, room, count, theme)
        if len(parts) == len(pages):
            break
    return (yield from frame(slide, parts, theme))


def _under(box: Box, theme: Theme) -> Box:
    """The part of a box under heads of one line."""
    top = theme.heads.rule + theme.heads.below
    return replace(box, y=top, height=box.bottom - top)


def _count(most: int, widest: float, theme: Theme) -> int:
    """As many columns as hold the widest entry on one line, and at least two of them."""
    rooms = {count: theme.set_width(abreast(theme, count, theme.columns.gap)[0].width) for count in range(2, most + 1)}
    return next((count for count in reversed(rooms) if widest <= rooms[count]), min(2, most))


def _gap(theme: Theme) -> int:
    return theme.columns.pitch - theme.line_height(theme.text.sizes[0])


def _parts(
    columns: Sequence[Sequence[Paragraph]], size: float, room: Box, count: int, theme: Theme
) -> Placing[list[Part]]:
    """Columns as blocks, with the heads that begin one over it and those of its group that go on."""
    boxes = abreast(theme, count, theme.columns.gap)
    heads = [column[0] if column and column[0].heading else None for column in columns]
    bodies = [column[1:] if head else column for column, head in zip(columns, heads, strict=True)]
    over = yield from _heads(heads, boxes, theme)
    drop = max((block.box.height for block in over), default=0)
    drop = max(0, drop - theme.line_height(theme.text.sizes[0]))
    room = replace(room, y=room.y + drop, height=room.height - drop)
    gaps = Gaps(theme.table.air.least, _gap(theme))
    fit = yield from fit_columns(bodies, [box.width for box in boxes[: len(bodies)]], room.height, theme, [size], gaps)
    ruled: list[Block] = [block for head in over for block in (head, head_rule(theme, head.box, drop))]
    parts = []
    for part in fit.parts:
        entries: list[Block] = [
            TextBlock(f"body-{index}", replace(room, x=box.x, width=box.width), tuple(_spaced(column, theme)))
            for index, (column, box) in enumerate(zip(part, boxes, strict=False), 1)
            if column
        ]
        parts.append(Part(_HEADED if over else _PLAIN, (*ruled, *entries)))
    return parts


def _heads(heads: Sequence[Paragraph | None], boxes: Sequence[Box], theme: Theme) -> Placing[list[TextBlock]]:
    """Each head over its column, and over those after it up to the next head."""
    starts = [index for index, head in enumerate(heads) if head]
    size = theme.text.sizes[0]
    spans = []
    for start, end in pairwise([*starts, len(heads)]):
        last = boxes[end - 1]
        spans.append(replace(boxes[start], width=last.x + last.width - boxes[start].x))
    flat = [
        (replace(head, size=size), theme.set_width(span.width))
        for head, span in zip((head for head in heads if head), spans, strict=True)
    ]
    lined = yield from set_lines(flat)
    return [
        TextBlock(f"head-{start + 1}", head_box(theme, span, size, line.lines), (line,))
        for start, span, line in zip(starts, spans, lined, strict=True)
    ]


def _spaced(column: Sequence[Paragraph], theme: Theme) -> list[Paragraph]:
    """The entries; a heading in the middle of a column has an empty line over it, which `_flow` counts."""
    return [
        replace(p, before=p.before + theme.line_height(p.size)) if p.heading and index else p
        for index, p in enumerate(column)
    ]


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
