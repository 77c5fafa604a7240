"""Facts -> Findings: somebody who both leaves a group and joins it.

What: one name among the departures and the additions of one group.
Why: one of the two is a mistake, and the slide would show both.
Bad: `acme: {departures: [A. Chair], additions: [A. Chair]}`
Good: `acme: {departures: [A. Chair], additions: [B. Chair]}`
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject
from deckgen.source import text_of


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every name on both sides."""
    changes = subject.fact("chair_changes")
    for acronym, change in changes.items():
        leaving = {text_of(name).casefold() for name in change.get("departures") or ()}
        for name in change.get("additions") or ():
            if text_of(name).casefold() in leaving:
                text = f"{text_of(name)} both leaves and joins `{acronym}`"
                yield Finding(name.origin, text, "keep the name in `departures` or in `additions`")
