"""Value × key -> the part under the key, or the error of its absence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deckgen.expressions.errors import UndefinedError, kind


class Group(tuple[Any, ...]):
    """A result of `groupby`: a pair, whose parts Jinja calls `grouper` and `list`."""

    __slots__ = ()


_PARTS = ("grouper", "list")


def found(owner: Any, key: Any) -> Any:
    """The part of a value under a key; an UndefinedError if there is none."""
    if isinstance(owner, Group) and key in _PARTS:
        return owner[_PARTS.index(key)]
    if isinstance(owner, (Mapping, list, tuple, str)):
        try:
            return owner[key]
        except (LookupError, TypeError):
            pass
    return UndefinedError(str(key) if isinstance(key, (str, int, float)) else kind(key), owner)


def sound(value: Any) -> Any:
    """The value, if it is defined. Raises UndefinedError."""
    if isinstance(value, UndefinedError):
        raise value.with_traceback(None)
    return value
