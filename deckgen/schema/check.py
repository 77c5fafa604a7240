"""Source × schema -> Problems: the only import of jsonschema_rs.

The schema that editors use is the one that validates. `templates/facts.yaml` declares the facts of a meeting;
a kind declares the keys of its slides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import jsonschema_rs
from jsonschema_rs import ValidationError
from jsonschema_rs import ValidationErrorKind as Kind

from deckgen.problems import Problem, nearest, nearest_word
from deckgen.schema.declare import DEFS, Schema, record
from deckgen.source import Source, at, flow, plain, text_of
from deckgen.source.dates import minutes_of

Branches = list[list[ValidationError]]
Hint = Callable[[str, Sequence[str], Source], str]
TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "a mapping (`key: value`)",
    "array": "a list",
    "null": "empty",
}
_FORMATS = {"time-of-day": 'such as "09:30"', "date": "such as 2025-11-07"}


def check(source: Source, schema: Schema) -> Iterator[Problem]:
    """The problems of a value under a schema of our own, which must be a JSON Schema."""
    return Checker(schema).check(source)


def check_facts(source: Source, properties: Schema, hint: Hint | None = None) -> Iterator[Problem]:
    """The problems of the facts of a meeting under the templates' declarations. Raises BadSchemaError."""
    try:
        checker = Checker({**record(properties, ()), "$defs": DEFS}, hint)
    except ValidationError as error:
        raise BadSchemaError(error.instance_path[1:], _first_line(error)) from None
    except (ValueError, jsonschema_rs.ReferencingError) as error:
        raise BadSchemaError([], _first_line(error)) from None
    return checker.check(source)


class BadSchemaError(Exception):
    """The templates' declarations are not a JSON Schema; `path` leads to the error."""

    def __init__(self, path: list[str | int], text: str) -> None:
        super().__init__(text)
        self.path, self.text = path, text


def _path(error: ValidationError) -> tuple[str | int, ...]:
    return tuple(error.instance_path)


def _name(error: ValidationError) -> str:
    """The name of a value in a message: its key, or an item of the list under that key."""
    key = next((step for step in reversed(error.instance_path) if isinstance(step, str)), "")
    if not key:
        return "this"
    return f"`{key}`" if error.instance_path[-1] == key else f"an item of `{key}`"


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:200]


def _is_time_of_day(text: str) -> bool:
    try:
        return minutes_of(text) >= 0
    except ValueError:
        return False


