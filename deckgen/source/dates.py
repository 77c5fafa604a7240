"""ISO date and time text -> text on a slide: English in every locale, and independent of the clock."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAY = 24 * 60
_MAX_SESSION = 12 * 60  # minutes; a longer session is more likely one whose times are swapped
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


def long_date(text: str) -> str:
    """`2025-07-25` as `Friday, 25 July 2025`. Raises ValueError."""
    day = day_of(text)
    if day is None:
        raise ValueError(f"`{text[:40]}` is not a date, such as 2025-11-07")
    return f"{DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def day_of(text: str) -> date | None:
    """`2025-07-25` as a date; None for any other text."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def minutes_of(clock: str) -> int:
    """`09:30`, or `9:30`, as minutes after midnight. Raises ValueError."""
    found = _CLOCK.fullmatch(clock)
    if found is None:
        raise ValueError(f"{clock!r} is not a time of day")
    return int(found[1]) * 60 + int(found[2])


def clock_of(minutes: int) -> str:
    """Minutes after midnight as `09:30`."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def end_after(start: int, end: int) -> int:
    """`end` as minutes after the midnight before `start`: a session may continue into the next day."""
    return end + _DAY if end < start and end + _DAY - start <= _MAX_SESSION else end


def in_utc(day: date, minutes: int, zone: str) -> str:
    """A local time as `07:30` in UTC, with the weekday if it differs: `Sat 01:00`.

    Uses the machine's table of time zones. Raises ValueError for a zone that it does not have.
    """
    from zoneinfo import ZoneInfo  # few decks ask, and the import takes 5 ms

    try:
        local_zone = ZoneInfo(zone)
    except (ValueError, OSError, LookupError):  # ZoneInfoNotFoundError is a KeyError
        raise ValueError(f"no time zone is called `{zone[:60]}`") from None
    local = datetime.combine(day, time()) + timedelta(minutes=minutes)
    there = local.replace(tzinfo=local_zone).astimezone(UTC)
    other = "" if there.date() == local.date() else f"{DAYS[there.weekday()][:3]} "
    return f"{other}{there:%H:%M}"
