"""A key that is no fact -> what to do: it is called otherwise, stands in a fact, or is a slide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.repository import MINIMAL

from deckgen.build.one import check

Folder = Callable[..., Path]
HINTS = [
    ("date: 2025-07-25", "`date` is a key of `session`: `session: {date: ...}`"),
    ("city: Madrid", "`city` is a key of `meeting`: `meeting: {city: ...}`"),
    ("ads: {a.director: A. Director}", "did you mean `directors`?"),
    ("schedule: [{item: One}]", "did you mean `agenda`?"),
    ("the-end: {title: Bye}", "put a slide under `slides`: `slides: {the-end: ...}`"),
    ("my-talk: {kind: statement, title: Mine}", "put a slide under `slides`: `slides: {my-talk: ...}`"),
    ("the-end: null", "put a slide under `slides`: `slides: {the-end: ...}`"),
    ("grops: {acme: ACME}", "did you mean `groups`?"),
]


@pytest.mark.parametrize(("line", "hint"), HINTS)
def test_a_key_that_is_not_a_fact_gets_a_hint(folder: Folder, line: str, hint: str) -> None:
    """A null too, which was without effect and without a word."""
    [problem] = [problem for problem in check(folder(f"{MINIMAL}{line}\n"), 123) if problem.rule == "unknown-key"]

    assert problem.hint == hint
    assert problem.origin.line == 3


def test_where_nothing_is_near_the_facts_are_listed(folder: Folder) -> None:
    """Those that the meeting has already are left out."""
    [problem] = [p for p in check(folder(f"{MINIMAL}xyzzy: 1\n"), 123) if p.rule == "unknown-key"]

    assert problem.hint.startswith("known here: agenda, wg_changes,")
    assert "directors" not in problem.hint


@pytest.mark.parametrize("text", ["", "\n", "# nothing yet\n", "---\n", "---\n# nothing\n...\n"])
def test_an_empty_meeting_file_is_reported_with_lines_to_begin_with(folder: Folder, text: str) -> None:
    """In that file, at its beginning, and alone; the lines make a deck."""
    root = folder(text)
    [problem] = check(root, 123)
    heading, *lines = problem.hint.splitlines()
    assert str(problem) == "meetings/123.yaml:1:1: error: the file is empty [empty-file]"
    assert heading == "begin with these lines:"
    assert len(lines) == 3

    (root / "meetings" / "123.yaml").write_text("\n".join(lines), "utf-8")
    assert "date: 2025-07-25" in lines[0]
    assert not [problem for problem in check(root, 123) if problem.severity == "error"]


def test_an_empty_file_beside_fetched_facts_is_no_fault(folder: Folder) -> None:
    """They say all that a deck needs."""
    root = folder("", **{"meetings/123.facts.yaml": MINIMAL})

    assert not [problem for problem in check(root, 123) if problem.severity == "error"]
