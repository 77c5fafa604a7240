"""`templates/facts.yaml` -> Problems: how a fact is declared, in JSON Schema and five keywords of our own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from deckgen.problems import Problem, nearest
from deckgen.schema.check import Checker, Hint
from deckgen.schema.declare import Schema, record
from deckgen.source import Source, flow, plain, text_of

_TYPE: Schema = {"enum": ["string", "integer", "number", "boolean", "object", "array", "null"]}
_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "number"}
_VALUE: Schema = {"$ref": "#/$defs/value"}
_VALUES: Schema = {"type": "object", "additionalProperties": _VALUE}
_ANY: Schema = {"anyOf": [{"type": "boolean"}, _VALUE]}
# The keywords of JSON Schema (2020-12) that are rare here, and have no description.
_RARE = (
    *("allOf", "oneOf", "not", "if", "then", "else", "prefixItems", "contains", "dependentRequired", "multipleOf"),
    *("exclusiveMinimum", "exclusiveMaximum", "title", "$comment"),
)


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _described(schema: Schema, description: str) -> Schema:
    return {**schema, "description": description}


def _bounds(of: str, what: str) -> Schema:
    count = {"type": "integer", "minimum": 0}
    return {f"{word}{of}": _described(count, f"The {word}imum number of {what}.") for word in ("min", "max")}


_KEYS: Schema = {
    "description": _described(_TEXT, "The description for editors and docs/keys.md."),
    "examples": _described({"type": "array"}, "Values that are allowed, as examples."),
    "type": _described({"anyOf": [_TYPE, _list(_TYPE)]}, "The type of the value, or a list of types."),
    "properties": _described(_VALUES, "The keys of a mapping."),
    "required": _described(_list(_TEXT), "The required keys of a mapping."),
    "additionalProperties": _described(_ANY, "The values of all other keys; false if no other keys are allowed."),
    "patternProperties": _described(_VALUES, "The values of keys of this form, a regular expression."),
    "propertyNames": _described(_VALUE, "The form of the keys."),
    "items": _described(_ANY, "The elements of a list."),
    "enum": _described({"type": "array"}, "The only values that are allowed."),
    "const": _described({}, "The only value that is allowed."),
    "anyOf": _described(_list(_VALUE), "Several schemas, of which one must fit."),
    "format": _described(_TEXT, "`date` or `time-of-day`."),
    "pattern": _described(_TEXT, "The form of a text, a regular expression."),
    "patternErrorMessage": _described(_TEXT, "The hint for text of another form."),
    "minimum": _described(_NUMBER, "The smallest number."),
    "maximum": _described(_NUMBER, "The largest number."),
    **_bounds("Items", "elements"),
    **_bounds("Length", "characters"),
    **_bounds("Properties", "keys"),
    "uniqueItems": _described({"type": "boolean"}, "Whether each element may occur only once."),
    "default": _described({}, "The value if the file does not set it."),
    "$ref": _described(_TEXT, "A shape that slides have too: `#/$defs/items`, `chart` or `agenda-item`."),
    **{word: {} for word in _RARE},
}
_OURS: Schema = {
    "remembered": _described({"enum": ["rows", "numbers"]}, "How the files of earlier meetings add to it."),
    "by_hand": _described({"type": "boolean"}, "Whether only a person can supply it."),
    "empty": _described(_TEXT, "What a known but empty value means."),
    "also": _described(_list(_TEXT), "Other names that people type for it; a hint then has the right name."),
    "begin": _described(
        _TEXT,
        "The value to add if a meeting file lacks this fact; {first} and {last} are the days of the meeting.",
    ),
}
OURS = tuple(_OURS)  # the keywords that JSON Schema does not have
_BRACED = re.compile(r"\{(\w+)\}")
DECLARATIONS: Schema = {
    "type": "object",
    "description": "The facts of a meeting: the keys of a meeting file other than `slides`.",
    "additionalProperties": record({**_OURS, **_KEYS}, ("description",), "A fact, declared as JSON Schema (2020-12)."),
    "$defs": {"value": {"anyOf": [{"type": "boolean"}, record(_KEYS, (), "A value.")]}},
}


def check_declarations(declared: Source) -> Iterator[Problem]:
    """The problems of the declarations of the facts."""
    return _checker().check(declared)


def fact_hint(declared: Source, slides: Collection[str]) -> Hint:
    """A hint for a key that is not a fact: it has another name, is inside a fact, or is the id of a slide."""
    inside = {name: fact.get("properties") or Source({}, fact.origin) for name, fact in declared.items()}

    def hint(key: str, known: Sequence[str], mapping: Source) -> str:
        value = mapping.get(key)
        if (key in slides and not text_of(value)) or (value and value.get("kind")):
            return f"put a slide under `slides`: `slides: {{{key}: ...}}`"
        for name, fact in declared.items():
            if name in known and key in [text_of(word) for word in fact.get("also") or ()]:
                return f"did you mean `{name}`?"
        holders = [name for name, keys in inside.items() if keys.get(key)]
        return f"`{key}` is a key of `{holders[0]}`: `{holders[0]}: {{{key}: ...}}`" if holders else nearest(key, known)

    return hint


def line_of(declared: Source, name: str, row: Source) -> str:
    """A line for a fact that a meeting file lacks, with an example of its value.

    `row` is that of the meeting in the table of meetings.
    """
    fact = declared.get(name) or Source({}, declared.origin)
    value = text_of(fact.get("begin")) or example_of(fact)
    return f"{name}: {_BRACED.sub(lambda key: text_of(row.get(key[1]), key[0]), value)}"


def example_of(declared: Source) -> str:
    """The first example of a declared value, as YAML."""
    example = next(iter(declared.get("examples") or ()), None)
    return flow(plain(example)) if example else "..."


def first_lines(declared: Source, row: Source) -> str:
    """The lines to begin an empty meeting file with."""
    return "\n".join(line_of(declared, name, row) for name, fact in declared.items() if fact.get("begin"))


@cache
def _checker() -> Checker:
    return Checker(DECLARATIONS)
