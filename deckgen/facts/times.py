"""Text of a server -> moments and days in UTC, and in the time of a place."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from deckgen.facts.asking import NoAnswer

# The clock of PST8PDT, under the name that every table of zones has.
_DEADLINES = ZoneInfo("America/Los_Angeles")


def moment(text: object) -> datetime:
    """`2025-07-24T15:30:00Z`, with any offset or none (which is UTC), or a day's first moment. Raises ValueError."""
    parsed = datetime.fromisoformat(str(text))
    return parsed.astimezone(UTC) if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def day(text: object) -> date:
    """The UTC day of a moment or a day written as text. Raises ValueError."""
    return moment(text).date()


def deadline_day(text: object) -> date:
    """The day of a moment where deadlines of the datatracker end: PST8PDT, its DEADLINE_TZINFO. Raises ValueError."""
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
        raise ValueError(f"{text!r} is no length of a session")
    return length


def local(when: datetime, zone: str) -> datetime:
    """A moment as a clock at a place shows it. Raises NoAnswer for a place that no table of zones has."""
    try:
        return when.astimezone(ZoneInfo(zone))
    except (ValueError, OSError, LookupError):  # ZoneInfoNotFoundError is a KeyError
        raise NoAnswer(f"no time zone is called {zone[:60]!r}") from None
