"""Photograph -> Page: the picture from edge to edge, cut to fit, and under it a band with the title."""

from __future__ import annotations

from deckgen.base import replace
from deckgen.deck.kinds.photograph import Photograph
from deckgen.layout.frame import fit_lines, page_of
from deckgen.layout.measure import Placing
from deckgen.layout.pages import Block, Layout, Page, Paragraph, PictureBlock, Slot, TextBlock
from deckgen.layout.pictures import covering
from deckgen.layout.theme import Box, Theme


def layouts(theme: Theme) -> tuple[Layout, ...]:
    """The layout of a photograph; the band is its ground."""
    title, line = _band(theme)
    sizes = theme.photograph.sizes
    return (
        Layout(
            "Photograph",
            (
                Slot("title", "title", title, sizes[0], "What it shows", "on-opener", True, "bottom"),
                Slot("picture", "picture", _upper(theme), 18, "Picture", "on-opener"),
                Slot("line", "text", line, theme.text.sizes[0], "Where, and when", "muted-on-opener"),
            ),
            ground="opener",
            foot=False,
        ),
    )


def place(slide: Photograph, theme: Theme) -> Placing[list[Page]]:
    """One page. Raises DeckError if a text does not fit."""
    title, line = _band(theme)
    words = Paragraph(slide.title, 0, "on-opener", bold=True)
    lined = yield from fit_lines([words], title, theme.photograph.sizes, theme)
    upper = _upper(theme)
    blocks: list[Block] = [
        TextBlock("title", title, tuple(lined), anchor="bottom"),
        PictureBlock("picture", upper, slide.picture, covering(slide.picture, upper, slide.focus)),
    ]
    if slide.line:
        sizes = (*theme.text.sizes, theme.text.official)
        under = yield from fit_lines([Paragraph(slide.line, 0, "muted-on-opener")], line, sizes, theme)
        blocks.append(TextBlock("line", line, tuple(under)))
    return [page_of(slide, "Photograph", blocks)]


def _upper(theme: Theme) -> Box:
    return replace(theme.page_box, height=theme.photograph.band)


def _band(theme: Theme) -> tuple[Box, Box]:
    """The box of the title, and that of the line under it."""
    body, band = theme.body_box, theme.photograph.band
    height = theme.line_height(theme.text.sizes[0])
    bottom = theme.page.height - theme.photograph.below
    line = Box(body.x, bottom - height, body.width, height)
    top = band + theme.photograph.below // 2
    return Box(body.x, top, body.width, line.y - top), line
