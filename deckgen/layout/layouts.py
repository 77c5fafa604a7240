"""Theme -> Layouts: the kinds of page of the PowerPoint master, with the slots that blocks are put in."""

from __future__ import annotations

from typing import Literal

from deckgen.base import Frozen
from deckgen.layout.levels import Level, levels
from deckgen.layout.pages import RuleBlock
from deckgen.layout.theme import Box, Theme

SlotKind = Literal["title", "subtitle", "body", "text", "table", "chart", "picture"]


class Slot(Frozen):
    """A placeholder: its name is unique in the layout; `prompt` is what an empty one says."""

    name: str
    kind: SlotKind
    box: Box
    size: float
    prompt: str
    colour: str = "ink"
    bold: bool = False
    anchor: Literal["top", "middle", "bottom"] = "top"
    fill: str = ""
    padding: int = 0
    levels: tuple[Level, ...] = ()


class Layout(Frozen):
    """A kind of page: `mark` is the rule under its title or the bar beside it, `ground` a role of the theme.

    With `foot`, the name of the meeting and the page number stand under it.
    """

    name: str
    slots: tuple[Slot, ...]
    mark: RuleBlock
    ground: str = "paper"
    foot: bool = True


class Foot(Frozen):
    """What stands at the foot of a page: the name of the meeting on the left, and the page number on the right."""

    name: Box
    number: Box
    size: float
    colour: str = "muted"


class Edge(Frozen):
    """A line in a table: how thick it is in EMU, and its colour as a role of the theme."""

    width: int
    colour: str


