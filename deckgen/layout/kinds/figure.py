"""Figure -> Page: the picture as large as it fits in its proportions, and its caption."""

from __future__ import annotations

from deckgen.base import replace
from deckgen.deck.kinds.figure import Figure
from deckgen.layout.flow import plain_paragraphs
from deckgen.layout.frame import Part, fit_lines, frame, inside
from deckgen.layout.layouts import light
from deckgen.layout.measure import Placing
from deckgen.layout.pages import Block, Layout, Page, PictureBlock, Slot, TextBlock
from deckgen.layout.theme import Box, Theme


def layouts(theme: Theme) -> tuple[Layout, ...]:
    """The layout of a picture and its caption."""
    body, size = theme.body_box, theme.caption.sizes[0]
    height = theme.line_height(size)
    box = Box(body.x, body.bottom - 2 * height, body.width, height)
    picture = Slot("picture", "picture", body, 18, "Picture")
    return (light(theme, "Figure", picture, Slot("caption", "text", box, size, "Caption", "muted")),)


def place(slide: Figure, theme: Theme) -> Placing[list[Page]]:
    """The picture as large as it fits over its caption; without a picture, the caption alone."""
    box = yield from inside(slide, theme)
    sizes = theme.caption.sizes
    if slide.picture is None:
        if not slide.caption:
            return (yield from frame(slide, [Part("Figure", ())], theme))
        lined = yield from fit_lines(plain_paragraphs(slide.caption, "muted"), box, sizes, theme)
        return (yield from frame(slide, [Part("Figure", (TextBlock("caption", box, tuple(lined)),))], theme))
    blocks: list[Block] = []
    room = box
    if slide.caption:
        most = replace(box, height=box.height // 3)
        lined = yield from fit_lines(plain_paragraphs(slide.caption, "muted"), most, sizes, theme)
        height = sum(p.lines * theme.line_height(p.size) for p in lined)
        caption = Box(box.x, box.bottom - height, box.width, height)
        room = replace(box, height=box.height - height - theme.footnote.gap)
        blocks.append(TextBlock("caption", caption, tuple(lined)))
    picture = slide.picture
    scale = min(room.width / picture.width, room.height / picture.height)
    width, height = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    place = Box(room.x + (room.width - width) // 2, room.y + (room.height - height) // 2, width, height)
    return (yield from frame(slide, [Part("Figure", (PictureBlock("picture", place, picture), *blocks))], theme))
