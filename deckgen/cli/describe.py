"""A kind of slide -> its keys, and a slide to begin with: `deckgen describe`."""

from __future__ import annotations

import argparse

from deckgen.cli.terminal import say_page


def add_options(command: argparse.ArgumentParser) -> None:
    """Which kind."""
    from deckgen.deck.kinds import KINDS

    command.add_argument("kind", choices=tuple(KINDS), metavar="KIND", help=f"one of {', '.join(KINDS)}")


def run(options: argparse.Namespace) -> int:
    """Print the description."""
    from deckgen.deck.kinds import KINDS
    from deckgen.deck.kinds.common import COMMON
    from deckgen.meeting.keys import kind_text

    say_page(kind_text(COMMON, KINDS[options.kind].kind))
    return 0
