"""ISO date and time text -> what a slide says; English whatever the locale, and no clock."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAY = 24 * 60
_LONGEST = 12 * 60  # minutes; a session of more is rather one that ends before it begins
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


def long_date(text: str) -> str:
    """`2025-07-25` as `Friday, 25 July 2025`. Raises ValueError."""
    day = day_of(text)
    if day is None:
        raise ValueError(f"`{text[:40]}` is no date such as 2025-11-07")
    return f"{DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def day_of(text: str) -> date | None:
    """`2025-07-25` as a date; None for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def minutes_of(clock: str) -> int:
    """`09:30`, or `9:30`, as minutes after midnight. Raises ValueError."""
    found = _CLOCK.fullmatch(clock)
    if found is None:
        raise ValueError(f"{clock!r} is no time of day")
    return int(found[1]) * 60 + int(found[2])


def clock_of(minutes: int) -> str:
    """Minutes after midnight as `09:30`."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def end_after(start: int, end: int) -> int:
    """`end` as minutes after the midnight before `start`: a session may go on into the next day."""
    return end + _DAY if end < start and end + _DAY - start <= _LONGEST else end


def in_utc(day: date, minutes: int, zone: str) -> str:
    """A time at a place as `07:30` in UTC, with its weekday where that is another one: `Sat 01:00`.

    The machine's table of time zones is asked. Raises ValueError for a zone that it does not have.
    """
    from zoneinfo import ZoneInfo  # few decks ask, and the import takes 5 ms

    try:
        place = ZoneInfo(zone)
    except (ValueError, OSError, LookupError):  # ZoneInfoNotFoundError is a KeyError
        raise ValueError(f"no time zone is called `{zone[:60]}`") from None
    local = datetime.combine(day, time()) + timedelta(minutes=minutes)
    there = local.replace(tzinfo=place).astimezone(UTC)
    other = "" if there.date() == local.date() else f"{DAYS[there.weekday()][:3]} "
    return f"{other}{there:%H:%M}"
