"""Class bodies, bytes and work -> frozen values, files written whole, and processes beside this one."""

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
