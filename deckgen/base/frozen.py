"""Class body -> frozen class, made in C, because a build makes about eighty of them."""

from __future__ import annotations

from typing import dataclass_transform

from msgspec import Meta, Struct, ValidationError, convert, field, to_builtins
from msgspec.json import decode as from_json
from msgspec.json import encode as to_json
from msgspec.json import schema as json_schema
from msgspec.structs import astuple, replace

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


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Frozen(Struct, frozen=True):
    """The base of all data classes: a value never changes, and `replace` makes another."""
