"""JSON Schema × the values of a file -> what editors complete, explain and underline in that file."""

from __future__ import annotations

import json

from deckgen.problems import in_json
from deckgen.schema.declare import Schema
from deckgen.source import Plain

DRAFT = "http://json-schema.org/draft-07/schema#"  # the one that editors know best
_LONGEST = 200  # letters of an example


def editor_schema(schema: Schema, title: str, values: Plain) -> Schema:
    """The schema with each definition in its place, and what `values` say as examples where it shows none."""
    return {"$schema": DRAFT, "title": title, **_shown(schema, schema.get("$defs", {}), values)}


def schema_text(schema: Schema) -> str:
    """The schema as a file of `docs/`."""
    return in_json(json.dumps(schema, indent=1, ensure_ascii=False)) + "\n"


def _shown(schema: Schema, definitions: Schema, value: Plain) -> Schema:
    if "$ref" in schema:  # in draft-07, nothing may stand beside a reference
        named = definitions[schema["$ref"].rpartition("/")[2]]
        return _shown({**named, **{key: told for key, told in schema.items() if key != "$ref"}}, definitions, value)
    made = {key: child for key, child in schema.items() if key != "$defs"}
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
    if value is not None and len(json.dumps(value)) <= _LONGEST and not made.keys() & {"examples", "properties"}:
        made["examples"] = [value]
    return made
