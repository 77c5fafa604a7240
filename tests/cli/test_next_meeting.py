"""`new`, `fetch` and `upload-help`, as they are typed: what they say, what they write, and how they end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from support.facts_server import Area, Reply, area_at
from support.repository import MINIMAL

Folder = Callable[..., Path]
Run = Callable[..., CompletedProcess[str]]
area = pytest.fixture(area_at)


def test_a_new_meeting_builds_at_once(folder: Folder, run: Run) -> None:
    """The file is begun from the last one, and its deck is written without an error."""
    root = folder()
    begun = run(root, "new", "124")
    built = run(root, "build", "124")

    assert (begun.returncode, built.returncode) == (0, 0), begun.stderr + built.stderr
    assert "124.yaml: created\n  from the meetings before: directors: from meeting 123" in begun.stdout
    assert (root / "build/124/slides-124-saag-chair-slides.pdf").exists()


def test_a_meeting_that_is_there_is_never_begun_again(folder: Folder, run: Run) -> None:
    """Exit 1, a message, and the file as it was."""
    root = folder()
    again = run(root, "new", "123")

    assert again.returncode == 1
    assert "meetings/123.yaml: error: the file already exists" in again.stderr
    assert (root / "meetings/123.yaml").read_text("utf-8") == MINIMAL


def test_a_fetch_writes_the_facts_and_says_what_it_cannot_know(area: Area, run: Run) -> None:
    """One fact asked for over loopback; what only a person can supply is listed."""
    fetched = run(area.root, "fetch", "125", "--only", "session,directors")

    assert fetched.returncode == 0, fetched.stderr
    assert "125.facts.yaml: written" in fetched.stdout
    assert "to enter by hand: dispatch_outcomes" in fetched.stdout
    assert "directors:" in (area.root / "meetings/125.facts.yaml").read_text("utf-8")


def test_a_fetch_that_partly_fails_ends_with_1(area: Area, run: Run) -> None:
    """The facts that were not had are named with the reason, and what to do next, with a line for each to write."""
    area.server.always["/api/v1/group/groupevent/"] = Reply(404)
    fetched = run(area.root, "fetch", "125", "--only", "documents,chair-changes")

    assert fetched.returncode == 1
    assert "failed: chair-changes: HTTP 404" in fetched.stderr
    assert "make fetch MEETING=125 again, later; the deck builds without them" in fetched.stderr
    assert "into meetings/125.yaml, such as\n  chair_changes: {acme: {departures: [A. Chair]" in fetched.stderr
    assert "documents: {" not in fetched.stderr
    assert "documents:" in (area.root / "meetings/125.facts.yaml").read_text("utf-8")


@pytest.mark.slow
def test_the_lines_to_write_make_a_deck(area: Area, run: Run) -> None:
    """Without a network nothing is fetched, and the examples are right as they stand."""
    for path in (
        "/api/v1/group/group/",
        "/errata.json",
        "/rfc-index.xml",
        "/meeting/125/agenda.json",
        "/meeting/124/agenda.json",
    ):
        area.server.always[path] = Reply(404)
    told = run(area.root, "fetch", "125").stderr
    lines = told.partition("such as\n")[2].splitlines()
    (area.root / "meetings/125.yaml").write_text("\n".join(line.strip() for line in lines))
    built = run(area.root, "build", "125")

    assert len(lines) > 5
    assert built.returncode == 0, built.stderr


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--only", "erratta", "no fact is called `erratta`; did you mean `errata`?"),
        ("--since", "March", "`March` is not a date, such as 2026-03-20"),
    ],
)
def test_a_wrong_option_is_wrong_usage(option: str, value: str, message: str, folder: Folder, run: Run) -> None:
    """Exit 2, and what to type instead."""
    result = run(folder(), "fetch", "123", option, value)

    assert result.returncode == 2
    assert message in result.stderr


@pytest.mark.slow
def test_the_upload_help_names_the_page_and_the_file(folder: Folder, run: Run) -> None:
    """The page to log in to, and the PDF, once it is built."""
    root = folder()
    before = run(root, "upload-help", "123")
    run(root, "build", "123")
    after = run(root, "upload-help", "123")

    assert "not there yet: run `make deck` first" in before.stdout
    assert "https://datatracker.ietf.org/meeting/123/session/saag" in after.stdout
    assert "slides-123-saag-chair-slides.pdf (" in after.stdout
    assert "bytes, fine)" in after.stdout
