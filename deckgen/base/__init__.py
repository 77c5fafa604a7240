"""Class bodies, bytes and work -> frozen classes, files written whole, and work in other processes."""

from deckgen.base.frozen import (
    Frozen,
    Meta,
    ValidationError,
    astuple,
    convert,
    field,
    from_json,
    json_schema,
    replace,
    to_builtins,
    to_json,
)

__all__ = [
    "Frozen",
    "Meta",
    "ValidationError",
    "astuple",
    "convert",
    "field",
    "from_json",
    "json_schema",
    "replace",
    "to_builtins",
    "to_json",
]
