"""Paragraphs of a shape -> the numbers that PowerPoint shows before them."""

from __future__ import annotations

from deckgen.proof.package import A, Element, number

_NONE = f"{A}buNone"


class Numbering:
    """Counts through the paragraphs of one shape: each level by itself, until a paragraph without a bullet."""

    def __init__(self) -> None:
        self._counts: dict[int, tuple[int, int]] = {}

    def of(self, paragraph: Element) -> int:
        """The number of the next paragraph; 0 if it has none. A number follows those of its level with its start."""
        properties = paragraph.find(f"{A}pPr")
        counted = None if properties is None else properties.find(f"{A}buAutoNum")
        level = 0 if properties is None else number(properties.get("lvl")) or 0
        self._counts = {known: count for known, count in self._counts.items() if known <= level}
        if counted is None:
            if properties is not None and properties.find(_NONE) is not None:
                self._counts.pop(level, None)
            return 0
        start = number(counted.get("startAt")) or 1
        begun, last = self._counts.get(level, (start, start - 1))
        self._counts[level] = (start, last + 1 if begun == start else start)
        return self._counts[level][1]
