"""Source -> plain values that remember their places, and back: what Jinja works on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deckgen.problems import Origin
from deckgen.source import Source, Value


class Located(str):
    """Text that knows where it came from, through any number of lookups."""

    __slots__ = ("origin",)
    origin: Origin


class LocatedInt(int):
    """A whole number that knows where it came from, and how it was written; what is reckoned from it does not."""

    origin: Origin
    written: str = ""


class LocatedFloat(float):
    """A number that knows where it came from, and how it was written: a version 3.10 is no 3.1."""

    origin: Origin
    written: str = ""


class LocatedList(list[Any]):
    """A list that knows where it came from."""

    __slots__ = ("origin",)
    origin: Origin


class LocatedMap(dict[Any, Any]):
    """A mapping that knows where it came from; so does each of its keys."""

    __slots__ = ("origin",)
    origin: Origin


_PLACED = (Located, LocatedInt, LocatedFloat, LocatedList, LocatedMap)


def located(text: str, origin: Origin) -> Located:
    """`text` at a place."""
    result = Located(text)
    result.origin = origin
    return result


def native(source: Source) -> Any:
    """What Jinja sees: mappings, lists, numbers and text that remember their places."""
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
    """The place a value came from, if it knows one."""
    return value.origin if isinstance(value, _PLACED) else None


def sourced(result: Any, template: Origin) -> Source:
    """A result of Jinja as Source; what knows its place keeps it, the rest stands at the template leaf."""
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
    raise TypeError(f"no value of an expression: {type(result)}")
