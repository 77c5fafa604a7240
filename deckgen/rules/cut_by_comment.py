"""Meeting -> Findings: text after a ` #`, which YAML reads as a comment.

What: in the meeting's own file, a value without quotes and after it, on the same line, a `#` that touches a word.
Why: the text after it is not on the slide, and nothing else reports it.
Bad: `- See issue #4 of the list`, of which the slide shows `See issue`
Good: `- "See issue #4 of the list"`, or a space after the `#` of a comment that is meant
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject
from deckgen.source import unquoted

_COMMENT = re.compile(r"\s+(#\S.{0,38})")


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every value that is cut."""
    for value, document in unquoted(subject.meeting.layers[-1]):
        place = value.origin
        found = _COMMENT.match(document.line(place.line), place.column - 1 + place.width)
        if found:
            yield Finding(place, f"`{found[1]}` is a comment to YAML", "put the whole text in quotes")
