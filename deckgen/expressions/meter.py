"""Values -> the same, within bounds; steps -> a count of the work that all expressions of a deck may take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sized
from typing import Any

from deckgen.expressions.faults import ExhaustedError, mistake, refused
from deckgen.expressions.located import Located, located

MAX_TEXT = 20_000
MAX_VALUES = 100_000  # in a result, however deep; what is there twice counts twice
MAX_WORK = 20_000_000  # steps, of some 50 ns each: all expressions of a deck together
LETTERS = 50  # that are compared, copied or sought in one step
_VISIT = 4  # steps to look at one value of many


class Meter:
    """Counts the work done for one deck, so that no file from a stranger can keep a machine busy."""

    def __init__(self) -> None:
        self.spent = 0

    def spend(self, steps: int) -> None:
        """Raises ExhaustedError when too much has been done."""
        self.spent += steps
        if self.spent > MAX_WORK:
            raise ExhaustedError

    def look_through(self, value: Any, times: int = 1) -> None:
        """Spend what it takes to compare a value with one like it: all that it holds, however deep, so many times."""
        rest = [value]
        while rest:
            value = rest.pop()
            if isinstance(value, str):
                self.spend((_VISIT + len(value) // LETTERS) * times)
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
        """Spend what it takes to sort by these keys: each is compared once for each doubling of their number."""
        self.look_through(keys, times=1 + len(keys).bit_length())


def bounded(result: Any) -> Any:
    """The result, unless it is larger than a slide could be. Raises ExpressionError."""
    if isinstance(result, Sized) and len(result) > MAX_TEXT:
        raise too_long()
    if isinstance(result, (int, float)) and not abs(result) <= 10**18:
        raise refused("the result is larger than 10^18")
    return result


def too_long() -> Exception:
    """What to raise for a result that no slide could show."""
    return refused(f"the result is longer than {MAX_TEXT:,}")


def values_in(result: Any) -> int:
    """How many values a result holds, each counted wherever it stands. Raises ExpressionError beyond MAX_VALUES."""
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
    """The parts as one text. Raises ExpressionError where it is too long, or for a part that is a list or a mapping."""
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
    """A value as text; null says nothing. Raises ExpressionError for a list or a mapping."""
    if value is None:
        return ""
    if isinstance(value, (str, int, float)):
        return getattr(value, "written", "") or str(value)
    raise mistake("a list or a mapping cannot stand inside text", "a filter such as `commas` makes text of a list")


def like(text: str, value: object) -> str:
    """`text` at the place of the value it was made from."""
    return located(text, value.origin) if isinstance(value, Located) else text
