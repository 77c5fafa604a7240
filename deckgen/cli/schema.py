"""Folder -> the JSON Schema of its meeting files, or the list of keys: `deckgen schema`."""

from __future__ import annotations

import argparse

from deckgen.cli.options import add_root


def add_options(command: argparse.ArgumentParser) -> None:
    """For editors, or for people."""
    command.add_argument("--keys", action="store_true", help="print docs/keys.md instead")
    add_root(command)


def run(options: argparse.Namespace) -> int:
    """Print the schema."""
    from deckgen.deck.kinds import KINDS
    from deckgen.deck.kinds.common import COMMON
    from deckgen.meeting.editor_schema import meeting_schema, schema_text
    from deckgen.meeting.keys import keys_page

    kinds = [slide.kind for slide in KINDS.values()]
    schema = meeting_schema(options.root, COMMON, kinds)
    print(keys_page(schema, COMMON, kinds) if options.keys else schema_text(schema), end="")
    return 0
