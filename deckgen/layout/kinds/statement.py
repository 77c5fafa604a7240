"""Statement -> Page: one statement, and at most a few lines about it."""

from __future__ import annotations

from deckgen.deck.kinds.statement import Statement
from deckgen.layout.flow import plain_paragraphs
from deckgen.layout.frame import page_of, put
from deckgen.layout.layouts import dark, slot_of
from deckgen.layout.measure import Placing
from deckgen.layout.pages import Block, Layout, Page, Paragraph, Slot
from deckgen.layout.theme import Theme


def layouts(theme: Theme) -> tuple[Layout, ...]:
    """The layout of a page with one statement."""
    style = theme.dark.statement
    title = theme.dark_box(style.top, style.height)
    lines = theme.dark_box(style.lines_top, style.bottom - style.lines_top)
    return (
        dark(
            theme,
            "Statement",
            title,
            Slot("title", "title", title, style.sizes[0], "One thing to say", "paper", True, "middle"),
            Slot("lines", "text", lines, style.lines, "More about it", "accent-on-ink"),
        ),
    )


def place(slide: Statement, theme: Theme) -> Placing[list[Page]]:
    """One page."""
    [layout] = layouts(theme)
    slot = slot_of(layout, "title")
    title = Paragraph(slide.title, 0, slot.colour, bold=slot.bold)
    blocks: list[Block] = [(yield from put([title], slot, theme.dark.statement.sizes, theme))]
    if slide.lines:
        slot = slot_of(layout, "lines")
        lines = plain_paragraphs(slide.lines, slot.colour)
        blocks.append((yield from put(lines, slot, [slot.size, 20, 18], theme)))
    return [page_of(slide, layout.name, blocks)]
