"""Preset -> a new repository of meetings: `deckgen init`."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from deckgen.cli.terminal import say


def add_options(command: argparse.ArgumentParser) -> None:
    """The options: where, of which preset, and for which area."""
    from deckgen.build.presets import presets

    first, *others = presets()
    help = f"what it is made of (default: {first})"
    command.add_argument("folder", type=Path, metavar="DIR", help="a new folder, or an empty one")
    command.add_argument("--preset", choices=[first, *others], default=first, help=help)
    command.add_argument(
        "--area", dest="only", default="", metavar="AREA", help="leave out the other areas of the preset"
    )


def run(options: argparse.Namespace) -> int:
    """Make the repository."""
    from deckgen.build.presets import areas_of
    from deckgen.build.repository import begin

    known = areas_of(options.preset)
    if options.only and options.only not in known:
        hint = f"one of {', '.join(known)}" if known else f"the preset `{options.preset}` has none"
        options.usage_error(f"there is no area `{options.only}`; {hint}")
    begun = begin(options.folder, options.preset, date.today(), options.only)
    say(f"{options.folder}: created, with {begun.files} files")
    say(f"  next: `cd {options.folder}`, then `deckgen build {begun.meeting}` or `make deck MEETING={begun.meeting}`")
    return 0
