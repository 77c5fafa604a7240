"""Facts -> Findings: a previous meeting that is not the one before.

What: `meeting: previous` is not the meeting before this one in templates/meetings.yaml.
Why: "since meeting 122" is wrong if the facts count from another meeting.
Bad: `meeting: {previous: 121}` at meeting 123
Good: leave the line out; it is known
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject
from deckgen.source import Source, text_of


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem if it differs from the table of meetings."""
    table = subject.meeting.layers[0].get("meeting") or Source({}, subject.meeting.facts.origin)
    given = (subject.meeting.facts.get("meeting") or table).get("previous")
    known = table.get("previous")
    if given and known and given.value != known.value:
        text = f"`previous` is {text_of(given)}; the meeting before {subject.meeting.id} is {text_of(known)}"
        yield Finding(given.origin, text, "leave the line out")
