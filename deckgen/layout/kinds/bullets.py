"""Bullets -> Pages: one list, or groups side by side."""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.deck.kinds.bullets import Bullets
from deckgen.layout.flow import fit_columns, group_paragraphs, levels_of
from deckgen.layout.frame import Part, frame, inside
from deckgen.layout.layouts import abreast, callout_slot, light
from deckgen.layout.levels import levels
from deckgen.layout.measure import Ask, Placing
from deckgen.layout.pages import Block, Layout, Page, Paragraph, RuleBlock, Slot, TextBlock
from deckgen.layout.theme import Box, Theme

_LAYOUTS = ("Bullets", "Two Groups", "Three Groups")
# No group is narrower than this share of an even one.
_MIN_SHARE = 0.75


def layouts(theme: Theme) -> tuple[Layout, ...]:
    """The layouts of one list, and of two and three side by side."""
    size = theme.text.sizes[0]
    own = levels(theme, size)
    callout = callout_slot(theme)
    return tuple(
        light(
            theme,
            name,
            *(
                Slot(f"body-{i + 1}", "body", box, size, "Click to add text", levels=own)
                for i, box in enumerate(abreast(theme, count, theme.body.column_gap))
            ),
            callout,
        )
        for count, name in enumerate(_LAYOUTS, 1)
    )


def place(slide: Bullets, theme: Theme) -> Placing[list[Page]]:
    """One list, or two or three groups with a hair line between; widths follow the amount of text."""
    box = yield from inside(slide, theme)
    lists = [group_paragraphs(group) for group in slide.groups]
    widths = yield from _shares(lists, box.width, theme)
    fit = yield from fit_columns(lists, widths, box.height, theme, theme.text.sizes)
    layout = _LAYOUTS[len(lists) - 1]
    parts = [Part(layout, tuple(_side_by_side(part, widths, box, theme))) for part in fit.parts]
    return (yield from frame(slide, parts, theme))


def _shares(lists: Sequence[Sequence[Paragraph]], width: int, theme: Theme) -> Placing[list[int]]:
    gap = theme.body.column_gap
    room = width - gap * (len(lists) - 1)
    if len(lists) == 1:
        return [room]
    ems = yield [Ask(p.text.runs, p.bold) for paragraphs in lists for p in paragraphs]
    amounts, start = [], 0
    for paragraphs in lists:
        amounts.append(sum(ems[start : start + len(paragraphs)]) + 1)
        start += len(paragraphs)
    least = _MIN_SHARE / len(lists)
    shares = [least + (1 - _MIN_SHARE) * amount / sum(amounts) for amount in amounts]
    return [int(room * share) for share in shares]


def _side_by_side(part: Sequence[Sequence[Paragraph]], widths: Sequence[int], box: Box, theme: Theme) -> list[Block]:
    gap = theme.body.column_gap
    blocks: list[Block] = []
    x = box.x
    for index, (paragraphs, width) in enumerate(zip(part, widths, strict=True)):
        if index:
            hair = theme.table.rule
            blocks.append(RuleBlock(Box(x - gap // 2 - hair // 2, box.y, hair, box.height), "rule"))
        if paragraphs:
            place = Box(x, box.y, width, box.height)
            levels = levels_of(paragraphs, theme)
            blocks.append(TextBlock(f"body-{index + 1}", place, tuple(paragraphs), levels=levels))
        x += width + gap
    return blocks
