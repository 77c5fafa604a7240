"""The clock of an agenda: its own, over midnight, and in UTC beside the time of the place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deckgen.build.one import check, typeset
from deckgen.deck.kinds.agenda import Agenda
from deckgen.layout.pages import TableBlock

Folder = Callable[..., Path]
TOPICS = "[{item: Welcome, minutes: 40}, {item: Discussion, minutes: 50}, {item: Open Mic, minutes: remaining}]"


def session(date: str, start: str, end: str) -> str:
    """A meeting with a session and three topics."""
    return f'session: {{date: {date}, start: "{start}", end: "{end}"}}\ndirectors: {{a.b: A B}}\nagenda: {TOPICS}\n'


def drawn(root: Path, number: int = 123, id: str = "agenda") -> list[list[str]]:
    """The rows of an agenda as they are on its page, less the topics; the header first."""
    pages = typeset(root, number).get().pages.pages
    [table] = [b for page in pages if page.slide == id for b in page.blocks if isinstance(b, TableBlock)]
    return [[cell[0].text.words for cell in row.cells[:-2]] for row in table.rows]


def told(root: Path, number: int = 123) -> list[tuple[str, int, str]]:
    """What is said of agendas that are too long, by slide and line."""
    found = [problem for problem in check(root, number) if problem.rule == "agenda-overrun"]
    return [(problem.slide, problem.origin.line, problem.text) for problem in found]


def test_an_agenda_with_its_own_clock_is_held_to_it(bare: Folder) -> None:
    """The session of the meeting ends at 11:00, the dinner at 22:00 and the tour never."""
    own = (
        "slides:\n"
        f'  dinner: {{kind: agenda, title: Dinner, start: "20:00", end: "22:00", items: {TOPICS}}}\n'
        f'  tour: {{kind: agenda, title: Tour, start: "20:00", items: {TOPICS}}}\n'
        f'  lunch: {{kind: agenda, title: Lunch, start: "12:00", end: "13:00", items: {TOPICS}}}\n'
    )
    root = bare(session("2025-07-25", "09:30", "11:30") + own)

    assert told(root) == [("lunch", 7, "this ends at 13:30; the session ends at 13:00")]
    assert drawn(root, id="dinner") == [["Time"], ["20:00"], ["20:40"], ["21:30"]]


def test_a_session_over_midnight_is_no_fault(folder: Folder) -> None:
    """What remains is counted until its end on the next day."""
    root = folder(session("2025-07-25", "23:00", "00:45"))
    agenda = next(slide for slide in typeset(root, 123).get().deck.slides if isinstance(slide, Agenda))

    assert told(root) == []
    assert drawn(root) == [["Time"], ["23:00"], ["23:40"], ["00:30"]]
    assert agenda.items[-1].minutes == 15


def test_a_session_over_midnight_can_be_too_long(folder: Folder) -> None:
    """90 minutes do not fit before a quarter past midnight."""
    root = folder(session("2025-07-25", "23:00", "00:15"))

    assert told(root) == [("agenda", 3, "this ends at 00:30; the session ends at 00:15")]


@pytest.mark.parametrize(("start", "end"), [("11:00", "09:30"), ("09:30", "09:30")])
def test_a_session_that_ends_before_it_begins_is_one(folder: Folder, start: str, end: str) -> None:
    """Nobody meets for 22 hours: the two were exchanged, or one is mistyped."""
    root = folder(session("2025-07-25", start, end))

    assert told(root) == [("agenda", 1, f"the session ends at {end}, and begins at {start}")]


@pytest.mark.parametrize(
    ("number", "date", "start", "utc"),
    [
        (123, "2025-07-25", "09:30", ["07:30", "08:10", "09:00"]),  # Madrid, summer
        (124, "2025-11-07", "09:30", ["14:30", "15:10", "16:00"]),  # Montréal, winter
        (127, "2026-11-20", "15:30", ["23:30", "Sat 00:10", "Sat 01:00"]),  # San Francisco
        (125, "2026-03-20", "07:30", ["Thu 23:30", "00:10", "01:00"]),  # Shenzhen
    ],
)
def test_utc_stands_beside_the_local_time(folder: Folder, number: int, date: str, start: str, utc: list[str]) -> None:
    """The zone is that of the meeting's place on that day; another day is named."""
    root = folder(session(date, start, "18:00") + "slides: {agenda: {utc: true}}\n", number)

    assert [row[1] for row in drawn(root, number)] == ["UTC", *utc]


def test_utc_is_shown_where_it_is_asked_for_alone(folder: Folder) -> None:
    """The agenda of IETF 123 is as it was."""
    facts = session("2025-07-25", "09:30", "11:30")

    assert drawn(folder(facts))[0] == ["Time"]
    assert drawn(folder(facts + "slides: {agenda: {utc: false}}\n"))[0] == ["Time"]


@pytest.mark.parametrize(
    ("said", "rule", "text"),
    [
        ("time_zone: null", "missing-key", "the times in UTC need `time_zone`"),
        ("time_zone: null, date: null", "missing-key", "the times in UTC need `date` and `time_zone`"),
        ("time_zone: Europe/Madird", "wrong-value", "no time zone is called `Europe/Madird`"),
        ("time_zone: ../../etc/passwd", "wrong-value", "no time zone is called `../../etc/passwd`"),
    ],
)
def test_a_zone_that_is_not_known_is_told(folder: Folder, said: str, rule: str, text: str) -> None:
    """With what to type instead."""
    root = folder(session("2025-07-25", "09:30", "11:30") + f"slides: {{agenda: {{utc: true, {said}}}}}\n")
    errors = [problem for problem in check(root, 123) if problem.severity == "error"]

    assert [(problem.rule, problem.text) for problem in errors] == [(rule, text)]
    assert "Europe/Madrid" in errors[0].hint


def test_the_agenda_of_the_session_is_that_of_the_templates(folder: Folder) -> None:
    """A talk need not be on another agenda, even where that one stands before it."""
    own = (
        "slides:\n  dinner: {kind: agenda, title: Dinner, before: agenda, items: [{item: Soup, minutes: 5}]}\n"
        "  open-mic: {kind: statement, title: Discussion}\n"
    )
    root = folder(session("2025-07-25", "09:30", "11:30") + own)

    assert [p.text for p in check(root, 123) if p.rule in ("talk-without-slide", "slide-not-on-agenda")] == []
