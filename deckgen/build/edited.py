"""Folder × name of a deck -> its PowerPoint there, if somebody has edited it, and where it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, count
from pathlib import Path

from deckgen.base import Frozen
from deckgen.base.files import read_bounded
from deckgen.problems import Origin, Problem
from deckgen.writers.pptx.seal import is_as_written

_MAX_BYTES = 512 * 2**20


class Edited(Frozen):
    """A PowerPoint that is not as a build wrote it; `kept` is the name under which it stays."""

    path: Path
    kept: str
    data: bytes

    def problems(self) -> Iterator[Problem]:
        """What an author must know: the file is not lost, and how its edits come into the meeting file."""
        text = f"is not as it was built, so somebody edited it; it is kept as `{self.kept}`"
        hint = f"`deckgen import {self.path.with_name(self.kept)}` writes its edits into the meeting file"
        yield Problem(Origin(str(self.path)), "edited-file", text, hint, "warning")


def find_edited(folder: Path, name: str) -> Edited | None:
    """The edited PowerPoint of this name; None if there is none, or if it is as it was built. Raises DeckError."""
    path = folder / f"{name}.pptx"
    if path.is_symlink() or not path.is_file():  # the build replaces the link, not the file behind it
        return None
    data = read_bounded(path, _MAX_BYTES)
    if is_as_written(data):
        return None
    names = chain([f"{name}-edited.pptx"], (f"{name}-edited-{number}.pptx" for number in count(2)))
    return Edited(path, next(one for one in names if not (folder / one).exists()), data)
