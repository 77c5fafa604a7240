"""Source -> plain values with their origins, on which expressions work; and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deckgen.problems import Origin
from deckgen.source import Source, Value


class Located(str):
    """Text with its origin, which survives any number of lookups."""

    __slots__ = ("origin",)
    origin: Origin


class LocatedInt(int):
    """A whole number with its origin and its written form; a number computed from it has neither."""

    origin: Origin
    written: str = ""


class LocatedFloat(float):
    """A number with its origin and its written form: version 3.10 is not 3.1."""

    origin: Origin
    written: str = ""


class LocatedList(list[Any]):
    """A list with its origin."""

    __slots__ = ("origin",)
    origin: Origin


class LocatedMap(dict[Any, Any]):
    """A mapping with its origin; each key has its own."""

    __slots__ = ("origin",)
    origin: Origin


_LOCATED = (Located, LocatedInt, LocatedFloat, LocatedList, LocatedMap)


def located(text: str, origin: Origin) -> Located:
    """`text` with an origin."""
    result = Located(text)
    result.origin = origin
    return result


def native(source: Source) -> Any:
    """The value for expressions: mappings, lists, numbers and text with their origins."""
    value = source.value
    result: Any
    if isinstance(value, dict):
        result = LocatedMap({located(key, source.key_origin(key)): native(child) for key, child in value.items()})
    elif isinstance(value, tuple):
        result = LocatedList(native(child) for child in value)
    elif value is None or isinstance(value, bool):
        return value
    else:
        result = Located(value) if isinstance(value, str) else _number(value)
        if source.written:
            result.written = source.written
    result.origin = source.origin
    return result


def _number(value: int | float) -> LocatedInt | LocatedFloat:
    return LocatedInt(value) if isinstance(value, int) else LocatedFloat(value)


def origin_of(value: Any) -> Origin | None:
    """The origin of a value, if it has one."""
    return value.origin if isinstance(value, _LOCATED) else None


def sourced(result: Any, template: Origin) -> Source:
    """A result as Source; a value with an origin keeps it, any other gets the origin of the template text."""
    known = origin_of(result)
    origin = known.passed_through(template) if known else template
    if isinstance(result, Mapping):
        keys = {str(key): (origin_of(key) or template).passed_through(template) for key in result}
        return Source({str(key): sourced(child, template) for key, child in result.items()}, origin, keys)
    if isinstance(result, (list, tuple)):
        return Source(tuple(sourced(child, template) for child in result), origin)
    return Source(_scalar(result), origin, written=getattr(result, "written", ""))


def _scalar(result: Any) -> Value:
    if result is None or isinstance(result, bool):
        return result
    for kind in (int, float, str):
        if isinstance(result, kind):
            return kind(result)
    raise TypeError(f"not a value of an expression: {type(result)}")
