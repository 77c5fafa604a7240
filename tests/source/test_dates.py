"""Dates and times as an author writes them -> as a slide shows them, at the edges of days and sessions."""

from __future__ import annotations

from datetime import date

import pytest

from deckgen.source.dates import clock_of, day_of, end_after, in_utc, long_date, minutes_of


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2025-07-25", "Friday, 25 July 2025"),
        ("2024-02-29", "Thursday, 29 February 2024"),
        ("2025-12-01", "Monday, 1 December 2025"),
        ("2026-01-04", "Sunday, 4 January 2026"),
    ],
)
def test_a_date_is_shown_with_its_weekday(written: str, shown: str) -> None:
    """In English, whatever the locale, without a zero before the day."""
    assert long_date(written) == shown


def test_a_date_that_does_not_exist_is_refused() -> None:
    """With what was written, and no more than 40 characters of it."""
    assert day_of("2025-02-29") is None
    with pytest.raises(ValueError, match=r"^`2025-02-29` is not a date"):
        long_date("2025-02-29")
    with pytest.raises(ValueError, match=r"^`x{40}` is"):
        long_date("x" * 100)


@pytest.mark.parametrize(
    ("clock", "minutes"), [("00:00", 0), ("9:30", 570), ("09:05", 545), ("19:59", 1199), ("23:59", 1439)]
)
def test_a_time_is_minutes_after_midnight(clock: str, minutes: int) -> None:
    """And is shown again with two digits for the hour."""
    assert minutes_of(clock) == minutes
    assert clock_of(minutes) == clock.zfill(5)


@pytest.mark.parametrize("clock", ["24:00", "9:60", "930", "09:3", "009:30", "09:30 ", "-1:30"])
def test_what_is_not_a_time_of_day_is_refused(clock: str) -> None:
    """Every hour from 0 to 23, and every minute from 00 to 59, and nothing else."""
    with pytest.raises(ValueError, match="is not a time of day"):
        minutes_of(clock)


def test_a_time_after_midnight_is_shown_as_one_of_the_next_day() -> None:
    """A session that goes on after 24:00 has times from 00:00 on."""
    assert [clock_of(minutes) for minutes in (1440, 1505, 2 * 1440)] == ["00:00", "01:05", "00:00"]


@pytest.mark.parametrize(
    ("start", "end", "ends"),
    [
        (570, 660, 660),  # on one day
        (1320, 30, 1470),  # past midnight
        (1320, 600, 2040),  # twelve hours
        (1320, 601, 601),  # a minute more: more likely a mistake
        (570, 570, 570),
        (570, 569, 569),
    ],
)
def test_a_session_may_end_on_the_next_day(start: int, end: int, ends: int) -> None:
    """If it is then no longer than twelve hours."""
    assert end_after(start, end) == ends


@pytest.mark.parametrize(
    ("day", "minutes", "zone", "shown"),
    [
        ("2025-07-25", 570, "Europe/Madrid", "07:30"),
        ("2025-11-07", 570, "America/Toronto", "14:30"),
        ("2025-07-25", 60, "Europe/Madrid", "Thu 23:00"),
        ("2025-11-07", 1230, "America/Toronto", "Sat 01:30"),
        ("2025-07-25", 1440 + 30, "Europe/Madrid", "Fri 22:30"),
    ],
)
def test_a_local_time_is_shown_in_utc(day: str, minutes: int, zone: str, shown: str) -> None:
    """With the weekday where it is another one there; summer and winter time are those of the day."""
    assert in_utc(date.fromisoformat(day), minutes, zone) == shown
