"""Function × the values in brackets after its name -> its result, or the error in an author's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import CodeType
from typing import Any, cast

from deckgen.expressions.errors import called, mistake
from deckgen.problems import nearest

# CO_VARARGS and CO_VARKEYWORDS of the `inspect` module, whose import is slow.
_MORE, _NAMED = 0x04, 0x08


def call(name: str, function: Callable[..., Any], value: Any, given: Sequence[Any], named: Mapping[str, Any]) -> Any:
    """The result of a filter or test. Raises ExpressionError if the values in brackets are wrong."""
    method = getattr(function, "__func__", function)
    own = 1 if method is function else 2  # the value itself, after `self` in a method
    code = cast(CodeType, method.__code__)
    names, needed = _signature(code, own, len(method.__defaults__ or ()))
    if len(given) > len(names) and not code.co_flags & _MORE:
        takes = f"at most {len(names)} values in brackets, not {len(given)}" if names else "no values in brackets"
        raise mistake(f"{called(name)} takes {takes}", _takes(name, names))
    for key in named:
        if key not in names and not code.co_flags & _NAMED:
            raise mistake(f"{called(name)} has no {called(key)}", nearest(key, names) or _takes(name, names))
        if key in names[: len(given)]:
            raise mistake(f"{called(name)} has {called(key)} twice", _takes(name, names))
    lacking = [key for key in names[len(given) : needed] if key not in named]
    if lacking:
        raise mistake(f"{called(name)} needs {' and '.join(map(called, lacking))} in brackets", _takes(name, names))
    return function(value, *given, **named)


def _takes(name: str, names: Sequence[str]) -> str:
    if name == "date":
        return "it always shows a date as `Friday, 7 November 2025`"
    return f"its form is `{name}({', '.join(names)})`" if names else "write it without brackets"


@lru_cache(maxsize=200)
def _signature(code: CodeType, own: int, defaults: int) -> tuple[tuple[str, ...], int]:
    """The names of the values in brackets, and how many of them are required."""
    names = code.co_varnames[own : code.co_argcount + code.co_kwonlyargcount]
    return names, code.co_argcount - own - defaults
