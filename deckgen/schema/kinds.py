"""Kind of slide -> JSON Schema of what it may say, with the words and examples that editors show. Pure data."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": ["string", "number"]}
_OPTIONAL: Schema = {"type": ["string", "number", "null"]}


def _list(of: Schema, description: str, most: int = 1000, **more: Any) -> Schema:
    return {"type": "array", "items": of, "maxItems": most, "description": description, **more}


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


def _text(description: str, example: str | None = None) -> Schema:
    return {**TEXT, "description": description, **({"examples": [example]} if example else {})}


ITEM: Schema = {
    "anyOf": [
        _OPTIONAL,
        record(
            {"text": _text("The bullet itself.", "Attend BoFs"), "items": {"$ref": "#/$defs/items"}},
            ("text",),
            "A bullet with bullets under it.",
        ),
        record(
            {"para": _text("The paragraph.", "As a reminder:")},
            ("para",),
            "A paragraph without a bullet; it stays with what follows.",
        ),
    ]
}
GROUP = record(
    {"heading": _text("The label of the group.", "Remote participants"), "items": {"$ref": "#/$defs/items"}},
    ("heading",),
    "A labelled list.",
)
CELL: Schema = {
    "anyOf": [
        _OPTIONAL,
        record(
            {
                "text": _text("The first line of the cell.", "PSI based on ECDH"),
                "sub": {
                    **_OPTIONAL,
                    "description": "A smaller line under it.",
                    "examples": ["draft-wang-ppm-ecdh-psi"],
                },
            },
            ("text",),
        ),
    ]
}
ROW: Schema = {
    "anyOf": [
        _list(CELL, "The cells of the row.", 12, examples=[["ACME", "A. Chair"]]),
        record(
            {
                "cells": _list(CELL, "The cells of the row.", 12, examples=[["ACME", "A. Chair"]]),
                "highlight": {
                    "type": "boolean",
                    "default": False,
                    "description": "Whether the row is tinted.",
                    "examples": [True],
                },
                "when": {"description": "The row is there only if this holds.", "examples": ["errata"]},
            },
            ("cells",),
        ),
    ]
}
CHART = record(
    {
        "type": {
            "enum": ["bar", "line"],
            "default": "bar",
            "description": "How the values are drawn.",
            "examples": ["line"],
        },
        "title": _text("What the chart shows, as a sentence.", "Open SEC errata"),
        "categories": _list(TEXT, "The labels along the axis.", 60, minItems=1, examples=[["123", "124"]]),
        "values": _list(
            {"type": ["number", "null"], "minimum": 0, "maximum": 10**12},
            "One value for each category, from 0 up; null where it is not known.",
            60,
            examples=[[218, 195]],
        ),
        "series": _list(
            record(
                {
                    "name": _text("What the values are.", "Reported"),
                    "values": _list(
                        {"type": ["number", "null"], "minimum": 0, "maximum": 10**12},
                        "The values.",
                        60,
                        examples=[[34, 8]],
                    ),
                },
                ("name", "values"),
            ),
            "Several rows of values, instead of `values`.",
            6,
        ),
        "highlight": {
            **_OPTIONAL,
            "description": "The category that is drawn in the accent colour.",
            "examples": ["124"],
        },
    },
    ("title", "categories"),
    "A native chart in the PowerPoint, a drawing in the PDF.",
)
AGENDA_ITEM = record(
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
    examples=[{"item": "WG and AD Reports", "minutes": 15}],
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
    "qr": record(
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
        examples=[{"target": "https://notes.ietf.org/", "alt": "QR code: the notes"}],
    ),
    "wanted": {
        **_OPTIONAL,
        "description": "What is still missing here; the build warns until it is null.",
        "examples": ["the chart of reviews"],
    },
    "ask": {**_OPTIONAL, "description": "Whom to ask for what is wanted.", "examples": ["the secretary of SECDIR"]},
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
            "items": _list(_OPTIONAL, "The entries, filled down the columns.", examples=[["ACME", "TLS"]]),
            "groups": _list(GROUP, "Labelled entries, instead of `items`.", 8, minItems=1),
            "columns": {
                "type": "integer",
                "minimum": 1,
                "maximum": 4,
                "default": 4,
                "description": "How many columns, at most.",
                "examples": [3],
            },
            "callout": CALLOUT,
        },
        (),
    ),
    "table": (
        {
            "header": _list(TEXT, "The titles of the columns.", 12, minItems=1, examples=[["Draft", "Outcome"]]),
            "align": _list(
                {"enum": ["left", "right"]},
                "How each column is aligned; left, if not said.",
                12,
                examples=[["left", "right"]],
            ),
            "rows": _list(ROW, "The rows.", 2000, examples=[[["ACME", "A. Chair"]]]),
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
            "caption": _list(
                TEXT,
                "Lines under the picture, or instead of it while it is missing.",
                6,
                examples=[["Reviews of the Security Directorate"]],
            ),
        },
        (),
    ),
    "key-figures": (
        {
            "figures": _list(
                record(
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
    "items": _list({"$ref": "#/$defs/item"}, "The bullets.", examples=[["Attend BoFs"]]),
    "item": ITEM,
    "chart": CHART,
    "agenda-item": AGENDA_ITEM,
}

# What each kind shows, in the words of the guide.
KIND_WORDS = {
    "title": "the first slide: the name of the meeting, who leads it and when",
    "statement": "one thing to say, such as the start of a talk, in large type",
    "bullets": "a list, or two or three labelled lists side by side",
    "columns": "short entries, filled down one to four columns",
    "table": "rows under a header; a chart may stand beside them",
    "agenda": "topics with a running clock",
    "figure": "a picture with its caption",
    "key-figures": "one to four numbers in large type",
    "chart": "a bar or line chart on its own",
}
assert KIND_WORDS.keys() == KINDS.keys()
