"""Figure -> Page: the picture as large as it fits in its proportions, and its caption."""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.base import replace
from deckgen.deck.kinds.figure import Figure
from deckgen.deck.model import Text
from deckgen.layout.flow import height_of, plain_paragraphs, set_lines
from deckgen.layout.frame import Part, fit_lines, frame, inside
from deckgen.layout.layouts import light
from deckgen.layout.measure import Placing
from deckgen.layout.pages import Block, Layout, Page, Paragraph, PictureBlock, RuleBlock, Slot, TextBlock
from deckgen.layout.pictures import centred, whole
from deckgen.layout.theme import Box, Theme


def layouts(theme: Theme) -> tuple[Layout, ...]:
    """The layout of a picture and its caption."""
    body, size = theme.body_box, theme.caption.sizes[0]
    height = theme.line_height(size)
    room = _over(theme.footnote.gap + height, body)
    picture = Slot("picture", "picture", _over(height + theme.caption.gap, room), 18, "Picture")
    caption = Box(body.x, room.bottom - height, body.width, height)
    below = Slot("caption", "text", caption, size, "Caption", "muted")
    wanted = Slot("wanted", "text", _inner(picture.box, theme), theme.text.sizes[0], "What is missing")
    return light(theme, "Figure", picture, below), light(theme, "Figure Wanted", wanted, below)


def place(slide: Figure, theme: Theme) -> Placing[list[Page]]:
    """The picture as large as it fits over its caption; without a picture, a frame that names what is wanted."""
    box = yield from inside(slide, theme)
    caption: list[Paragraph] = []
    if slide.caption:
        most = replace(box, height=box.height // 3)
        texts = plain_paragraphs(slide.caption, "muted")
        caption = yield from fit_lines(texts, most, theme.caption.sizes, theme)
    height = height_of(caption, theme)
    room = _over(height + theme.caption.gap, box) if caption else box
    if slide.picture is None:
        at = Box(box.x, box.bottom - height, box.width, height) if slide.wanted else replace(box, height=height)
        blocks = [*(yield from _wanted(slide.wanted, slide.ask, room, theme))] if slide.wanted else []
    else:
        place = centred(whole(slide.picture, room), room)
        at = yield from _under(place, caption, box, theme)
        blocks = [PictureBlock("picture", place, slide.picture)]
    blocks += [TextBlock("caption", at, tuple(caption))] if caption else []
    layout = "Figure Wanted" if slide.wanted and slide.picture is None else "Figure"
    return (yield from frame(slide, [Part(layout, tuple(blocks))], theme))


def _under(place: Box, caption: Sequence[Paragraph], box: Box, theme: Theme) -> Placing[Box]:
    """The box of a caption: on the left edge of its picture if it takes no more lines there."""
    top, height = place.bottom + theme.caption.gap, height_of(caption, theme)
    width = box.x + box.width - place.x
    lined = yield from set_lines([(p, theme.set_width(width)) for p in caption])
    if height_of(lined, theme) > height:
        return Box(box.x, top, box.width, height)
    return Box(place.x, top, width, height)


def _over(height: int, box: Box) -> Box:
    """The part of a box that is over so much at its foot."""
    return replace(box, height=box.height - height)


def _wanted(wanted: Text, ask: Text | None, room: Box, theme: Theme) -> Placing[list[Block]]:
    """A dashed frame with what is missing, and whom to ask."""
    texts = [Paragraph(wanted, 0, bold=True), *([Paragraph(ask, 0, "muted")] if ask else [])]
    inner, overhang = _inner(room, theme), theme.callout.overhang
    lined = yield from fit_lines(texts, inner, theme.text.sizes, theme)
    outer = Box(room.x - overhang, room.y, room.width + 2 * overhang, room.height)
    outline = RuleBlock(outer, "muted", theme.table.header_rule, dashed=True)
    return [outline, TextBlock("wanted", inner, tuple(lined))]


def _inner(room: Box, theme: Theme) -> Box:
    padding = theme.callout.overhang
    return replace(room, y=room.y + padding, height=room.height - 2 * padding)
