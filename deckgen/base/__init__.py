"""Class bodies, bytes and work -> frozen values, files written whole, and processes beside this one."""

from deckgen.base.frozen import (
    Frozen,
    Meta,
    ValidationError,
    astuple,
    convert,
    field,
    json_schema,
    replace,
    to_builtins,
)

__all__ = [
    "Frozen",
    "Meta",
    "ValidationError",
    "astuple",
    "convert",
    "field",
    "json_schema",
    "replace",
    "to_builtins",
]
