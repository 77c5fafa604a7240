"""A repository of decks, on a branch, for the tests of reviews."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.browser import edit
from support.git import committed, git


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with the decks of this one, committed on main, and a branch on top."""
    root = committed(tmp_path / "decks")
    git(root, "switch", "--quiet", "--create", "edits")
    return root


@pytest.fixture
def edited(root: Path) -> Path:
    """A bullet changed, a slide added, one removed and one moved."""
    meeting = root / "meetings/124.yaml"
    edit(meeting, "PLANTS (becoming", "ROOTS (becoming")
    with meeting.open("a", encoding="utf-8") as file:
        file.write("  resources: null\n  pointers: {before: dispatch-outcomes}\n")
        file.write('  extra: {kind: bullets, title: "<script>alert(1)</script>", items: ["<b>&amp;"]}\n')
    git(root, "commit", "--quiet", "--all", "--message", "edits")
    return root
