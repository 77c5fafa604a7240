"""Parts of a slide -> Pages: the title over them, the footnote and the call to action under them."""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.base import Frozen, replace
from deckgen.deck.kinds import Slide
from deckgen.deck.kinds.common import Grouped
from deckgen.deck.model import Run, Text
from deckgen.layout.flow import set_lines
from deckgen.layout.measure import Placing
from deckgen.layout.pages import Block, Page, Paragraph, PictureBlock, Slot, TextBlock
from deckgen.layout.theme import Box, Theme
from deckgen.problems import fatal


class Part(Frozen):
    """The content of one page between its title and its foot."""

    layout: str
    blocks: tuple[Block, ...]


def fit_lines(texts: Sequence[Paragraph], box: Box, sizes: Sequence[float], theme: Theme) -> Placing[list[Paragraph]]:
    """Paragraphs without bullets, at the largest of `sizes` at which they fit the box. Raises DeckError."""
    lined: list[Paragraph] = []
    for size in sizes:
        width = theme.set_width(box.width)
        lined = yield from set_lines([(replace(p, size=size), width) for p in texts])
        if sum(p.lines for p in lined) * theme.line_height(size) <= box.height:
            return lined
    first = texts[0].text
    raise fatal(first.origin, "text-overflow", f"{sum(p.lines for p in lined)} lines do not fit here", "shorten it")


def put(texts: Sequence[Paragraph], slot: Slot, sizes: Sequence[float], theme: Theme) -> Placing[TextBlock]:
    """Paragraphs in the whole box of a slot. Raises DeckError."""
    lined = yield from fit_lines(texts, slot.box, sizes, theme)
    return TextBlock(slot.name, slot.box, tuple(lined), anchor=slot.anchor)


def inside(slide: Slide, theme: Theme) -> Placing[Box]:
    """The box left for the content of a slide, over its footnote and its call to action."""
    foot = yield from _foot(slide, theme)
    return replace(theme.body_box, height=theme.body_box.height - _foot_height(foot, theme))


def frame(slide: Slide, parts: Sequence[Part], theme: Theme) -> Placing[list[Page]]:
    """One page for each part; the notes go with the first, the footnote with the last. Raises DeckError."""
    foot = yield from _foot(slide, theme)
    titles = [_numbered(slide.title, index, len(parts)) for index in range(len(parts))]
    box = theme.title_box
    if slide.qr:
        box = replace(box, width=box.width - theme.qr.size - theme.body.column_gap)
    pages = []
    for index, (part, title) in enumerate(zip(parts, titles, strict=True)):
        texts = [Paragraph(title, 0, bold=True)]
        lines = yield from fit_lines(texts, box, theme.title.sizes, theme)
        blocks: list[Block] = [TextBlock("title", box, tuple(lines), anchor="bottom"), *part.blocks]
        callout, footnote = foot
        blocks += [callout] if callout else []
        blocks += [footnote] if footnote and index == len(parts) - 1 else []
        blocks += _qr(slide, theme)
        pages.append(page_of(slide, part.layout, blocks, index, len(parts)))
    return pages


def page_of(slide: Slide, layout: str, blocks: Sequence[Block], index: int = 0, count: int = 1) -> Page:
    """The page of a part; it gets its number when all pages exist."""
    return Page(
        slide=slide.id,
        section=slide.section,
        number=0,
        part=index + 1,
        parts=count,
        layout=layout,
        title=_numbered(slide.title, index, count).words,
        blocks=tuple(blocks),
        notes=slide.notes if index == 0 else None,
        origin=slide.title.origin,
    )


def _numbered(title: Text, index: int, count: int) -> Text:
    suffix = (Run(f" ({index + 1}/{count})"),) if count > 1 else ()
    return Text(title.runs + suffix, title.origin)


Foot = tuple[TextBlock | None, TextBlock | None]


def _foot(slide: Slide, theme: Theme) -> Placing[Foot]:
    """The call to action, and the footnote below it."""
    body = theme.body_box
    footnote = callout = None
    bottom = body.bottom
    if slide.footnote:
        size = theme.footnote.size
        [line] = yield from set_lines([(Paragraph(slide.footnote, size, "muted"), theme.set_width(body.width))])
        height = line.lines * theme.line_height(size)
        footnote = TextBlock("footnote", Box(body.x, bottom - height, body.width, height), (line,), anchor="bottom")
        bottom -= height + theme.footnote.gap
    text = slide.callout if isinstance(slide, Grouped) else None
    if text:
        size, padding = theme.callout.size, theme.callout.padding
        width = theme.set_width(body.width - 2 * padding)
        [line] = yield from set_lines([(Paragraph(text, size), width)])
        height = line.lines * theme.line_height(size) + padding
        box = Box(body.x, bottom - height, body.width, height)
        callout = TextBlock("callout", box, (line,), anchor="middle", fill="tint", padding=padding)
    if _foot_height((callout, footnote), theme) > body.height // 2:
        highest = max((block for block in (callout, footnote) if block), key=lambda block: block.box.height)
        origin = highest.paragraphs[0].text.origin
        raise fatal(origin, "text-overflow", "the foot of the slide takes more than half of it", "shorten it")
    return callout, footnote


def _foot_height(foot: Foot, theme: Theme) -> int:
    tops = [block.box.y for block in foot if block]
    return theme.body_box.bottom - min(tops) + theme.footnote.gap if tops else 0


def _qr(slide: Slide, theme: Theme) -> list[PictureBlock]:
    if slide.qr is None:
        return []
    size = theme.qr.size
    body = theme.body_box
    return [PictureBlock("", Box(body.x + body.width - size, theme.qr.top, size, size), slide.qr)]
