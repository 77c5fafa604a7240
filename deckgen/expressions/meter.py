"""Values -> the same values within limits; steps -> the work of all expressions of a deck."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sized
from typing import Any

from deckgen.expressions.errors import ExhaustedError, mistake, refused
from deckgen.expressions.located import Located, located

MAX_TEXT = 20_000
MAX_VALUES = 100_000  # in a result, nested ones included; a value that is there twice counts twice
MAX_WORK = 20_000_000  # steps of about 50 ns each, for all expressions of a deck
CHARACTERS_A_STEP = 50  # compared, copied or searched
_VISIT = 4  # steps to visit one value of many


class Meter:
    """Counts the work for one deck, so that no untrusted file can keep a machine busy."""

    def __init__(self) -> None:
        self.spent = 0

    def spend(self, steps: int) -> None:
        """Count this work. Raises ExhaustedError beyond MAX_WORK."""
        self.spent += steps
        if self.spent > MAX_WORK:
            raise ExhaustedError

    def look_through(self, value: Any, times: int = 1) -> None:
        """Count `times` comparisons of a value with one like it, nested values included."""
        rest = [value]
        while rest:
            value = rest.pop()
            if isinstance(value, str):
                self.spend((_VISIT + len(value) // CHARACTERS_A_STEP) * times)
                continue
            self.spend(_VISIT * times)
            if isinstance(value, Mapping):
                self.spend(len(value))
                rest.extend(value)
                rest.extend(value.values())
            elif isinstance(value, (list, tuple)):
                self.spend(len(value))
                rest.extend(value)

    def put_in_order(self, keys: list[Any]) -> None:
        """Count a sort by these keys: each is compared once for each doubling of their number."""
        self.look_through(keys, times=1 + len(keys).bit_length())


def bounded(result: Any) -> Any:
    """The result, if a slide can show it. Raises ExpressionError."""
    if isinstance(result, Sized) and len(result) > MAX_TEXT:
        raise too_long()
    if isinstance(result, (int, float)) and not abs(result) <= 10**18:
        raise refused("the result is larger than 10^18")
    return result


def too_long() -> Exception:
    """The error of a result that no slide can show."""
    return refused(f"the result has more than {MAX_TEXT:,} characters or values")


def values_in(result: Any) -> int:
    """How many values a result has, repeated ones included. Raises ExpressionError beyond MAX_VALUES."""
    count, rest = 0, [result]
    while rest:
        value = rest.pop()
        count += 1
        if isinstance(value, Mapping):
            rest.extend(value.values())
        elif isinstance(value, (list, tuple)):
            rest.extend(value)
        if count + len(rest) > MAX_VALUES:
            raise refused(f"the result has more than {MAX_VALUES:,} values")
    return count


def joined(parts: Iterable[Any], between: str = "") -> str:
    """The parts as one text. Raises ExpressionError if it is too long, or if a part is a list or a mapping."""
    texts: list[str] = []
    length = -len(between)
    for part in parts:
        text = worded(part)
        length += len(text) + len(between)
        if length > MAX_TEXT:
            raise too_long()
        texts.append(text)
    return between.join(texts)


def worded(value: Any) -> str:
    """A value as text; null is empty. Raises ExpressionError for a list or a mapping."""
    if value is None:
        return ""
    if isinstance(value, (str, int, float)):
        return getattr(value, "written", "") or str(value)
    raise mistake("text cannot contain a list or a mapping", "a filter such as `commas` makes a list text")


def like(text: str, value: object) -> str:
    """`text` with the origin of the value from which it was made."""
    return located(text, value.origin) if isinstance(value, Located) else text
