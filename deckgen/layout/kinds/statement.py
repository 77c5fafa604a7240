"""Statement -> Page: one statement over the horizon, and under it who, when and where."""

from __future__ import annotations

from deckgen.base import replace
from deckgen.deck.kinds.statement import Statement
from deckgen.layout.flow import set_lines
from deckgen.layout.frame import at_foot, below_horizon, beside, even, lines_under, page_of
from deckgen.layout.layouts import opener
from deckgen.layout.measure import Placing
from deckgen.layout.pages import Block, Layout, Page, Paragraph, Slot, TextBlock
from deckgen.layout.theme import Box, Theme
from deckgen.problems import fatal


def layouts(theme: Theme) -> tuple[Layout, ...]:
    """The layout of a page with one statement."""
    above, size = theme.above_horizon, theme.text.sizes[0]
    left, right = beside(theme.below_horizon, theme)
    return (
        opener(
            theme,
            "Statement",
            Slot("title", "title", above, theme.horizon.statement[0], "One thing to say", "on-opener", True, "bottom"),
            Slot("lines", "text", left, size, "More about it", "muted-on-opener"),
            Slot("aside", "text", right, size, "When, and for how long", "muted-on-opener"),
        ),
    )


def place(slide: Statement, theme: Theme) -> Placing[list[Page]]:
    """One page. Raises DeckError if the statement or what is under it does not fit."""
    title = yield from _title(slide, theme)
    blocks: list[Block] = [title]
    below = yield from below_horizon(slide, theme)
    aside = (*slide.aside, *((slide.slot,) if slide.slot else ()))
    left, right = beside(below, theme) if slide.aside else _with_slot(below, theme) if slide.slot else (below, below)
    if slide.lines:
        blocks.append((yield from lines_under("lines", slide.lines, left, theme)))
    if aside:
        block = yield from lines_under("aside", aside, right, theme, bright=bool(slide.aside))
        at_edge = tuple(replace(p, align="right") for p in block.paragraphs) if not slide.aside else block.paragraphs
        blocks.append(replace(block, paragraphs=at_edge))
    return [page_of(slide, "Statement", [*blocks, *(yield from at_foot(slide, theme))])]


def _with_slot(box: Box, theme: Theme) -> tuple[Box, Box]:
    """The box without its last quarter, and that quarter, at whose right edge the slot is."""
    columns = theme.page.columns
    width = theme.span(3 * columns // 4, columns, box).width
    rest = box.width - width - theme.page.gutter
    return replace(box, width=rest), replace(box, x=box.x + rest + theme.page.gutter, width=width)


def _title(slide: Statement, theme: Theme) -> Placing[TextBlock]:
    """The statement at the size for one line, or at that for two, and so on."""
    above = theme.above_horizon
    for count, size in enumerate(theme.horizon.statement, 1):
        paragraph = Paragraph(slide.title, size, "on-opener", bold=True)
        lined = yield from set_lines([(paragraph, theme.set_width(above.width))])
        enough = count if size != theme.horizon.statement[-1] else above.height // theme.line_height(size)
        if lined[0].lines <= enough:
            return (yield from even("title", lined[0], slide.title, above, theme))
    raise fatal(slide.title.origin, "text-overflow", f"{lined[0].lines} lines do not fit here", "shorten it")
