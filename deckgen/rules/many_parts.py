"""Pages -> Problems: a slide that had to be cut into many.

What: a slide that takes more pages than `most` in templates/rules.yaml.
Why: nobody follows a list over four pages.
Bad: a table of 60 rows
Good: the ten rows that matter, and a link to the rest
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from deckgen.problems import Problem
from deckgen.rules.subject import Subject, number_of
from deckgen.source import Source


def check(subject: Subject, settings: Source) -> Iterator[Problem]:
    """A problem for every such slide."""
    most = number_of(settings, "most", inf)
    for page in subject.pages.pages:
        if page.part == 1 and page.parts > most:
            told = f"slide `{page.slide}` takes {page.parts} pages; at most {most:g} are followed"
            yield Problem(page.origin, "", told, "show less of it", slide=page.slide)
