"""Texts and numbers -> the same in another shape; charged for what it takes."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from deckgen.expressions.faults import called, kind, mistake, number, whole
from deckgen.expressions.meter import LETTERS, MAX_TEXT, Meter, like, too_long, worded
from deckgen.source.dates import long_date

Filter = Callable[..., Any]
_LONGEST = 100  # letters of a number or a date; to read a long number takes the square of them
_DIGITS = 20
_BEFORE_A_WORD = re.compile(r"([-\s({\[<]+)")


class Texts:
    """The filters of texts and numbers."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter

    def filters(self) -> dict[str, Filter]:
        """Them by name."""
        return {
            **{"abs": absolute, "capitalize": self.capitalize, "date": date, "float": decimal, "int": integer},
            **{"lower": self.lower, "number": thousands, "replace": self.replace, "round": rounded},
            **{"string": string, "title": self.title, "trim": self.trim, "upper": self.upper},
        }

    def _recased(self, value: Any, change: Callable[[str], str]) -> str:
        text = worded(value)
        self._meter.spend(4 * len(text))
        return like(change(text), value)

    def lower(self, value: Any) -> str:
        """In small letters."""
        return self._recased(value, str.lower)

    def upper(self, value: Any) -> str:
        """In capitals."""
        return self._recased(value, str.upper)

    def capitalize(self, value: Any) -> str:
        """The first letter a capital, the others small."""
        return self._recased(value, str.capitalize)

    def title(self, value: Any) -> str:
        """The first letter of each word a capital, the others small."""
        return self._recased(value, _titled)

    def trim(self, value: Any, chars: Any = None) -> str:
        """Without white space at its ends, or without these letters."""
        text = worded(value)
        letters = None if chars is None else worded(chars)
        self._meter.spend(len(text) * (1 + len(letters or "") // LETTERS))
        return like(text.strip(letters), value)

    def replace(self, value: Any, old: Any, new: Any, count: Any = None) -> str:
        """With another text for one, wherever that stands, or the first few times."""
        text, sought, instead = worded(value), worded(old), worded(new)
        most = -1 if count is None else whole(count, "`count`")
        self._meter.spend(len(text))
        there = text.count(sought)
        times = there if most < 0 else min(there, most)
        length = len(text) + times * (len(instead) - len(sought))
        if length > MAX_TEXT:
            raise too_long()
        self._meter.spend(times + length // 10)
        return like(text.replace(sought, instead, most), value)


def _titled(text: str) -> str:
    return "".join(part[:1].upper() + part[1:].lower() for part in _BEFORE_A_WORD.split(text))


def string(value: Any) -> str:
    """As text."""
    return like(worded(value), value)


def date(value: Any) -> str:
    """`2025-07-25` as `Friday, 25 July 2025`. Raises ExpressionError."""
    try:
        return like(long_date(worded(value)[:_LONGEST]), value)
    except ValueError as error:
        raise mistake(str(error)) from None


def thousands(value: Any) -> str:
    """A number with commas between thousands; text as it is."""
    return f"{value:,}" if isinstance(value, (int, float)) else worded(value)


def absolute(value: Any) -> Any:
    """A number without its sign."""
    return abs(number(value))


def integer(value: Any, default: Any = None, base: Any = 10) -> Any:
    """A whole number, the rest cut off; `default` for what is none. Raises ExpressionError, if there is no default."""
    radix = whole(base, "`base`")
    if radix != 0 and not 2 <= radix <= 36:
        raise mistake(f"`base` is from 2 to 36, not {radix}")
    if isinstance(value, str) and len(value) <= _LONGEST:
        with suppress(ValueError):
            return int(value, radix)
    read = value if isinstance(value, int) else _read(value)
    return _otherwise(value, default, "int(0)") if read is None or not math.isfinite(read) else int(read)


def decimal(value: Any, default: Any = None) -> Any:
    """A number; `default` for what is none. Raises ExpressionError, if there is no default."""
    read = _read(value)
    return _otherwise(value, default, "float(0.0)") if read is None else read


def _read(value: Any) -> float | None:
    if isinstance(value, str) and len(value) > _LONGEST:
        return None
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _otherwise(value: Any, default: Any, zero: str) -> Any:
    if default is not None:
        return default
    shown = called(value) if isinstance(value, str) and value.strip() else kind(value)
    raise mistake(
        f"{'empty ' if shown == 'text' else ''}{shown} is not a number", f"`| {zero}` takes 0 for what is not one"
    )


def rounded(value: Any, precision: Any = 0, method: Any = "common") -> Any:
    """A number rounded to so many digits, at most twenty. Raises ExpressionError."""
    digits = whole(precision, "`precision`")
    if abs(digits) > _DIGITS:
        raise mistake(f"`precision` is at most {_DIGITS}, not {digits}")
    if method == "common":
        return round(number(value), digits)
    if method not in ("ceil", "floor"):
        raise mistake("`round` has the methods `common`, `ceil` and `floor`", "such as `round(1, 'ceil')`")
    scale: float = 10**digits
    cut = math.ceil if method == "ceil" else math.floor
    return cut(number(value) * scale) / scale
