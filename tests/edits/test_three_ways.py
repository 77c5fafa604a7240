"""An edited PowerPoint, the deck it was and the present files -> both sets of changes, or neither for the same text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.edits import EDITS, add_after, add_row, edited, note, reword
from support.git import committed, git

from deckgen.build.one import Options, build
from deckgen.edits.bring import Imported, bring_home


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The decks of the repository, committed."""
    return committed(tmp_path / "decks")


def both(root: Path, edit: Callable[[Any], None], old: str, new: str, meeting: str = "124") -> Imported:
    """Edit the PowerPoint of the committed files; then change a text of the meeting file, and import."""
    built = build(root, meeting, root / "build", Options(("pptx",))).get()
    file = root / "edited.pptx"
    file.write_bytes(edited(built.files[0].read_bytes(), edit))
    path = root / "meetings" / f"{meeting}.yaml"
    before = path.read_text("utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), "utf-8")
    return bring_home(root, file)


def text(root: Path, meeting: str = "124") -> str:
    """The meeting file."""
    return (root / "meetings" / f"{meeting}.yaml").read_text("utf-8")


def test_changes_of_both_sides_are_kept(root: Path) -> None:
    """A word in PowerPoint, and another line in the file."""
    imported = both(root, lambda d: reword(d, "TESLA update", "TESLA, an update"), "Open Mic", "Open microphone")

    assert imported.problems == ()
    assert "title: TESLA, an update" in text(root)
    assert "item: Open microphone" in text(root)


def test_an_edit_finds_its_element_among_new_ones(root: Path) -> None:
    """A row that was added above in the file moves no edit to another row."""
    added = "dispatch_outcomes:\n  - title: A proposal that came late\n    outcome: nothing yet\n"
    edit = EDITS["124"]["an outcome of DISPATCH"]

    imported = both(root, edit, "dispatch_outcomes:\n", added)

    assert imported.problems == ()
    assert "    outcome: the saag list, and a BOF\n  - title: Claiming" in text(root)
    assert "A proposal that came late" in text(root)


def test_rows_of_both_sides_are_kept(root: Path) -> None:
    """One was added in PowerPoint, the other in the file."""
    added = "dispatch_outcomes:\n  - title: A proposal that came late\n    outcome: nothing yet\n"

    imported = both(
        root, lambda d: add_row(d, "Security related", 2, "A new one", "a BOF"), "dispatch_outcomes:\n", added
    )

    assert imported.problems == ()
    assert "- title: A new one" in text(root)
    assert "- title: A proposal that came late" in text(root)


def test_the_same_text_changed_twice_is_shown_and_not_written(root: Path) -> None:
    """Both wordings are in the message; everything else comes home."""

    def edit(deck: Any) -> None:
        reword(deck, "TESLA update", "TESLA, an update")
        note(deck, "Agenda", "Minute taker: somebody else")

    imported = both(root, edit, "title: TESLA update", "title: News of TESLA")

    assert [problem.rule for problem in imported.problems] == ["both-changed"]
    assert "`TESLA, an update`" in imported.problems[0].text
    assert "`News of TESLA`" in imported.problems[0].text
    assert "title: News of TESLA" in text(root)
    assert "Minute taker: somebody else" in text(root)


def test_the_same_change_on_both_sides_is_no_conflict(root: Path) -> None:
    """Somebody fixed the file by hand as well."""
    imported = both(root, lambda d: reword(d, "TESLA update", "TESLA"), "title: TESLA update", "title: TESLA")

    assert (imported.patch, imported.problems) == ("", ())


def test_an_element_that_one_side_removed_and_the_other_changed_is_a_conflict(root: Path) -> None:
    """Neither is lost in silence."""
    edit = EDITS["124"]["a row removed"]

    imported = both(root, edit, "outcome: a new list", "outcome: a new list, soon")

    assert [problem.rule for problem in imported.problems] == ["both-changed"]
    assert "a new list, soon" in text(root)


def test_the_base_is_that_of_the_commit(root: Path) -> None:
    """A file that was changed and committed since is had again from git, and nothing is said of it."""
    built = build(root, "123", root / "build", Options(("pptx",))).get()
    file = root / "edited.pptx"
    file.write_bytes(
        edited(built.files[0].read_bytes(), lambda d: add_after(d, "Do not update, but make", "Or nothing"))
    )
    path = root / "meetings" / "123.yaml"
    path.write_text(path.read_text("utf-8").replace("with inline content?", "with content?"), "utf-8")
    git(root, "commit", "--quiet", "--all", "--message", "later")

    imported = bring_home(root, file)

    assert (imported.notice, imported.problems) == ("", ())
    assert "- with content?" in text(root, "123")
    assert "      - Or nothing\n" in text(root, "123")


def test_without_git_the_present_files_are_the_base_and_that_is_said(tmp_path: Path) -> None:
    """The notice names the file that changed."""
    root = committed(tmp_path / "decks")
    for path in sorted((root / ".git").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    (root / ".git").rmdir()

    imported = both(root, lambda d: reword(d, "TESLA update", "TESLA"), "Open Mic", "Open microphone")

    assert "meetings/124.yaml changed since the deck was built" in imported.notice
    assert "title: TESLA\n" in text(root)
