"""Problems × files -> text: the location, what was found, the line with a caret, and a hint."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from deckgen.base.characters import one_line, with_marks
from deckgen.base.files import MAX_BYTES
from deckgen.base.problem import Origin, Problem

_COLOURS = {"error": "\033[1;31m", "warning": "\033[1;33m", "hint": "\033[1;36m"}
_PLAIN = "\033[0m"


def text_messages(problems: Iterable[Problem], root: Path, colour: bool) -> Iterator[str]:
    """One message for each problem, in the form that compilers use."""
    lines = _Lines(root)
    for problem in problems:
        severity = _paint(problem.severity, problem.severity, colour)
        yield f"{one_line(str(problem.origin))}: {severity}: {one_line(problem.text)} [{problem.rule}]"
        yield from lines.excerpt(problem.origin)
        if problem.origin.through:
            yield one_line(f"  used by {problem.origin.through}")
            yield from lines.excerpt(problem.origin.through)
        if problem.hint:
            first, *rest = problem.hint.splitlines()
            yield f"  {_paint('hint', 'hint', colour)}: {one_line(first)}"
            yield from (one_line(f"    {line}") for line in rest)


def _paint(text: str, name: str, colour: bool) -> str:
    return f"{_COLOURS[name]}{text}{_PLAIN}" if colour else text


class _Lines:
    """The lines of the files that have problems, each file read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._files: dict[str, list[str]] = {}

    def excerpt(self, origin: Origin) -> Iterator[str]:
        """The line of an origin, with a caret under the value."""
        line = self._line(origin)
        if line is None:
            return
        start = max(0, origin.column - 1)
        first = max(0, start - 60)
        shown = with_marks(line[first : first + 100])
        edge = "  | " if shown.lstrip().startswith("::") else "  "
        under = _columns(shown[: start - first])
        width = max(1, min(_columns(shown[start - first : start - first + origin.width]), 100 - under))
        yield f"{edge}{shown}"
        yield f"{edge}{' ' * under}{'^' * width}"

    def _line(self, origin: Origin) -> str | None:
        if not origin.line:
            return None
        if origin.path not in self._files:
            try:
                with (self._root / origin.path).open(encoding="utf-8-sig") as stream:
                    text = stream.read(MAX_BYTES)
            except (OSError, UnicodeDecodeError):
                text = ""
            self._files[origin.path] = text.splitlines()
        lines = self._files[origin.path]
        return lines[origin.line - 1] if origin.line <= len(lines) else None


def _columns(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
