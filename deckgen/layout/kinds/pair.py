"""Two short Tables -> Page: one under the other, each beside what it is."""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.base import replace
from deckgen.deck.kinds.table import Table
from deckgen.deck.model import Run, Text
from deckgen.layout.flow import height_of, set_lines
from deckgen.layout.frame import Part, frame
from deckgen.layout.grid import fit, least_width
from deckgen.layout.kinds.table import grid_of
from deckgen.layout.layouts import head_rule, light
from deckgen.layout.measure import Placing, abreast
from deckgen.layout.pages import Block, Layout, Page, Paragraph, Slot, TableBlock, TextBlock
from deckgen.layout.theme import EMU, Box, Sizes, Theme

_NAME = "Two Tables"
_AIR = 8 * EMU  # at most, above and below the text of a row
_BETWEEN = 28 * EMU
_SEPARATOR = " · "


def is_short(slide: Table, theme: Theme) -> bool:
    """Whether a table may share a page: few rows, and nothing beside or under it."""
    extras = (slide.chart, slide.total, slide.footnote, slide.qr, slide.wanted)
    return 0 < len(slide.rows) <= theme.table.few.rows and not any(extras) and not slide.hidden


def layouts(theme: Theme) -> tuple[Layout, ...]:
    """The layout of two tables."""
    middle = _second(theme)
    slots: list[Slot] = []
    for number, (top, bottom) in enumerate(((theme.body.top, middle - _BETWEEN), (middle, theme.body.bottom)), 1):
        label, table = _columns(replace(theme.body_box, y=top, height=bottom - top), theme)
        below = theme.heads.rule - theme.heads.top + _AIR
        inner = replace(label, y=label.y + below, height=label.height - below)
        slots.append(Slot(f"label-{number}", "text", inner, theme.text.sizes[0], "What it is", bold=True))
        slots.append(Slot(f"table-{number}", "table", table, theme.table.sizes[0], "Table"))
    return (light(theme, _NAME, *slots),)


def place(upper: Table, lower: Table, theme: Theme) -> Placing[list[Page] | None]:
    """One page with both at one size, or None if they do not fit one."""
    air = replace(theme.table.air, most=_AIR)
    for size in theme.table.sizes:
        tight = replace(theme, table=replace(theme.table, air=air, sizes=Sizes([size])))
        both = yield from abreast(
            [_beside_label(number, slide, tight) for number, slide in enumerate((upper, lower), 1)]
        )
        blocks = _stacked(both, theme)
        if blocks:
            title = Text((*_head(upper.title).runs, Run(_SEPARATOR), *_head(lower.title).runs), upper.title.origin)
            shown = replace(upper, title=title, notes=_joined(upper.notes, lower.notes))
            [page] = yield from frame(shown, [Part(_NAME, tuple(blocks))], theme)
            return [replace(page, also=(lower.id,))]
    return None


Half = tuple[TextBlock, TableBlock]


def _beside_label(number: int, slide: Table, theme: Theme) -> Placing[Half | None]:
    """A table, and what it is, as if it were the first; None if a piece would be broken, or rows would not fit."""
    label, beside = _columns(theme.body_box, theme)
    grid = replace(grid_of(slide), alone=False)
    if (yield from least_width(grid, theme)) > beside.width:
        return None
    [table, *others] = yield from fit(grid, beside, theme)
    texts = [Paragraph(_head(slide.title), theme.text.sizes[0], bold=True)]
    tail = tuple(replace(run, text=run.text.strip()) for run in slide.title.runs if run.muted and run.text.strip())
    texts += [Paragraph(replace(slide.title, runs=tail), theme.table.under, "muted")] if tail else []
    lined = yield from set_lines([(p, theme.set_width(label.width)) for p in texts])
    y = table.box.y + table.rows[0].height + _AIR
    text = TextBlock(f"label-{number}", Box(label.x, y, label.width, height_of(lined, theme)), tuple(lined))
    return None if others else (text, replace(table, slot=f"table-{number}"))


def _stacked(halves: Sequence[Half | None], theme: Theme) -> list[Block]:
    """One table under the other, each with a rule over its label; nothing if the page is too short."""
    blocks: list[Block] = []
    top = int(theme.body.top)
    for half in halves:
        if half is None:
            return []
        text, table = (replace(one, box=replace(one.box, y=one.box.y + top - theme.body.top)) for one in half)
        rule = head_rule(theme, text.box, text.box.y - _AIR - theme.heads.rule)
        blocks += [rule, text, table]
        end = max(text.box.bottom, table.box.bottom)
        if end > theme.body.bottom:
            return []
        top = max(end + _BETWEEN, _second(theme))
    return blocks


def _second(theme: Theme) -> int:
    """The upper edge of the second table, at the least."""
    return theme.body.top + round((theme.body.bottom - theme.body.top) * 0.48)


def _columns(box: Box, theme: Theme) -> tuple[Box, Box]:
    quarter = theme.page.columns // 4
    return theme.span(0, quarter, box), theme.span(quarter, theme.page.columns, box)


def _head(title: Text) -> Text:
    return replace(title, runs=tuple(run for run in title.runs if not run.muted))


def _joined(*notes: Text | None) -> Text | None:
    known: Sequence[Text] = [text for text in notes if text]
    if len(known) < 2:
        return next(iter(known), None)
    return replace(known[0], runs=(*known[0].runs, Run("\n"), *known[1].runs))
