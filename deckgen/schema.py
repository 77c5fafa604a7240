"""JSON Schemas of the kinds of slides, and Source × schema -> Problems: the only import of jsonschema_rs.

The schema that editors use is the one that validates. What a meeting may say beside its slides
(its facts) is declared by the templates, in `templates/facts.yaml`; what a slide may say is here,
because the kinds of slides are what the program draws.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs
from jsonschema_rs import ValidationError
from jsonschema_rs import ValidationErrorKind as Kind

from deckgen.problems import Problem, nearest
from deckgen.source import Source, at, plain

Schema = dict[str, Any]
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

TEXT: Schema = {"type": ["string", "number"]}
_OPTIONAL: Schema = {"type": ["string", "number", "null"]}


def _list(of: Schema, description: str, most: int = 1000, **more: Any) -> Schema:
    return {"type": "array", "items": of, "maxItems": most, "description": description, **more}


def _record(properties: Schema, required: tuple[str, ...], description: str = "") -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
        "description": description,
    }


def _text(description: str, example: str | None = None) -> Schema:
    return {**TEXT, "description": description, **({"examples": [example]} if example else {})}


ITEM: Schema = {
    "anyOf": [
        _OPTIONAL,
        _record(
            {"text": _text("The bullet itself."), "items": {"$ref": "#/$defs/items"}},
            ("text",),
            "A bullet with bullets under it.",
        ),
        _record(
            {"para": _text("The paragraph.")}, ("para",), "A paragraph without a bullet; it stays with what follows."
        ),
    ]
}
GROUP = _record(
    {"heading": _text("The label of the group.", "Remote participants"), "items": {"$ref": "#/$defs/items"}},
    ("heading",),
    "A labelled list.",
)
CELL: Schema = {
    "anyOf": [
        _OPTIONAL,
        _record(
            {
                "text": _text("The first line of the cell."),
                "sub": {**_OPTIONAL, "description": "A smaller line under it."},
            },
            ("text",),
        ),
    ]
}
ROW: Schema = {
    "anyOf": [
        _list(CELL, "The cells of the row.", 12),
        _record(
            {
                "cells": _list(CELL, "The cells of the row.", 12),
                "highlight": {"type": "boolean", "default": False, "description": "Whether the row is tinted."},
                "when": {"description": "The row is there only if this holds."},
            },
            ("cells",),
        ),
    ]
}
CHART = _record(
    {
        "type": {"enum": ["bar", "line"], "default": "bar", "description": "How the values are drawn."},
        "title": _text("What the chart shows, as a sentence.", "Open SEC errata"),
        "categories": _list(TEXT, "The labels along the axis.", 60, minItems=1),
        "values": _list({"type": ["number", "null"]}, "One value for each category; null where it is not known.", 60),
        "series": _list(
            _record(
                {
                    "name": _text("What the values are."),
                    "values": _list({"type": ["number", "null"]}, "The values.", 60),
                },
                ("name", "values"),
            ),
            "Several rows of values, instead of `values`.",
            6,
        ),
        "highlight": {**_OPTIONAL, "description": "The category that is drawn in the accent colour."},
    },
    ("title", "categories"),
    "A native chart in the PowerPoint, a drawing in the PDF.",
)
AGENDA_ITEM = _record(
    {
        "item": _text("The topic.", "WG and AD Reports"),
        "minutes": {
            "anyOf": [{"type": "integer", "minimum": 1, "maximum": 600}, {"const": "remaining"}, {"type": "null"}],
            "description": "The minutes it takes, or `remaining`.",
            "examples": [15, "remaining"],
        },
        "who": {**_OPTIONAL, "description": "Who speaks.", "examples": ["chairs/ADs"]},
        "slide": {
            **_OPTIONAL,
            "description": "The id of the slide that this item is about.",
            "examples": ["push-pull"],
        },
    },
    ("item",),
    "A topic of the agenda.",
)
CALLOUT = _text("A call to action, in a tinted bar at the foot of the slide.", "Send summaries to saag@ietf.org")

COMMON: Schema = {
    "kind": {"type": "string", "description": "What kind of slide it is.", "examples": ["bullets"]},
    "title": _text("The title of the slide.", "Helping Out"),
    "notes": {
        "type": ["string", "null"],
        "description": "What only the speaker sees.",
        "examples": ["Ask for a minute taker."],
    },
    "footnote": {**_OPTIONAL, "description": "A line at the foot of the slide.", "examples": ["as of 2025-07-20"]},
    "qr": _record(
        {
            "target": {
                "type": "string",
                "description": "The address in the code.",
                "examples": ["https://www.ietf.org/note-well"],
            },
            "alt": _text("The words for who cannot see it.", "QR code: the Note Well"),
        },
        ("target",),
        "A QR code in the upper right corner.",
    ),
    "wanted": {
        **_OPTIONAL,
        "description": "What is still missing here; the build warns until it is null.",
        "examples": ["the chart of reviews"],
    },
    "section": {
        "type": "string",
        "description": "The section of the slide sorter it belongs to.",
        "examples": ["Talks"],
    },
    "before": {
        "type": "string",
        "description": "The id of the slide that this one stands before.",
        "examples": ["any-other-business"],
    },
    "after": {
        "type": "string",
        "description": "The id of the slide that this one stands after.",
        "examples": ["agenda"],
    },
    "when": {"description": "The slide is shown only if this expression holds.", "examples": ["chair_changes"]},
    "from": {"type": "integer", "description": "The first meeting that shows the slide.", "examples": [124]},
    "until": {"type": "integer", "description": "The last meeting that shows the slide.", "examples": [123]},
}
_LINES = _list(TEXT, "Lines under the title.", 6, examples=[["{{ session.date | date }}"]])
KINDS: dict[str, tuple[Schema, tuple[str, ...]]] = {
    "title": ({"subtitle": _text("A line under the title.", "IETF 124 Montréal"), "lines": _LINES}, ()),
    "statement": ({"lines": _LINES}, ()),
    "bullets": (
        {
            "items": {"$ref": "#/$defs/items"},
            "groups": _list(GROUP, "Two or three labelled lists side by side, instead of `items`.", 3, minItems=1),
            "callout": CALLOUT,
        },
        (),
    ),
    "columns": (
        {
            "items": _list(_OPTIONAL, "The entries, filled down the columns."),
            "groups": _list(GROUP, "Labelled entries, instead of `items`.", 8, minItems=1),
            "columns": {
                "type": "integer",
                "minimum": 1,
                "maximum": 4,
                "default": 4,
                "description": "How many columns, at most.",
            },
            "callout": CALLOUT,
        },
        (),
    ),
    "table": (
        {
            "header": _list(TEXT, "The titles of the columns.", 12, minItems=1, examples=[["Draft", "Outcome"]]),
            "align": _list({"enum": ["left", "right"]}, "How each column is aligned; left, if not said.", 12),
            "rows": _list(ROW, "The rows.", 2000),
            "chart": {"$ref": "#/$defs/chart"},
        },
        ("header", "rows"),
    ),
    "agenda": (
        {
            "start": {
                "type": ["string", "null"],
                "format": "time-of-day",
                "description": "When the session begins.",
                "examples": ["09:30"],
            },
            "end": {
                "type": ["string", "null"],
                "format": "time-of-day",
                "description": "When it ends.",
                "examples": ["11:00"],
            },
            "items": _list(AGENDA_ITEM, "The topics, in order.", 100),
        },
        ("items",),
    ),
    "figure": (
        {
            "picture": {
                "type": ["string", "null"],
                "description": "A PNG, JPEG or SVG, from the folder of the repository.",
                "examples": ["meetings/figures/124-reviews.png"],
            },
            "alt": _text("The words for who cannot see the picture.", "Reviews a month, 2020 to 2025"),
            "caption": _list(TEXT, "Lines under the picture, or instead of it while it is missing.", 6),
        },
        (),
    ),
    "key-figures": (
        {
            "figures": _list(
                _record(
                    {"value": _text("The number.", "285"), "label": _text("What it counts.", "documents")},
                    ("value", "label"),
                ),
                "One to four numbers in large type.",
                4,
                minItems=1,
            )
        },
        ("figures",),
    ),
    "chart": ({"chart": {"$ref": "#/$defs/chart"}}, ("chart",)),
}
DEFS: Schema = {
    "items": _list({"$ref": "#/$defs/item"}, "The bullets."),
    "item": ITEM,
    "chart": CHART,
    "agenda-item": AGENDA_ITEM,
}


def kind_schema(kind: str) -> Schema:
    """The schema of a slide of this kind, all values filled in."""
    properties, required = KINDS[kind]
    own = ("kind", "title", *required)
    return {**_record({**COMMON, **properties}, own), "$defs": DEFS}


def check_slide(source: Source, kind: str) -> Iterator[Problem]:
    """What is wrong with a slide of this kind."""
    return _kind_checker(kind).check(source)


def check_facts(source: Source, properties: Schema) -> Iterator[Problem]:
    """What is wrong with the facts of a meeting, as the templates declare them."""
    return _Checker({**_record(properties, ()), "$defs": DEFS}).check(source)


@cache
def _kind_checker(kind: str) -> _Checker:
    return _Checker(kind_schema(kind))


def _is_time_of_day(text: str) -> bool:
    hours, colon, minutes = text.partition(":")
    clock = hours.isdigit() and minutes.isdigit() and len(minutes) == 2 and bool(colon)
    return clock and int(hours) < 24 and int(minutes) < 60


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
