"""Pages -> Findings: text that cannot be read from the back of the room.

What: text below `floor` points in templates/rules.yaml, a block of code below `code`, or the labels of a chart below
`labels`.
Why: a hall has a last row; layout uses the sizes of the theme, which may be too small.
Bad: `text: {sizes: [28, 14]}` in the theme
Good: `text: {sizes: [28, 24, 20, 18]}`
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from deckgen.base import Meta
from deckgen.layout.pages import ChartBlock
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    floor: Annotated[float, Meta(ge=0, description="The least size of a text, in points.")] = 18
    code: Annotated[float, Meta(ge=0, description="The least size of a block of code, in points.")] = 16
    labels: Annotated[float, Meta(ge=0, description="The least size of the labels of a chart, in points.")] = 12


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every slide with such text, at the first one."""
    labels = options.labels
    reported: set[str] = set()
    for page, paragraph in subject.paragraphs():
        floor = options.code if paragraph.line else options.floor
        if paragraph.size < floor and paragraph.text.words and page.slide not in reported:
            reported.add(page.slide)
            text = f"text of {paragraph.size:g} points; at least {floor:g} can be read"
            yield Finding(paragraph.text.origin, text, "write less text, or make two slides", slide=page.slide)
    for page, block in subject.blocks():
        if isinstance(block, ChartBlock) and block.size < labels:
            text = f"labels of {block.size:g} points; at least {labels:g} can be read"
            yield Finding(block.chart.origin, text, "use fewer categories", slide=page.slide)
