"""Bullets -> Pages: one list, or groups side by side under heads on one rule."""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.base import replace
from deckgen.deck.kinds.bullets import Bullets
from deckgen.deck.model import Group, Picture
from deckgen.layout.flow import (
    fit_columns,
    group_paragraphs,
    height_of,
    levels_of,
    plain_paragraphs,
    set_lines,
    text_width,
)
from deckgen.layout.frame import Part, fit_lines, frame, inside
from deckgen.layout.layouts import callout_slot, head_box, head_rule, light
from deckgen.layout.levels import levels
from deckgen.layout.measure import Ask, Placing
from deckgen.layout.pages import Block, Layout, Page, Paragraph, PictureBlock, Slot, TextBlock
from deckgen.layout.pictures import whole
from deckgen.layout.theme import EMU, Box, Theme

_PICTURED = "Text and Picture"
_LAYOUTS = ("Bullets", "Two Groups", "Three Groups")
# Of twelve columns; the one with the lowest taller side is taken, the first of equals.
_SPLITS = {1: ((12,),), 2: ((6, 6), (7, 5), (5, 7), (8, 4), (4, 8)), 3: ((4, 4, 4),)}


def layouts(theme: Theme) -> tuple[Layout, ...]:
    """The layouts of one list, and of two and three side by side under their heads."""
    lists = (_layout(theme, name, _SPLITS[count][0]) for count, name in enumerate(_LAYOUTS, 1))
    size = theme.text.sizes[0]
    callout, body = callout_slot(theme), theme.body_box
    over = replace(body, height=callout.box.y - theme.callout.gap - body.y)
    text, room = _beside(over, "right", "half", theme)
    caption = _captioned(room, theme.line_height(theme.caption.sizes[0]))
    return (
        *lists,
        light(
            theme,
            _PICTURED,
            Slot("body-1", "body", text, size, "Click to add text", levels=levels(theme, size)),
            Slot("picture", "picture", replace(room, height=caption.y - theme.caption.gap - room.y), 18, "Picture"),
            Slot("caption", "text", caption, theme.caption.sizes[0], "Caption", "muted"),
            callout,
        ),
    )


def _layout(theme: Theme, name: str, split: Sequence[int]) -> Layout:
    size = theme.text.sizes[0]
    own = levels(theme, size)
    slots: list[Slot] = []
    for index, box in enumerate(_boxes(split, theme.body_box, theme), 1):
        if len(split) > 1:
            prompt = "Click to add a heading"
            slots.append(Slot(f"head-{index}", "text", head_box(theme, box, size), size, prompt, bold=True))
            box = _under(box, 0, theme)
        slots.append(Slot(f"body-{index}", "body", box, size, "Click to add text", levels=own))
    return light(theme, name, *slots, callout_slot(theme))


def place(slide: Bullets, theme: Theme) -> Placing[list[Page]]:
    """One list, or two or three groups; widths follow the amount of text."""
    box = yield from inside(slide, theme)
    if slide.picture:
        return (yield from _with_picture(slide, slide.picture, box, theme))
    headed = any(group.heading for group in slide.groups)
    lists = [group_paragraphs(replace(group, heading=None)) for group in slide.groups]
    sizes = (*theme.text.sizes, theme.text.official) if slide.official else theme.text.sizes
    boxes = _boxes((yield from _split(lists, box, sizes[0], theme)), box, theme)
    heads = (yield from _heads(slide.groups, boxes, theme)) if headed else [[] for _ in boxes]
    drop = max((block.box.height for blocks in heads for block in blocks if isinstance(block, TextBlock)), default=0)
    drop = max(0, drop - theme.line_height(theme.text.sizes[0]))
    if headed:
        boxes = [_under(one, drop, theme) for one in boxes]
    fit = yield from fit_columns(lists, [one.width for one in boxes], boxes[0].height, theme, sizes)
    rules = [head_rule(theme, one, drop) for one in boxes]
    parts = []
    for part in fit.parts:
        blocks: list[Block] = []
        for index, (paragraphs, own, head, rule) in enumerate(zip(part, boxes, heads, rules, strict=True), 1):
            if paragraphs or (head and len(fit.parts) == 1):
                blocks += [*head, *([rule] if headed else [])]
            if paragraphs:
                blocks.append(TextBlock(f"body-{index}", own, paragraphs, levels=levels_of(paragraphs, theme)))
        parts.append(Part(_LAYOUTS[len(lists) - 1], tuple(blocks)))
    return (yield from frame(slide, parts, theme))


