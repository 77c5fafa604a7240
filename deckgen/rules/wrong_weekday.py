"""Deck -> Findings: a date with the wrong weekday.

What: a weekday beside a date that is on another weekday.
Why: half of the readers go by the weekday, the other half by the date.
Bad: `Thursday, 25 July 2025`
Good: `Friday, 25 July 2025`, or `{{ session.date | date }}`
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject
from deckgen.source import text_of
from deckgen.source.dates import DAYS, MONTHS, day_of

_DAY = f"(?P<day>{'|'.join(DAYS)})"
_MONTH = f"(?P<month>{'|'.join(MONTHS)})"
_FORMS = (
    re.compile(
        rf"\b{_DAY},? (?:the )?(?P<number>\d{{1,2}})\.?(?:st|nd|rd|th)?(?: of)? {_MONTH},?(?: (?P<year>\d{{4}}))?"
    ),
    re.compile(rf"\b{_DAY},? {_MONTH} (?P<number>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<year>\d{{4}}))?"),
)
_ISO = re.compile(
    rf"\b{_DAY},? (?P<date>\d{{4}}-\d\d-\d\d)\b|\b(?P<before>\d{{4}}-\d\d-\d\d) \(?(?P<after>{'|'.join(DAYS)})"
)


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every wrong weekday."""
    meeting = subject.fact("meeting")
    year = text_of(meeting.get("first"))[:4]
    for slide, text in subject.texts():
        for weekday, day in _dates(text.words, year):
            if day and DAYS[day.weekday()] != weekday:
                message = f"{day} is a {DAYS[day.weekday()]}, not a {weekday}"
                yield Finding(text.origin, message, DAYS[day.weekday()], slide=slide.id)


def _dates(words: str, year: str) -> Iterator[tuple[str, date | None]]:
    """Weekdays, each with its date."""
    for form in _FORMS:
        for found in form.finditer(words):
            month = MONTHS.index(found["month"]) + 1
            yield found["day"], day_of(f"{found['year'] or year}-{month:02}-{int(found['number']):02}")
    for found in _ISO.finditer(words):
        yield found["day"] or found["after"], day_of(found["date"] or found["before"])
