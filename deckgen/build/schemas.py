"""Folder × the name of one of its files -> its JSON Schema, for editors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from deckgen.build.one import themes_in
from deckgen.deck.kinds import KINDS
from deckgen.deck.kinds.common import COMMON
from deckgen.deck.settings import SETTINGS
from deckgen.layout.chosen import choice_schema
from deckgen.layout.read_theme import theme_schema
from deckgen.meeting import TEMPLATES
from deckgen.meeting.editor_schema import declarations_schema, meeting_schema, template_schema
from deckgen.meeting.tables import LINKS, meetings_schema, plan_schema
from deckgen.rules.check import rules_schema
from deckgen.schema.editor import editor_schema, layer_of
from deckgen.source import Source, plain, read

SCHEMAS = ("meeting", "slide", "theme", "rules", "deck", "facts", "links", "meetings", "new-meeting")


def schema_of(root: Path, name: str) -> dict[str, Any]:
    """The schema of a file, one of SCHEMAS. Raises DeckError if a template that it depends on cannot be read."""
    kinds = [slide.kind for slide in KINDS.values()]
    match name:
        case "meeting":
            return meeting_schema(root, COMMON, kinds, own_keys(root)).get()
        case "slide":
            return template_schema(COMMON, kinds)
        case "facts":
            return declarations_schema()
        case _:
            return _of_template(name, root)


def own_keys(root: Path) -> dict[str, Any]:
    """The keys of a meeting file that are neither facts nor slides."""
    settings = {key: child for key, child in SETTINGS.items() if key != "required"}
    deck = {**settings, "description": "What differs from templates/deck.yaml, such as the footer or the file name."}
    return {"theme": choice_schema(themes_in(root)), "deck": {**deck, "examples": [{"footer": "Draft"}]}}


def _of_template(name: str, root: Path) -> dict[str, Any]:
    """The schema of a file whose keys are fixed, with its own values as examples."""

    def file(name: str) -> Source:
        path = f"{TEMPLATES}/{name}.yaml"
        return read(root / path, path).get()

    values = plain(file(name))
    match name:
        case "links":
            return editor_schema(LINKS, "The links", values)
        case "meetings":
            return editor_schema(meetings_schema(file("facts")), "The meetings", values)
        case "new-meeting":
            return editor_schema(plan_schema([key for key, _ in file("facts").items()]), "A new meeting", values)
        case "theme":
            return editor_schema(layer_of(theme_schema()), "The look of the decks", values)
        case "rules":
            return editor_schema(rules_schema(), "The rules", values)
        case _:
            return editor_schema(layer_of(SETTINGS), "The deck", values)
