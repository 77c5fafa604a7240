"""Base revision -> the decks that differ from it, as CI shows them: `deckgen ci-decks`."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from deckgen.cli.options import add_area, add_root, meeting_id
from deckgen.cli.terminal import annotate, counted, say, say_page, tell
from deckgen.problems import in_order, one_line

if TYPE_CHECKING:
    from deckgen.review.index import Entry
    from deckgen.review.touched import Touched


def add_options(command: argparse.ArgumentParser) -> None:
    """The options: what to compare with, and which part of the work to do."""
    command.add_argument(
        "--base", default="", metavar="REF", help="the branch or commit to merge into (default: all decks)"
    )
    command.add_argument("--all", action="store_true", help="also build the decks that did not change")
    part = command.add_mutually_exclusive_group()
    part.add_argument("--matrix", action="store_true", help="only print the decks, as the matrix of jobs in a workflow")
    part.add_argument(
        "--meetings",
        type=meeting_id,
        nargs="+",
        metavar="MEETING",
        help="only build these decks, in one job of the matrix",
    )
    part.add_argument("--collect", action="store_true", help="only join the results of the jobs of the matrix")
    add_area(command)
    add_root(command)


def run(options: argparse.Namespace) -> int:
    """Build and review the decks."""
    from deckgen.review.touched import check_decks, touched

    output = options.root / "build"
    asked = touched(options.root, options.base, options.area or None)
    meetings = asked.every if options.all else asked.meetings
    if options.matrix:
        say_page(json.dumps({"meeting": meetings}, separators=(",", ":")))
        return 0
    say(asked.why)
    if options.collect:
        entries = _collected(meetings, output)
    else:
        meetings = options.meetings or meetings
        entries = _reported(check_decks(options.root, asked, meetings, output), meetings, options)
    return _leave_for_ci(entries, asked, options)


def _collected(meetings: Sequence[str], output: Path) -> list[Entry]:
    from deckgen.review.index import read_entry

    return [read_entry(meeting, output) for meeting in meetings]


def _reported(checked: Iterator[Entry], meetings: Sequence[str], options: argparse.Namespace) -> list[Entry]:
    """The entries in the order of the meetings; each is printed when it is ready, and written beside its deck."""
    from deckgen.review.index import write_entry

    entries = []
    for entry in counted(checked, len(meetings), quiet=False):
        tell(entry.problems, options)
        reviewed = "reviewed" if entry.table else "not reviewed, as it did not change"
        say(f"build/{entry.meeting}: {'built' if entry.built else 'has errors'}, {reviewed}")
        write_entry(entry, options.root / "build", options.root)
        entries.append(entry)
    return sorted(entries, key=lambda entry: meetings.index(entry.meeting))


def _notice(asked: Touched, entries: Sequence[Entry]) -> str:
    """Why these decks are shown, and which are not."""
    others = [meeting for meeting in asked.every if meeting not in {entry.meeting for entry in entries}]
    return f"{asked.why}; not built here: {', '.join(others)}" if others else asked.why


def _leave_for_ci(entries: Sequence[Entry], asked: Touched, options: argparse.Namespace) -> int:
    """The index, the problems on the lines of a pull request, and the tables of all reviews."""
    from deckgen.base.files import write_all
    from deckgen.problems.machine import gitlab_report
    from deckgen.review.index import tally, write_index
    from deckgen.review.touched import in_repository

    root, output = options.root, options.root / "build"
    problems = in_repository(in_order(problem for entry in entries for problem in entry.problems), root)
    line = f"{one_line(asked.why)}; {tally(entries)}.\n"
    summary = "\n".join([line, *(entry.table for entry in entries if entry.table)])
    files = {"summary.md": summary, "code-quality.json": gitlab_report(problems)}
    write_all(output, {name: text.encode() for name, text in files.items()}, root)
    write_index(entries, output, root, _notice(asked, entries))
    if os.environ.get("GITHUB_ACTIONS") and problems and not options.collect:
        annotate(problems, Path())
    if os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(os.environ["GITHUB_STEP_SUMMARY"]).open("a", encoding="utf-8") as file:
            file.write(line if options.collect else summary)  # the jobs have shown their own tables
    return 0 if all(entry.built for entry in entries) else 1
