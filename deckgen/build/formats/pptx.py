"""Drawing -> the PowerPoint."""

from __future__ import annotations

from deckgen.build.drawing import Drawing


def write(drawing: Drawing) -> bytes:
    """The presentation."""
    return drawing.presentation.data
