"""Meeting numbers -> the files of their decks: `deckgen build`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from deckgen.cli.options import add_output_format, add_root, add_strict, numbered
from deckgen.cli.terminal import count, counted, exit_code, show, tell
from deckgen.problems import Problem, in_order

if TYPE_CHECKING:
    from deckgen.base.processes import Beside
    from deckgen.build.several import Outcome


def add_options(command: argparse.ArgumentParser) -> None:
    """Which meetings, and what is written of them."""
    command.add_argument(
        "meetings", type=numbered, nargs="*", metavar="MEETING", help="numbers of meetings, such as 124"
    )
    command.add_argument("--all", action="store_true", help="all meetings that have a file")
    command.add_argument("--output", type=Path, metavar="DIR", help="where the files go (build/MEETING)")
    command.add_argument("--pdf", action=argparse.BooleanOptionalAction, default=True, help="write the PDF")
    command.add_argument("--pptx", action=argparse.BooleanOptionalAction, default=True, help="write the PowerPoint")
    command.add_argument("--open", action="store_true", help="show what was built")
    command.add_argument("--quiet", "-q", action="store_true", help="say only what is wrong")
    command.add_argument("--verbose", "-v", action="store_true", help="say how long each stage took")
    add_strict(command)
    add_output_format(command)
    add_root(command)


def run(options: argparse.Namespace) -> int:
    """Build the decks; of several, the first to finish is told first."""
    from deckgen.base.processes import Beside, processors

    if not options.all and len(set(options.meetings)) == 1 and options.pptx and processors() > 1:
        with Beside("deckgen.build.beside") as beside:
            return _build_all(options, beside)
    return _build_all(options, None)


def _build_all(options: argparse.Namespace, beside: Beside | None) -> int:
    from deckgen.build.several import build_several
    from deckgen.meeting import meeting_numbers

    numbers = list(dict.fromkeys(meeting_numbers(options.root) if options.all else options.meetings))
    if not numbers:
        options.usage_error("which meeting? a number, such as 124, or --all")
    base = options.output or options.root / "build"
    outputs = [base if options.output and len(numbers) == 1 else base / str(number) for number in numbers]
    outcomes = build_several(numbers, options.root, outputs, options.pptx, options.pdf, beside, options.strict)
    problems: list[Problem] = []
    for outcome in counted(outcomes, len(numbers), options.quiet):
        problems += outcome.problems
        if options.output_format == "text":
            tell(outcome.problems, options)
        _say_built(outcome, options)
    if options.output_format != "text":
        tell(in_order(problems), options)
    return exit_code(problems, options)


def _say_built(outcome: Outcome, options: argparse.Namespace) -> None:
    built = outcome.built
    if built is None:
        return
    stream = sys.stdout if options.output_format == "text" else sys.stderr
    if not options.quiet:
        names = ", ".join(path.name for path in built.files)
        said = f"{built.pages} pages, {count(built.problems, 'warning')}, {outcome.seconds:.2f} s"
        print(f"{outcome.output}: {names} ({said})", file=stream, flush=True)
        if built.upload:
            print(f"upload: {built.upload}", file=stream)
    if options.verbose:
        print("  " + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in built.stages.items()), file=stream)
    if built.left_out and not options.quiet:
        told = "1 slide is" if built.left_out == 1 else f"{built.left_out} slides are"
        print(f"{told} left out; the warnings say why", file=stream)
    if options.open and built.files:
        show(next((path for path in built.files if path.suffix == ".pdf"), built.files[0]))
