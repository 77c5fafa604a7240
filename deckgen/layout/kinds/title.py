"""TitleSlide -> Page: the name in large type, what and where under it, who and when at the foot."""

from __future__ import annotations

from deckgen.base import replace
from deckgen.deck.kinds.title import TitleSlide
from deckgen.layout.flow import plain_paragraphs
from deckgen.layout.frame import page_of, put
from deckgen.layout.layouts import dark, slot_of
from deckgen.layout.measure import Placing
from deckgen.layout.pages import Block, Layout, Page, Paragraph, Slot
from deckgen.layout.theme import Box, Theme


def layouts(theme: Theme) -> tuple[Layout, ...]:
    """The layout of the first page."""
    style = theme.dark.opening
    title = theme.dark_box(style.top, style.height)
    subtitle = theme.dark_box(style.subtitle_top, theme.line_height(style.subtitle))
    lines = theme.dark_box(style.lines_top, style.bottom - style.lines_top)
    beside = Box(0, title.y, 0, subtitle.bottom - title.y)
    return (
        dark(
            theme,
            "Title",
            beside,
            Slot("title", "title", title, style.sizes[0], "Name of the meeting", "paper", True, "bottom"),
            Slot("subtitle", "subtitle", subtitle, style.subtitle, "Which and where", "paper"),
            Slot("lines", "text", lines, style.lines, "Who and when", "muted-on-ink"),
        ),
    )


def place(slide: TitleSlide, theme: Theme) -> Placing[list[Page]]:
    """One page; the first line has the chairs, and is as bright as the title."""
    [layout] = layouts(theme)
    slot = slot_of(layout, "title")
    title = Paragraph(slide.title, 0, slot.colour, bold=slot.bold)
    blocks: list[Block] = [(yield from put([title], slot, theme.dark.opening.sizes, theme))]
    if slide.subtitle:
        slot = slot_of(layout, "subtitle")
        subtitle = Paragraph(slide.subtitle, 0, slot.colour)
        blocks.append((yield from put([subtitle], slot, [slot.size, 24, 20, 18], theme)))
    if slide.lines:
        slot = slot_of(layout, "lines")
        first, *others = plain_paragraphs(slide.lines, slot.colour)
        lines = [replace(first, colour="paper"), *others]
        blocks.append((yield from put(lines, slot, [slot.size, 20, 18], theme)))
    return [page_of(slide, layout.name, blocks)]
