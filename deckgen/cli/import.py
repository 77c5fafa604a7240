"""An edited PowerPoint -> its edits in the meeting file: `deckgen import`."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from deckgen.cli.options import add_area, add_root, meeting_id
from deckgen.cli.terminal import say, say_page, tell


def add_options(command: argparse.ArgumentParser) -> None:
    """The options: which file, and which meeting if the file does not name it."""
    command.add_argument("file", type=Path, metavar="FILE.pptx", help="a deck that was edited in PowerPoint")
    command.add_argument("--meeting", type=meeting_id, help="its meeting, if the file does not name it")
    command.add_argument("--dry-run", action="store_true", help="print the patch, and write nothing")
    add_area(command)
    add_root(command)


def run(options: argparse.Namespace) -> int:
    """Write the edits, and list what is not carried."""
    from deckgen.edits.bring import bring_home

    start = time.perf_counter()
    imported = bring_home(options.root, options.file, options.meeting or "", options.dry_run)
    if imported.notice:
        say(imported.notice, sys.stderr)
    if options.dry_run and imported.patch:
        say_page(imported.patch)
    tell(imported.problems, options)
    names = ", ".join(imported.files) or imported.path
    what = "written" if imported.files else "would change" if imported.patch else "no edit to write"
    left = len(imported.problems)
    say(f"{names}: {what}; {left} not carried ({time.perf_counter() - start:.2f} s)", sys.stderr)
    return int(bool(left))
