"""Real folders -> fixtures: the repository itself, its decks built once, and small folders made by a test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest
from broken import Parts
from PIL import Image

from deckgen.build.one import Built, build

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


@pytest.fixture(scope="session")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> BuiltDeck:
    """A deck with a slide of every kind, whose folder is inside that of its meeting."""
    root = tmp_path_factory.mktemp("every-kind")
    shutil.copytree(ROOT / "templates", root / "templates")
    figures = root / "meetings" / "figures"
    figures.mkdir(parents=True)
    (figures / "square.svg").write_text(SQUARE)
    Image.new("RGB", (40, 30), "#006d77").save(figures / "square.png")
    shutil.copy(ROOT / "tests" / "every_kind.yaml", root / "meetings" / "124.yaml")
    return BuiltDeck(124, root / "build", build(root, 124, root / "build"))


SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300">'
    '<rect width="400" height="300" fill="#006d77"/></svg>'
)


@pytest.fixture(scope="session", params=["123", "124", "every kind"])
def any_deck(request: pytest.FixtureRequest, decks: dict[int, BuiltDeck], every_kind: BuiltDeck) -> BuiltDeck:
    """Each of the meetings in turn, and the deck with a slide of every kind."""
    return every_kind if request.param == "every kind" else decks[int(request.param)]


@pytest.fixture
def parts(every_kind: BuiltDeck) -> Parts:
    """The members of a sound PowerPoint as text, to be broken; one letter for each byte."""
    with ZipFile(every_kind.pptx) as archive:
        return {name: archive.read(name).decode("latin-1") for name in archive.namelist()}
