"""Folder -> the JSON Schema of one of its files, or the list of keys: `deckgen schema`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from deckgen.cli.options import add_root
from deckgen.cli.terminal import say_page

OF = ("meeting", "slide", "theme", "rules", "deck", "facts", "links", "meetings", "new-meeting")


def add_options(command: argparse.ArgumentParser) -> None:
    """The options: for editors, or for people."""
    command.add_argument(
        "--of", choices=OF, default="meeting", help="of a meeting file, or of one in templates/ (default: meeting)"
    )
    command.add_argument("--keys", action="store_true", help="print docs/keys.md instead")
    add_root(command)


def run(options: argparse.Namespace) -> int:
    """Print the schema."""
    from deckgen.deck.kinds import KINDS
    from deckgen.deck.kinds.common import COMMON
    from deckgen.meeting.editor_schema import declarations_schema, meeting_schema, template_schema
    from deckgen.meeting.keys import keys_page
    from deckgen.schema.editor import schema_text

    kinds = [slide.kind for slide in KINDS.values()]
    own = own_keys(options.root)
    if options.keys:
        say_page(keys_page(meeting_schema(options.root, COMMON, kinds, own).get(), COMMON, kinds))
        return 0
    match options.of:
        case "meeting":
            schema = meeting_schema(options.root, COMMON, kinds, own).get()
        case "slide":
            schema = template_schema(COMMON, kinds)
        case "facts":
            schema = declarations_schema()
        case name:
            schema = _of_template(name, options.root)
    say_page(schema_text(schema))
    return 0


def own_keys(root: Path) -> dict[str, Any]:
    """The keys of a meeting file that are neither facts nor slides."""
    from deckgen.build.one import themes_in
    from deckgen.deck.settings import SETTINGS
    from deckgen.layout.chosen import choice_schema

    settings = {key: child for key, child in SETTINGS.items() if key != "required"}
    deck = {**settings, "description": "What differs from templates/deck.yaml, such as the footer or the file name."}
    return {"theme": choice_schema(themes_in(root)), "deck": {**deck, "examples": [{"footer": "Draft"}]}}


def _of_template(name: str, root: Path) -> dict[str, Any]:
    """The schema of a file whose keys are fixed, with its own values as examples."""
    from deckgen.deck.settings import SETTINGS
    from deckgen.layout.read_theme import theme_schema
    from deckgen.meeting import TEMPLATES
    from deckgen.meeting.tables import LINKS, meetings_schema, plan_schema
    from deckgen.rules.check import rules_schema
    from deckgen.schema.editor import editor_schema, layer_of
    from deckgen.source import Source, plain, read

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
