"""ISO date and time text -> what a slide says; English whatever the locale, and no clock."""

from __future__ import annotations

import re
from datetime import date

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
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
