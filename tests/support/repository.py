"""The repository -> its folders and decks, and small folders of inputs that a test lays out."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from deckgen.build.one import Built
from deckgen.problems import Result

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
THEME = "templates/theme.yaml"
MEETINGS = (123, 124)
MINIMAL = """\
session: {date: 2025-07-25, start: "09:30"}
directors: {a.director: A. Director}
"""


class Shared:
    """A folder whose files those of many tests share, for to copy them takes longer than what a test asks of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = [file for file in folder.rglob("*") if file.is_file()]
        self._state = self._looked()

    def lay_out(self, folder: Path) -> None:
        """Put the files into `folder`, as hard links where it is on the same disk."""
        shutil.copytree(self._folder, folder, copy_function=_link)

    def is_whole(self) -> bool:
        """Whether nobody has written into a file, which is then another one for every test that follows."""
        return self._looked() == self._state

    def _looked(self) -> list[tuple[int, int]]:
        stats = [file.stat() for file in self._files]
        return [(one.st_mtime_ns, one.st_size) for one in stats]


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


@cache
def templates() -> Shared:
    """The templates of the repository, in a copy."""
    folder = Path(tempfile.mkdtemp(prefix="deckgen-templates-"))
    atexit.register(shutil.rmtree, folder)
    return Shared(shutil.copytree(ROOT / "templates", folder, dirs_exist_ok=True))


@cache
def no_slides() -> Shared:
    """The same without a recurring slide, so that a deck is only what the test's own meeting has."""
    folder = Path(tempfile.mkdtemp(prefix="deckgen-templates-"))
    atexit.register(shutil.rmtree, folder)
    shutil.copytree(ROOT / "templates", folder, dirs_exist_ok=True, ignore=lambda *_: ["slides"])
    deck, rules = folder / "deck.yaml", folder / "rules.yaml"
    deck.write_text(
        deck.read_text("utf-8").partition("sections:")[0] + "sections: [{name: All, slides: [], own: true}]\n"
    )
    (folder / "areas" / "sec" / "deck.yaml").unlink()
    official = re.compile(r"^official-[a-z-]+:.*\n(?:[ ].*\n)*", re.MULTILINE)
    rules.write_text(official.sub("", rules.read_text("utf-8")), "utf-8")
    return Shared(folder)


def lay_out(root: Path, files: Mapping[str, str | bytes], slides: bool = True) -> Path:
    """Write files under `root`, over the repository's templates where there are none yet, with or without `slides`."""
    if not (root / "templates").exists():
        (templates() if slides else no_slides()).lay_out(root / "templates")
    (root / "meetings").mkdir(exist_ok=True)
    for name, content in files.items():
        rewrite(root / name, content)
    return root


def copy_of_default_area(root: Path) -> None:
    """The templates, and the meetings that are in no folder of an area, as files of its own under `root`."""
    shutil.copytree(ROOT / "templates", root / "templates")
    (root / "meetings").mkdir()
    for path in (ROOT / "meetings").glob("*.yaml"):
        shutil.copyfile(path, root / "meetings" / path.name)


def rewrite(path: Path, content: str | bytes) -> None:
    """Write a file anew, so that no other folder sees it that shares the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


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
