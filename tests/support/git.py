"""A repository that a test makes -> commits in it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from support.repository import copy_of_default_area


def git(root: Path, *arguments: str) -> str:
    """Run git as somebody who is nobody."""
    who = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def committed(root: Path) -> Path:
    """A repository with the decks of the default area of this one, committed on main."""
    copy_of_default_area(root)
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "decks")
    return root
