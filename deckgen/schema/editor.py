"""JSON Schema × the values of a file -> the schema from which editors complete, explain and underline that file."""

from __future__ import annotations

import json

from deckgen.problems import in_json
from deckgen.schema.declare import Schema
from deckgen.source import Plain

DRAFT = "http://json-schema.org/draft-07/schema#"  # the one that editors know best
_MAX_EXAMPLE = 200  # characters


def editor_schema(schema: Schema, title: str, values: Plain) -> Schema:
    """The schema with each reference resolved, and `values` as examples where it has none."""
    return {"$schema": DRAFT, "title": title, **_shown(schema, schema.get("$defs", {}), values)}


def layer_of(schema: Schema) -> Schema:
    """The schema of a file that may lie over another, and so needs to have none of its keys."""
    kept = {key: child for key, child in schema.items() if key != "required" or not isinstance(child, list)}
    return {key: layer_of(child) if isinstance(child, dict) else child for key, child in kept.items()}


def schema_text(schema: Schema) -> str:
    """The schema as a file of `docs/`."""
    return in_json(json.dumps(schema, indent=1, ensure_ascii=False)) + "\n"


def _shown(schema: Schema, definitions: Schema, value: Plain) -> Schema:
    if "$ref" in schema:  # in draft-07, a reference cannot have keys beside it
        named = definitions[schema["$ref"].rpartition("/")[2]]
        return _shown({**named, **{key: child for key, child in schema.items() if key != "$ref"}}, definitions, value)
    without = {"$defs", *(["default"] if schema.get("default", "") is None else [])}
    made = {key: child for key, child in schema.items() if key not in without}
    values = value if isinstance(value, dict) else {}
    if "properties" in schema:
        keys = schema["properties"].items()
        made["properties"] = {key: _shown(child, definitions, values.get(key)) for key, child in keys}
    if isinstance(schema.get("additionalProperties"), dict):
        some = next(iter(values.values()), None)
        made["additionalProperties"] = _shown(schema["additionalProperties"], definitions, some)
    if isinstance(schema.get("items"), dict):
        some = value[0] if isinstance(value, list) and value else None
        made["items"] = _shown(schema["items"], definitions, some)
    if value is not None and len(json.dumps(value)) <= _MAX_EXAMPLE and not made.keys() & {"examples", "properties"}:
        made["examples"] = [value]
    return made
