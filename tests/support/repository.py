"""The repository -> its folders and decks, and small folders of inputs that a test lays out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from deckgen.build.one import Built
from deckgen.problems import Result

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
MEETINGS = (123, 124)
MINIMAL = """\
session: {date: 2025-07-25, start: "09:30"}
directors: {a.director: A. Director}
"""


def lay_out(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files under `root`, over a copy of the repository's templates where there is none yet."""
    if not (root / "templates").exists():
        shutil.copytree(ROOT / "templates", root / "templates")
    (root / "meetings").mkdir(exist_ok=True)
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def need(tool: str, install: str) -> str:
    """The path of a tool; without it the test is skipped, or under CI fails, with the command that installs it."""
    path = shutil.which(tool)
    if path is None:
        message = f"{tool} is missing: {install}"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return path


@dataclass(frozen=True)
class BuiltDeck:
    """A deck on disk."""

    number: int
    folder: Path
    result: Result[Built]

    @property
    def built(self) -> Built:
        return self.result.get()

    @property
    def pptx(self) -> Path:
        return next(self.folder.glob("*.pptx"))

    @property
    def pdf(self) -> Path:
        return next(self.folder.glob("*.pdf"))

    @property
    def outline(self) -> str:
        return (self.folder / "outline.txt").read_text("utf-8")
