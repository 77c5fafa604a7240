"""`templates/deck.yaml` -> Problems: what it may say of both files and of the order of the slides."""

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
            "description": "Whether the slides that a meeting adds stand here, unless they say where.",
            "examples": [True],
        },
    },
    ("name",),
    "A section of the slide sorter.",
)
SETTINGS: Schema = record(
    {
        "name": text("The name of the files."),
        "title": text("The title of both files."),
        "subject": {**OPTIONAL, "description": "What both files are about."},
        "author": {**OPTIONAL, "description": "Who both files are by."},
        "language": {**OPTIONAL, "default": "en", "description": "Their language (BCP 47).", "examples": ["en-US"]},
        "footer": {**OPTIONAL, "description": "What stands at the foot of every slide, beside its number."},
        "upload": {**OPTIONAL, "description": "Where the files are uploaded, which a build says at its end."},
        "sections": list_of(_SECTION, "The order of the deck, section by section.", 100),
    },
    ("name", "title"),
    "What both files say of themselves, and the order of the deck.",
)


def check_settings(settings: Source) -> Iterator[Problem]:
    """What is wrong with `templates/deck.yaml`, before anything is filled in."""
    return check(settings, SETTINGS)
