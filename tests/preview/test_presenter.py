"""The presenter's clock in a browser: what it says at which time, of a session whose agenda is known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.browser import Server, chromium, serving
from support.repository import lay_out

pytestmark = pytest.mark.slow

# A session of an hour and a half; two of its topics have slides, and Open Mic takes what is left.
MEETING = """\
session: {date: 2025-11-07, start: "09:30", end: "10:30"}
meeting: {time_zone: America/Toronto}
directors: {ann.example: Ann Example}
agenda:
  - {item: Welcome, minutes: 10}
  - {item: Reports, minutes: 10}
  - {item: First Talk, minutes: 15, slide: first}
  - {item: Second Talk, minutes: 15}
  - {item: Open Mic, minutes: remaining}
slides:
  first: {kind: statement, title: First, lines: [One]}
  second: {kind: statement, title: Second Talk, lines: [Two]}
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser for the tests of this file."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A preview of the session."""
    with serving(lay_out(tmp_path_factory.mktemp("session"), {"meetings/124.yaml": MEETING}), 124) as server:
        yield server


def presenter(browser: Any, server: Server, instant: str, slide: str) -> Any:
    """The presenter in Tokyo at an instant, at a slide."""
    page = browser.new_context(timezone_id="Asia/Tokyo").new_page()
    page.clock.set_fixed_time(f"2025-11-07T{instant}:20-05:00" if len(instant) == 5 else instant)
    page.goto(f"{server.address}presenter.html#{slide}")
    page.wait_for_selector("#agenda li")
    return page


def told(page: Any) -> tuple[str, str]:
    """What it says of the time: how late the session runs, and what is left."""
    return page.locator("#late").inner_text(), page.locator("#left").inner_text()


@pytest.mark.parametrize(
    ("instant", "slide", "late", "left"),
    [
        ("09:12", "title", "", "begins in 18 min"),
        ("09:34", "title", "", "Welcome: 6 min left"),
        ("09:45", "title", "", "Reports: 5 min left"),
        ("09:53", "title", "3 min late: Open Mic has 7 of 10 left", "Reports: over since 09:50"),
        ("10:04", "first", "", "First Talk: 1 min left"),
        ("10:11", "first", "6 min late: Open Mic has 4 of 10 left", "First Talk: over since 10:05"),
        (
            "10:29",
            "first",
            "24 min late: Open Mic has 0 of 10 left, and 14 min are missing",
            "First Talk: over since 10:05",
        ),
        ("09:46", "first", "", "First Talk: 19 min left; 4 min early"),
        ("10:12", "second", "", "Second Talk: 8 min left"),
        ("10:24", "the-end", "", "Open Mic: 6 min left"),
        ("10:33", "the-end", "3 min late: the session ended at 10:30", "Open Mic: over since 10:30"),
        ("2025-11-06T14:30:00Z", "title", "", "begins on Friday 7 November 2025 at 09:30, in 1 day"),
        ("2025-11-04T15:00:00Z", "title", "", "begins on Friday 7 November 2025 at 09:30, in 3 days"),
        ("2026-01-04T15:00:00Z", "title", "", "the session was on Friday 7 November 2025"),
    ],
)
def test_it_says_how_late_it_is(browser: Any, server: Server, instant: str, slide: str, late: str, left: str) -> None:
    """By the slide that is shown and the time at the meeting's place, wherever the machine thinks it is."""
    assert told(presenter(browser, server, instant, slide)) == (late, left)


def test_a_topic_that_began_late_stays_late(browser: Any, server: Server) -> None:
    """The slide that a talk is about begins it; a reload does not forget when."""
    page = presenter(browser, server, "09:53", "title")
    for _ in range(30):
        if page.evaluate("location.hash") == "#first":
            break
        page.keyboard.press("Space")
    page.clock.set_fixed_time("2025-11-07T09:58:00-05:00")
    page.reload()
    page.wait_for_selector("#agenda .late")

    assert told(page) == ("3 min late: Open Mic has 7 of 10 left", "First Talk: 7 min left")


def test_a_click_says_which_topic_is_on(browser: Any, server: Server) -> None:
    """A topic without slides is begun by a click, at the time of the click."""
    page = presenter(browser, server, "09:44", "title")
    page.locator("#agenda button", has_text="Reports").click()

    assert told(page)[0] == "4 min late: Open Mic has 6 of 10 left"


def test_it_knows_day_place_and_all_topics(browser: Any, server: Server) -> None:
    """The clock is that of the meeting's place, and each topic is listed with its start and length."""
    page = presenter(browser, server, "10:04", "first")

    assert page.locator("#clock").inner_text() == "10:04:20"
    assert page.locator("#day").inner_text() == "Friday 7 November 2025, 09:30–10:30, America/Toronto"
    assert [" ".join(text.split()) for text in page.locator("#agenda li").all_inner_texts()] == [
        "09:30 Welcome 10 min",
        "09:40 Reports 10 min",
        "09:50 First Talk 15 min",
        "10:05 Second Talk 15 min",
        "10:20 Open Mic 10 min",
    ]


def test_a_topic_without_a_time_is_listed(browser: Any, tmp_path: Path) -> None:
    """Where a topic before it has no length, Open Mic has no start, and is there all the same."""
    meeting = MEETING.replace("item: Second Talk, minutes: 15", "item: Second Talk")
    with serving(lay_out(tmp_path, {"meetings/124.yaml": meeting}), 124, "--port", "8550") as server:
        page = presenter(browser, server, "10:11", "first")

        assert page.locator("#agenda li").last.inner_text().split() == ["Open", "Mic", "the", "rest"]
        assert told(page)[0] == "6 min late: Open Mic gets less"


def test_a_time_zone_that_does_not_exist_is_told(browser: Any, tmp_path: Path) -> None:
    """The clock is then that of the machine, and the page says so."""
    meeting = MEETING.replace("America/Toronto", "America/Torronto")
    with serving(lay_out(tmp_path, {"meetings/124.yaml": meeting}), 124, "--port", "8600") as server:
        page = presenter(browser, server, "10:11", "first")
        words = page.locator("#day").inner_text()

        assert "no time zone is called America/Torronto, the clock is this machine's" in words
        assert page.locator("#clock").inner_text() == "00:11:20"
