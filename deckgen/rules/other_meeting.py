"""Deck -> Findings: the number of another meeting, left from an older file.

What: "Meeting 122" or ".../meeting/122/..." in the deck of a meeting that is not 122, nor the one after or before it.
Why: it was copied; numbers of meetings are in `{{ meeting.number }}` and `{{ meeting.previous }}`.
Bad: `title: Resources for Meeting 122` at meeting 124
Good: `title: Resources for Meeting {{ meeting.number }}`
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from deckgen.base import Meta
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject
from deckgen.source import text_of


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    forms: Annotated[tuple[str, ...], Meta(description="How texts and addresses name a meeting by its {number}.")] = ()


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every such number that is written out; the values of expressions are left alone."""
    meeting = subject.fact("meeting")
    id, order = subject.meeting.id, subject.meeting.order
    expected = {id, order.after(id), text_of(meeting.get("previous"), order.before(id))}
    forms = "|".join(map(_form, options.forms))
    for slide, text in subject.texts() if forms else ():
        for found in re.finditer(forms, text.words):
            other = re.findall(r"\d+", found[0])[-1]
            if other not in expected and found[0] in subject.written(text.origin):
                message = f"`{found[0]}` in the deck of {subject.meeting.label}"
                hint = "write `{{ meeting.number }}` or `{{ meeting.previous }}`"
                yield Finding(text.origin, message, hint, slide=slide.id)


def _form(form: str) -> str:
    """A form as a regular expression."""
    whole = r"\b" if form[:1].isalnum() else ""
    return whole + re.escape(form).replace(r"\{number\}", r"\d{2,3}") + r"\b"
