"""`templates/facts.yaml` -> Problems: how a fact is declared, in JSON Schema and three words more."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from deckgen.problems import Problem, nearest
from deckgen.schema.check import Checker, Hint
from deckgen.schema.declare import Schema, record
from deckgen.source import Source, text_of

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
    "also": _told(_list(_TEXT), "What people call it too; who types that is told the right name."),
    "begin": _told(_TEXT, "What to begin an empty meeting file with, {first} and {last} being the meeting's days."),
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


def fact_hint(declared: Source, slides: Collection[str]) -> Hint:
    """What to do about a key that is no fact: it is called otherwise, is in one, or is one of these slides."""
    inside = {name: fact.get("properties") or Source({}, fact.origin) for name, fact in declared.items()}

    def hint(key: str, known: Sequence[str], place: Source) -> str:
        value = place.get(key)
        if (key in slides and not text_of(value)) or (value and value.get("kind")):
            return f"a slide stands under `slides`: `slides: {{{key}: ...}}`"
        for name, fact in declared.items():
            if name in known and key in [text_of(word) for word in fact.get("also") or ()]:
                return f"did you mean `{name}`?"
        holders = [name for name, keys in inside.items() if keys.get(key)]
        return f"`{key}` stands in `{holders[0]}`: `{holders[0]}: {{{key}: ...}}`" if holders else nearest(key, known)

    return hint


def first_lines(declared: Source, row: Source) -> str:
    """The lines to begin an empty meeting file with; `row` is what the table of meetings says of the meeting."""
    lines = [f"{name}: {text_of(said)}" for name, fact in declared.items() if (said := fact.get("begin"))]
    return re.sub(r"\{(\w+)\}", lambda key: text_of(row.get(key[1]), key[0]), "\n".join(lines))


@cache
def _checker() -> Checker:
    return Checker(DECLARATIONS)
