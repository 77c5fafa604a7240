"""What is wrong in an expression -> its error, in an author's words: never those of Python or Jinja."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from deckgen.problems import Problem

_MAX_NAME = 80  # characters of a name in a message


class ExpressionError(Exception):
    """An expression that cannot be evaluated: the rule, the message and the hint.

    `problems` are those of the `let` that the expression uses, if they are already known.
    """

    def __init__(self, rule: str, text: str, hint: str = "", problems: Collection[Problem] = ()) -> None:
        super().__init__(text)
        self.rule, self.text, self.hint, self.problems = rule, text, hint, problems


class UndefinedError(ExpressionError):
    """A name that is not defined, the known names beside it, and the fact `under` which it was looked up."""

    def __init__(self, name: str, owner: object = (), text: str = "", problems: Collection[Problem] = ()) -> None:
        rule = "bad-template" if text else "undefined-name"
        hint = "text has no parts; `.values()` has the values of a mapping" if isinstance(owner, str) else ""
        super().__init__(rule, text or f"`{name[:_MAX_NAME]}` is not defined", hint, problems)
        self.name, self.under = name[:_MAX_NAME], ""
        self.known: Collection[Any] = owner if isinstance(owner, Mapping) else ()


class UndecidedError(Exception):
    """The value of an expression depends on `facts` that are unknown."""

    def __init__(self, facts: Collection[str]) -> None:
        super().__init__(", ".join(facts))
        self.facts = tuple(dict.fromkeys(facts))


class ExhaustedError(ExpressionError):
    """The expressions of the deck have used up their work; nothing else is reported."""

    def __init__(self) -> None:
        super().__init__("unsafe-template", "the expressions of the deck take too long")


def mistake(text: str, hint: str = "") -> ExpressionError:
    """The error of an author's mistake, to be raised."""
    return ExpressionError("bad-template", text, hint)


def refused(text: str, hint: str = "") -> ExpressionError:
    """The error of something that is not allowed in a template, to be raised."""
    return ExpressionError("unsafe-template", text, hint)


def called(name: str) -> str:
    """A name in a message."""
    return f"`{name[:_MAX_NAME]}`"


def kind(value: Any) -> str:
    """The type of a value, in an author's words."""
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case str():
            return "text"
        case int() | float():
            return "a number"
        case Mapping():
            return "a mapping"
        case _:
            return "a list"


def number(value: Any) -> Any:
    """The value, if it is a number. Raises ExpressionError."""
    if not isinstance(value, (int, float)):
        hint = "`| int` or `| float` makes text a number" if isinstance(value, str) else ""
        raise mistake(f"{kind(value)} cannot be used in arithmetic", hint)
    return value


def whole(value: Any, what: str) -> int:
    """The value, if it is a whole number. Raises ExpressionError."""
    if not isinstance(value, int):
        raise mistake(f"{what} must be a whole number, not {kind(value)}")
    return int(value)
