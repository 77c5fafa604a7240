"""Deck -> Findings: the number of another meeting, left from an older file.

What: "IETF 122" or ".../meeting/122/..." in the deck of a meeting that is not 122, nor the one after or before it.
Why: it was copied; numbers of meetings are in `{{ meeting.number }}` and `{{ meeting.previous }}`.
Bad: `title: Resources for IETF 122` at IETF 124
Good: `title: Resources for IETF {{ meeting.number }}`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject
from deckgen.source import text_of

_NUMBER = re.compile(r"\bIETF[ -]?(\d{2,3})\b|/meeting/(\d{2,3})\b")


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every such number that is written out; the values of expressions are left alone."""
    meeting = subject.fact("meeting")
    id, order = subject.meeting.id, subject.meeting.order
    expected = {id, order.after(id), text_of(meeting.get("previous"), order.before(id))}
    for slide, text in subject.texts():
        for found in _NUMBER.finditer(text.words):
            other = found[1] or found[2]
            if other not in expected and found[0] in subject.written(text.origin):
                message = f"`{found[0]}` in the deck of {subject.meeting.label}"
                hint = "write `{{ meeting.number }}` or `{{ meeting.previous }}`"
                yield Finding(text.origin, message, hint, slide=slide.id)
