"""Values -> what a slide says of them: the filters of the templates, each bounded."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, KeysView, Mapping, Sized, ValuesView
from typing import Any

from deckgen.expressions.located import Located, located
from deckgen.source.dates import long_date

MAX_TEXT = 20_000
MAX_VALUES = 100_000  # in a result, however deep; what is there twice counts twice
MAX_WORK = 20_000_000  # steps, of some 50 ns each: all expressions of a deck together


class Exhausted(OverflowError):
    """All that a deck may ask for has been used up; nothing more is worth saying."""


class Meter:
    """Counts the work done for one deck, so that no file from a stranger can keep a machine busy."""

    def __init__(self) -> None:
        self._left = MAX_WORK

    def spend(self, steps: int) -> None:
        """Raises Exhausted when too much has been done."""
        self._left -= steps
        if self._left < 0:
            raise Exhausted("the expressions of the deck take too long")


def bounded(result: Any) -> Any:
    """The result, unless it is larger than a slide could be. Raises OverflowError."""
    if isinstance(result, Sized) and len(result) > MAX_TEXT:
        raise OverflowError(f"the result is longer than {MAX_TEXT:,}")
    if isinstance(result, (int, float)) and not abs(result) <= 10**18:
        raise OverflowError("the result is larger than 10^18")
    return result


def values_in(result: Any) -> int:
    """How many values a result holds, each counted wherever it stands. Raises OverflowError beyond MAX_VALUES."""
    count, rest = 0, [result]
    while rest:
        value = rest.pop()
        count += 1
        if isinstance(value, Mapping):
            rest.extend(value.values())
        elif isinstance(value, (list, tuple, KeysView, ValuesView, ItemsView)):
            rest.extend(value)
        if count + len(rest) > MAX_VALUES:
            raise OverflowError(f"the result has more than {MAX_VALUES:,} values")
    return count


def joined(parts: Iterable[Any], between: str = "") -> str:
    """The parts as one text. Raises OverflowError, and TypeError for a part that is a list or a mapping."""
    texts: list[str] = []
    length = 0
    for part in parts:
        text = worded(part)
        length += len(text) + len(between)
        if length > MAX_TEXT:
            raise OverflowError(f"the result is longer than {MAX_TEXT:,}")
        texts.append(text)
    return between.join(texts)


def worded(value: Any) -> str:
    """A value as text; null says nothing. Raises TypeError for a list or a mapping."""
    if value is None:
        return ""
    if isinstance(value, (str, int, float)):
        return getattr(value, "written", "") or str(value)
    raise TypeError("a list or a mapping cannot stand inside a text; use a filter such as `commas`")


def filters(meter: Meter) -> dict[str, Callable[..., Any]]:
    """The filters by name, their work counted by `meter`."""
    counted = _Counted(meter)
    return {
        "commas": counted.commas,
        "date": date,
        "first": counted.first,
        "float": float,
        "int": whole,
        "last": counted.last,
        "length": len,
        "list": counted.as_list,
        "lower": lower,
        "names": counted.names,
        "number": number,
        "round": rounded,
        "sort": counted.sort,
        "sum": counted.sum,
        "trim": trim,
        "unique": counted.unique,
        "upper": upper,
    }


class _Counted:
    """The filters that walk through lists."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter

    def _listed(self, values: Iterable[Any]) -> list[Any]:
        if isinstance(values, str) or not isinstance(values, Iterable):
            raise TypeError(f"`{str(values)[:60]}` is no list")
        listed = list(values)
        self._meter.spend(10 * len(listed))
        return listed

    def commas(self, values: Iterable[Any]) -> str:
        """`a, b, c`."""
        listed = self._listed(values)
        return _like(joined(listed, ", "), listed[0] if listed else None)

    def names(self, values: Iterable[Any]) -> str:
        """`a`, `a and b`, `a, b and c`."""
        listed = self._listed(values)
        text = joined(filter(None, (joined(listed[:-1], ", "), joined(listed[-1:]))), " and ")
        return _like(text, listed[0] if listed else None)

    def first(self, values: Iterable[Any]) -> Any:
        """The first element; nothing of an empty list."""
        return next(iter(self._listed(values)), None)

    def last(self, values: Iterable[Any]) -> Any:
        """The last element; nothing of an empty list."""
        return (self._listed(values) or [None])[-1]

    def as_list(self, values: Iterable[Any]) -> list[Any]:
        """The keys of a mapping, the elements of anything else, as a list."""
        return self._listed(values)

    def sort(self, values: Iterable[Any], reverse: bool = False, attribute: str = "") -> list[Any]:
        """In order, by a part of each such as `1.pages` if told so; text without regard to capitals."""
        steps = str(attribute).split(".") if attribute else []

        def key(value: Any) -> Any:
            for step in steps:
                value = value[int(step)] if step.isdigit() and isinstance(value, (list, tuple)) else value[step]
            return value.casefold() if isinstance(value, str) else value

        return sorted(self._listed(values), key=key, reverse=bool(reverse))

    def sum(self, values: Iterable[Any]) -> float:
        """The sum of numbers."""
        listed = self._listed(values)
        if not all(isinstance(value, (int, float)) for value in listed):
            raise TypeError("`sum` is for numbers only")
        return float(sum(listed)) if any(isinstance(value, float) for value in listed) else int(sum(listed))

    def unique(self, values: Iterable[Any]) -> list[Any]:
        """Each once, in the order in which they come."""
        return [*dict.fromkeys(self._listed(values))]


def date(value: Any) -> str:
    """`2025-07-25` as `Friday, 25 July 2025`. Raises ValueError."""
    return _like(long_date(worded(value)), value)


def number(value: Any) -> str:
    """A number with commas between thousands; text as it is."""
    return f"{value:,}" if isinstance(value, (int, float)) else worded(value)


def whole(value: Any) -> int:
    """A whole number. Raises ValueError."""
    return int(value)


def rounded(value: float, digits: int = 0) -> float:
    """A number rounded to so many digits, at most ten."""
    return round(value, max(-10, min(10, digits)))


def lower(value: Any) -> str:
    """In small letters."""
    return _like(worded(value).lower(), value)


def upper(value: Any) -> str:
    """In capitals."""
    return _like(worded(value).upper(), value)


def trim(value: Any) -> str:
    """Without white space at its ends."""
    return _like(worded(value).strip(), value)


def _like(text: str, first: object) -> str:
    """`text` at the place of the value it was made from."""
    return located(text, first.origin) if isinstance(first, Located) else text


def steps_through(value: Any) -> int:
    """The steps to compare a value with one like it, or to search it, at most: all that it holds, however deep."""
    if isinstance(value, str):
        return 1 + len(value) // 20  # letters are compared many at a time
    children = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return 1 + sum(map(steps_through, children))
