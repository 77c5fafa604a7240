"""Values -> true or false: the comparisons of an expression, and the tests after `is`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from deckgen.expressions import arguments
from deckgen.expressions.errors import UndefinedError, called, kind, mistake, number
from deckgen.expressions.lookup import sound
from deckgen.expressions.meter import CHARACTERS_A_STEP, Meter, worded
from deckgen.problems import nearest

Condition = Callable[..., Any]
_ORDER: dict[str, Condition] = {"lt": lt, "lteq": le, "gt": gt, "gteq": ge}
_NAMES = {
    **{"==": "eq", "eq": "eq", "equalto": "eq", "!=": "ne", "ne": "ne", "in": "in"},
    **{">": "gt", "gt": "gt", "greaterthan": "gt", ">=": "gteq", "ge": "gteq"},
    **{"<": "lt", "lt": "lt", "lessthan": "lt", "<=": "lteq", "le": "lteq"},
}


class Conditions:
    """The comparisons and tests of a deck, their work counted by `meter`."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        compared = {name: self._comparison(operator) for name, operator in _NAMES.items()}
        cased = {"lower": self._cased(str.islower), "upper": self._cased(str.isupper)}
        self._tests: Mapping[str, Condition] = {**_TESTS, **compared, **cased}
        self.names = sorted([*self._tests, "defined", "undefined"])

    def _comparison(self, operator: str) -> Condition:
        def test(value: Any, other: Any) -> bool:
            return self.compare(operator, value, other)

        return test

    def _cased(self, holds: Callable[[str], bool]) -> Condition:
        def test(value: Any) -> bool:
            text = worded(value)
            self._meter.spend(len(text))
            return holds(text)

        return test

    def holds(self, name: str, value: Any, given: Sequence[Any], named: Mapping[str, Any]) -> bool:
        """Whether the named test holds for a value, or for an UndefinedError. Raises ExpressionError."""
        if name in ("defined", "undefined"):
            return isinstance(value, UndefinedError) == (name == "undefined")
        if name not in self._tests:
            hint = nearest(name, self.names) or f"one of {', '.join(filter(str.isalpha, self.names))}"
            raise mistake(f"{called(name)} is not a test", hint)
        return bool(arguments.call(name, self._tests[name], sound(value), given, named))

    def compare(self, operator: str, left: Any, right: Any) -> bool:
        """Whether a comparison holds; `operator` is Jinja's name of it. Raises ExpressionError."""
        if operator in ("in", "notin"):
            return self._contains(right, left) == (operator == "in")
        self._meter.look_through(left if isinstance(right, Sized) else None)
        if operator in ("eq", "ne"):
            return bool(eq(left, right) if operator == "eq" else ne(left, right))
        try:
            return bool(_ORDER[operator](left, right))
        except TypeError:
            raise unordered(left, right) from None

    def _contains(self, owner: Any, value: Any) -> bool:
        if isinstance(owner, str):
            if not isinstance(value, str):
                text = f"`in` looks for text in text, not for {kind(value)}"
                raise mistake(text, "`| string` makes a number text" if isinstance(value, (int, float)) else "")
            self._meter.spend(len(owner) // CHARACTERS_A_STEP + len(value) // CHARACTERS_A_STEP)
            return value in owner
        if not isinstance(owner, Iterable):
            raise mistake(f"`in` looks into text, a list or a mapping, not into {kind(owner)}")
        if isinstance(owner, Mapping):
            return isinstance(value, (str, int, float, type(None))) and value in owner
        if isinstance(value, Sized) and not isinstance(value, str):
            self._meter.look_through(owner)
        elif isinstance(owner, Sized):
            self._meter.spend(len(owner) * (2 + (len(value) // CHARACTERS_A_STEP if isinstance(value, str) else 0)))
        return value in owner


def unordered(*values: Any) -> Exception:
    """The error of values that have no order."""
    kinds = list(dict.fromkeys("a number" if isinstance(value, bool) else kind(value) for value in values))
    if kinds in (["a list"], ["a mapping"]):
        what = "the values of these lists" if kinds == ["a list"] else "mappings"
        return mistake(f"{what} cannot be compared", "`attribute='...'` compares one part of each")
    hint = "`| int` makes text a number" if {kinds[0], kinds[-1]} == {"text", "a number"} else ""
    return mistake(f"{kinds[0]} cannot be compared with {kinds[-1]}", hint)


def _divisible(value: Any, num: Any) -> bool:
    if number(num) == 0:
        raise mistake("a number cannot be divided by 0")
    return bool(number(value) % num == 0)


def _is_iterable(value: Any) -> bool:
    return isinstance(value, Iterable)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float))


_TESTS: dict[str, Condition] = {
    "boolean": lambda value: isinstance(value, bool),
    "divisibleby": _divisible,
    "even": lambda value: number(value) % 2 == 0,
    "false": lambda value: value is False,
    "float": lambda value: isinstance(value, float),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "iterable": _is_iterable,
    "mapping": lambda value: isinstance(value, Mapping),
    "none": lambda value: value is None,
    "number": _is_number,
    "odd": lambda value: number(value) % 2 == 1,
    "sequence": lambda value: isinstance(value, (str, list, tuple, Mapping)),
    "string": lambda value: isinstance(value, str),
    "true": lambda value: value is True,
}
