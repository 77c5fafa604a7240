"""Facts -> Findings: somebody who both leaves a group and joins it.

What: one name among the departures and the additions of one group.
Why: one of the two is a mistake, and the slide would show both.
Bad: `acme: {departures: [A. Chair], additions: [A. Chair]}`
Good: `acme: {departures: [A. Chair], additions: [B. Chair]}`
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from deckgen.base import Meta
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject
from deckgen.source import text_of


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    changes: Annotated[str, Meta(description="The fact that has the changes of each group.")] = ""
    leaving: Annotated[str, Meta(description="The key of those who leave.")] = ""
    joining: Annotated[str, Meta(description="The key of those who join.")] = ""


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every name on both sides."""
    for acronym, change in subject.part(options.changes).items():
        leaving = {text_of(name).casefold() for name in change.get(options.leaving) or ()}
        for name in change.get(options.joining) or ():
            if text_of(name).casefold() in leaving:
                text = f"{text_of(name)} both leaves and joins `{acronym}`"
                yield Finding(name.origin, text, f"keep the name in `{options.leaving}` or in `{options.joining}`")
