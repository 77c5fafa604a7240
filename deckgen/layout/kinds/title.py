"""TitleSlide -> Page: the name over the horizon; under it what and when on the left, and who on the right."""

from __future__ import annotations

from deckgen.base import replace
from deckgen.deck.kinds.title import TitleSlide
from deckgen.layout.flow import height_of
from deckgen.layout.frame import at_foot, below_horizon, beside, even, fit_lines, lines_under, page_of
from deckgen.layout.layouts import opener
from deckgen.layout.measure import Placing
from deckgen.layout.pages import Block, Layout, Page, Paragraph, PictureBlock, Slot, TextBlock
from deckgen.layout.theme import EMU, Box, Theme

_LOGO = 56 * EMU  # the height of a logo, at most


def layouts(theme: Theme) -> tuple[Layout, ...]:
    """The layout of the first page."""
    above, size = theme.above_horizon, theme.text.sizes[0]
    left, right = beside(theme.below_horizon, theme)
    line = theme.line_height(size)
    under = replace(left, y=left.y + line, height=left.height - line)
    title = theme.horizon.opening[0]
    return (
        opener(
            theme,
            "Title",
            Slot("title", "title", above, title, "Name of the meeting", "on-opener", True, "bottom"),
            Slot("subtitle", "subtitle", replace(left, height=line), size, "Which and where", "on-opener", True),
            Slot("lines", "text", under, size, "When", "muted-on-opener"),
            Slot("aside", "text", right, size, "Who", "muted-on-opener"),
            foot=False,
        ),
    )


def place(slide: TitleSlide, theme: Theme) -> Placing[list[Page]]:
    """One page; what is first on each side is as bright as the title."""
    above, logo = theme.above_horizon, _logo(slide, theme)
    if logo:
        above = replace(
            above, y=logo.box.bottom + theme.page.gutter, height=above.bottom - logo.box.bottom - theme.page.gutter
        )
    texts = [Paragraph(slide.title, 0, "on-opener", bold=True)]
    [title] = yield from fit_lines(texts, above, theme.horizon.opening, theme)
    blocks: list[Block] = [(yield from even("title", title, slide.title, above, theme))]
    below = yield from below_horizon(slide, theme)
    left, right = beside(below, theme) if slide.aside else (below, below)
    if slide.subtitle:
        first = Paragraph(slide.subtitle, 0, "on-opener", bold=True)
        lined = yield from fit_lines([first], left, theme.text.sizes, theme)
        height = height_of(lined, theme)
        blocks.append(TextBlock("subtitle", replace(left, height=height), tuple(lined)))
        left = replace(left, y=left.y + height, height=left.height - height)
    if slide.lines:
        blocks.append((yield from lines_under("lines", slide.lines, left, theme, bright=not slide.subtitle)))
    if slide.aside:
        blocks.append((yield from lines_under("aside", slide.aside, right, theme)))
    blocks += [logo] if logo else []
    return [page_of(slide, "Title", [*blocks, *(yield from at_foot(slide, theme))])]


def _logo(slide: TitleSlide, theme: Theme) -> PictureBlock | None:
    """The logo of the theme over the title, at most so high and as wide as a third of the page."""
    if slide.logo is None:
        return None
    picture, box = slide.logo, theme.above_horizon
    scale = min(_LOGO / picture.height, box.width / 3 / picture.width)
    width, height = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    return PictureBlock("", Box(box.x, box.y, width, height), picture)
