"""Source × frozen class -> typed data; frozen class -> the JSON Schema of its Source."""

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
    """`source` as a value of the class `kind`.

    `made` makes a value of a class that JSON does not have, or raises ValueError. The schema, which finds the
    problems, is made only if there are any: making it takes longer than reading a file.
    """
    try:
        return Result(convert(plain(source), kind, dec_hook=made))
    except ValidationError as error:
        return Result(None, problems_of(source, schema(), error))


def problems_of(source: Source, schema: Schema, refused: ValidationError) -> tuple[Problem, ...]:
    """The problems of a value that its class refuses; it is a bug if the schema finds none."""
    problems = tuple(check(source, schema))
    if not problems:
        raise refused
    return problems


def schema_of(kind: type[Frozen], hook: Callable[[type], Schema] | None = None, prefix: str = "") -> Schema:
    """The JSON Schema of a mapping that is read as the class `kind`.

    `hook` returns the schema of a class that JSON does not have; `prefix` precedes the name of each definition.
    """
    made = json_schema(kind, schema_hook=hook, ref_template=f"#/$defs/{prefix}{{name}}")
    named = {f"{prefix}{name}": definition for name, definition in made["$defs"].items()}
    for definition in named.values():
        definition.pop("title")  # the name of a class, which editors need not show
    return {**made, "$defs": named}
