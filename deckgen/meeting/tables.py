"""`templates/links.yaml`, `meetings.yaml` and `new-meeting.yaml` -> Problems: their schemas."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import cast

from deckgen.meeting.ids import ID
from deckgen.problems import Problem
from deckgen.schema.check import Checker, Hint, check
from deckgen.schema.declare import DEFS, Schema, list_of, record, text
from deckgen.source import Source, plain

_DERIVED = ("number", "previous")  # parts of the fact `meeting` that no file needs
LINKS: Schema = {
    "type": "object",
    "description": "Text that becomes a link wherever it is on a slide, with the address.",
    "propertyNames": {
        "pattern": r"^(?=.*\S)([^{}]|\{(number|name|word)\})*$",
        "patternErrorMessage": "write words, `{number}`, `{name}` or `{word}`, such as `RFC {number}`",
    },
    "additionalProperties": {
        "type": "string",
        "pattern": r"^([^{}]|\{(number|match)\})*$",
        "patternErrorMessage": "`{number}` is the number in the text, `{match}` the whole text",
        "description": "The address. `{number}` in it is the number in the text, `{match}` the whole text.",
    },
}
_FINISHED = record(
    {
        "key": text("The key of an entry that has its status.", "status"),
        "words": list_of({"type": "string"}, "Words of a finished entry; `{number}` is digits.", examples=[["moved"]]),
    },
    ("key", "words"),
    "Which entries are finished, and so left out.",
)


def meetings_schema(declared: Source) -> Schema:
    """The schema of the table of meetings, given the declared facts: each row has parts of the fact `meeting`."""
    fact = declared.get("meeting")
    parts = (fact.get("properties") if fact else None) or Source({}, declared.origin)
    row = record(cast(Schema, plain(parts.without(*_DERIVED))), ("city", "first", "last"), "A meeting.")
    return {
        "type": "object",
        "description": "The meetings by id, in their order.",
        "propertyNames": {
            "pattern": f"^{ID}$",
            "patternErrorMessage": "write the id of a meeting: lower-case letters, digits and hyphens",
        },
        "additionalProperties": row,
        "$defs": DEFS,
    }


def plan_schema(facts: Collection[str]) -> Schema:
    """The schema of `templates/new-meeting.yaml`, given the names of the facts."""
    entry = record(
        {
            "carry": {"enum": [*facts], "description": "The fact to copy.", "examples": ["agenda"]},
            "from": {
                "enum": ["previous", "last"],
                "default": "last",
                "description": "Whether to copy from the previous meeting only, or from the last file with the fact.",
                "examples": ["previous"],
            },
            "without": text("Entries with this key are left out.", "slide"),
            "over": _FINISHED,
            "comment": text("The comment above the fact.", "The topics of the session."),
            "otherwise": text("Text to write if no file has the fact, as `text` is.", "agenda: []"),
            "text": text(
                "Text to write; `{number}`, `{label}`, `{city}`, `{first}` and `{last}` become those of the meeting.",
                "# {label}, {city}",
            ),
        },
        (),
        "A section of the file.",
        dependentRequired={key: ["carry"] for key in ("from", "without", "over", "comment", "otherwise")},
    )
    return list_of(entry, "The sections of the file, from top to bottom.", 100)


def check_links(links: Source) -> Iterator[Problem]:
    """The problems of `templates/links.yaml`, apart from unsafe addresses."""
    return check(links, LINKS)


def check_meetings(table: Source, declared: Source, hint: Hint) -> Iterator[Problem]:
    """The problems of the table of meetings; the declarations must be a JSON Schema."""
    return Checker(meetings_schema(declared), hint).check(table)
