"""Pages -> Problems: a title of many lines.

What: a title that takes more lines than `most` in templates/rules.yaml.
Why: a title is read at a glance or not at all.
Bad: a whole sentence with its subordinate clauses
Good: up to ten words
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from deckgen.layout.pages import TextBlock
from deckgen.problems import Problem
from deckgen.rules.subject import Subject, number_of
from deckgen.source import Source


def check(subject: Subject, settings: Source) -> Iterator[Problem]:
    """A problem for every such title."""
    most = number_of(settings, "most", inf)
    for page, block in subject.blocks():
        if page.part == 1 and isinstance(block, TextBlock) and block.slot == "title":
            lines = sum(paragraph.lines for paragraph in block.paragraphs)
            if lines > most:
                told = f"the title of slide `{page.slide}` takes {lines} lines; at most {most:g} are read"
                yield Problem(page.origin, "", told, "shorten it", slide=page.slide)