class Checker:
    """One compiled schema; turns what the library finds into Problems that an author understands.

    `hint` returns what to do about an unknown key, given the known keys and the mapping that has it; if it returns
    nothing, the hint lists the known keys.
    """

    def __init__(self, schema: Schema, hint: Hint | None = None) -> None:
        self._schema = schema
        self._hint = hint
        self._validator = jsonschema_rs.Draft202012Validator(
            schema,
            validate_formats=True,
            formats={"time-of-day": _is_time_of_day},
        )

    def check(self, source: Source) -> Iterator[Problem]:
        """The problems of a value."""
        yield from self._all_problems(source, list(self._validator.iter_errors(plain(source))))

    def _all_problems(self, source: Source, errors: list[ValidationError]) -> Iterator[Problem]:
        misspelt = {(_path(error), key) for error in errors for key in self._misspelt(error)}
        for error in errors:
            if not isinstance(error.kind, Kind.Required) or (_path(error), error.kind.property) not in misspelt:
                yield from self._problems(source, error)

    def _misspelt(self, error: ValidationError) -> Iterator[str]:
        """The known keys that misspelt ones stand for: they are not reported as missing too."""
        for key in getattr(error.kind, "unexpected", ()):
            yield nearest_word(key, self._known_keys(error))

    def _problems(self, source: Source, error: ValidationError) -> Iterator[Problem]:
        value = at(source, error.instance_path)
        name = _name(error)
        match error.kind:
            case Kind.AdditionalProperties(unexpected):
                known = self._known_keys(error)
                unused = [key for key in known if value.get(key) is None] or known
                for key in unexpected:
                    hint = self._near(key, known, value) or f"known here: {', '.join(unused)}"
                    yield Problem(value.key_origin(key), "unknown-key", f"unknown key `{key}`", hint)
            case Kind.Required(missing):
                yield Problem(value.origin, "missing-key", f"`{missing}` is missing", f"add `{missing}: ...`")
            case Kind.AnyOf(branches):
                yield from self._meant(source, value, name, branches)
            case Kind.PropertyNames(inner):
                key = str(inner.instance)
                text = f"`{key}` cannot be a key{f' of {name}' if error.instance_path else ''}"
                hint = _form(self._at(error.schema_path[:-1])) or self._examples(error)
                yield Problem(value.key_origin(key), "wrong-value", text, hint)
            case Kind.Pattern():
                hint = _form(self._at(error.schema_path[:-1])) or self._examples(error)
                text = f"{name} is {_shown(value)}, which has the wrong form"
                yield Problem(value.origin, "wrong-value", text, hint)
            case _:
                text, hint = _expected(error)
                hint = hint or self._examples(error)
                yield Problem(value.origin, "wrong-value", f"{name} is {_shown(value)}, {text}", hint)

    def _near(self, key: str, known: Sequence[str], mapping: Source) -> str:
        return self._hint(key, known, mapping) if self._hint else nearest(key, known)

    def _meant(self, source: Source, value: Source, name: str, branches: Branches) -> Iterator[Problem]:
        """The problems of the allowed shape that the author meant: of the same type, with the fewest problems."""
        if isinstance(value.value, dict) and len(value.value) == 1:
            ((key, only),) = value.items()
            if not isinstance(only.value, (dict, tuple)) and not any(nearest(key, k) for k in self._keys(branches)):
                text = f"the colon after `{key}` makes this a mapping, not text"
                hint = f"put the text between quotes: {flow(f'{key}: {text_of(only)}'.strip())}"
                yield Problem(value.origin, "wrong-value", text, hint)
                return
        depth = min(len(error.instance_path) for branch in branches for error in branch)
        close = [branch for branch in branches if not any(_is_other(error, depth) for error in branch)]
        if close:
            yield from self._all_problems(source, min(close, key=len))
            return
        allowed = dict.fromkeys(word for branch in branches for error in branch for word in _allowed(error))
        text = f"{name} is {_shown(value)}, not {' or '.join(allowed)}"
        words = [
            str(error.kind.expected_value) for b in branches for error in b if isinstance(error.kind, Kind.Constant)
        ]
        hint = nearest(text_of(value), words) or self._examples(branches[0][0])
        yield Problem(value.origin, "wrong-value", text, hint)

    def _keys(self, branches: Branches) -> Iterator[list[str]]:
        """The keys of each allowed shape that is a mapping."""
        for error in (error for branch in branches for error in branch):
            if isinstance(error.kind, Kind.AdditionalProperties):
                yield self._known_keys(error)

    def _examples(self, error: ValidationError) -> str:
        """A hint with the examples of the schema; empty if it has none."""
        path = list(error.schema_path[:-1])
        while path and (path[-1] in ("anyOf", "propertyNames") or isinstance(path[-1], int)):
            path.pop()
        examples = self._at(path).get("examples")
        if examples is None and path[-1:] == ["items"]:
            examples = [example[0] for example in self._at(path[:-1]).get("examples", ()) if example]
        key = error.instance_path[-1] if error.instance_path else 0
        shown = [f"`{key}: {flow(one)}`" if isinstance(key, str) else f"`{flow(one)}`" for one in examples or ()]
        return f"such as {' or '.join(shown)}" if shown else ""

    def _at(self, path: list[str | int]) -> Any:
        schema: Any = self._schema
        for step in path:
            schema = schema[step]
        return schema

    def _known_keys(self, error: ValidationError) -> list[str]:
        return list(self._at(error.schema_path[:-1]).get("properties", ()))


def _form(schema: Any) -> str:
    """The hint of a schema for text of another form; empty if it has none."""
    return str(schema.get("patternErrorMessage", "")) if isinstance(schema, dict) else ""


def _is_other(error: ValidationError, depth: int) -> bool:
    """Whether the value has another type than this branch allows."""
    return len(error.instance_path) == depth and isinstance(error.kind, (Kind.Type, Kind.Constant))


def _allowed(error: ValidationError) -> list[str]:
    match error.kind:
        case Kind.Type(types):
            return [TYPES[name] for name in types if name != "null"]
        case Kind.Constant(expected):
            return [f"`{expected}`"]
        case _:
            return []


def _expected(error: ValidationError) -> tuple[str, str]:
    """What was expected, and a hint."""
    match error.kind:
        case Kind.Type():
            return f"not {' or '.join(_allowed(error))}", ""
        case Kind.Enum(options):
            known = [str(option) for option in options]
            return "which is not allowed here", nearest(str(error.instance), known) or f"one of {', '.join(known)}"
        case Kind.Minimum(limit):
            return f"which is less than {limit}", ""
        case Kind.Maximum(limit):
            return f"which is more than {limit}", ""
        case Kind.MinItems(limit):
            return f"with fewer than {limit} items", ""
        case Kind.MaxItems(limit):
            return f"with more than {limit} items", ""
        case Kind.Format(name):
            return f"not a {name.replace('-', ' ')}", _FORMATS.get(name, "")
        case _:
            return error.message[:1].lower() + error.message[1:].rstrip("."), ""


def _shown(source: Source) -> str:
    match source.value:
        case dict():
            return "a mapping"
        case tuple():
            return "a list"
        case None:
            return "empty"
        case bool():
            return str(source.value).lower()
        case _:
            return repr(source.value) if len(str(source.value)) < 60 else repr(str(source.value)[:57] + "...")
