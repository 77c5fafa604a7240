"""Text of a server -> moments and days in UTC, and in local time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from deckgen.facts.asking import NoAnswer

# The clock of PST8PDT, under the name that every table of time zones has.
_DEADLINES = ZoneInfo("America/Los_Angeles")


def moment(text: object) -> datetime:
    """`2025-07-24T15:30:00Z`, with any offset or none (UTC), or the first moment of a date. Raises ValueError."""
    parsed = datetime.fromisoformat(str(text))
    return parsed.astimezone(UTC) if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def day(text: object) -> date:
    """The UTC day of a moment or a day written as text. Raises ValueError."""
    return moment(text).date()


def deadline_day(text: object) -> date:
    """The day of a moment in PST8PDT, the datatracker's DEADLINE_TZINFO. Raises ValueError."""
    return moment(text).astimezone(_DEADLINES).date()


def stamp(when: datetime) -> str:
    """A moment as text, to the second."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def midnight(when: date) -> datetime:
    """The first moment of a UTC day."""
    return datetime(when.year, when.month, when.day, tzinfo=UTC)


def span(text: object) -> timedelta:
    """`1:30:00` as a length of time. Raises ValueError."""
    hours, minutes, seconds = (int(part) for part in str(text).split(":"))
    length = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if not timedelta(0) <= length <= timedelta(days=1):
        raise ValueError(f"{text!r} is not the length of a session")
    return length


def local(when: datetime, zone: str) -> datetime:
    """A moment in the local time of a zone. Raises NoAnswer for an unknown zone."""
    try:
        return when.astimezone(ZoneInfo(zone))
    except (ValueError, OSError, LookupError):  # ZoneInfoNotFoundError is a KeyError
        raise NoAnswer(f"unknown time zone {zone[:60]!r}") from None
