"""Code -> Pages: the lines on a panel that is as high as they are, cut at blank lines where a page is too low."""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.base import replace
from deckgen.deck.kinds.code import Code
from deckgen.layout.flow import height_of, plain_paragraphs
from deckgen.layout.frame import Part, fit_lines, frame, inside
from deckgen.layout.layouts import light
from deckgen.layout.measure import Ask, Placing
from deckgen.layout.pages import Block, Layout, Page, Paragraph, Slot, TextBlock
from deckgen.layout.split import partition
from deckgen.layout.theme import EMU, Box, Theme
from deckgen.problems import DeckError, Problem, fatal


def layouts(theme: Theme) -> tuple[Layout, ...]:
    """The layout of code and its caption."""
    body, size = theme.body_box, theme.caption.sizes[0]
    bottom = body.bottom - theme.line_height(theme.footnote.size) - theme.footnote.gap
    caption = Box(body.x, bottom - theme.line_height(size), body.width, theme.line_height(size))
    panel = _panel(replace(body, height=caption.y - theme.caption.gap - body.y), theme)
    padding = theme.callout.overhang
    return (
        light(
            theme,
            "Code",
            Slot("code", "text", panel, theme.code.sizes[0], "Code", anchor="middle", fill="tint", padding=padding),
            Slot("caption", "text", caption, size, "Caption", "muted"),
        ),
    )


def place(slide: Code, theme: Theme) -> Placing[list[Page]]:
    """The code at the largest size at which its longest line fits, and a smaller one where that saves a page.

    Raises DeckError for a line that does not fit at the smallest size.
    """
    body = yield from inside(slide, theme)
    texts = plain_paragraphs(slide.caption, "muted")
    most = replace(body, height=body.height // 3)
    caption = (yield from fit_lines(texts, most, theme.caption.sizes, theme)) if texts else []
    below = height_of(caption, theme) + theme.caption.gap if caption else 0
    room = body.height - below - 2 * theme.callout.overhang
    sizes = yield from _sizes(slide, theme)
    tried = [_cut([Paragraph(line.text, size, line=line.line) for line in slide.lines], room, theme) for size in sizes]
    parts = []
    for part in min(tried, key=len):  # the first of equals is the largest
        high = height_of(part, theme) + 2 * theme.callout.overhang
        blocks: list[Block] = [_block(part, replace(body, height=high), theme)]
        if caption:
            under = Box(body.x, body.y + high + theme.caption.gap, body.width, height_of(caption, theme))
            blocks.append(TextBlock("caption", under, tuple(caption)))
        parts.append(Part("Code", tuple(blocks)))
    return (yield from frame(slide, parts, theme))


def _sizes(slide: Code, theme: Theme) -> Placing[list[float]]:
    """The sizes at which the longest line fits; if only small ones do, the largest of these. Raises DeckError."""
    share, width = theme.fonts.code.share, theme.set_width(theme.body_box.width)
    ems = yield [Ask(line.text.runs) for line in slide.lines]
    limits = [width * share / em / EMU if em else theme.code.sizes[0] for em in ems]
    smallest = theme.code.sizes[-1]
    problems = []
    for line, limit in zip(slide.lines, limits, strict=True):
        if limit < smallest:
            count = len(line.text.words)
            found = f"{count} characters of code in a line; {int(count * limit / smallest)} fit"
            problems.append(Problem(line.text.origin, "text-overflow", found, "break the line"))
    if problems:
        raise DeckError(problems)
    fitting = [size for size in theme.code.sizes if size <= min(limits)]
    return [size for size in fitting if size >= theme.text.official] or fitting[:1]


def _cut(lines: Sequence[Paragraph], room: int, theme: Theme) -> list[list[Paragraph]]:
    """The lines of each page, without blank ones at its beginning and its end."""
    begin = [n for n, line in enumerate(lines) if n == 0 or not lines[n - 1].text.runs]
    heights = [theme.line_height(line.size) for line in lines]
    parts = partition(heights, room, group_starts=begin)
    if parts is None:
        raise fatal(lines[0].text.origin, "text-overflow", "no line of code fits here", "shorten what is under it")
    return [_stripped([lines[n] for n in part]) for part in parts]


def _stripped(lines: list[Paragraph]) -> list[Paragraph]:
    while lines and not lines[-1].text.runs:
        lines = lines[:-1]
    while lines and not lines[0].text.runs:
        lines = lines[1:]
    return lines


def _block(lines: Sequence[Paragraph], box: Box, theme: Theme) -> TextBlock:
    padding = theme.callout.overhang
    return TextBlock("code", _panel(box, theme), tuple(lines), anchor="middle", fill="tint", padding=padding)


def _panel(box: Box, theme: Theme) -> Box:
    """A panel whose text is on the edge of the title."""
    overhang = theme.callout.overhang
    return replace(box, x=box.x - overhang, width=box.width + 2 * overhang)