def _with_picture(slide: Bullets, picture: Picture, box: Box, theme: Theme) -> Placing[list[Page]]:
    """The list beside its picture, on each part."""
    text, room = _beside(box, slide.side, slide.share, theme)
    texts = plain_paragraphs(slide.caption, "muted")
    most = replace(room, height=room.height // 3)
    caption = (yield from fit_lines(texts, most, theme.caption.sizes, theme)) if texts else []
    high = height_of(caption, theme)
    if caption:
        room = replace(room, height=_captioned(room, high).y - theme.caption.gap - room.y)
    place = whole(picture, room)
    blocks: list[Block] = [PictureBlock("picture", place, picture)]
    if caption:
        below = Box(room.x, place.bottom + theme.caption.gap, room.width, high)
        blocks.append(TextBlock("caption", below, tuple(caption)))
    sizes = (*theme.text.sizes, theme.text.official) if slide.official else theme.text.sizes
    items = group_paragraphs(slide.groups[0])
    if not items:
        return (yield from frame(slide, [Part(_PICTURED, tuple(blocks))], theme))
    fit = yield from fit_columns([items], [text.width], text.height, theme, sizes)
    bodies = [TextBlock("body-1", text, part[0], levels=levels_of(part[0], theme)) for part in fit.parts]
    return (yield from frame(slide, [Part(_PICTURED, (body, *blocks)) for body in bodies], theme))


def _beside(box: Box, side: str, share: str, theme: Theme) -> tuple[Box, Box]:
    """The box of the text, and that of the picture, whose top is at the capitals of the first line."""
    columns = theme.page.columns
    taken = columns // 3 if share == "third" else columns // 2
    split = columns - taken if side == "right" else taken
    left, right = theme.span(0, split, box), theme.span(split, columns, box)
    text, room = (left, right) if side == "right" else (right, left)
    drop = round((theme.fonts.line * theme.text.line_distance - theme.fonts.ascent) * theme.text.sizes[0] * EMU)
    return text, replace(room, y=room.y + drop, height=room.height - drop)


def _captioned(room: Box, height: int) -> Box:
    """The lowest part of a room, for a caption of this height."""
    return Box(room.x, room.bottom - height, room.width, height)


def _heads(groups: Sequence[Group], boxes: Sequence[Box], theme: Theme) -> Placing[list[list[Block]]]:
    """The head of each group over its rule."""
    size = theme.text.sizes[0]
    flat = [
        (Paragraph(group.heading, size, bold=True, heading=True), theme.set_width(box.width))
        for group, box in zip(groups, boxes, strict=True)
        if group.heading
    ]
    lined = iter((yield from set_lines(flat)))
    found: list[list[Block]] = []
    for index, (group, box) in enumerate(zip(groups, boxes, strict=True), 1):
        line = next(lined) if group.heading else None
        found.append([TextBlock(f"head-{index}", head_box(theme, box, size, line.lines), (line,))] if line else [])
    return found


def _boxes(split: Sequence[int], box: Box, theme: Theme) -> list[Box]:
    """The boxes of columns of the grid; the grid has the columns of the page or as many as the split needs."""
    total, start = sum(split), 0
    found = []
    for share in split:
        columns = theme.page.columns
        first, last = round(start * columns / total), round((start + share) * columns / total)
        found.append(theme.span(first, last, box))
        start += share
    return found


def _under(box: Box, drop: int, theme: Theme) -> Box:
    top = theme.heads.rule + theme.heads.below + drop
    return replace(box, y=top, height=box.bottom - top)


def _split(lists: Sequence[Sequence[Paragraph]], box: Box, size: float, theme: Theme) -> Placing[Sequence[int]]:
    """The shares of the width with the lowest taller side, by the lines that the widths of the texts need."""
    splits = _SPLITS[len(lists)]
    if len(splits) == 1:
        return splits[0]
    ems = iter((yield [Ask(p.text.runs, p.bold) for paragraphs in lists for p in paragraphs]))
    widths = [[(p, next(ems) * size * EMU) for p in paragraphs] for paragraphs in lists]

    def taller(split: Sequence[int]) -> int:
        return max(
            sum(-(-int(wide) // max(1, text_width(p, own.width, theme))) for p, wide in column)
            for column, own in zip(widths, _boxes(split, box, theme), strict=True)
        )

    return min(splits, key=taller)
