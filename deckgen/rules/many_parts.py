"""Pages -> Findings: a slide that takes many pages.

What: a slide that takes more pages than `most` in templates/rules.yaml.
Why: nobody follows a list over four pages.
Bad: a table of 60 rows
Good: the ten rows that matter, and a link to the rest
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from deckgen.base import Meta
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    most: Annotated[int, Meta(ge=1, description="Pages of a slide, at most.")] = 3


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every such slide."""
    most = options.most
    for page in subject.pages.pages:
        if page.part == 1 and page.parts > most:
            message = f"slide `{page.slide}` takes {page.parts} pages; at most {most:g} are followed"
            yield Finding(page.origin, message, "show less of it", slide=page.slide)
