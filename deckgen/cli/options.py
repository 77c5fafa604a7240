"""Words of the command line -> values: the options that several commands share."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from pathlib import Path

PROBLEM_FORMATS = ("text", "json", "github", "sarif")


def add_meeting(command: argparse.ArgumentParser, such_as: int = 124) -> None:
    """`MEETING`, one number."""
    offer(
        command.add_argument("meeting", type=numbered, help=f"the number of the meeting, such as {such_as}"),
        _meetings,
    )


def offer(argument: argparse.Action, words: Callable[..., Iterable[str]]) -> None:
    """Words that a shell completes the argument with; they are made when they are asked for."""
    argument.completer = words  # type: ignore[attr-defined]


def add_meetings(command: argparse.ArgumentParser, help: str) -> None:
    """`MEETING...`, any number of them."""
    numbers = command.add_argument("meetings", type=numbered, nargs="*", metavar="MEETING", help=help)
    offer(numbers, _meetings)


def _meetings(parsed_args: argparse.Namespace, **_: object) -> list[str]:
    from deckgen.meeting import meeting_numbers

    return [str(number) for number in meeting_numbers(parsed_args.root)]


def add_color(command: argparse.ArgumentParser) -> None:
    """`--color auto|always|never`."""
    command.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="print problems in color: auto means on a terminal, or as NO_COLOR and FORCE_COLOR say (auto)",
    )


def add_root(command: argparse.ArgumentParser) -> None:
    """`--root DIR`."""
    command.add_argument(
        "--root",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="the folder of meetings/ and templates/ (default: the current folder)",
    )


def add_strict(command: argparse.ArgumentParser) -> None:
    """`--strict`."""
    command.add_argument("--strict", action="store_true", help="fail on warnings as on errors")


def add_output_format(command: argparse.ArgumentParser) -> None:
    """`--output-format text|json|github|sarif`."""
    command.add_argument(
        "--output-format",
        choices=PROBLEM_FORMATS,
        default="text",
        help="how problems are printed: text for people, others for programs, on standard output (default: text)",
    )


def numbered(text: str) -> int:
    """The number of a meeting, from a number or from the path of its file."""
    found = re.fullmatch(r"(?:.*/)?0*([1-9][0-9]{0,4})(?:\.yaml)?", text)
    if found is None:
        raise argparse.ArgumentTypeError(f"`{text}` is not a meeting number, such as 124")
    return int(found[1])
