"""KeyFigures -> Page: numbers in large type over the horizon, and under it what they count."""

from __future__ import annotations

from itertools import pairwise

from deckgen.base import replace
from deckgen.deck.kinds.key_figures import KeyFigure, KeyFigures
from deckgen.layout.flow import height_of, set_lines
from deckgen.layout.frame import Part, frame, inside
from deckgen.layout.layouts import light
from deckgen.layout.measure import Ask, Placing
from deckgen.layout.pages import Block, Layout, Page, Paragraph, RuleBlock, Slot, TextBlock
from deckgen.layout.theme import EMU, Box, Theme
from deckgen.problems import fatal

_MAX = 4  # figures on a page


def layouts(theme: Theme) -> tuple[Layout, ...]:
    """The layout of up to four numbers."""
    slots = []
    size = theme.key_figures.values[-1]
    for number, box in enumerate(_boxes(_MAX, theme), 1):
        value = _over_line(box, size, theme.line_height(size), theme)
        slots.append(Slot(f"figure-{number}", "text", value, size, "0", "accent", True, "bottom"))
        label = _under_line(box, theme.body_box, theme)
        slots.append(Slot(f"label-{number}", "text", label, theme.text.sizes[0], "What it counts", bold=True))
    return (light(theme, "Key Figures", *slots),)


def place(slide: KeyFigures, theme: Theme) -> Placing[list[Page]]:
    """Numbers in large type over what they count, all of one size. Raises DeckError if a label does not fit."""
    body = yield from inside(slide, theme)
    boxes = _boxes(max(2, len(slide.figures)), theme)
    ems = yield [Ask(figure.value.runs, bold=True) for figure in slide.figures]
    room = theme.set_width(boxes[0].width)
    sizes = theme.key_figures.values
    size = next((s for s in sizes if max(ems) * s * EMU <= room), sizes[-1])
    values = yield from set_lines([(Paragraph(f.value, size, "accent", bold=True), room) for f in slide.figures])
    lined = iter((yield from set_lines([(line, room) for figure in slide.figures for line in _lines(figure, theme)])))
    labels = [[next(lined) for _ in _lines(figure, theme)] for figure in slide.figures]
    blocks: list[Block] = []
    for index, (box, value, lines) in enumerate(zip(boxes, values, labels, strict=False), 1):
        over = _over_line(box, size, height_of([value], theme), theme)
        under = _under_line(box, body, theme)
        for shown, own in (([value], over), (lines, under)):
            if own.y < theme.body.top or height_of(shown, theme) > own.height:
                found = f"a number and {sum(line.lines for line in lines)} lines under it do not fit the slide"
                raise fatal(shown[0].text.origin, "text-overflow", found, "shorten it")
        width = theme.table.header_rule
        line = Box(box.x, theme.horizon.rule - width // 2, box.width, width)
        blocks.append(TextBlock(f"figure-{index}", over, (value,), anchor="bottom"))
        blocks += [RuleBlock(line, "ink"), TextBlock(f"label-{index}", under, tuple(lines))]
    return (yield from frame(slide, [Part("Key Figures", tuple(blocks))], theme))


def _lines(figure: KeyFigure, theme: Theme) -> list[Paragraph]:
    """What a number counts, and how it changed."""
    size = theme.text.sizes[0]
    return [Paragraph(figure.label, size, bold=True), *([Paragraph(figure.change, size)] if figure.change else [])]


def _boxes(count: int, theme: Theme) -> list[Box]:
    columns = theme.page.columns
    edges = [round(index * columns / count) for index in range(count + 1)]
    return [theme.span(a, b, theme.body_box) for a, b in pairwise(edges)]


def _over_line(box: Box, size: float, height: int, theme: Theme) -> Box:
    """The box of a number whose baseline is over the line; what hangs below the baseline is in it."""
    descent = (theme.fonts.line - theme.fonts.ascent) * size * EMU
    bottom = theme.horizon.rule - theme.key_figures.above + round(descent)
    return replace(box, y=bottom - height, height=height)


def _under_line(box: Box, body: Box, theme: Theme) -> Box:
    top = theme.horizon.rule + theme.key_figures.below
    return replace(box, y=top, height=body.bottom - top)
