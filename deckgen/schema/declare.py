"""Descriptions and examples -> JSON Schema: how a key is declared, and the shapes that facts and slides share."""

from __future__ import annotations

from typing import Any

from deckgen.base import Frozen

Schema = dict[str, Any]


class Declaration(Frozen):
    """The keys of a mapping: its name, its description, its keys, the required ones, and those to begin with."""

    name: str
    words: str
    keys: Schema
    required: tuple[str, ...] = ()
    first: tuple[str, ...] = ()


TEXT: Schema = {"type": ["string", "number"]}
OPTIONAL: Schema = {"type": ["string", "number", "null"]}


def list_of(of: Schema, description: str, max_items: int = 1000, **more: Any) -> Schema:
    """A list of at most `max_items` of these."""
    return {"type": "array", "items": of, "maxItems": max_items, "description": description, **more}


def record(properties: Schema, required: tuple[str, ...], description: str = "", **more: Any) -> Schema:
    """A mapping with these keys and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
        "description": description,
        **more,
    }


def text(description: str, example: str | None = None) -> Schema:
    """Text, or a number that is shown as text."""
    return {**TEXT, "description": description, **({"examples": [example]} if example else {})}


NUMBERED: Schema = {
    "type": "boolean",
    "default": False,
    "description": "Whether the items are numbered.",
    "examples": [True],
}
ITEM: Schema = {
    "anyOf": [
        OPTIONAL,
        record(
            {
                "text": text("The bullet itself.", "Attend BoFs"),
                "items": {"$ref": "#/$defs/items"},
                "numbered": NUMBERED,
            },
            ("text",),
            "A bullet with bullets under it.",
        ),
        record(
            {"para": text("The paragraph.", "As a reminder:")},
            ("para",),
            "A paragraph without a bullet; it stays on the page of the bullet that follows.",
        ),
        record(
            {"code": text("The lines of the block, each as it is.", "make deck MEETING=124")},
            ("code",),
            "A block of code in a font of fixed width. Its lines are never broken.",
        ),
    ]
}
_VALUE: Schema = {"type": ["number", "null"], "minimum": -(10**12), "maximum": 10**12}
CHART = record(
    {
        "type": {
            "enum": ["bar", "line"],
            "default": "bar",
            "description": "How the values are drawn.",
            "examples": ["line"],
        },
        "stacked": {
            "type": "boolean",
            "default": False,
            "description": "The bars of a category are on top of each other, not beside each other.",
            "examples": [True],
        },
        "horizontal": {
            "type": "boolean",
            "default": False,
            "description": "The bars lie, and the categories are named at their left; for long names.",
            "examples": [True],
        },
        "title": text("What the chart shows, as a sentence.", "Open issues"),
        "categories": list_of(TEXT, "The labels along the axis.", 60, minItems=1, examples=[["123", "124"]]),
        "values": list_of(
            _VALUE,
            "One value for each category; null if it is not known.",
            60,
            examples=[[218, 195]],
        ),
        "series": list_of(
            record(
                {
                    "name": text("What the values are.", "Reported"),
                    "values": list_of(
                        _VALUE,
                        "The values.",
                        60,
                        examples=[[34, 8]],
                    ),
                },
                ("name", "values"),
            ),
            "Several series of values, instead of `values`.",
            6,
        ),
        "unit": {
            "type": "string",
            "pattern": '^[^"]{1,8}$',
            "patternErrorMessage": "one to eight characters without quotation marks",
            "description": "The text after each value, such as a percent sign.",
            "examples": ["%"],
        },
        "highlight": {
            "anyOf": [
                OPTIONAL,
                record(
                    {
                        "position": {
                            "type": "integer",
                            "minimum": 1,
                            "maximum": 60,
                            "description": "The position of the category, counted from 1.",
                            "examples": [2],
                        }
                    },
                    ("position",),
                ),
            ],
            "description": "The category that has the accent colour; of several with one name, the first.",
            "examples": ["124", {"position": 2}],
        },
    },
    ("title", "categories"),
    "A native chart in the PowerPoint, a drawing in the PDF.",
)
AGENDA_ITEM = record(
    {
        "item": text("The topic.", "Reports"),
        "minutes": {
            "anyOf": [{"type": "integer", "minimum": 1, "maximum": 600}, {"const": "remaining"}, {"type": "null"}],
            "description": "How many minutes it takes, or `remaining`.",
            "examples": [15, "remaining"],
        },
        "who": {**OPTIONAL, "description": "Who speaks.", "examples": ["chairs/ADs"]},
        "slide": {
            **OPTIONAL,
            "description": "The id of the slide that this item is about.",
            "examples": ["push-pull"],
        },
    },
    ("item",),
    "A topic of the agenda.",
    examples=[{"item": "Reports", "minutes": 15}],
)
# The names for `$ref`, in `templates/facts.yaml` too.
DEFS: Schema = {
    "items": list_of({"$ref": "#/$defs/item"}, "The bullets.", examples=[["Attend BoFs"]]),
    "item": ITEM,
    "chart": CHART,
    "agenda-item": AGENDA_ITEM,
}
