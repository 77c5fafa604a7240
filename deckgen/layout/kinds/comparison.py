"""Comparison -> Page: two pictures in boxes of one size, and under each its label and a sentence."""

from __future__ import annotations

from deckgen.base import replace
from deckgen.deck.kinds.comparison import Comparison
from deckgen.layout.flow import height_of
from deckgen.layout.frame import Part, beside, fit_lines, frame, inside
from deckgen.layout.layouts import light
from deckgen.layout.measure import Placing
from deckgen.layout.pages import Block, Layout, Page, Paragraph, PictureBlock, RuleBlock, Slot, TextBlock
from deckgen.layout.pictures import centred, whole
from deckgen.layout.theme import Box, Theme

_SHARE = 0.61  # of the height of the body


def layouts(theme: Theme) -> tuple[Layout, ...]:
    """The layout of two pictures."""
    slots = []
    size = theme.text.sizes[0]
    for number, half in enumerate(beside(theme.body_box, theme), 1):
        slots.append(Slot(f"picture-{number}", "picture", _upper(half, theme), 18, "Picture"))
        slots.append(Slot(f"label-{number}", "text", _lower(half, theme), size, "What it is"))
    return (light(theme, "Comparison", *slots),)


def place(slide: Comparison, theme: Theme) -> Placing[list[Page]]:
    """One page; a picture of other proportions has a tint beside it. Raises DeckError if a text does not fit."""
    body = yield from inside(slide, theme)
    blocks: list[Block] = []
    for number, (one, half) in enumerate(zip(slide.compared, beside(body, theme), strict=True), 1):
        room = _upper(half, theme)
        place = centred(whole(one.picture, room), room)
        if place != room:
            blocks.append(RuleBlock(room, "tint"))
        blocks.append(PictureBlock(f"picture-{number}", place, one.picture))
        texts = [Paragraph(one.label, 0, bold=True), *([Paragraph(one.text, 0)] if one.text else [])]
        under = _lower(half, theme)
        lined = yield from fit_lines(texts, under, theme.text.sizes, theme)
        under = replace(under, height=height_of(lined, theme))
        blocks.append(TextBlock(f"label-{number}", under, tuple(lined)))
    return (yield from frame(slide, [Part("Comparison", tuple(blocks))], theme))


def _upper(half: Box, theme: Theme) -> Box:
    return replace(half, height=round(theme.body_box.height * _SHARE))


def _lower(half: Box, theme: Theme) -> Box:
    top = _upper(half, theme).bottom + theme.callout.gap // 2
    return replace(half, y=top, height=half.bottom - top)
