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
from deckgen.layout.measure import Placing
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
    for size in theme.table.sizes:
        air = replace(theme.table.air, most=_AIR)
        tight = replace(theme, table=replace(theme.table, air=air, sizes=Sizes([size])))
        blocks = yield from _blocks((upper, lower), tight)
        if blocks:
            title = Text((*_head(upper.title).runs, Run(_SEPARATOR), *_head(lower.title).runs), upper.title.origin)
            both = replace(upper, title=title, notes=_joined(upper.notes, lower.notes))
            [page] = yield from frame(both, [Part(_NAME, tuple(blocks))], theme)
            return [replace(page, also=(lower.id,))]
    return None


def _blocks(slides: Sequence[Table], theme: Theme) -> Placing[list[Block]]:
    """Both tables with their labels; nothing if a piece would be broken, or the page is too short."""
    blocks: list[Block] = []
    top = int(theme.body.top)
    for number, slide in enumerate(slides, 1):
        label, beside = _columns(theme.body_box, theme)
        grid = replace(grid_of(slide), alone=False)
        if (yield from least_width(grid, theme)) > beside.width:
            return []
        [table, *others] = yield from fit(grid, beside, theme)
        made = yield from _labelled(number, slide.title, label, table, top, theme)
        blocks += made
        end = max(block.box.bottom for block in made)
        if others or end > theme.body.bottom:
            return []
        top = max(end + _BETWEEN, _second(theme))
    return blocks


def _second(theme: Theme) -> int:
    """The upper edge of the second table, at the least."""
    return theme.body.top + round((theme.body.bottom - theme.body.top) * 0.48)


def _columns(box: Box, theme: Theme) -> tuple[Box, Box]:
    quarter = theme.page.columns // 4
    return theme.span(0, quarter, box), theme.span(quarter, theme.page.columns, box)


def _labelled(number: int, title: Text, label: Box, table: TableBlock, top: int, theme: Theme) -> Placing[list[Block]]:
    """A table whose heads begin at `top`, and beside it its title on a rule of its own."""
    place = replace(table.box, y=table.box.y + top - theme.body.top)
    rule = head_rule(theme, label, place.y + table.rows[0].height - theme.heads.rule)
    texts = [Paragraph(_head(title), theme.text.sizes[0], bold=True)]
    tail = tuple(replace(run, text=run.text.strip()) for run in title.runs if run.muted and run.text.strip())
    texts += [Paragraph(replace(title, runs=tail), theme.table.under, "muted")] if tail else []
    lined = yield from set_lines([(p, theme.set_width(label.width)) for p in texts])
    box = Box(label.x, rule.box.bottom + _AIR, label.width, height_of(lined, theme))
    return [rule, TextBlock(f"label-{number}", box, tuple(lined)), replace(table, slot=f"table-{number}", box=place)]


def _head(title: Text) -> Text:
    return replace(title, runs=tuple(run for run in title.runs if not run.muted))


def _joined(*notes: Text | None) -> Text | None:
    known: Sequence[Text] = [text for text in notes if text]
    if len(known) < 2:
        return next(iter(known), None)
    return replace(known[0], runs=(*known[0].runs, Run("\n"), *known[1].runs))
