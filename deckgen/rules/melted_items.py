"""Meeting -> Problems: items under an item, which YAML takes for more of its text.

What: in the meeting's own file, a text without quotes, and on the line under it, indented deeper, a `- `.
Why: the slide shows `one - two` in one line, and nothing else says so.
Bad: `- one` and under it `  - two`
Good: `- text: one` and under it `  items: [two]`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.problems import Origin, Problem
from deckgen.rules import Subject
from deckgen.source import Source

_BEFORE = re.compile(r"(?:-|[^\s:]+:)\s+$")  # the dash or the key that a value stands after


def check(subject: Subject, settings: Source) -> Iterator[Problem]:
    """A problem for every text that has taken in an item."""
    yield from _melted(subject.meeting.layers[-1])


def _melted(source: Source) -> Iterator[Problem]:
    for child in (*source, *(child for _, child in source.items())):
        yield from _melted(child)
    place = source.origin
    if source.document is None or not isinstance(source.value, str) or " - " not in source.value:
        return
    line, under = source.document.line(place.line), source.document.line(place.line + 1)
    indent = len(under) - len(under.lstrip())
    beside = _BEFORE.search(line[: place.column - 1])
    item = under[indent:].startswith("- ") and indent > (beside.start() if beside else len(line) - len(line.lstrip()))
    if item and line[place.column - 1 : place.column] not in ("'", '"', "|", ">"):
        at = Origin(place.path, place.line + 1, indent + 1, len(under.strip()))
        told = f"`{under.strip()[:40]}` is no item of its own, but part of the text above it"
        yield Problem(at, "", told, "write `- text: ...` above, and under it `items:` with this one")
