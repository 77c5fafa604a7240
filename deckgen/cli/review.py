"""Meeting × what to compare with -> a page with both decks: `deckgen review`."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from deckgen.cli.options import add_meeting, add_root
from deckgen.cli.terminal import say, show, tell
from deckgen.problems import errors_of

if TYPE_CHECKING:
    from deckgen.review.make import Reviewed


def add_options(command: argparse.ArgumentParser) -> None:
    """The options: which deck, and which one to compare it with."""
    add_meeting(command)
    command.add_argument(
        "--against",
        default="",
        metavar="REF",
        help="a git revision, a meeting or an edited deck (FILE.pptx) to compare with "
        "(default: where this branch left the main branch)",
    )
    command.add_argument(
        "--output", type=Path, metavar="DIR", help="the folder of the page (default: build/MEETING/review)"
    )
    command.add_argument("--open", action="store_true", help="open the page")
    add_root(command)


def run(options: argparse.Namespace) -> int:
    """Write the page."""
    from deckgen.review.revision import RevisionError

    start = time.perf_counter()
    output = options.output or options.root / "build" / options.meeting / "review"
    try:
        reviewed = _reviewed(options, output)
    except RevisionError as error:
        say(f"--against: {error}", sys.stderr)
        return 2
    tell(errors_of(reviewed.problems), options)
    for notice in reviewed.notices:
        say(notice, sys.stderr)
    say(f"{reviewed.files[0]}: {reviewed.summary} ({time.perf_counter() - start:.2f} s)")
    if options.open:
        show(reviewed.files[0])
    return 1 if reviewed.failed else 0


def _reviewed(options: argparse.Namespace, output: Path) -> Reviewed:
    """The review of a deck beside an older one, or beside a PowerPoint of it, with the edits that can be carried."""
    from deckgen.review.make import Other, review

    if not options.against.lower().endswith(".pptx"):
        return review(options.root, options.meeting, options.against, output)
    from deckgen.edits.bring import as_edited

    file = Path(options.against)
    with as_edited(options.root, file, options.meeting) as (folder, imported):
        notices = (f"Not carried from {file.name}: {one.text}." for one in imported.problems)
        return review(options.root, options.meeting, Other(file.name, folder, tuple(notices)), output)
