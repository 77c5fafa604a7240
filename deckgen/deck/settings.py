"""`templates/deck.yaml` -> Problems: its settings for both files, and the order of the slides."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.problems import Problem
from deckgen.schema.check import check
from deckgen.schema.declare import OPTIONAL, Schema, list_of, record, text
from deckgen.source import Source

_SECTION = record(
    {
        "name": text("The name of the section in the slide sorter.", "Talks"),
        "slides": list_of(
            {"type": "string"},
            "Its slides in their order: the names of files in slides/.",
            examples=[["title", "agenda"]],
        ),
        "own": {
            "type": "boolean",
            "default": False,
            "description": "Whether the slides that a meeting adds belong here, unless they name another section.",
            "examples": [True],
        },
    },
    ("name",),
    "A section of the slide sorter.",
)
SETTINGS: Schema = record(
    {
        "name": text("The name of the files.", "slides-124"),
        "title": text("The title of both files.", "Spring meeting"),
        "area": text("The area of the meetings in no folder of an area.", "ops"),
        "subject": {**OPTIONAL, "description": "The subject of both files.", "examples": ["The meeting of the team"]},
        "author": {**OPTIONAL, "description": "The author of both files.", "examples": ["Ann Example"]},
        "language": {
            **OPTIONAL,
            "default": "en",
            "description": "The language of both files (BCP 47).",
            "examples": ["en-US"],
        },
        "footer": {
            **OPTIONAL,
            "description": "The text at the foot of every slide, beside its number.",
            "examples": ["For the team only"],
        },
        "whole": {
            "description": "Phrases that no line breaks, such as names of people.",
            "examples": ["{{ agenda | map(attribute='who') | list }}"],
        },
        "upload": {
            **OPTIONAL,
            "description": "The address to upload the files to, which a build shows at its end.",
            "examples": ["https://example.org/"],
        },
        "upload_notes": {
            "type": "object",
            "description": "What `make upload-help` prints beside the address and the files, line by line.",
            "additionalProperties": {"type": "string"},
            "examples": [{"how": "log in first"}],
        },
        "upload_limit": {
            "type": "integer",
            "minimum": 0,
            "description": "The bytes that a file to upload must not reach.",
            "examples": [10_000_000],
        },
        "sections": list_of(
            _SECTION,
            "The order of the deck, section by section.",
            100,
            examples=[[{"name": "Opening", "slides": ["title"]}]],
        ),
    },
    ("name", "title"),
    "The properties of both files, and the order of the deck.",
)


def check_settings(settings: Source) -> Iterator[Problem]:
    """The problems of `templates/deck.yaml`, before its expressions are filled in."""
    return check(settings, SETTINGS)
