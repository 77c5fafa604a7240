"""Text -> Text: no-break spaces where a line must not break, and before a last word that would stand alone."""

from __future__ import annotations

import re
from functools import lru_cache

from deckgen.base import replace
from deckgen.deck.model import Run, Text

NO_BREAK = "\u00a0"
MAX_ALONE = 9  # letters: a longer last word fills enough of its line
# An acronym and its number, a date, a number and its unit, and the space before a sign that separates.
_WHOLE = re.compile(
    r"\b[A-Z][A-Z0-9-]+ \d[\d.]*\b"
    r"|\b\d{1,2} [^\W\d_]{3,12} \d{4}\b"
    r"|\b\d[\d.,:]* (?:mins?|pt|ms|[kMG]?B|UTC|[ap]\.m\.|%)(?!\w)"
    r"| (?=[-–—·|] )"
)
_LAST = re.compile(r" (?=[^ \n]+$)")


@lru_cache(4_096)  # the same text is set at several sizes
def bound(text: Text) -> Text:
    """The text with no-break spaces inside what stays whole: its own `whole`, numbers with what they count, dates."""
    words = _words(text)
    spaces = {at for match in _WHOLE.finditer(words) for at in _spaces(words, match.start(), match.end())}
    for phrase in text.whole:
        starts = (match.start() for match in re.finditer(re.escape(phrase), words))
        spaces.update(at for start in starts for at in _spaces(words, start, start + len(phrase)))
    return _with_no_break(text, spaces) if spaces else text


def last_word(text: Text) -> str:
    """The last word, if a line may break before it."""
    found = _LAST.search(_words(text))
    return _words(text)[found.end() :] if found else ""


def without_last(text: Text) -> Text:
    """The text before its last word."""
    left = len(_words(text)) - len(last_word(text)) - 1
    runs = []
    for run in text.runs:
        runs += [replace(run, text=run.text[:left])] if left > 0 else []
        left -= len(run.text)
    return replace(text, runs=tuple(runs))


def last_joined(text: Text) -> Text:
    """The text with its last word bound to the one before."""
    return _with_no_break(text, {len(_words(text)) - len(last_word(text)) - 1})


def _words(text: Text) -> str:
    return "".join(run.text for run in text.runs)


def _spaces(words: str, start: int, end: int) -> list[int]:
    return [at for at in range(start, end) if words[at] == " "]


def _with_no_break(text: Text, spaces: set[int]) -> Text:
    runs: list[Run] = []
    start = 0
    for run in text.runs:
        inside = "".join(NO_BREAK if start + i in spaces else letter for i, letter in enumerate(run.text))
        runs.append(run if run.code else replace(run, text=inside))
        start += len(run.text)
    return replace(text, runs=tuple(runs))
