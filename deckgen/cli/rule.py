"""Ids of rules -> their manual: `deckgen rule`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

from deckgen.cli.options import offer
from deckgen.cli.terminal import say, say_page
from deckgen.problems import nearest


def add_options(command: argparse.ArgumentParser) -> None:
    """The options: which rules; without any, the list of all."""
    offer(
        command.add_argument(
            "ids", nargs="*", metavar="ID", help="the id of a rule, in brackets at the end of a message"
        ),
        _ids,
    )
    command.add_argument("--all", action="store_true", help="print docs/rules.md")


def _ids(**_: object) -> Iterable[str]:
    from deckgen.rules.manual import ids

    return ids()


def run(options: argparse.Namespace) -> int:
    """Print the manual of the rules."""
    from deckgen.rules.manual import ids, manual, title, whole_manual

    if options.all:
        say_page(whole_manual())
        return 0
    unknown = [id for id in options.ids if id not in ids()]
    for id in unknown:
        say(f"no rule is called `{id}`; {nearest(id, ids()) or 'see docs/rules.md'}", sys.stderr)
    if unknown:
        return 2
    listed = [f"{id:24} {title(id)}" for id in ids()]
    say_page("\n\n".join(f"{id}\n{manual(id)}" for id in options.ids) if options.ids else "\n".join(listed))
    return 0
