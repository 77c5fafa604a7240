"""Meeting -> Problems: text after a ` #`, which YAML takes for a comment.

What: in the meeting's own file, a value without quotes and after it, on the same line, a `#` that touches a word.
Why: what stands after it is not on the slide, and nothing else says so.
Bad: `- See issue #4 of the list`, of which the slide shows `See issue`
Good: `- "See issue #4 of the list"`, or a space after the `#` of a comment that is meant
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.problems import Problem
from deckgen.rules import Subject
from deckgen.source import Source

_COMMENT = re.compile(r"\s+#\S")


def check(subject: Subject, settings: Source) -> Iterator[Problem]:
    """A problem for every value that is cut so."""
    yield from _cut(subject.meeting.layers[-1])


def _cut(source: Source) -> Iterator[Problem]:
    for child in (*source, *(child for _, child in source.items())):
        yield from _cut(child)
    place = source.origin
    if source.document is None or isinstance(source.value, (dict, tuple)):
        return
    line = source.document.line(place.line)
    rest = line[place.column - 1 + place.width :]
    if line[place.column - 1 : place.column] not in ("'", '"', "|", ">") and _COMMENT.match(rest):
        yield Problem(place, "", f"`{rest.strip()[:40]}` is a comment to YAML", "put the whole text in quotes")
