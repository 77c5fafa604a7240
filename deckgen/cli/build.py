"""Meetings -> the files of their decks: `deckgen build`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from deckgen.build.formats import FORMATS, USUAL, presents
from deckgen.cli.options import add_meetings, add_output_format, add_root, add_strict
from deckgen.cli.terminal import count, counted, exit_code, say, show, tell
from deckgen.problems import Problem, in_order, nearest

if TYPE_CHECKING:
    from deckgen.base.processes import Beside
    from deckgen.build.several import Outcome
    from deckgen.review.index import Entry


def add_options(command: argparse.ArgumentParser) -> None:
    """The options: which meetings, and what is written."""
    add_meetings(command, "ids of meetings, such as 124")
    command.add_argument("--all", action="store_true", help="all meetings that have a file")
    command.add_argument("--output", type=Path, metavar="DIR", help="the folder of the files (default: build/MEETING)")
    command.add_argument(
        "--format",
        type=_formats,
        default=USUAL,
        metavar="FORMAT,...",
        help=f"the formats to write, out of {', '.join(FORMATS)} ({','.join(USUAL)})",
    )
    command.add_argument("--pdf", action=argparse.BooleanOptionalAction, help="with or without the PDF")
    command.add_argument("--pptx", action=argparse.BooleanOptionalAction, help="with or without the PowerPoint")
    command.add_argument("--open", action="store_true", help="open what was built")
    command.add_argument("--quiet", "-q", action="store_true", help="print only problems")
    command.add_argument("--verbose", "-v", action="store_true", help="print how long each stage took")
    add_strict(command)
    add_output_format(command)
    add_root(command)


def _formats(text: str) -> tuple[str, ...]:
    named = {part.strip().lower() for part in text.split(",")}
    for unknown in sorted(named - set(FORMATS)):
        hint = nearest(unknown, FORMATS) or f"one of {', '.join(FORMATS)}"
        raise argparse.ArgumentTypeError(f"`{unknown}` is not a format; {hint}")
    return tuple(id for id in FORMATS if id in named)


def run(options: argparse.Namespace) -> int:
    """Build the decks; each is reported when it is ready."""
    from deckgen.base.processes import Beside, processors

    formats = _wanted(options)
    if not options.all and len(set(options.meetings)) == 1 and presents(formats) and processors() > 1:
        with Beside("deckgen.build.beside") as beside:
            return _build_all(options, formats, beside)
    return _build_all(options, formats, None)


def _wanted(options: argparse.Namespace) -> tuple[str, ...]:
    """The formats of `--format`, changed by the older options; the text outline goes with the PowerPoint."""
    asked = {"pdf": options.pdf, "pptx": options.pptx, "outline": options.pptx}
    formats = tuple(id for id in FORMATS if asked.get(id) or (asked.get(id) is None and id in options.format))
    if not formats:
        options.usage_error("nothing would be written; `deckgen check` lists the problems of a meeting")
    return formats


def _build_all(options: argparse.Namespace, formats: tuple[str, ...], beside: Beside | None) -> int:
    from deckgen.build.one import Options
    from deckgen.build.several import build_several
    from deckgen.meeting import list_meetings

    meetings = list(
        dict.fromkeys(list_meetings(options.root, options.area or None) if options.all else options.meetings)
    )
    if not meetings and not options.all:
        options.usage_error("which meeting? an id, such as 124, or --all")
    base = options.output or options.root / "build"
    outputs = [base if options.output and len(meetings) == 1 else base / meeting for meeting in meetings]
    outcomes = build_several(meetings, options.root, outputs, Options(formats, options.strict), beside)
    problems: list[Problem] = []
    entries: list[Entry] = []
    for outcome in counted(outcomes, len(meetings), options.quiet):
        problems += outcome.built.problems
        if options.output_format == "text":
            tell(outcome.built.problems, options)
        _report(outcome, options)
        if options.all:
            entries.append(_entry(outcome, base))
    if options.output_format != "text":
        tell(in_order(problems), options)
    if options.all:
        _close(entries, base, options)
    return exit_code(problems, options)


def _entry(outcome: Outcome, base: Path) -> Entry:
    from deckgen.review.index import entry_of

    return entry_of(outcome, base)


def _close(entries: Sequence[Entry], base: Path, options: argparse.Namespace) -> None:
    """The index of all decks, and one line."""
    from deckgen.meeting import MEETINGS
    from deckgen.review.index import tally, write_index

    index = write_index(entries, base, options.root)
    if not entries:
        say(f"there is no meeting in {options.root / MEETINGS}", sys.stderr)
    if not options.quiet:
        say(f"{index}: {tally(entries)}", _stream(options))


def _stream(options: argparse.Namespace) -> TextIO:
    return sys.stdout if options.output_format == "text" else sys.stderr


def _report(outcome: Outcome, options: argparse.Namespace) -> None:
    built = outcome.built.value
    if built is None:
        return
    stream = _stream(options)
    if not options.quiet:
        names = ", ".join(path.name for path in built.files)
        numbers = f"{built.pages} pages, {count(outcome.built.problems, 'warning')}, {outcome.seconds:.2f} s"
        say(f"{outcome.output}: {names} ({numbers})", stream)
        if built.upload:
            say(f"upload: {built.upload}", stream)
    if options.verbose:
        say("  " + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in built.stages.items()), stream)
    if built.left_out and not options.quiet:
        slides = "1 slide is" if built.left_out == 1 else f"{built.left_out} slides are"
        say(f"{slides} left out; the warnings have the reasons", stream)
    if options.open and built.files:
        show(next((path for path in built.files if path.suffix == ".pdf"), built.files[0]))
