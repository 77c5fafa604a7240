"""Meetings with ids of any kind, in the order of the table of meetings, and stray files beside them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from support.repository import MINIMAL, lay_out

from deckgen.build.one import check, typeset
from deckgen.meeting import Order, list_meetings, order_of
from deckgen.review.make import review
from deckgen.source import parse

Folder = Callable[..., Path]
Run = Callable[..., CompletedProcess[str]]
TABLE = """\
spring: {label: Spring 2026, city: Oslo, first: 2026-04-06, last: 2026-04-10}
autumn: {label: Autumn 2026, city: Rome, first: 2026-10-05, last: 2026-10-09}
2026-11: {label: November 2026, city: Lima, first: 2026-11-02, last: 2026-11-06}
"""
OWN = """\
session: {{date: {day}, start: "09:30"}}
directors: {{a.director: A. Director}}
slides:
  where:
    kind: statement
    title: "{{{{ meeting.label }}}}, after {{{{ meeting.previous | default('nothing') }}}}"
"""
DAYS = {"spring": "2026-04-07", "autumn": "2026-10-06", "2026-11": "2026-11-03"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three meetings with names, in another order than that of the alphabet."""
    files = {f"meetings/{id}.yaml": OWN.format(day=day) for id, day in DAYS.items()}
    return lay_out(tmp_path / "repository", {"templates/meetings.yaml": TABLE, **files}, slides=False)


def stray(root: Path, meeting: str = "123") -> list[str]:
    """What is reported of files that belong to no meeting."""
    return [f"{p.origin}: {p.text}" for p in check(root, meeting) if p.rule in ("stray-file", "wrong-suffix")]


def test_the_table_of_meetings_has_their_order(root: Path) -> None:
    """And not the alphabet, in which autumn comes first."""
    assert list_meetings(root) == ["spring", "autumn", "2026-11"]


@pytest.mark.parametrize(
    ("id", "title"),
    [("spring", "Spring 2026, after nothing"), ("autumn", "Autumn 2026, after spring")],
)
def test_a_meeting_has_the_label_and_the_previous_meeting_of_the_table(root: Path, id: str, title: str) -> None:
    """Both are facts, which slides show."""
    assert typeset(root, id).get().deck.slides[0].title.words == title


def test_a_number_that_the_table_lacks_comes_between_its_neighbours() -> None:
    """Numbers are compared as numbers, and the table has nothing to say of 99."""
    order = Order.of(parse("'9': {label: Nine}\n'100': {label: A Hundred}\n", "meetings.yaml").get())

    assert sorted(["100", "9", "99", "101"], key=order.rank) == ["9", "99", "100", "101"]
    assert (order.before("99"), order.after("99"), order.before("9"), order.after("100")) == ("9", "100", "8", "101")


def test_templates_hold_for_meetings_by_the_order_of_the_table(root: Path) -> None:
    """`from: autumn` holds for November, and not for spring."""
    order = order_of(root)

    assert [order.holds(id, "autumn", None) for id in DAYS] == [False, True, True]
    assert [order.holds(id, None, "autumn") for id in DAYS] == [True, True, False]


def test_a_review_is_named_by_the_label(root: Path) -> None:
    """The page says what people call the meeting, and so it does of the one that it is compared with."""
    page = review(root, "autumn", "spring", root / "review").files[0].read_text("utf-8")

    assert "Review · Autumn 2026" in page
    assert "compared with <b>Spring 2026</b>" in page


def test_a_new_meeting_carries_over_from_the_one_before_it(root: Path, run: Run) -> None:
    """`deckgen new 2026-11` takes the directors from the last meeting that has a file."""
    (root / "meetings" / "2026-11.yaml").unlink()
    told = run(root, "new", "2026-11").stdout

    assert "directors: from meeting autumn" in told
    assert "# November 2026, Lima" in (root / "meetings" / "2026-11.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("123-ops.yaml", "`123-ops` is not in the table of meetings"),
        ("123-ops.facts.yaml", "`123-ops` is not in the table of meetings"),
        ("Notes.yaml", "`Notes` is not the id of a meeting: lower-case letters, digits and hyphens"),
        ("124.yml", "only files that end in `.yaml` are read"),
    ],
)
def test_a_stray_file_beside_the_meetings_is_reported(bare: Folder, name: str, text: str) -> None:
    """Once, at the file, while the deck of another meeting is checked."""
    assert stray(bare(**{f"meetings/{name}": MINIMAL})) == [f"meetings/{name}: {text}"]


def test_files_of_meetings_are_not_stray(bare: Folder) -> None:
    """Nor is one that the table lacks, if it is a number."""
    files = {"meetings/124.facts.yaml": "{}", "meetings/190.yaml": MINIMAL, "meetings/figures/a.svg": "<svg/>"}

    assert stray(bare(**files)) == []
