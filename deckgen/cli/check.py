"""Meetings -> their problems, and nothing written: `deckgen check`."""

from __future__ import annotations

import argparse
import sys

from deckgen.cli.options import add_meetings, add_output_format, add_root, add_strict
from deckgen.cli.terminal import count, exit_code, say, tell


def add_options(command: argparse.ArgumentParser) -> None:
    """The options: which meetings, and how their problems are shown."""
    add_meetings(command, "their ids (default: all)")
    add_strict(command)
    add_output_format(command)
    add_root(command)
    command.set_defaults(to="stdout")


def run(options: argparse.Namespace) -> int:
    """Check the meetings, all in one run."""
    from deckgen.build.several import check_several
    from deckgen.meeting import list_meetings

    meetings = options.meetings or list_meetings(options.root, options.area or None)
    if not meetings:
        say(f"there is no meeting in {options.root / 'meetings'}", sys.stderr)
        return 2
    problems = check_several(meetings, options.root)
    tell(problems, options)
    if options.output_format == "text":
        listed = ", ".join(meetings)
        say(f"{listed}: {count(problems, 'error')}, {count(problems, 'warning')}", sys.stderr)
    return exit_code(problems, options)
