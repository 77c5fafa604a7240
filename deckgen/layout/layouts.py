"""Theme -> the parts of a Layout that several kinds share: its title and foot, columns, a chart, a call to action."""

from __future__ import annotations

from deckgen.base import Frozen, replace
from deckgen.layout.pages import Layout, RuleBlock, Slot
from deckgen.layout.theme import Box, Theme


class Foot(Frozen):
    """The foot of a page: the page number, and the name of the meeting right of it; the colours are roles."""

    number: Box
    name: Box
    size: float
    colour: str
    number_colour: str


class Edge(Frozen):
    """A line in a table: how thick it is in EMU, and its colour as a role of the theme."""

    width: int
    colour: str


def foot(theme: Theme, ground: str = "paper") -> Foot:
    """The foot of every page on this ground that has one."""
    box, wide = theme.footer_box, theme.footer.number
    name = Box(box.x + wide, box.y, box.width - wide, box.height)
    colours = ("muted", "muted") if ground == "paper" else ("muted-on-opener", "muted-on-opener")
    return Foot(replace(box, width=wide), name, theme.footer.size, *colours)


def table_edges(theme: Theme) -> tuple[Edge, Edge]:
    """The line under a row, and that under the header."""
    return Edge(theme.table.rule, "rule"), Edge(theme.table.header_rule, "ink")


def abreast(theme: Theme, count: int, gap: int) -> list[Box]:
    """The body in `count` boxes of one width, side by side."""
    body = theme.body_box
    width = (body.width - gap * (count - 1)) // count
    return [Box(body.x + i * (width + gap), body.y, width, body.height) for i in range(count)]


def head_rule(theme: Theme, box: Box, drop: int = 0) -> RuleBlock:
    """The rule under a head, over the width of a box; `drop` is how much lower it is because a head has two lines."""
    width = theme.table.header_rule
    return RuleBlock(Box(box.x, theme.heads.rule + drop - width, box.width, width), "ink")


def head_box(theme: Theme, box: Box, size: float, lines: int = 1) -> Box:
    """The box of a head of so many lines; more than one moves the rule under it down."""
    line = theme.line_height(size)
    bottom = theme.heads.rule - theme.heads.above
    return Box(box.x, bottom - line, box.width, lines * line)


def under_heads(theme: Theme) -> Box:
    """The body under heads of one line and their rule."""
    top = theme.heads.rule + theme.heads.below
    return replace(theme.body_box, y=top, height=theme.body.bottom - top)


_MIN_SHARE = 0.3  # of the width, for a chart beside a wide table


def beside_chart(theme: Theme, table: int = 0) -> tuple[Box, Box]:
    """The body in two boxes: the left one for a table, at least so wide, the right one for its chart."""
    body, gap = theme.body_box, theme.page.gutter * 2
    share, least = round(body.width * theme.chart.share), round(body.width * _MIN_SHARE)
    width = max(least, min(share, body.width - gap - table))
    left = Box(body.x, body.y, body.width - width - gap, body.height)
    return left, Box(left.x + left.width + gap, body.y, width, body.height)


def light(theme: Theme, name: str, *slots: Slot) -> Layout:
    """A page on a light ground: these slots between its title and its footnote, each over what is at the foot."""
    size = theme.title.sizes[0]
    title = Slot("title", "title", theme.title_box, size, "Click to add a title", bold=True)
    footnote = _footnote(theme, "muted")
    kept: list[Slot] = []
    limit = footnote.box.y - theme.footnote.gap
    for slot in reversed(slots):
        at_foot = slot.name == "callout"
        kept.insert(0, slot if at_foot else _over(slot, limit))
        limit = slot.box.y - theme.callout.gap if at_foot else limit
    return Layout(name, (title, *kept, footnote))


def _footnote(theme: Theme, colour: str) -> Slot:
    """The slot of a footnote of one line."""
    body, height = theme.body_box, theme.line_height(theme.footnote.size)
    box = Box(body.x, body.bottom - height, body.width, height)
    return Slot("footnote", "text", box, theme.footnote.size, "Footnote", colour, anchor="bottom")


def _over(slot: Slot, limit: int) -> Slot:
    return replace(slot, box=replace(slot.box, height=min(slot.box.bottom, limit) - slot.box.y))


def opener(theme: Theme, name: str, *slots: Slot, foot: bool = True) -> Layout:
    """A page on the ground of an opener, with the horizon: these slots over its footnote."""
    horizon, body = theme.horizon, theme.body_box
    line = Box(body.x, horizon.rule - horizon.thickness // 2, body.width, horizon.thickness)
    footnote = _footnote(theme, "muted-on-opener")
    kept = [_over(slot, footnote.box.y - theme.footnote.gap) for slot in slots]
    return Layout(name, (*kept, footnote), (RuleBlock(line, "accent-on-opener"),), ground="opener", foot=foot)


def chart_slots(theme: Theme, box: Box) -> tuple[Slot, Slot]:
    """The slots of the title of a chart, and of the chart under it, in a box."""
    head = head_box(theme, box, theme.chart.title)
    title = Slot("chart-title", "text", head, theme.chart.title, "What the chart shows", "muted", anchor="bottom")
    under = replace(box, y=theme.heads.rule, height=box.bottom - theme.heads.rule)
    return title, Slot("chart", "chart", under, 18, "Chart")


def callout_slot(theme: Theme) -> Slot:
    """The slot of a call to action, over that of the footnote."""
    style, body = theme.callout, theme.body_box
    bottom = body.bottom - theme.line_height(theme.footnote.size) - theme.footnote.gap
    box = Box(body.x - style.overhang, bottom - style.height, body.width + 2 * style.overhang, style.height)
    return Slot("callout", "text", box, style.size, "What to do", anchor="middle", fill="tint", padding=style.overhang)


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
