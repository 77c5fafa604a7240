"""A key that is no fact -> what to do: it is called otherwise, stands in a fact, or is a slide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.repository import MINIMAL, ROOT

from deckgen.build.one import check
from deckgen.source import parse

Folder = Callable[..., Path]
TEMPLATES = ROOT / "templates"
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


def test_where_nothing_is_near_the_facts_are_listed(bare: Folder) -> None:
    """Those that the meeting has already are left out."""
    [problem] = [p for p in check(bare(f"{MINIMAL}xyzzy: 1\n"), 123) if p.rule == "unknown-key"]

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


def test_each_fact_that_a_template_needs_is_reported_once_in_the_meeting_file(folder: Folder) -> None:
    """At the first key of that file, not in the template; the line of the hint supplies the fact."""
    facts = [key for key, _ in parse((TEMPLATES / "facts.yaml").read_text("utf-8"), "facts").get().items()]
    uses = "".join(f"  - '{{{{ {fact} }}}}'\n" for fact in facts)
    slide = f"kind: bullets\ntitle: All\nitems:\n{uses}"
    root = folder("# A comment.\nfetched: {}\n", **{"templates/slides/the-end.yaml": slide})
    missing = [problem for problem in check(root, 123) if problem.rule == "missing-fact"]
    lines = [problem.hint.removeprefix("write a line such as `").removesuffix("`") for problem in missing]
    (root / "meetings" / "123.yaml").write_text("\n".join(lines), "utf-8")

    assert {str(problem.origin) for problem in missing} == {"meetings/123.yaml:2:1"}
    assert [problem.text for problem in missing if "directors" in problem.text] == [
        "`directors` is missing; a template needs it"
    ]
    assert len(set(lines)) == len(lines) > 15
    assert not [problem for problem in check(root, 123) if problem.rule in ("missing-fact", "undefined-name")]


@pytest.mark.parametrize(
    ("meeting", "message", "hint"),
    [
        (MINIMAL, "1:10: error: `room` of `session` is missing", "in `session`, write `room: Viger`"),
        (
            f"{MINIMAL}meeting: {{venue: null}}\n",
            "3:11: error: `venue` of `meeting` is null",
            "in `meeting`, write `venue",
        ),
        (MINIMAL, "1:1: error: `venue` of `meeting` is missing", "in `meeting`, write `venue: Melia Castilla`"),
        ("directors: null\n", "1:1: error: `directors` is null", "write a line such as `directors: {ann.example:"),
    ],
)
def test_a_missing_part_and_a_null_are_reported_in_the_meeting_file(
    folder: Folder, meeting: str, message: str, hint: str
) -> None:
    """At the fact that lacks the part, or at the null."""
    slide = 'kind: statement\ntitle: "{{ session.room }} {{ meeting.venue }}"\n'
    other = 'kind: statement\ntitle: "{{ meeting.venue }}"\n'
    files = {"templates/slides/the-end.yaml": slide, "templates/slides/helping-out.yaml": other}
    told = {str(problem): problem.hint for problem in check(folder(meeting, **files), 123)}

    [found] = [
        hint for text, hint in told.items() if text.startswith(f"meetings/123.yaml:{message}; a template needs it")
    ]
    assert found.startswith(hint)


def test_a_part_that_no_template_declares_is_reported_in_the_template(folder: Folder) -> None:
    """A misspelt name is no missing fact."""
    slide = 'kind: statement\ntitle: "{{ session.rom }}"\n'
    [problem] = [p for p in check(folder(**{"templates/slides/the-end.yaml": slide}), 123) if p.severity == "error"]

    assert str(problem).startswith("templates/slides/the-end.yaml:2:9: error: `rom` is not defined")
