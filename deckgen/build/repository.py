"""Preset × folder -> a new repository of meetings, which builds at once."""

from __future__ import annotations

import re
import shutil
import tempfile
from datetime import date
from pathlib import Path

from deckgen.base import Frozen
from deckgen.build.presets import OF_ALL, parts
from deckgen.build.schemas import SCHEMAS, schema_of
from deckgen.meeting.areas import AREAS, DECK, areas, list_meetings
from deckgen.meeting.ids import TABLE, TEMPLATES
from deckgen.meeting.new import new_meeting
from deckgen.problems import Origin, fatal
from deckgen.schema.editor import schema_text
from deckgen.source import read, text_of

_FILLED = ("README.md", "Makefile", "facts.mk")
_KEPT = (".git",)  # a folder that has only this is as good as empty


class Begun(Frozen):
    """A new repository: its first meeting, and the number of its files."""

    meeting: str
    files: int


def begin(target: Path, preset: str, today: date, area: str = "") -> Begun:
    """Make a repository of a preset in a folder, with one area or with all.

    Its first meeting is the next one after `today`, if the preset has no meetings as an example. Raises DeckError if
    the folder has files, or cannot be written; then nothing is.
    """
    _refuse(target)
    exists = target.exists()
    try:
        if not exists:
            target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=target if exists else target.parent) as stage:
            root = Path(stage) / "repository"
            begun = _staged(root, preset, area, today)
            if not exists:
                root.rename(target)
            else:
                _move(root, target)
            return begun
    except OSError as error:
        raise fatal(Origin(str(target)), "cannot-write", f"cannot be written: {error.strerror}") from None


def _refuse(target: Path) -> None:
    if target.is_dir() and all(path.name in _KEPT for path in target.iterdir()):
        return
    if target.exists() or target.is_symlink():
        text = "the folder has files" if target.is_dir() else "a file has this name"
        raise fatal(Origin(str(target)), "folder-not-empty", text, "name a new folder, or one that is empty")


def _move(root: Path, target: Path) -> None:
    """Move the files into a folder that exists; if one cannot be moved, none stays there."""
    moved: list[Path] = []
    try:
        for path in sorted(root.iterdir()):
            moved.append(path.rename(target / path.name))
    except OSError:
        for path in moved:
            path.rename(root / path.name)
        raise


def _staged(root: Path, preset: str, area: str, today: date) -> Begun:
    for name, inside, path in parts():
        if name in (OF_ALL, preset):
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(path, root / inside, dirs_exist_ok=True, copy_function=shutil.copyfile, ignore=ignored)
    _add_theme(root)
    if area:
        _keep_one_area(root, area)
    if not list_meetings(root):
        new_meeting(root, _next_meeting(root, today)).get()
    _add_schemas(root)
    meeting = list_meetings(root)[-1]
    _fill(root, meeting)
    return Begun(meeting, sum(path.is_file() for path in root.rglob("*")))


def _add_theme(root: Path) -> None:
    """A preset without a look has that of another."""
    if (root / TEMPLATES / "theme.yaml").exists():
        return
    folders = [path if inside else path / TEMPLATES for _, inside, path in parts()]
    look = next(folder for folder in folders if (folder / "theme.yaml").exists())
    shutil.copyfile(look / "theme.yaml", root / TEMPLATES / "theme.yaml")
    shutil.copytree(look / "themes", root / TEMPLATES / "themes", copy_function=shutil.copyfile)


def _keep_one_area(root: Path, area: str) -> None:
    """Remove the other areas; meetings in no folder of an area are then of this one."""
    for other in areas(root):
        if other != area:
            shutil.rmtree(root / AREAS / other)
    deck = root / DECK
    _write(deck, re.sub(r"^area:.*$", f"area: {area}", deck.read_text("utf-8"), flags=re.MULTILINE))


def _add_schemas(root: Path) -> None:
    """The schemas of all files, where `.vscode/settings.json` and the first line of each file look for them."""
    (root / "docs").mkdir(exist_ok=True)
    for name in SCHEMAS:
        _write(root / f"docs/{name}.schema.json", schema_text(schema_of(root, name)))
    for path in root.rglob("*.yaml"):
        up = "../" * (len(path.relative_to(root).parts) - 1)
        text = path.read_text("utf-8")
        _write(path, re.sub(r"\$schema=\S*?([a-z-]+\.schema\.json)", rf"$schema={up}docs/\1", text, count=1))


def _next_meeting(root: Path, today: date) -> str:
    """The first meeting of the table that is not over; the last one, if all are."""
    ids = dict(read(root / TABLE, TABLE).get().items())
    coming = (id for id, row in ids.items() if text_of(row.get("last")) >= today.isoformat())
    return next(coming, [*ids][-1])


def _fill(root: Path, meeting: str) -> None:
    for path in (root / name for name in _FILLED if (root / name).exists()):
        _write(path, path.read_text("utf-8").replace("{meeting}", meeting))


def _write(path: Path, text: str) -> None:
    """On every system with the same ends of lines, which `make` needs."""
    path.write_bytes(text.encode())
