"""Quote -> Page: the words as large as they fit beside a bar, and under them who said them and where."""

from __future__ import annotations

from deckgen.base import replace
from deckgen.deck.kinds.quote import Quote
from deckgen.layout.flow import height_of
from deckgen.layout.frame import Part, fit_lines, frame, inside
from deckgen.layout.layouts import light
from deckgen.layout.measure import Placing
from deckgen.layout.pages import Block, Layout, Page, Paragraph, RuleBlock, Slot, TextBlock
from deckgen.layout.theme import Box, Theme


def layouts(theme: Theme) -> tuple[Layout, ...]:
    """The layout of a quote."""
    words = _beside_bar(theme.body_box, theme)
    size = theme.caption.sizes[0]
    height = 2 * theme.line_height(size)
    who = Box(words.x, words.bottom - height, words.width, height)
    return (
        light(
            theme,
            "Quote",
            Slot("quote", "text", replace(words, height=who.y - words.y), _sizes(theme)[0], "“What was said”"),
            Slot("who", "text", who, size, "Who said it, and where"),
        ),
    )


def place(slide: Quote, theme: Theme) -> Placing[list[Page]]:
    """One page; the bar is as high as both texts. Raises DeckError if the words do not fit."""
    body = yield from inside(slide, theme)
    box = _beside_bar(body, theme)
    by = [Paragraph(slide.who, 0, bold=True)] if slide.who else []
    by += [Paragraph(slide.where, 0, "muted")] if slide.where else []
    source = (yield from fit_lines(by, replace(box, height=box.height // 3), theme.caption.sizes, theme)) if by else []
    below = height_of(source, theme) + (theme.body.column_gap // 2 if by else 0)
    room = replace(box, height=box.height - below)
    words = yield from fit_lines([Paragraph(slide.words, 0)], room, _sizes(theme), theme)
    height = height_of(words, theme)
    top = body.y + (body.height - height - below) // 3
    bar = Box(body.x, top, theme.dark.bar.width, height + below)
    blocks: list[Block] = [
        RuleBlock(bar, "accent"),
        TextBlock("quote", replace(box, y=top, height=height), tuple(words)),
    ]
    if source:
        high = height_of(source, theme)
        blocks.append(TextBlock("who", replace(box, y=bar.bottom - high, height=high), tuple(source)))
    return (yield from frame(slide, [Part("Quote", tuple(blocks))], theme))


def _sizes(theme: Theme) -> tuple[float, ...]:
    """As large as a statement, and down to the smallest bullets."""
    return (*theme.dark.statement.sizes, *theme.text.sizes)


def _beside_bar(body: Box, theme: Theme) -> Box:
    aside = theme.dark.bar.width + theme.body.column_gap // 2
    return replace(body, x=body.x + aside, width=body.width - aside)
