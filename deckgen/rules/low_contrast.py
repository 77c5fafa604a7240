"""Pages -> Findings: a colour that is hard to read on its background.

What: a text whose contrast with its background is below `least` in templates/rules.yaml.
Why: projectors wash out, and not all eyes are young (WCAG 2.2, 1.4.3).
Bad: `muted: "B0B8C0"` in the theme, on white
Good: `muted: "566173"`
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

from deckgen.base import Meta
from deckgen.layout.layouts import contrast
from deckgen.layout.pages import Block, ChartBlock, Paragraph, TableBlock, TextBlock
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject
from deckgen.source import at


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    least: Annotated[float, Meta(ge=1, le=21, description="The lowest contrast allowed, from 1 to 21.")] = 4.5


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every such pair of theme colours in use."""
    least = options.least
    theme = subject.theme
    grounds = {layout.name: layout.ground for layout in subject.pages.layouts}
    pairs = {pair for page, block in subject.blocks() for pair in _pairs(block, grounds[page.layout])}
    for colour, ground in sorted(pairs):
        ratio = contrast(theme.colour(colour), theme.colour(ground))
        if ratio < least:
            message = f"`{colour}` on `{ground}` has a contrast of {ratio:.1f}; at least {least:g} can be read"
            yield Finding(
                at(subject.theme_file, ["colours", colour]).origin, message, "use a darker or a lighter colour"
            )


def _pairs(block: Block, ground: str) -> Iterator[tuple[str, str]]:
    """The text colours of a block, each with its background."""
    if isinstance(block, TextBlock):
        yield from _on(block.fill or ground, block.paragraphs)
    elif isinstance(block, TableBlock):
        for row in block.rows:
            yield from _on(ground, [paragraph for cell in row.cells for paragraph in cell])
    elif isinstance(block, ChartBlock):
        yield from ((label.colour, label.ground or ground) for label in block.labels)


def _on(ground: str, paragraphs: Iterable[Paragraph]) -> Iterator[tuple[str, str]]:
    for paragraph in paragraphs:
        yield from ((run.colour, run.fill or ground) for run in paragraph.runs)
