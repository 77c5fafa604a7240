"""Real folders -> fixtures: the repository itself, its decks built once, and small folders made by a test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from deckgen.build import Built, build

ROOT = Path(__file__).parents[1]
MEETINGS = (123, 124)

# What the machine says of dates must not matter to a test either.
os.environ.pop("SOURCE_DATE_EPOCH", None)


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
    built: Built

    @property
    def pptx(self) -> Path:
        return next(self.folder.glob("*.pptx"))

    @property
    def pdf(self) -> Path:
        return next(self.folder.glob("*.pdf"))

    @property
    def outline(self) -> str:
        return (self.folder / "outline.txt").read_text("utf-8")


@pytest.fixture(scope="session")
def decks(tmp_path_factory: pytest.TempPathFactory) -> dict[int, BuiltDeck]:
    """Every meeting of the repository, built once."""
    found = {}
    for number in MEETINGS:
        folder = tmp_path_factory.mktemp(f"deck-{number}")
        found[number] = BuiltDeck(number, folder, build(ROOT, number, folder))
    return found


@pytest.fixture(params=MEETINGS)
def deck(request: pytest.FixtureRequest, decks: dict[int, BuiltDeck]) -> BuiltDeck:
    """Each of the meetings in turn."""
    return decks[request.param]


MINIMAL = """\
session: {date: 2025-07-25, start: "09:30"}
directors: {a.director: A. Director}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """A copy of the templates with a meeting file of the test's own, and other files beside it."""

    def make(meeting: str = MINIMAL, number: int = 123, **files: str) -> Path:
        root = tmp_path / "repository"
        if not root.exists():
            shutil.copytree(ROOT / "templates", root / "templates")
        (root / "meetings").mkdir(exist_ok=True)
        (root / "meetings" / f"{number}.yaml").write_text(meeting, "utf-8")
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return root

    return make
