"""Theme -> the parts of a Layout that several kinds share: its title and foot, columns, a chart, a call to action."""

from __future__ import annotations

from deckgen.base import Frozen
from deckgen.layout.pages import Layout, RuleBlock, Slot
from deckgen.layout.theme import Box, Theme


class Foot(Frozen):
    """The foot of a page: the name of the meeting on the left, and the page number on the right."""

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


def abreast(theme: Theme, count: int, gap: int) -> list[Box]:
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


def light(theme: Theme, name: str, *slots: Slot) -> Layout:
    """A page on a light ground: these slots between its title and its footnote."""
    size = theme.title.sizes[0]
    title = Slot("title", "title", theme.title_box, size, "Click to add a title", bold=True, anchor="bottom")
    height = theme.line_height(theme.footnote.size)
    body = theme.body_box
    box = Box(body.x, body.bottom - height, body.width, height)
    footnote = Slot("footnote", "text", box, theme.footnote.size, "Footnote", "muted", anchor="bottom")
    return Layout(name, (title, *slots, footnote), RuleBlock(theme.title_rule_box, "accent"))


def dark(theme: Theme, name: str, beside: Box, *slots: Slot) -> Layout:
    """A page on a dark ground without a foot, its bar as high as `beside`."""
    bar = Box(theme.dark.bar.left, beside.y, theme.dark.bar.width, beside.height)
    return Layout(name, slots, RuleBlock(bar, "accent-on-ink"), ground="ink", foot=False)


def chart_slots(theme: Theme) -> tuple[Slot, Slot]:
    """The slots of the title of a chart, and of the chart."""
    _, right = beside_chart(theme)
    title = Slot("chart-title", "text", right, theme.chart.title, "What the chart shows", "muted", True)
    return title, Slot("chart", "chart", theme.body_box, 18, "Chart")


def callout_slot(theme: Theme) -> Slot:
    """The slot of a call to action."""
    size = theme.callout.size
    height = theme.line_height(size) + theme.callout.padding
    body = theme.body_box
    box = Box(body.x, body.bottom - height, body.width, height)
    padding = theme.callout.padding
    return Slot("callout", "text", box, size, "What to do", anchor="middle", fill="tint", padding=padding)


def slot_of(layout: Layout, name: str) -> Slot:
    """The slot of this name; an unknown name is a bug."""
    return next(slot for slot in layout.slots if slot.name == name)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, each six hexadecimal digits (WCAG 2.2, 1.4.3): 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
