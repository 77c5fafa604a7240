"""Meeting -> its file, ready to edit: `deckgen new`."""

from __future__ import annotations

import argparse

from deckgen.cli.options import add_meeting, add_root, meeting_id
from deckgen.cli.terminal import say


def add_options(command: argparse.ArgumentParser) -> None:
    """The options: which meeting, and which one to start from."""
    add_meeting(command, such_as=125)
    command.add_argument(
        "--from",
        dest="previous",
        type=meeting_id,
        metavar="MEETING",
        help="the meeting to start from (default: the last)",
    )
    add_root(command)


def run(options: argparse.Namespace) -> int:
    """Write the file."""
    from deckgen.meeting import find_meeting
    from deckgen.meeting.new import new_meeting

    before = options.previous and find_meeting(options.root, options.previous, options.meeting.rpartition("/")[0])
    begun = new_meeting(options.root, options.meeting, before).get()
    say(f"{begun.path}: created")
    for line in begun.carried:
        say(f"  from the meetings before: {line}")
    return 0
