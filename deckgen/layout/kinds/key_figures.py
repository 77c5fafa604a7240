"""KeyFigures -> Page: numbers in large type over what they count."""

from __future__ import annotations

from deckgen.base import replace
from deckgen.deck.kinds.key_figures import KeyFigures
from deckgen.layout.flow import set_lines
from deckgen.layout.frame import Part, frame, inside
from deckgen.layout.layouts import abreast, chart_slots, light
from deckgen.layout.measure import Ask, Placing
from deckgen.layout.pages import Layout, Page, Paragraph, Slot, TextBlock
from deckgen.layout.theme import EMU, Theme
from deckgen.problems import fatal


def layouts(theme: Theme) -> tuple[Layout, ...]:
    """The layout of up to four numbers."""
    size = theme.key_figures.values[-1]
    boxes = abreast(theme, 4, theme.body.column_gap)
    figures = [Slot(f"figure-{i + 1}", "text", box, size, "0", "accent", True) for i, box in enumerate(boxes)]
    return (light(theme, "Key Figures", *figures, *chart_slots(theme)),)


def place(slide: KeyFigures, theme: Theme) -> Placing[list[Page]]:
    """Numbers in large type over what they count, all of one size."""
    box = yield from inside(slide, theme)
    places = abreast(theme, max(2, len(slide.figures)), theme.body.column_gap)
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
    return (yield from frame(slide, [Part("Key Figures", tuple(blocks))], theme))
