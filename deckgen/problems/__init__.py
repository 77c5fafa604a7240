"""Origin and text -> Problem; Problems -> text, JSON, SARIF, and what GitHub and GitLab show."""

from deckgen.base.characters import in_json, one_line
from deckgen.base.problem import (
    DeckError,
    Origin,
    Problem,
    Result,
    Severity,
    errors_of,
    fatal,
    in_order,
    nearest,
    nearest_word,
    reset_suggestions,
)

__all__ = [
    "DeckError",
    "Origin",
    "Problem",
    "Result",
    "Severity",
    "errors_of",
    "fatal",
    "in_json",
    "in_order",
    "nearest",
    "nearest_word",
    "one_line",
    "reset_suggestions",
]
