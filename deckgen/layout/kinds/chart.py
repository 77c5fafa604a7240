"""ChartSlide -> Page: a chart over the whole body."""

from __future__ import annotations

from deckgen.deck.kinds.chart import ChartSlide
from deckgen.layout.frame import Part, frame, inside
from deckgen.layout.layouts import chart_slots, light
from deckgen.layout.measure import Placing
from deckgen.layout.pages import Layout, Page
from deckgen.layout.plot import chart_blocks
from deckgen.layout.theme import Theme


def layouts(theme: Theme) -> tuple[Layout, ...]:
    """The layout of a chart on its own."""
    return (light(theme, "Chart", *chart_slots(theme, theme.body_box)),)


def place(slide: ChartSlide, theme: Theme) -> Placing[list[Page]]:
    """One page."""
    box = yield from inside(slide, theme)
    blocks = yield from chart_blocks(slide.chart, box, theme)
    return (yield from frame(slide, [Part("Chart", tuple(blocks))], theme))
