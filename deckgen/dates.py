"""ISO date and time text -> what a slide says; English whatever the locale, and no clock."""

from __future__ import annotations

from datetime import date, time

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def long_date(text: str) -> str:
    """`2025-07-25` as `Friday, 25 July 2025`. Raises ValueError."""
    day = date.fromisoformat(text)
    return f"{DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def day_of(text: str) -> date | None:
    """`2025-07-25` as a date; None for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def minutes_of(clock: str) -> int:
    """`09:30` as minutes after midnight. Raises ValueError."""
    moment = time.fromisoformat(clock)
    return moment.hour * 60 + moment.minute


def clock_of(minutes: int) -> str:
    """Minutes after midnight as `09:30`."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
