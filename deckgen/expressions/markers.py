"""Text of a file -> its markers: where each expression, statement and comment begins and ends."""

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
    """A marker, and where in a text it begins and ends; where it is not closed, that is the end of the text."""

    opening: str
    start: int
    end: int
    closed: bool


def markers(text: str, start: int = 0) -> list[Marker]:
    """The markers of a text from `start` on, in order; each ends at the next sign that closes one like it."""
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
    """The expression that a marker shows or tests; nothing, where it does neither."""
    if not marker.closed:
        return ""
    inner = text[marker.start + 2 : marker.end - 2].strip("-+")
    if marker.opening == "{{":
        return inner
    tested = _TESTED.fullmatch(inner) if marker.opening == "{%" else None
    return tested[1] if tested else ""


def expressions_in(text: str) -> Iterator[str]:
    """The expressions of a text in order; what stands inside another one is a part of that."""
    end = 0
    for marker in markers(text):
        if marker.start >= end:
            yield expression_in(text, marker)
            end = marker.end


def place_of(source: Source, number: int) -> Origin:
    """Where the marker of this number stands in the file: its own line and column inside the text."""
    for index, origin in enumerate(_places(source)):
        if index == number:
            return origin
    return source.origin


def _places(source: Source) -> Iterator[Origin]:
    """The place of each marker of a text, as it was written: quoted, folded or plain."""
    origin = source.origin
    if source.document is None:
        return
    for offset, line in enumerate(source.document.leaf(origin.line)):
        for marker in markers(line, origin.column - 1 if offset == 0 else 0):
            yield Origin(origin.path, origin.line + offset, marker.start + 1, marker.end - marker.start)
