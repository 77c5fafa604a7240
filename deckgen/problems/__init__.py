"""What is wrong, and where -> Problem; Problems -> text, JSON, SARIF, and what GitHub and GitLab show."""

from deckgen.base.problem import DeckError, Origin, Problem, Result, Severity, fatal, in_order, nearest, nearest_word

__all__ = ["DeckError", "Origin", "Problem", "Result", "Severity", "fatal", "in_order", "nearest", "nearest_word"]
