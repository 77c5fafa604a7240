"""Folder -> the JSON Schemas from which editors complete, explain and underline meeting files and templates."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from deckgen.meeting.areas import AREAS, areas
from deckgen.meeting.declaration import DECLARATIONS, OURS
from deckgen.meeting.ids import TEMPLATES
from deckgen.problems import Result
from deckgen.schema.declare import AGENDA_ITEM, DEFS, Declaration, Schema, record
from deckgen.schema.editor import DRAFT
from deckgen.source import Plain, plain, read

# The formats of the program, as patterns for the draft of JSON Schema that editors know best.
_PATTERNS = {"date": r"^\d{4}-\d\d-\d\d$", "time-of-day": r"^([01]?\d|2[0-3]):[0-5]\d$"}
_EXPRESSION: Schema = {"type": "string", "pattern": r"\{[{%]"}
_REPEATED: Schema = {
    "each": {
        "type": "string",
        "description": "Repeats this for each element of a list: `name in list`, or `key, value in mapping.items()`.",
        "examples": ["item in agenda"],
    },
    "of": {
        "description": "What each element becomes, if that is not a mapping.",
        "examples": ["{{ item.item }}"],
    },
    "when": {
        "description": "Only the elements for which this expression is true.",
        "examples": ["item.minutes"],
    },
}
# What each element becomes may be repeated in its turn.
_EACH = {**_REPEATED, "of": {**_REPEATED["of"], "properties": _REPEATED}}


def meeting_schema(
    root: Path, common: Declaration, kinds: Sequence[Declaration], own: Mapping[str, Schema] | None = None
) -> Result[Schema]:
    """The schema of `meetings/N.yaml` in the folder `root`: the facts, and the keys of slides of these kinds.

    `common` has the keys of every slide, and `own` the schemas of the keys that are neither facts nor slides.
    """
    return Result.of(lambda: _meeting_schema(root, common, kinds, own or {}))


def _meeting_schema(root: Path, common: Declaration, kinds: Sequence[Declaration], own: Mapping[str, Schema]) -> Schema:
    slides = _Slides(common, kinds)
    facts = _plain(root, "facts.yaml")
    defaults = {} if areas(root) else _plain(root, "defaults.yaml")
    properties = {key: _fact(facts[key], defaults.get(key)) for key in facts}
    properties |= {"slides": slides.schema(root), **own}
    return {
        "$schema": DRAFT,
        "title": "A meeting",
        "description": "The facts of one meeting, and its changes of slides.",
        "type": "object",
        "properties": properties,
        **_appending(properties),
        "additionalProperties": False,
        "$defs": {"agenda-item": _fact(AGENDA_ITEM, None), **slides.definitions(), "own-slide": slides.own()},
    }


def template_schema(common: Declaration, kinds: Sequence[Declaration]) -> Schema:
    """The schema of `templates/slides/*.yaml`: a slide, and its versions for some meetings."""
    slides = _Slides(common, kinds)
    return {
        "$schema": DRAFT,
        "title": "A recurring slide",
        "description": "A slide that every meeting shows; its id is the file name.",
        **slides.template(),
        "$defs": slides.definitions(),
    }


def declarations_schema() -> Schema:
    """The schema of `templates/facts.yaml`."""
    return {"$schema": DRAFT, "title": "The facts of a meeting", **DECLARATIONS}


def _plain(root: Path, name: str) -> dict[str, Any]:
    """A template of all areas, with what only one of the areas has."""
    found: dict[str, Any] = {}
    for path in [f"{TEMPLATES}/{name}", *(f"{AREAS}/{area}/{name}" for area in areas(root))]:
        value = plain(read(root / path, path).get()) if (root / path).exists() else None
        found = {**value, **found} if isinstance(value, dict) else found
    return found


def _fact(schema: Schema, default: Plain) -> Schema:
    """A fact in a meeting file: null removes it, and a key ending in `+` appends."""
    result = _with_pattern(schema)
    result = {**_default(default), **result}
    if "properties" in schema:
        known = default if isinstance(default, dict) else {}
        result["properties"] = {key: _fact(child, known.get(key)) for key, child in schema["properties"].items()}
        result |= _appending(schema["properties"])
    if isinstance(schema.get("additionalProperties"), dict):
        result["additionalProperties"] = _fact(schema["additionalProperties"], None)
    if isinstance(schema.get("items"), dict) and "properties" in schema["items"]:
        result["items"] = {**_fact(schema["items"], None), "type": "object"}
    return _or_null({**result, "examples": schema.get("examples") or [example(schema)]})


def _appending(properties: Schema) -> Schema:
    """The keys that append to lists: `key+`. Editors explain them, and do not offer them."""
    lists = [key for key, child in properties.items() if "array" in _types(child)]
    if not lists:
        return {}
    pattern = rf"^({'|'.join(lists)})\+$"
    return {"patternProperties": {pattern: {"type": "array", "description": "Appended to the list of this name."}}}


def _types(schema: Schema) -> list[str]:
    types = schema.get("type", ["array"] if schema.get("$ref") == "#/$defs/items" else [])
    return types if isinstance(types, list) else [types]


def _with_pattern(schema: Schema) -> Schema:
    """The schema with a pattern instead of its format."""
    pattern = _PATTERNS.get(schema.get("format", ""))
    kept = {key: value for key, value in schema.items() if key not in ("format", *OURS)}
    return {**kept, "pattern": pattern} if pattern else kept


def _or_null(schema: Schema) -> Schema:
    if "anyOf" in schema:
        return {**schema, "anyOf": [*(one for one in schema["anyOf"] if one != {"type": "null"}), {"type": "null"}]}
    if "type" in schema:
        return {**schema, "type": list(dict.fromkeys([*_types(schema), "null"]))}
    return schema


def example(schema: Schema) -> Any:
    """An example of a value: the first of its examples, or one made from the examples of its parts."""
    if schema.get("examples"):
        return schema["examples"][0]
    if "properties" in schema:
        return {key: example(child) for key, child in schema["properties"].items()}
    if isinstance(schema.get("additionalProperties"), dict):
        return {"name": example(schema["additionalProperties"])}
    if isinstance(schema.get("items"), dict):
        return [example(schema["items"])]
    if schema.get("$ref") == "#/$defs/items":
        return ["Attend BoFs"]
    if schema.get("$ref") == "#/$defs/chart":
        return {"title": "Open issues", "categories": ["123", "124"], "values": [218, 195]}
    return {"integer": 1, "boolean": True}.get(str(schema.get("type")), "text")


def _slide_key(schema: Schema) -> Schema:
    """A key of a slide: its value, an expression, or null, which removes it."""
    loose = _or_null(_loose(schema))
    if "$ref" in loose:  # in draft-07, a reference cannot have keys beside it
        loose = {"anyOf": [loose, _EXPRESSION, {"type": "null"}], "description": _described(schema)}
    return {**loose, "examples": _examples(schema), **_default(schema.get("default"))}


def _default(value: Plain) -> Schema:
    """What a key is if the author leaves it out; yaml-language-server 1.25 completes nothing where that is null."""
    return {} if value is None else {"default": value}


def _examples(schema: Schema) -> list[Any]:
    return [*schema["examples"]] if "examples" in schema else [example(schema)]


def _words(schema: Schema) -> Schema:
    """The description, examples and default of a value of any type."""
    return {key: value for key, value in schema.items() if key in ("description", "examples", "default")}


def _described(schema: Schema) -> str:
    return str(schema.get("description") or DEFS[schema["$ref"].rpartition("/")[2]].get("description", ""))


def _loose(schema: Schema) -> Schema:
    """The schema before expressions are evaluated: any value may be an expression, any list an `each`."""
    if "$ref" in schema or not schema.keys() & {"type", "enum", "const", "anyOf"}:
        return schema
    if "propertyNames" in schema:  # the author's own names, with any values
        return schema
    if "anyOf" in schema:
        return {**schema, "anyOf": [*map(_loose, schema["anyOf"]), _EXPRESSION]}
    if "format" in schema or "enum" in schema or "const" in schema:
        words = _words(schema)
        return {"anyOf": [_with_pattern(schema), _EXPRESSION], **words}
    if "array" in _types(schema):
        return _loose_list(schema)
    if "properties" in schema:
        return _loose_mapping(schema)
    if "string" in _types(schema):
        return schema
    return {**schema, "type": [*_types(schema), "string"], "pattern": _EXPRESSION["pattern"]}


def _loose_list(schema: Schema) -> Schema:
    element = _loose(schema["items"])
    of = [one["properties"] for one in (element, *element.get("anyOf", ())) if "properties" in one]
    repeated = {"type": "object", "properties": {**(of[0] if of else {}), **_EACH}, "required": ["each"]}
    words = _words(schema)
    bounds = {key: value for key, value in schema.items() if key not in words}
    return {**words, "anyOf": [{**bounds, "items": {"anyOf": [element, repeated]}}, repeated, _EXPRESSION]}


def _loose_mapping(schema: Schema) -> Schema:
    properties = {key: _slide_key(child) for key, child in schema["properties"].items()}
    words = _words(schema)
    return {**words, **record({**_EACH, **properties}, tuple(schema.get("required", ())), words.get("description", ""))}


_SLIDES = "Changes of the templates' slides by id (null leaves a slide out), and slides of your own."


def _for_kind(kind: Declaration, schema: Schema) -> Schema:
    """The schema, for slides of this kind only."""
    return {"if": {"properties": {"kind": {"const": kind.name}}, "required": ["kind"]}, "then": schema}


class _Slides:
    """The schemas of slides, by their kinds."""

    def __init__(self, common: Declaration, kinds: Sequence[Declaration]) -> None:
        self._common = common
        self._kinds = {kind.name: kind for kind in kinds}

    def schema(self, root: Path) -> Schema:
        """The slides of the templates by id, each with its template's values as defaults, and slides of your own."""
        folders = [TEMPLATES, *(f"{AREAS}/{area}" for area in areas(root))]
        ids = sorted({path.stem for folder in folders for path in (root / folder / "slides").glob("*.yaml")})
        templates = {id: _plain(root, f"slides/{id}.yaml") for id in ids}
        repeated = {f"^{re.escape(id)}-": self._template(id, one) for id, one in templates.items() if "each" in one}
        return {
            "type": ["object", "null"],
            "description": _SLIDES,
            "examples": [{"helping-out": None, "my-talk": {"kind": "statement", "title": "My talk"}}],
            "properties": {id: self._template(id, template) for id, template in templates.items()},
            **({"patternProperties": repeated} if repeated else {}),
            "additionalProperties": {"$ref": "#/$defs/own-slide"},
        }

    def _template(self, id: str, template: dict[str, Any]) -> Schema:
        kind = template.get("kind")
        words = f"Slide `{id}` of the templates ({kind}): {template.get('title', '')}. Null leaves it out."
        patch = self._keys_of(self._kinds[str(kind)], template) if kind in self._kinds else {}
        return {
            "type": ["object", "null"],
            "description": words,
            "examples": [None, {"title": template.get("title", "")}],
            "if": {"properties": {"kind": {"const": kind}}},
            "then": patch,
            "else": {"$ref": "#/$defs/own-slide"},
        }

    def definitions(self) -> Schema:
        """The definitions that the schemas of slides share."""
        declared = (self._common, *self._kinds.values())
        keys = {f"{one.name}.{key}": _slide_key(child) for one in declared for key, child in one.keys.items()}
        return {**{key: _loose(DEFS[key]) for key in ("items", "item", "chart")}, **keys}

    def template(self) -> Schema:
        """A recurring slide; its versions may have the keys that its kind requires."""
        return {
            "type": "object",  # not one that needs a `kind`: that of an area may lie over a slide that has it
            "properties": {"kind": self._kind()},
            "allOf": [_for_kind(kind, self._versioned(kind)) for kind in self._kinds.values()],
        }

    def _versioned(self, kind: Declaration) -> Schema:
        keys = self._keys_of(kind, {})
        versions = {
            "description": "Changes for some meetings; the first version that includes the meeting is used.",
            "examples": [[{"until": 123, "title": "As it was"}]],
            "type": "array",
            "items": {"type": "object", **keys},
        }
        return {**keys, "properties": {**keys["properties"], "versions": versions}}

    def own(self) -> Schema:
        """A slide that no template has."""
        return {
            "type": ["object", "null"],
            "description": "A slide of this meeting, with its kind and its position in the deck.",
            "required": ["kind", "title"],
            "properties": {"kind": self._kind()},
            "allOf": self._by_kind(),
        }

    def _by_kind(self) -> list[Schema]:
        return [
            _for_kind(kind, {**self._keys_of(kind, {}), "required": [*self._common.required, *kind.required]})
            for kind in self._kinds.values()
        ]

    def _kind(self) -> Schema:
        return {
            "enum": list(self._kinds),
            "enumDescriptions": [kind.words for kind in self._kinds.values()],
            "description": "The kind of the slide.",
            "examples": ["bullets"],
        }

    def _keys_of(self, kind: Declaration, template: dict[str, Any]) -> Schema:
        """The keys of a kind; their defaults are the template's values."""
        keys = {**self._common.keys, **kind.keys}
        properties: Schema = {}
        for key, child in keys.items():
            named = {"$ref": f"#/$defs/{(self._common if key in self._common.keys else kind).name}.{key}"}
            words = {"description": _described(child), "examples": _examples(child), **_default(template.get(key))}
            properties[key] = {"allOf": [named], **words} if key in template else named
        properties["kind"] = {**self._kind(), **_default(template.get("kind"))}
        return {"properties": properties, **_appending(keys), "additionalProperties": False}
