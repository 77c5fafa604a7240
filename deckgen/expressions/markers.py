"""Text of a file -> its markers: the start and end of each expression, statement and comment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.base import Frozen
from deckgen.problems import Origin
from deckgen.source import Source

MARKER = re.compile(r"\{\{|\{%|\{#")
_EITHER = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_CLOSE = {"{{": "}}", "{%": "%}", "{#": "#}"}
_TESTED = re.compile(r"\s*(?:el)?if\s(.*)", re.DOTALL)


class Marker(Frozen):
    """A marker, with its start and its end in a text; if it is not closed, the end is the end of the text."""

    opening: str
    start: int
    end: int
    closed: bool


def markers(text: str, start: int = 0) -> list[Marker]:
    """The markers of a text from `start` on, in order; each ends at the next closing sign of its type."""
    found = [(match[0], match.start(), match.end()) for match in _EITHER.finditer(text, start)]
    closes: dict[str, int] = {}
    result: list[Marker] = []
    for sign, begin, end in reversed(found):
        if sign in _CLOSE:
            close = closes.get(_CLOSE[sign])
            result.append(Marker(sign, begin, close or len(text), close is not None))
        else:
            closes[sign] = end
    return result[::-1]


def expression_in(text: str, marker: Marker) -> str:
    """The expression that a marker shows or tests; empty if it does neither."""
    if not marker.closed:
        return ""
    inner = text[marker.start + 2 : marker.end - 2].strip("-+")
    if marker.opening == "{{":
        return inner
    tested = _TESTED.fullmatch(inner) if marker.opening == "{%" else None
    return tested[1] if tested else ""


def expressions_in(text: str) -> Iterator[str]:
    """The expressions of a text in order; one inside another is a part of that."""
    end = 0
    for marker in markers(text):
        if marker.start >= end:
            yield expression_in(text, marker)
            end = marker.end


def origin_at(source: Source, number: int) -> Origin:
    """The origin of the marker with this number: its own line and column in the file."""
    for index, origin in enumerate(_origins(source)):
        if index == number:
            return origin
    return source.origin


def _origins(source: Source) -> Iterator[Origin]:
    """The origin of each marker of a text in the file, whether quoted, folded or plain."""
    origin = source.origin
    if source.document is None:
        return
    for offset, line in enumerate(source.document.leaf(origin.line)):
        for marker in markers(line, origin.column - 1 if offset == 0 else 0):
            yield Origin(origin.path, origin.line + offset, marker.start + 1, marker.end - marker.start)
