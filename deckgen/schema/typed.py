"""Source × class of frozen values -> typed data, and the JSON Schema of what the Source may say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from deckgen.base import Frozen, ValidationError, convert, json_schema
from deckgen.problems import Problem, Result
from deckgen.schema.check import check
from deckgen.schema.declare import Schema
from deckgen.source import Source, plain

T = TypeVar("T")


def read_typed(
    source: Source, kind: type[T], schema: Callable[[], Schema], made: Callable[[type, Any], Any] | None = None
) -> Result[T]:
    """What `source` says as a value of `kind`.

    `made` makes a value of a class that is not one of JSON's, or raises ValueError. The schema, which
    says what is wrong, is made only where something is: that takes longer than to read a file.
    """
    try:
        return Result(convert(plain(source), kind, dec_hook=made))
    except ValidationError as error:
        return Result(None, faults(source, schema(), error))


def faults(source: Source, schema: Schema, refused: ValidationError) -> tuple[Problem, ...]:
    """What is wrong with a value that its class has refused; a schema that finds nothing is a bug."""
    problems = tuple(check(source, schema))
    if not problems:
        raise refused
    return problems


def schema_of(kind: type[Frozen], hook: Callable[[type], Schema] | None = None, prefix: str = "") -> Schema:
    """What a mapping may say that is read as `kind`.

    `hook` gives the schema of a class that is not one of JSON's; `prefix` is put before the name of each definition.
    """
    made = json_schema(kind, schema_hook=hook, ref_template=f"#/$defs/{prefix}{{name}}")
    named = {f"{prefix}{name}": definition for name, definition in made["$defs"].items()}
    for definition in named.values():
        definition.pop("title")  # the name of a class, which no editor need show
    return {**made, "$defs": named}
