"""Meeting -> where its deck goes, and which file: `deckgen upload-help`."""

from __future__ import annotations

import argparse

from deckgen.cli.options import add_meeting, add_root
from deckgen.cli.terminal import say_page


def add_options(command: argparse.ArgumentParser) -> None:
    """The options: which deck."""
    add_meeting(command)
    add_root(command)


def run(options: argparse.Namespace) -> int:
    """Print the help."""
    from deckgen.base.files import restore
    from deckgen.build.one import typeset
    from deckgen.build.upload import upload_help

    result = typeset(options.root, options.meeting)
    ready = result.value or result.get()
    deck = ready.deck
    sources = [options.root / name for name in (*ready.meeting.documents, *ready.meeting.history.documents)]
    folder = options.root / "build" / options.meeting
    restore(folder, options.root)
    pdf, pptx = (folder / f"{deck.name}.{form}" for form in ("pdf", "pptx"))
    say_page(upload_help(deck, pdf, pptx, sources))
    return 0
