"""Files of a meeting -> Identity: which deck a presentation is, and which files it was made of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from deckgen.base import Frozen
from deckgen.base.files import read_bounded
from deckgen.meeting.ids import MEETINGS
from deckgen.problems import DeckError

_MAX_BYTES = 20_000_000  # of one input; the largest are pictures


class Input(Frozen):
    """A file that a deck was made of: its path in the repository, and the name of its bytes in git."""

    path: str
    blob: str


class Identity(Frozen):
    """The meeting of a deck, and its inputs in the order of their paths."""

    meeting: str
    inputs: tuple[Input, ...] = ()

    @property
    def digest(self) -> str:
        """One hash for all inputs."""
        lines = "".join(f"{one.blob} {one.path}\n" for one in self.inputs)
        return hashlib.sha256(lines.encode()).hexdigest()[:32]

    @property
    def file(self) -> str:
        """The path of the meeting's own file."""
        return f"{MEETINGS}/{self.meeting}.yaml"


def identity_of(meeting: str, root: Path, paths: Iterable[str]) -> Identity:
    """The identity of a deck that was made of these files below `root`, as far as they exist."""
    return Identity(meeting, tuple(_inputs(root, sorted(set(paths)))))


def _inputs(root: Path, paths: list[str]) -> Iterable[Input]:
    for path in paths:
        try:
            yield Input(path, blob_of(read_bounded(root / path, _MAX_BYTES)))
        except DeckError:  # a picture that does not exist yet
            continue


def blob_of(data: bytes) -> str:
    """The name of a file with these bytes in a git repository (git-hash-object)."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
