"""`templates/facts.yaml` -> Problems: how a fact is declared, in JSON Schema and three words more."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from deckgen.problems import Problem
from deckgen.schema.check import Checker
from deckgen.schema.declare import Schema, record
from deckgen.source import Source

_TYPE: Schema = {"enum": ["string", "integer", "number", "boolean", "object", "array", "null"]}
_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "number"}
_VALUE: Schema = {"$ref": "#/$defs/value"}
_VALUES: Schema = {"type": "object", "additionalProperties": _VALUE}
_ANY: Schema = {"anyOf": [{"type": "boolean"}, _VALUE]}
# The words of JSON Schema (2020-12) that are rare here, and need no more said.
_RARE = (
    *("allOf", "oneOf", "not", "if", "then", "else", "prefixItems", "contains", "dependentRequired", "multipleOf"),
    *("exclusiveMinimum", "exclusiveMaximum", "title", "$comment"),
)


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _told(schema: Schema, description: str) -> Schema:
    return {**schema, "description": description}


def _bounds(of: str, what: str) -> Schema:
    count = {"type": "integer", "minimum": 0}
    return {f"{word}{of}": _told(count, f"How many {what}, at {word}imum.") for word in ("min", "max")}


_KEYS: Schema = {
    "description": _told(_TEXT, "What it is, for editors and docs/keys.md."),
    "examples": _told({"type": "array"}, "Values that may stand there."),
    "type": _told({"anyOf": [_TYPE, _list(_TYPE)]}, "What kind of value it is, or a list of several."),
    "properties": _told(_VALUES, "The keys of a mapping."),
    "required": _told(_list(_TEXT), "The keys that have to be there."),
    "additionalProperties": _told(_ANY, "What other keys hold; false, where there may be none."),
    "patternProperties": _told(_VALUES, "What keys of this form hold; the form is a regular expression."),
    "propertyNames": _told(_VALUE, "What the keys look like."),
    "items": _told(_ANY, "What the elements of a list are."),
    "enum": _told({"type": "array"}, "The values that may stand there, and no others."),
    "const": _told({}, "The only value that may stand there."),
    "anyOf": _told(_list(_VALUE), "Several things it may be."),
    "format": _told(_TEXT, "`date` or `time-of-day`."),
    "pattern": _told(_TEXT, "The form of a text, a regular expression."),
    "patternErrorMessage": _told(_TEXT, "What to say of a text of another form."),
    "minimum": _told(_NUMBER, "The least number."),
    "maximum": _told(_NUMBER, "The greatest number."),
    **_bounds("Items", "elements"),
    **_bounds("Length", "letters"),
    **_bounds("Properties", "keys"),
    "uniqueItems": _told({"type": "boolean"}, "Whether no element stands twice."),
    "default": _told({}, "What holds where nothing is said."),
    "$ref": _told(_TEXT, "A shape that slides have too: `#/$defs/items`, `chart` or `agenda-item`."),
    **{word: {} for word in _RARE},
}
_OURS: Schema = {
    "remembered": _told({"enum": ["rows", "numbers"]}, "How the files of the meetings before speak too."),
    "by_hand": _told({"type": "boolean"}, "Whether nobody can fetch it."),
    "empty": _told(_TEXT, "What it means that it is known and has nothing in it."),
}
OURS = tuple(_OURS)  # the words that are no JSON Schema
DECLARATIONS: Schema = {
    "type": "object",
    "description": "The facts of a meeting: what a meeting file may say beside `slides`.",
    "additionalProperties": record({**_OURS, **_KEYS}, ("description",), "A fact, declared as JSON Schema (2020-12)."),
    "$defs": {"value": {"anyOf": [{"type": "boolean"}, record(_KEYS, (), "A value.")]}},
}


def check_declarations(declared: Source) -> Iterator[Problem]:
    """What is wrong with the declarations of the facts."""
    return _checker().check(declared)


@cache
def _checker() -> Checker:
    return Checker(DECLARATIONS)
