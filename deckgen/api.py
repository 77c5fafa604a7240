"""Folder × meeting -> its facts, its problems, the files of its deck: the interface for scripts.

docs/stability.md promises its names. It is not in `deckgen` itself, because `deckgen.build` is a room.
"""

from __future__ import annotations

from pathlib import Path

from deckgen.build import one
from deckgen.build.one import AS_USUAL, Built, Options, check
from deckgen.meeting import Meeting, list_meetings
from deckgen.meeting import load as load_meeting
from deckgen.problems import DeckError, Origin, Problem, Result

__all__ = [
    "Built",
    "DeckError",
    "Meeting",
    "Options",
    "Origin",
    "Problem",
    "Result",
    "build",
    "check",
    "list_meetings",
    "load_meeting",
]


def build(root: Path, meeting: str, output: Path | None = None, options: Options = AS_USUAL) -> Result[Built]:
    """Write the deck of a meeting, such as `124` or `ops/125`, into a folder; without one, into `build/MEETING`.

    With an error nothing is written, and the old files stay as they are.
    """
    return one.build(root, meeting, output or root / "build" / meeting, options)
