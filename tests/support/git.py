"""A repository that a test makes -> commits in it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from support.repository import ROOT


def git(root: Path, *arguments: str) -> str:
    """Run git as somebody who is nobody."""
    who = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def committed(root: Path) -> Path:
    """A repository with the decks of this one, committed on main."""
    root.mkdir(exist_ok=True)
    for name in ("meetings", "templates"):
        shutil.copytree(ROOT / name, root / name)
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "decks")
    return root