def foot(theme: Theme) -> Foot:
    """The foot of every page that has one."""
    box = theme.footer_box
    quarter = box.width // 4
    number = Box(box.x + 3 * box.width // 4, box.y, quarter, box.height)
    return Foot(Box(box.x, box.y, 3 * quarter, box.height), number, theme.footer.size)


def table_edges(theme: Theme) -> tuple[Edge, Edge]:
    """The line under a row, and that under the header."""
    return Edge(theme.table.rule, "rule"), Edge(theme.table.header_rule, "ink")


def layouts(theme: Theme) -> tuple[Layout, ...]:
    """Every layout, in the order PowerPoint offers them."""
    body = theme.body_box
    size = theme.text.sizes[0]
    whole = Slot("body-1", "body", body, size, "Click to add text", levels=levels(theme, size))
    table = Slot("table", "table", body, theme.table.sizes[0], "Table")
    chart = Slot("chart", "chart", body, 18, "Chart")
    left, right = beside_chart(theme)
    chart_title = Slot("chart-title", "text", right, theme.chart.title, "What the chart shows", "muted", True)
    return (
        opening(theme),
        _light(theme, "Bullets", whole, _callout(theme)),
        _light(theme, "Two Groups", *_groups(theme, 2), _callout(theme)),
        _light(theme, "Three Groups", *_groups(theme, 3), _callout(theme)),
        _light(theme, "Columns", *_entries(theme), _callout(theme)),
        _light(theme, "Table", table),
        _light(theme, "Table and Chart", Slot("table", "table", left, 18, "Table"), chart_title, chart),
        _light(theme, "Figure", Slot("picture", "picture", body, 18, "Picture"), _caption(theme)),
        _light(theme, "Key Figures", *_figures(theme), chart_title, chart),
        _light(theme, "Chart", chart_title, chart),
        statement(theme),
    )


def columns(theme: Theme, count: int, gap: int) -> list[Box]:
    """The body in `count` boxes of one width, side by side."""
    body = theme.body_box
    width = (body.width - gap * (count - 1)) // count
    return [Box(body.x + i * (width + gap), body.y, width, body.height) for i in range(count)]


def beside_chart(theme: Theme) -> tuple[Box, Box]:
    """The body in two boxes: the left one for a table, the right one for its chart."""
    body, gap = theme.body_box, theme.chart.gap
    width = round(body.width * theme.chart.share)
    left = Box(body.x, body.y, body.width - width - gap, body.height)
    return left, Box(left.x + left.width + gap, body.y, width, body.height)


def _light(theme: Theme, name: str, *slots: Slot) -> Layout:
    size = theme.title.sizes[0]
    title = Slot("title", "title", theme.title_box, size, "Click to add a title", bold=True, anchor="bottom")
    height = theme.line_height(theme.footnote.size)
    body = theme.body_box
    box = Box(body.x, body.bottom - height, body.width, height)
    footnote = Slot("footnote", "text", box, theme.footnote.size, "Footnote", "muted", anchor="bottom")
    return Layout(name, (title, *slots, footnote), RuleBlock(theme.title_rule_box, "accent"))


def _groups(theme: Theme, count: int) -> list[Slot]:
    size = theme.text.sizes[0]
    boxes = columns(theme, count, theme.body.column_gap)
    own = levels(theme, size)
    return [Slot(f"body-{i + 1}", "body", box, size, "Click to add text", levels=own) for i, box in enumerate(boxes)]


def _entries(theme: Theme) -> list[Slot]:
    size = theme.text.sizes[0]
    boxes = columns(theme, 4, theme.columns.gap)
    return [Slot(f"body-{i + 1}", "text", box, size, "Click to add entries") for i, box in enumerate(boxes)]


def _figures(theme: Theme) -> list[Slot]:
    size = theme.key_figures.values[-1]
    boxes = columns(theme, 4, theme.body.column_gap)
    return [Slot(f"figure-{i + 1}", "text", box, size, "0", "accent", True) for i, box in enumerate(boxes)]


def _callout(theme: Theme) -> Slot:
    size = theme.callout.size
    height = theme.line_height(size) + theme.callout.padding
    body = theme.body_box
    box = Box(body.x, body.bottom - height, body.width, height)
    padding = theme.callout.padding
    return Slot("callout", "text", box, size, "What to do", anchor="middle", fill="tint", padding=padding)


def _caption(theme: Theme) -> Slot:
    size = theme.caption.sizes[0]
    height = theme.line_height(size)
    body = theme.body_box
    box = Box(body.x, body.bottom - 2 * height, body.width, height)
    return Slot("caption", "text", box, size, "Caption", "muted")


def opening(theme: Theme) -> Layout:
    """The layout of the first page."""
    style = theme.dark.opening
    title = theme.dark_box(style.top, style.height)
    subtitle = theme.dark_box(style.subtitle_top, theme.line_height(style.subtitle))
    lines = theme.dark_box(style.lines_top, style.bottom - style.lines_top)
    slots = (
        Slot("title", "title", title, style.sizes[0], "Name of the meeting", "paper", True, "bottom"),
        Slot("subtitle", "subtitle", subtitle, style.subtitle, "Which and where", "paper"),
        Slot("lines", "text", lines, style.lines, "Who and when", "muted-on-ink"),
    )
    bar = _bar(theme, Box(0, title.y, 0, subtitle.bottom - title.y))
    return Layout("Title", slots, bar, ground="ink", foot=False)


def statement(theme: Theme) -> Layout:
    """The layout of a page with one thing to say."""
    style = theme.dark.statement
    title = theme.dark_box(style.top, style.height)
    lines = theme.dark_box(style.lines_top, style.bottom - style.lines_top)
    slots = (
        Slot("title", "title", title, style.sizes[0], "One thing to say", "paper", True, "middle"),
        Slot("lines", "text", lines, style.lines, "More about it", "accent-on-ink"),
    )
    return Layout("Statement", slots, _bar(theme, title), ground="ink", foot=False)


def _bar(theme: Theme, beside: Box) -> RuleBlock:
    box = Box(theme.dark.bar.left, beside.y, theme.dark.bar.width, beside.height)
    return RuleBlock(box, "accent-on-ink")


def slot_of(layout: Layout, name: str) -> Slot:
    """The slot of this name; a name that is none is a bug."""
    return next(slot for slot in layout.slots if slot.name == name)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, each six hexadecimal digits (WCAG 2.2, 1.4.3): 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
