"""What is wrong with an expression -> words for its author: never those of Python, nor those of Jinja."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from deckgen.problems import Problem

_SHOWN = 80  # letters of a name that a message shows


class ExpressionError(Exception):
    """An expression that cannot be evaluated: the kind of fault, what to say about it, and a hint.

    `problems` are those of the `let` in which the fault lies, when they are known already.
    """

    def __init__(self, rule: str, text: str, hint: str = "", problems: Collection[Problem] = ()) -> None:
        super().__init__(text)
        self.rule, self.text, self.hint, self.problems = rule, text, hint, problems


class UndefinedError(ExpressionError):
    """A name that is not defined, those that are in its place, and `under` which fact it was sought."""

    def __init__(self, name: str, owner: object = (), text: str = "", problems: Collection[Problem] = ()) -> None:
        rule = "bad-template" if text else "undefined-name"
        hint = "text has no parts; `.values()` are the values of a mapping" if isinstance(owner, str) else ""
        super().__init__(rule, text or f"`{name[:_SHOWN]}` is not defined", hint, problems)
        self.name, self.under = name[:_SHOWN], ""
        self.known: Collection[Any] = owner if isinstance(owner, Mapping) else ()


class UndecidedError(Exception):
    """An expression hangs on `facts` that nobody knows."""

    def __init__(self, facts: Collection[str]) -> None:
        super().__init__(", ".join(facts))
        self.facts = tuple(dict.fromkeys(facts))


class ExhaustedError(ExpressionError):
    """The deck has used up all the work it may ask for; nothing more is worth saying."""

    def __init__(self) -> None:
        super().__init__("unsafe-template", "the expressions of the deck take too long")


def mistake(text: str, hint: str = "") -> ExpressionError:
    """An author's mistake, to be raised."""
    return ExpressionError("bad-template", text, hint)


def refused(text: str, hint: str = "") -> ExpressionError:
    """What no template may have, to be raised."""
    return ExpressionError("unsafe-template", text, hint)


def called(name: str) -> str:
    """A name as a message shows it."""
    return f"`{name[:_SHOWN]}`"


def kind(value: Any) -> str:
    """What a value is, in the words of an author."""
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
        hint = "`| int` or `| float` makes a number of text" if isinstance(value, str) else ""
        raise mistake(f"{kind(value)} cannot be used in arithmetic", hint)
    return value


def whole(value: Any, what: str) -> int:
    """The value, if it is a whole number. Raises ExpressionError."""
    if not isinstance(value, int):
        raise mistake(f"{what} is a whole number; this is {kind(value)}")
    return int(value)
