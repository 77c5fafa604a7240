"""Class body -> class of frozen values, equal where all their fields are; made in C, for a build makes some eighty."""

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
    """What the data of the program is made of: it is never changed, `replace` makes another."""
