"""Quote -> Page: the words as large as they fit over the horizon, and under it who said them and where."""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.base import replace
from deckgen.deck.kinds.quote import Quote
from deckgen.layout.flow import height_of
from deckgen.layout.frame import Part, even, fit_lines, frame, inside
from deckgen.layout.layouts import light
from deckgen.layout.measure import Placing
from deckgen.layout.pages import Block, Layout, Page, Paragraph, RuleBlock, Slot, TextBlock
from deckgen.layout.theme import Box, Theme
from deckgen.problems import DeckError


def layouts(theme: Theme) -> tuple[Layout, ...]:
    """The layout of a quote, and of one that fills its page."""
    size, body = theme.text.sizes[0], theme.body_box
    said = "Who said it, and where"
    words = Slot("quote", "text", _above(theme), theme.quote.sizes[0], "“What was said”", anchor="bottom")
    short = light(theme, "Quote", words, Slot("who", "text", _below(theme), size, said))
    height = 2 * theme.line_height(size)
    who = Slot("who", "text", Box(body.x, body.bottom - 3 * height, body.width, height), size, said)
    room = replace(body, height=who.box.y - theme.callout.gap - body.y)
    width = theme.table.header_rule
    line = Box(body.x, theme.horizon.rule - width // 2, body.width, width)
    return (
        replace(short, marks=(RuleBlock(line, "ink"),)),
        light(theme, "Long Quote", Slot("quote", "text", room, size, "“What was said”"), who),
    )


def place(slide: Quote, theme: Theme) -> Placing[list[Page]]:
    """One page; words that are too long for it fill the page above who said them. Raises DeckError if none fits."""
    body = yield from inside(slide, theme)
    by = [Paragraph(slide.who, 0, bold=True)] if slide.who else []
    by += [Paragraph(slide.where, 0, "muted")] if slide.where else []
    below = replace(_below(theme), height=body.bottom - theme.horizon.below)
    source = (yield from fit_lines(by, below, theme.text.sizes, theme)) if by else []
    above = _above(theme)
    words = Paragraph(slide.words, 0)
    sizes = [size for size in theme.quote.sizes if size >= theme.text.sizes[0]]
    try:
        [lined] = yield from fit_lines([words], above, sizes, theme)
    except DeckError:
        return (yield from frame(slide, [(yield from _long(words, source, body, theme))], theme))
    blocks: list[Block] = [(yield from even("quote", lined, slide.words, above, theme))]
    blocks += [TextBlock("who", below, tuple(source))] if source else []
    return (yield from frame(slide, [Part("Quote", tuple(blocks))], theme))


def _long(words: Paragraph, source: Sequence[Paragraph], body: Box, theme: Theme) -> Placing[Part]:
    """Words that fill the page above who said them. Raises DeckError if they do not fit at any size."""
    gap = theme.callout.gap
    room = replace(body, height=body.height - height_of(source, theme) - gap)
    lined = yield from fit_lines([words], room, theme.quote.sizes, theme)
    high = height_of(lined, theme)
    blocks = [TextBlock("quote", replace(room, height=high), tuple(lined))]
    if source:
        who = Box(body.x, room.y + high + gap, body.width, height_of(source, theme))
        blocks.append(TextBlock("who", who, tuple(source)))
    return Part("Long Quote", tuple(blocks))


def _above(theme: Theme) -> Box:
    """The area over the horizon, under the title."""
    return replace(theme.body_box, height=theme.horizon.above - theme.body.top)


def _below(theme: Theme) -> Box:
    return replace(theme.below_horizon, height=theme.body.bottom - theme.horizon.below)
