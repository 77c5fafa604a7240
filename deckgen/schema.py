"""Source × schema -> Problems: the only import of jsonschema_rs.

The schema that editors use is the one that validates. What a meeting may say beside its slides
(its facts) is declared by the templates, in `templates/facts.yaml`; what a slide may say is in
`kinds.py`, because the kinds of slides are what the program draws.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs
from jsonschema_rs import ValidationError
from jsonschema_rs import ValidationErrorKind as Kind

from deckgen.dates import minutes_of
from deckgen.kinds import COMMON, DEFS, KINDS, Schema, record
from deckgen.problems import Problem, nearest
from deckgen.source import Source, at, plain

__all__ = ["KINDS", "BadSchemaError", "Schema", "check_facts", "check_slide", "kind_schema"]

Branches = list[list[ValidationError]]
_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "a mapping (`key: value`)",
    "array": "a list",
    "null": "empty",
}
_FORMATS = {"time-of-day": 'such as "09:30"', "date": "such as 2025-11-07"}


def kind_schema(kind: str) -> Schema:
    """The schema of a slide of this kind, all values filled in."""
    properties, required = KINDS[kind]
    own = ("kind", "title", *required)
    return {**record({**COMMON, **properties}, own), "$defs": DEFS}


def check_slide(source: Source, kind: str) -> Iterator[Problem]:
    """What is wrong with a slide of this kind."""
    return _kind_checker(kind).check(source)


def check_facts(source: Source, properties: Schema) -> Iterator[Problem]:
    """What is wrong with the facts of a meeting, as the templates declare them. Raises BadSchemaError."""
    try:
        checker = _Checker({**record(properties, ()), "$defs": DEFS})
    except ValidationError as error:
        raise BadSchemaError(error.instance_path[1:], _first_line(error)) from None
    except (ValueError, jsonschema_rs.ReferencingError) as error:
        raise BadSchemaError([], _first_line(error)) from None
    return checker.check(source)


class BadSchemaError(Exception):
    """What the templates declare is no JSON Schema; `path` leads to what is wrong in it."""

    def __init__(self, path: list[str | int], text: str) -> None:
        super().__init__(text)
        self.path, self.text = path, text


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:200]


@cache
def _kind_checker(kind: str) -> _Checker:
    return _Checker(kind_schema(kind))


def _is_time_of_day(text: str) -> bool:
    try:
        return minutes_of(text) >= 0
    except ValueError:
        return False


class _Checker:
    """One compiled schema; turns what the library finds into Problems an author understands."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._validator = jsonschema_rs.Draft202012Validator(
            schema, validate_formats=True, formats={"time-of-day": _is_time_of_day}
        )

    def check(self, source: Source) -> Iterator[Problem]:
        for error in self._validator.iter_errors(plain(source)):
            yield from self._problems(source, error)

    def _problems(self, source: Source, error: ValidationError) -> Iterator[Problem]:
        place = at(source, error.instance_path)
        name = next((step for step in reversed(error.instance_path) if isinstance(step, str)), "this")
        match error.kind:
            case Kind.AdditionalProperties(unexpected):
                known = self._known_keys(error)
                for key in unexpected:
                    hint = nearest(key, known) or f"known here: {', '.join(sorted(known))}"
                    yield Problem(place.key_origin(key), "unknown-key", f"unknown key `{key}`", hint)
            case Kind.Required(missing):
                yield Problem(place.origin, "missing-key", f"`{missing}` is missing", f"add `{missing}: ...`")
            case Kind.AnyOf(branches):
                yield from self._meant(source, place, name, branches)
            case _:
                text, hint = _fault(error)
                yield Problem(place.origin, "wrong-value", f"`{name}` is {_shown(place)}, {text}", hint)

    def _meant(self, source: Source, place: Source, name: str, branches: Branches) -> Iterator[Problem]:
        """Of several allowed shapes, speak of the one the author meant: of the same type, with the fewest faults."""
        depth = min(len(error.instance_path) for branch in branches for error in branch)
        close = [branch for branch in branches if not any(_is_other(error, depth) for error in branch)]
        if close:
            for error in min(close, key=len):
                yield from self._problems(source, error)
            return
        allowed = dict.fromkeys(word for branch in branches for error in branch for word in _allowed(error))
        text = f"`{name}` is {_shown(place)}, not {' or '.join(allowed)}"
        yield Problem(place.origin, "wrong-value", text)

    def _known_keys(self, error: ValidationError) -> list[str]:
        schema: Any = self._schema
        for step in error.schema_path[:-1]:
            schema = schema[step]
        return list(schema.get("properties", ()))


def _is_other(error: ValidationError, depth: int) -> bool:
    """Whether the value is of another type altogether than this branch allows."""
    return len(error.instance_path) == depth and isinstance(error.kind, (Kind.Type, Kind.Constant))


def _allowed(error: ValidationError) -> list[str]:
    match error.kind:
        case Kind.Type(types):
            return [_TYPES[name] for name in types if name != "null"]
        case Kind.Constant(expected):
            return [f"`{expected}`"]
        case _:
            return []


def _fault(error: ValidationError) -> tuple[str, str]:
    """What was expected, and a hint."""
    match error.kind:
        case Kind.Type():
            return f"not {' or '.join(_allowed(error))}", ""
        case Kind.Enum(options):
            known = [str(option) for option in options]
            return "which is not known here", nearest(str(error.instance), known) or f"one of {', '.join(known)}"
        case Kind.Format(name):
            return f"not a {name.replace('-', ' ')}", _FORMATS.get(name, "")
        case _:
            return error.message[:1].lower() + error.message[1:].rstrip("."), ""


def _shown(place: Source) -> str:
    match place.value:
        case dict():
            return "a mapping"
        case tuple():
            return "a list"
        case None:
            return "empty"
        case bool():
            return str(place.value).lower()
        case _:
            return repr(place.value) if len(str(place.value)) < 60 else repr(str(place.value)[:57] + "...")
