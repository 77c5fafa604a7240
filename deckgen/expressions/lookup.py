"""Value × key -> what stands there, or the error that says what does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deckgen.expressions.faults import UndefinedError, kind


class Group(tuple[Any, ...]):
    """What `groupby` gives: a pair, whose parts Jinja calls `grouper` and `list`."""

    __slots__ = ()


_PARTS = ("grouper", "list")


def found(owner: Any, key: Any) -> Any:
    """What stands in a value under a key; an UndefinedError, where nothing does."""
    if isinstance(owner, Group) and key in _PARTS:
        return owner[_PARTS.index(key)]
    if isinstance(owner, (Mapping, list, tuple, str)):
        try:
            return owner[key]
        except (LookupError, TypeError):
            pass
    return UndefinedError(str(key) if isinstance(key, (str, int, float)) else kind(key), owner)


def sound(value: Any) -> Any:
    """A value that is defined. Raises UndefinedError."""
    if isinstance(value, UndefinedError):
        raise value.with_traceback(None)
    return value
