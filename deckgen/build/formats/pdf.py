"""Drawing -> the PDF."""

from __future__ import annotations

from deckgen.build.drawing import Drawing


def write(drawing: Drawing) -> bytes:
    """The PDF."""
    return drawing.pdf
