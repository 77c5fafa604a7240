"""Pages -> Findings: a title of many lines.

What: a title that takes more lines than `most` in templates/rules.yaml.
Why: a title is read at a glance or not at all.
Bad: a whole sentence with its subordinate clauses
Good: up to ten words
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from deckgen.base import Meta
from deckgen.layout.pages import TextBlock
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    most: Annotated[int, Meta(ge=1, description="Lines of a title, at most.")] = 2


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every such title."""
    most = options.most
    for page, block in subject.blocks():
        if page.part == 1 and isinstance(block, TextBlock) and block.slot == "title":
            lines = sum(paragraph.lines for paragraph in block.paragraphs)
            if lines > most:
                message = f"the title of slide `{page.slide}` takes {lines} lines; at most {most:g} are read"
                yield Finding(page.origin, message, "shorten it", slide=page.slide)
