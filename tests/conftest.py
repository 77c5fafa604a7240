"""Decks that many tests read, each built once a session through the front door."""

from __future__ import annotations

import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
from broken import Parts, pptx_in
from PIL import Image

from deckgen.build import build

REPOSITORY = Path(__file__).parent.parent
MEETINGS = (123, 124)
_SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300">'
    '<rect width="400" height="300" fill="#006d77"/></svg>'
)


@pytest.fixture(scope="session")
def decks(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """The folder of each meeting in the repository, built."""
    folders = {number: tmp_path_factory.mktemp(str(number)) for number in MEETINGS}
    for number, folder in folders.items():
        build(REPOSITORY, number, folder)
    return folders


@pytest.fixture(scope="session")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a built deck with a slide of every kind."""
    root = tmp_path_factory.mktemp("every-kind")
    shutil.copytree(REPOSITORY / "templates", root / "templates")
    figures = root / "meetings" / "figures"
    figures.mkdir(parents=True)
    (figures / "square.svg").write_text(_SQUARE)
    Image.new("RGB", (40, 30), "#006d77").save(figures / "square.png")
    shutil.copy(REPOSITORY / "tests" / "every_kind.yaml", root / "meetings" / "124.yaml")
    build(root, 124, root / "build")
    return root / "build"


@pytest.fixture(scope="session", params=["123", "124", "every kind"])
def deck(request: pytest.FixtureRequest, decks: dict[int, Path], every_kind: Path) -> Path:
    """The folder of a built deck: of each meeting in turn, and of every kind of slide."""
    return every_kind if request.param == "every kind" else decks[int(request.param)]


@pytest.fixture
def parts(every_kind: Path) -> Parts:
    """The members of a sound deck as text, to be broken; one letter for each byte."""
    with ZipFile(pptx_in(every_kind)) as archive:
        return {name: archive.read(name).decode("latin-1") for name in archive.namelist()}
