"""Figures, key figures and charts -> Parts: pictures in their proportions, numbers in large type."""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.base import replace
from deckgen.deck.kinds.chart import ChartSlide
from deckgen.deck.kinds.figure import Figure
from deckgen.deck.kinds.key_figures import KeyFigures
from deckgen.deck.model import Chart
from deckgen.layout.flow import plain_paragraphs, set_lines
from deckgen.layout.frame import Part, fit_lines, inside
from deckgen.layout.layouts import columns
from deckgen.layout.measure import Ask, Placing
from deckgen.layout.pages import Block, Paragraph, PictureBlock, TextBlock
from deckgen.layout.plot import plot
from deckgen.layout.theme import EMU, Box, Theme
from deckgen.problems import fatal


def place_figure(slide: Figure, theme: Theme) -> Placing[Sequence[Part]]:
    """The picture as large as it goes with its caption under it; without it, the caption alone."""
    box = yield from inside(slide, theme)
    sizes = theme.caption.sizes
    if slide.picture is None:
        if not slide.caption:
            return [Part("Figure", ())]
        lined = yield from fit_lines(plain_paragraphs(slide.caption, "muted"), box, sizes, theme)
        return [Part("Figure", (TextBlock("caption", box, tuple(lined)),))]
    blocks: list[Block] = []
    room = box
    if slide.caption:
        most = replace(box, height=box.height // 3)
        lined = yield from fit_lines(plain_paragraphs(slide.caption, "muted"), most, sizes, theme)
        height = sum(p.lines * theme.line_height(p.size) for p in lined)
        caption = Box(box.x, box.bottom - height, box.width, height)
        room = replace(box, height=box.height - height - theme.footnote.gap)
        blocks.append(TextBlock("caption", caption, tuple(lined)))
    picture = slide.picture
    scale = min(room.width / picture.width, room.height / picture.height)
    width, height = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    place = Box(room.x + (room.width - width) // 2, room.y + (room.height - height) // 2, width, height)
    return [Part("Figure", (PictureBlock("picture", place, picture), *blocks))]


def place_key_figures(slide: KeyFigures, theme: Theme) -> Placing[Sequence[Part]]:
    """Numbers in large type over what they count, all of one size."""
    box = yield from inside(slide, theme)
    places = columns(theme, max(2, len(slide.figures)), theme.body.column_gap)
    if len(slide.figures) == 1:
        places = [box]
    ems = yield [Ask(figure.value.runs, bold=True) for figure in slide.figures]
    sizes = theme.key_figures.values
    room = theme.set_width(places[0].width)
    size = next((s for s in sizes if max(ems) * s * EMU <= room), sizes[-1])
    label = theme.key_figures.label
    flat = []
    for figure in slide.figures:
        flat.append((Paragraph(figure.value, size, "accent", bold=True), room))
        flat.append((Paragraph(figure.label, label, "muted"), room))
    lined = yield from set_lines(flat)
    blocks = []
    height = max(sum(p.lines * theme.line_height(p.size) for p in lined[i : i + 2]) for i in range(0, len(lined), 2))
    if height > box.height:
        label_lines = max(lined[1::2], key=lambda p: p.lines)
        told = f"a number and {label_lines.lines} lines under it do not fit the slide"
        raise fatal(label_lines.text.origin, "text-overflow", told, "shorten it")
    top = box.y + max(0, (box.height - height) // 3)
    for index, place in enumerate(places[: len(slide.figures)]):
        pair = tuple(lined[2 * index : 2 * index + 2])
        blocks.append(TextBlock(f"figure-{index + 1}", replace(place, y=top, height=height), pair))
    return [Part("Key Figures", tuple(blocks))]


def place_chart(slide: ChartSlide, theme: Theme) -> Placing[Sequence[Part]]:
    """A chart over the whole body."""
    box = yield from inside(slide, theme)
    blocks = yield from chart_blocks(slide.chart, box, theme)
    return [Part("Chart", tuple(blocks))]


def chart_blocks(chart: Chart, box: Box, theme: Theme) -> Placing[list[Block]]:
    """The title of a chart as a sentence, and the chart under it."""
    width = theme.set_width(box.width)
    title = Paragraph(chart.title, theme.chart.title, "muted", bold=True)
    [line] = yield from set_lines([(title, width)])
    head = Box(box.x, box.y, box.width, line.lines * theme.line_height(line.size))
    below = head.bottom + theme.footnote.gap
    chart_block = yield from plot(chart, Box(box.x, below, box.width, box.bottom - below), theme)
    return [TextBlock("chart-title", head, (line,)), chart_block]
