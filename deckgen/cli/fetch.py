"""Meeting -> the file of its facts, asked of the servers that have them: `deckgen fetch`."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import TYPE_CHECKING

from deckgen.cli.options import add_meeting, add_root
from deckgen.cli.terminal import say, show_progress
from deckgen.problems import nearest

if TYPE_CHECKING:
    from deckgen.facts import FetchReport


def add_options(command: argparse.ArgumentParser) -> None:
    """The options: which meeting, and which of its facts."""
    add_meeting(command, such_as=125)
    command.add_argument(
        "--only", type=_parts, default=(), metavar="FACT,...", help="only these facts, such as session"
    )
    command.add_argument("--since", type=_day, metavar="DATE", help="count from this day, such as 2026-03-20")
    command.add_argument("--dry-run", action="store_true", help="print what is new, and write nothing")
    add_root(command)
    command.set_defaults(patience=None)  # the command waits for other pages


def run(options: argparse.Namespace) -> int:
    """Fetch the facts, write them, and print what is left to do."""
    from deckgen.facts import fetch

    try:
        from deckgen.facts.parts import PARTS
    except ModuleNotFoundError as error:
        say(f"fetch needs {error.name}: pip install 'deckgen[fetch]'", sys.stderr)
        return 2
    known = {part.replace("_", "-") for part in PARTS}
    for part in options.only:
        if part.replace("_", "-") not in known:
            hint = nearest(part, known) or f"one of {', '.join(sorted(known))}"
            say(f"--only: no fact is called `{part}`; {hint}", sys.stderr)
            return 2
    report = fetch(
        options.root,
        options.meeting,
        only=options.only,
        since=options.since,
        dry_run=options.dry_run,
        progress=_progress,
    )
    _print(report, options.meeting)
    return 1 if report.failed else 0


def _print(report: FetchReport, meeting: str) -> None:
    from deckgen.meeting import variables

    written = f"{report.path}: written" if report.written else f"{report.path}: not written"
    say(f"{written} ({report.requests} requests)")
    for line in report.changes:
        say(f"  {line}")
    for title, lines in (("to check", report.human), ("to enter by hand", report.by_hand)):
        for line in lines:
            say(f"  {title}: {line}")
    for reason in dict.fromkeys(report.failed.values()):
        facts = ", ".join(fact for fact, why in report.failed.items() if why == reason)
        say(f"  failed: {facts}: {reason}", sys.stderr)
    if report.failed:
        say(f"what to do next: make fetch {variables(meeting)} again, later; the deck builds without them", sys.stderr)
    if report.examples:
        say(f"or write what you know into meetings/{meeting}.yaml, such as", sys.stderr)
    for example in report.examples:
        say(f"  {example}", sys.stderr)


def _progress(text: str) -> None:
    show_progress(text[:100])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{text}` is not a date, such as 2026-03-20") from None


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
