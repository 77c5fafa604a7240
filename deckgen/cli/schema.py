"""Folder -> the JSON Schema of one of its files, or the list of keys: `deckgen schema`."""

from __future__ import annotations

import argparse

from deckgen.cli.options import add_root
from deckgen.cli.terminal import say_page


def add_options(command: argparse.ArgumentParser) -> None:
    """The options: for editors, or for people."""
    from deckgen.build.schemas import SCHEMAS

    help = "of a meeting file, or of one in templates/ (default: meeting)"
    command.add_argument("--of", choices=SCHEMAS, default="meeting", help=help)
    command.add_argument("--keys", action="store_true", help="print docs/keys.md instead")
    add_root(command)


def run(options: argparse.Namespace) -> int:
    """Print the schema."""
    from deckgen.build.schemas import schema_of
    from deckgen.deck.kinds import KINDS
    from deckgen.deck.kinds.common import COMMON
    from deckgen.meeting.keys import keys_page
    from deckgen.schema.editor import schema_text

    if options.keys:
        kinds = [slide.kind for slide in KINDS.values()]
        say_page(keys_page(schema_of(options.root, "meeting"), COMMON, kinds))
    else:
        say_page(schema_text(schema_of(options.root, options.of)))
    return 0
