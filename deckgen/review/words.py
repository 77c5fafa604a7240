"""Lines × lines -> Changes: the words that differ between two versions of a slide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from deckgen.base import Frozen

Sign = Literal["same", "old", "new"]
# Beyond this, a comparison word by word takes longer than a reader would look at it.
_MAX_WORDS = 2_000
_MAX_PAIRS = 10_000  # of lines, to find the old version of each new line


class Piece(Frozen):
    """A sequence of words that is in both versions, or only in the old or the new one."""

    sign: Sign
    words: str


class Change(Frozen):
    """One line that differs, in pieces."""

    pieces: tuple[Piece, ...]

    def only(self, sign: Sign) -> str:
        """The words that are in one version only."""
        return " ".join(piece.words.strip() for piece in self.pieces if piece.sign == sign and piece.words.strip())


def compare_lines(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """The lines that differ, in order; a line that was edited is one change, its words compared."""
    changes: list[Change] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            changes += _region(old[a:b], new[c:d])
    return changes


def _region(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """Changes of adjacent lines: one old line becomes one new line; of several, each gets the most similar old line."""
    if len(old) * len(new) > _MAX_PAIRS:
        yield from (Change((Piece("old", line),)) for line in old)
        yield from (Change((Piece("new", line),)) for line in new)
        return
    if len(old) == len(new) == 1:
        yield Change(tuple(_pieces(_tokens(old[0]), _tokens(new[0]))))
        return
    words = {line: frozenset(_tokens(line)) for line in (*old, *new)}
    rest = list(old)
    for line in new:
        twin = max(rest, key=lambda other: _likeness(words[other], words[line]), default="")
        if not rest or _likeness(words[twin], words[line]) < 0.4:
            yield Change((Piece("new", line),))
            continue
        at = rest.index(twin)
        yield from (Change((Piece("old", gone),)) for gone in rest[:at])
        rest = rest[at + 1 :]
        yield Change(tuple(_pieces(_tokens(twin), _tokens(line))))
    yield from (Change((Piece("old", gone),)) for gone in rest)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    if len(old) + len(new) > _MAX_WORDS:
        yield from (Piece("old", "".join(old)), Piece("new", "".join(new)))
        return
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(old[a:b]))
            continue
        if a < b:
            yield Piece("old", "".join(old[a:b]))
        if c < d:
            yield Piece("new", "".join(new[c:d]))


def _tokens(line: str) -> list[str]:
    """Words with the space after them, and other characters one by one."""
    return re.findall(r"\w+(?:[-.’'@/]\w+)*\s*|[^\w\s]\s*|\s+", line)
