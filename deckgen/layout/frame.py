"""Parts of a slide -> Pages: the title over them, the footnote and the call to action under them."""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.base import Frozen, replace
from deckgen.deck.kinds import Slide
from deckgen.deck.kinds.common import Grouped
from deckgen.deck.model import Run, Text
from deckgen.layout.bind import bound
from deckgen.layout.flow import height_of, plain_paragraphs, set_lines, unbroken
from deckgen.layout.measure import Ask, Placing
from deckgen.layout.pages import Block, Page, Paragraph, PictureBlock, Slot, TextBlock
from deckgen.layout.theme import EMU, Box, Theme
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


_SHARES = tuple(share / 16 for share in range(7, 16))  # of a width, the narrowest first


def even(slot: str, sized: Paragraph, words: Text, box: Box, theme: Theme) -> Placing[TextBlock]:
    """A sized paragraph at the foot of its box, made so narrow that its lines are even, and no more than they were.

    `words` is its text before any word was bound to another.
    """
    text = bound(words)
    widths = [round(box.width * share) for share in _SHARES]
    asks = [Ask(text.runs, sized.bold, sized.size, theme.set_width(width)) for width in widths]
    pieces = [Ask((Run(word),), bold=True) for word in unbroken(text.words)]
    found = yield [*asks, *pieces]
    least = max(found[len(asks) :], default=0.0) * sized.size * EMU
    for width, count in zip(widths, found, strict=False):
        if count <= sized.lines and least <= theme.set_width(width):
            return TextBlock(slot, replace(box, width=width), (replace(sized, text=text),), anchor="bottom")
    return TextBlock(slot, box, (sized,), anchor="bottom")


def beside(box: Box, theme: Theme) -> tuple[Box, Box]:
    """The two halves of the page, on its grid, as far as a box reaches."""
    middle = theme.page.columns // 2
    right = theme.span(middle, theme.page.columns, box)
    return theme.span(0, middle, box), replace(right, width=box.x + box.width - right.x)


def lines_under(slot: str, texts: Sequence[Text], box: Box, theme: Theme, bright: bool = True) -> Placing[TextBlock]:
    """Lines under the horizon; the first is bright, and bold unless it has a link. Raises DeckError."""
    lines = plain_paragraphs(texts, "muted-on-opener")
    if bright:
        bold = not any(run.link for run in texts[0].runs)
        lines[0] = replace(lines[0], colour="on-opener", bold=bold)
    lined = yield from fit_lines(lines, box, (*theme.text.sizes, theme.text.official), theme)
    return TextBlock(slot, box, tuple(lined))


def below_horizon(slide: Slide, theme: Theme) -> Placing[Box]:
    """The area under the horizon that an opener's footnote and QR code leave."""
    box = theme.below_horizon
    for block in (yield from at_foot(slide, theme)):
        if isinstance(block, PictureBlock):
            box = replace(box, width=block.box.x - theme.page.gutter - box.x)
        else:
            box = replace(box, height=block.box.y - theme.footnote.gap - box.y)
    return box


def at_foot(slide: Slide, theme: Theme) -> Placing[list[Block]]:
    """What an opener has at its foot: a footnote on the left, and a QR code on the right."""
    blocks: list[Block] = []
    body = theme.body_box
    width = body.width - (theme.qr.size + theme.page.gutter if slide.qr else 0)
    if slide.footnote:
        line = Paragraph(slide.footnote, theme.footnote.size, "muted-on-opener")
        lined = yield from set_lines([(line, theme.set_width(width))])
        height = height_of(lined, theme)
        box = Box(body.x, body.bottom - height, width, height)
        blocks.append(TextBlock("footnote", box, tuple(lined), anchor="bottom"))
    if slide.qr:
        size_of_code = theme.qr.size
        left = body.x + body.width - size_of_code
        blocks.append(PictureBlock("", Box(left, body.bottom - size_of_code, size_of_code, size_of_code), slide.qr))
    return blocks


