"""Source -> the lines of a block of code; and a text with code between fences, as the pieces it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.base import Frozen, replace
from deckgen.deck.model import Bullet, Run, Text
from deckgen.problems import DeckError, Origin, Problem, fatal
from deckgen.source import Source, text_of

MAX_LINES = 1_000
_MAX_LETTERS = 1_000  # of a line: far more than fit
_TAB = 4
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^`]*)")  # CommonMark 0.31, 4.5; what follows names the language
_HINT = "write ``` on a line of its own after the code"


class Piece(Frozen):
    """A part of a text: code, without its fences, or text; `source` has its lines, `origins` where each of them is."""

    source: Source
    origins: tuple[Origin, ...]
    code: bool = False


def has_fence(text: str) -> bool:
    """Whether a line of the text begins a block of code; code between backticks on one line does not."""
    return ("```" in text or "~~~" in text) and any(map(_FENCE.fullmatch, text.splitlines()))


def pieces(source: Source) -> list[Piece]:
    """The parts of a text, in order; at least one. Raises DeckError for a fence that is not closed."""
    lines = text_of(source).splitlines()
    origins = _origins(source, len(lines))
    if not has_fence(text_of(source)):
        return [Piece(source, origins)]
    found: list[Piece] = []
    start, fence = 0, ""
    for index, line in enumerate(lines):
        match = _FENCE.fullmatch(line)
        if match and (not fence or (match[1].startswith(fence) and not match[2].strip())):
            found += _piece(source, lines[start:index], origins[start:index], bool(fence))
            start, fence = index + 1, "" if fence else match[1]
    if fence:
        raise fatal(origins[start - 1], "wrong-value", "a block of code has no end", _HINT)
    return found + list(_piece(source, lines[start:], origins[start:], code=False))


def _piece(source: Source, lines: list[str], origins: tuple[Origin, ...], code: bool) -> Iterator[Piece]:
    if any(map(str.strip, lines)):
        yield Piece(replace(source, value="\n".join(lines), origin=origins[0], document=None), origins, code)


def _origins(source: Source, count: int) -> tuple[Origin, ...]:
    """Where each line of a text is: on a line of the file of its own in a block of `|`, or else all where it begins."""
    origin, document = source.origin, source.document
    if document is None or document.line(origin.line)[origin.column - 1 : origin.column] != "|":
        return (origin,) * count
    return tuple(_line_at(origin, document.line(origin.line + n), n) for n in range(1, count + 1))


def _line_at(origin: Origin, line: str, number: int) -> Origin:
    words = line.strip()
    return replace(origin, line=origin.line + number, column=line.find(words) + 1, width=max(1, len(words)))


def whole(source: Source) -> Piece:
    """All of a text as code. Raises DeckError where YAML has joined its lines."""
    document, at = source.document, source.origin
    if document and document.line(at.line)[at.column - 1 : at.column] == ">":
        raise fatal(at, "wrong-value", "`>` joins the lines of code", "write `code: |`")
    return Piece(source, _origins(source, len(text_of(source).splitlines())), code=True)


def code_block(piece: Piece) -> tuple[Bullet, ...]:
    """The lines of code, each as it is, without the blank ones before and after them. Raises DeckError."""
    lines = [line.rstrip().expandtabs(_TAB) for line in text_of(piece.source).splitlines()]
    written = [index for index, line in enumerate(lines) if line]
    if not written:
        raise fatal(piece.source.origin, "wrong-value", "the block of code is empty", "write code under `code: |`")
    if len(lines) > MAX_LINES:
        raise fatal(piece.source.origin, "text-overflow", f"{len(lines):,} lines of code", f"at most {MAX_LINES:,}")
    known = zip(lines, piece.origins, strict=True)
    long = [
        Problem(at, "text-overflow", f"{len(line):,} characters in a line", "break it")
        for line, at in known
        if len(line) > _MAX_LETTERS
    ]
    if long:
        raise DeckError(long)
    shown = range(written[0], written[-1] + 1)
    return tuple(
        Bullet(Text((Run(lines[i], code=True),) if lines[i] else (), piece.origins[i]), plain=True, line=number)
        for number, i in enumerate(shown, 1)
    )
