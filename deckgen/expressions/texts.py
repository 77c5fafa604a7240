"""Text and numbers -> text and numbers in another form; the work is counted."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from deckgen.expressions.errors import called, kind, mistake, number, whole
from deckgen.expressions.meter import CHARACTERS_A_STEP, MAX_TEXT, Meter, like, too_long, worded
from deckgen.source.dates import long_date

Filter = Callable[..., Any]
_MAX_NUMBER = 100  # characters of a number or a date; parsing a long number takes quadratic time
_MAX_DIGITS = 20
_BEFORE_A_WORD = re.compile(r"([-\s({\[<]+)")


class Texts:
    """The filters of text and numbers."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter

    def filters(self) -> dict[str, Filter]:
        """The filters by name."""
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
        """The text in lower case."""
        return self._recased(value, str.lower)

    def upper(self, value: Any) -> str:
        """The text in upper case."""
        return self._recased(value, str.upper)

    def capitalize(self, value: Any) -> str:
        """The text with its first letter in upper case, the others in lower case."""
        return self._recased(value, str.capitalize)

    def title(self, value: Any) -> str:
        """The text with the first letter of each word in upper case, the others in lower case."""
        return self._recased(value, _titled)

    def trim(self, value: Any, chars: Any = None) -> str:
        """The text without white space, or without the characters `chars`, at its ends."""
        text = worded(value)
        removed = None if chars is None else worded(chars)
        self._meter.spend(len(text) * (1 + len(removed or "") // CHARACTERS_A_STEP))
        return like(text.strip(removed), value)

    def replace(self, value: Any, old: Any, new: Any, count: Any = None) -> str:
        """The text with `new` instead of `old`, everywhere or the first `count` times."""
        text, sought, instead = worded(value), worded(old), worded(new)
        limit = -1 if count is None else whole(count, "`count`")
        self._meter.spend(len(text))
        there = text.count(sought)
        times = there if limit < 0 else min(there, limit)
        length = len(text) + times * (len(instead) - len(sought))
        if length > MAX_TEXT:
            raise too_long()
        self._meter.spend(times + length // 10)
        return like(text.replace(sought, instead, limit), value)


def _titled(text: str) -> str:
    return "".join(part[:1].upper() + part[1:].lower() for part in _BEFORE_A_WORD.split(text))


def string(value: Any) -> str:
    """The value as text."""
    return like(worded(value), value)


def date(value: Any) -> str:
    """`2025-07-25` as `Friday, 25 July 2025`. Raises ExpressionError."""
    try:
        return like(long_date(worded(value)[:_MAX_NUMBER]), value)
    except ValueError as error:
        raise mistake(str(error)) from None


def thousands(value: Any) -> str:
    """A number with commas between thousands; text unchanged."""
    return f"{value:,}" if isinstance(value, (int, float)) else worded(value)


def absolute(value: Any) -> Any:
    """A number without its sign."""
    return abs(number(value))


def integer(value: Any, default: Any = None, base: Any = 10) -> Any:
    """A whole number, fractions cut off; `default` for any other value. Raises ExpressionError without a default."""
    radix = whole(base, "`base`")
    if radix != 0 and not 2 <= radix <= 36:
        raise mistake(f"`base` must be from 2 to 36, not {radix}")
    if isinstance(value, str) and len(value) <= _MAX_NUMBER:
        with suppress(ValueError):
            return int(value, radix)
    parsed = value if isinstance(value, int) else _parsed(value)
    return _otherwise(value, default, "int(0)") if parsed is None or not math.isfinite(parsed) else int(parsed)


def decimal(value: Any, default: Any = None) -> Any:
    """A number; `default` for any other value. Raises ExpressionError without a default."""
    parsed = _parsed(value)
    return _otherwise(value, default, "float(0.0)") if parsed is None else parsed


def _parsed(value: Any) -> float | None:
    if isinstance(value, str) and len(value) > _MAX_NUMBER:
        return None
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _otherwise(value: Any, default: Any, zero: str) -> Any:
    if default is not None:
        return default
    shown = called(value) if isinstance(value, str) and value.strip() else kind(value)
    raise mistake(f"{'empty ' if shown == 'text' else ''}{shown} is not a number", f"`| {zero}` uses 0 instead")


def rounded(value: Any, precision: Any = 0, method: Any = "common") -> Any:
    """A number rounded to `precision` digits, at most twenty. Raises ExpressionError."""
    digits = whole(precision, "`precision`")
    if abs(digits) > _MAX_DIGITS:
        raise mistake(f"`precision` must be at most {_MAX_DIGITS}, not {digits}")
    if method == "common":
        return round(number(value), digits)
    if method not in ("ceil", "floor"):
        raise mistake("the methods of `round` are `common`, `ceil` and `floor`", "such as `round(1, 'ceil')`")
    scale: float = 10**digits
    cut = math.ceil if method == "ceil" else math.floor
    return cut(number(value) * scale) / scale