def inside(slide: Slide, theme: Theme) -> Placing[Box]:
    """The box left for the content of a slide, over its footnote and its call to action."""
    footnote, callout = yield from _foot(slide, theme)
    box = theme.body_box
    if footnote:
        box = replace(box, height=footnote.box.y - theme.footnote.gap - box.y)
    if callout:
        box = replace(box, height=box.height - callout.box.height - theme.callout.gap)
    return box


def frame(slide: Slide, parts: Sequence[Part], theme: Theme) -> Placing[list[Page]]:
    """One page for each part; the notes go with the first, the footnote with the last. Raises DeckError."""
    footnote, callout = yield from _foot(slide, theme)
    titles = [_numbered(slide.title, index, len(parts)) for index in range(len(parts))]
    box = theme.title_box
    if slide.qr:
        box = replace(box, width=box.width - theme.qr.size - theme.page.gutter)
    pages = []
    for index, (part, title) in enumerate(zip(parts, titles, strict=True)):
        texts = [Paragraph(title, 0, bold=True)]
        lines = yield from fit_lines(texts, box, theme.title.sizes, theme)
        blocks: list[Block] = [TextBlock("title", box, tuple(lines)), *part.blocks]
        if callout:
            blocks = _followed(blocks, callout, theme)
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
        hidden=slide.hidden,
    )


def _numbered(title: Text, index: int, count: int) -> Text:
    suffix = (Run(f" ({index + 1}/{count})", muted=True),) if count > 1 else ()
    return replace(title, runs=title.runs + suffix)


def end_of(block: Block, theme: Theme) -> int:
    """The y of the lower edge of what a block shows; its box may be higher."""
    if isinstance(block, TextBlock) and block.anchor == "top":
        return block.box.y + height_of(block.paragraphs, theme)
    return block.box.bottom


def _followed(blocks: Sequence[Block], callout: TextBlock, theme: Theme) -> list[Block]:
    """The blocks with the call to action under them; boxes that are higher than their text end over it."""
    y = max(end_of(block, theme) for block in blocks[1:]) if blocks[1:] else theme.body.top
    y += theme.callout.gap if blocks[1:] else 0
    limit = y - theme.callout.gap
    cut = [
        replace(block, box=replace(block.box, height=limit - block.box.y)) if block.box.bottom > limit else block
        for block in blocks
    ]
    return [*cut, replace(callout, box=replace(callout.box, y=y))]


Foot = tuple[TextBlock | None, TextBlock | None]


def _foot(slide: Slide, theme: Theme) -> Placing[Foot]:
    """The footnote, and the call to action, which gets its place when the content has one."""
    body = theme.body_box
    footnote = callout = None
    if slide.footnote:
        size = theme.footnote.size
        [line] = yield from set_lines([(Paragraph(slide.footnote, size, "muted"), theme.set_width(body.width))])
        height = line.lines * theme.line_height(size)
        box = Box(body.x, body.bottom - height, body.width, height)
        footnote = TextBlock("footnote", box, (line,), anchor="bottom")
    text = slide.callout if isinstance(slide, Grouped) else None
    if text:
        style = theme.callout
        [line] = yield from set_lines([(Paragraph(text, style.size), theme.set_width(body.width))])
        height = style.height + (line.lines - 1) * theme.line_height(style.size)
        box = Box(body.x - style.overhang, 0, body.width + 2 * style.overhang, height)
        callout = TextBlock("callout", box, (line,), anchor="middle", fill="tint", padding=style.overhang)
    taken = [block for block in (callout, footnote) if block]
    if sum(block.box.height for block in taken) > body.height // 2:
        origin = max(taken, key=lambda block: block.box.height).paragraphs[0].text.origin
        raise fatal(origin, "text-overflow", "the foot of the slide takes more than half of it", "shorten it")
    return footnote, callout


def _qr(slide: Slide, theme: Theme) -> list[Block]:
    if slide.qr is None:
        return []
    size = theme.qr.size
    body = theme.body_box
    return [PictureBlock("", Box(body.x + body.width - size, theme.qr.top, size, size), slide.qr)]
