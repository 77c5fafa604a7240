"""Meeting -> Findings: items under an item, which YAML reads as more of its text.

What: in the meeting's own file, a text without quotes, and on the line under it, indented deeper, a `- `.
Why: the slide shows `one - two` in one line, and nothing else reports it.
Bad: `- one` and under it `  - two`
Good: `- text: one` and under it `  items: [two]`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.problems import Origin
from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject
from deckgen.source import text_of, unquoted

_ITEM = re.compile(r"\s*(?P<item>- .{0,38})")
_MAX_KEY = 100


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every text that has taken in an item."""
    for value, document in unquoted(subject.meeting.layers[-1]):
        if " - " not in text_of(value):
            continue
        place = value.origin
        item = _ITEM.match(document.line(place.line + 1))
        if item and item.start("item") > _start(document.line(place.line), place.column - 1):
            at = Origin(place.path, place.line + 1, item.start("item") + 1, len(item["item"]))
            message = f"`{item['item']}` is not an item of its own, but part of the text above it"
            yield Finding(at, message, "write `- text: ...` above, and under it `items:` with this one")


def _start(line: str, value: int) -> int:
    """Where the dash or the key before the value of a line begins; the value itself, if there is none."""
    first = max(0, value - _MAX_KEY)
    before = line[first:value].split()
    return first + line[first:value].rindex(before[-1]) if before else value
