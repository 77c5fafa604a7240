"""Title and statement slides -> Pages on a dark ground."""

from __future__ import annotations

from deckgen.base import replace
from deckgen.deck.kinds.statement import Statement
from deckgen.deck.kinds.title import TitleSlide
from deckgen.layout.flow import plain_paragraphs
from deckgen.layout.frame import fit_lines, page_of
from deckgen.layout.layouts import Layout, opening, slot_of, statement
from deckgen.layout.measure import Placing
from deckgen.layout.pages import Block, Page, Paragraph, TextBlock
from deckgen.layout.theme import Theme


def place_opening(slide: TitleSlide, theme: Theme) -> Placing[list[Page]]:
    """The first page: the name in large type, what and where under it, who and when at the foot."""
    layout = opening(theme)
    sizes = theme.dark.opening.sizes
    lined = yield from fit_lines(
        [Paragraph(slide.title, 0, "paper", bold=True)], slot_of(layout, "title").box, sizes, theme
    )
    blocks: list[Block] = [TextBlock("title", slot_of(layout, "title").box, tuple(lined), anchor="bottom")]
    if slide.subtitle:
        slot = slot_of(layout, "subtitle")
        lined = yield from fit_lines([Paragraph(slide.subtitle, 0, "paper")], slot.box, [slot.size, 24, 20, 18], theme)
        blocks.append(TextBlock("subtitle", slot.box, tuple(lined)))
    if slide.lines:
        blocks.append((yield from _lines(slide, layout, theme)))
    return [page_of(slide, "Title", blocks)]


def place_statement(slide: Statement, theme: Theme) -> Placing[list[Page]]:
    """A page with one thing to say, and at most a few lines about it."""
    layout = statement(theme)
    slot = slot_of(layout, "title")
    sizes = theme.dark.statement.sizes
    lined = yield from fit_lines([Paragraph(slide.title, 0, "paper", bold=True)], slot.box, sizes, theme)
    blocks: list[Block] = [TextBlock("title", slot.box, tuple(lined), anchor="middle")]
    if slide.lines:
        blocks.append((yield from _lines(slide, layout, theme)))
    return [page_of(slide, "Statement", blocks)]


def _lines(slide: TitleSlide | Statement, layout: Layout, theme: Theme) -> Placing[TextBlock]:
    slot = slot_of(layout, "lines")
    texts = plain_paragraphs(slide.lines, slot.colour)
    if isinstance(slide, TitleSlide):
        texts[0] = replace(texts[0], colour="paper")
    lined = yield from fit_lines(texts, slot.box, [slot.size, 20, 18], theme)
    return TextBlock("lines", slot.box, tuple(lined))
