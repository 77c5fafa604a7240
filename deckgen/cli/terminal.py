"""Problems, and results as they come -> lines on the terminal, and the exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import TextIO, TypeVar

from deckgen.problems import Problem, one_line

T = TypeVar("T")


def say(text: str, to: TextIO | None = None) -> None:
    """Print one line, on standard output by default. All output of a command goes through this module."""
    print(one_line(text), file=to or sys.stdout, flush=True)


def say_page(text: str) -> None:
    """Print a text of several lines, for a file in UTF-8."""
    if isinstance(sys.stdout, TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8")
    print("\n".join(map(one_line, text.splitlines())))


def tell(problems: Sequence[Problem], options: argparse.Namespace) -> None:
    """Print the problems: text to the stream of the command, other formats to standard output."""
    if options.output_format == "text":
        from deckgen.problems.text import text_messages

        stream = sys.stdout if options.to == "stdout" else sys.stderr
        for line in text_messages(problems, options.root, _in_colour(stream, options.color)):
            print(line, file=stream)
        return
    from deckgen.problems import machine
    from deckgen.rules.manual import manual

    match options.output_format:
        case "json":
            print(machine.json_report(problems, options.root))
        case "github" if problems:
            annotate(problems, options.root)
        case "sarif":
            print(machine.sarif_report(problems, options.root, manual))


def annotate(problems: Sequence[Problem], root: Path) -> None:
    """Print what GitHub shows on the lines of a pull request."""
    from deckgen.problems.machine import github_report

    print(github_report(problems, root), flush=True)


def show_progress(text: str) -> None:
    """A line on the terminal that the next one replaces; nothing without a terminal."""
    if sys.stderr.isatty():
        print(f"\r\033[K{one_line(text)}", end="", file=sys.stderr, flush=True)


def exit_code(problems: Sequence[Problem], options: argparse.Namespace) -> int:
    """1 if a problem is an error, or if there is any problem and the command is strict; otherwise 0."""
    return int(any(problem.severity == "error" or options.strict for problem in problems))


def count(problems: Sequence[Problem], severity: str) -> str:
    """How many problems are of a severity, such as `1 error` or `2 warnings`."""
    found = sum(problem.severity == severity for problem in problems)
    return f"{found} {severity}{'s' * (found != 1)}"


def counted(results: Iterable[T], total: int, quiet: bool) -> Iterator[T]:
    """The results as they come, with a progress bar if there is a terminal."""
    if quiet or total < 2 or not sys.stderr.isatty():
        yield from results
        return
    for done, result in enumerate(results):
        show_progress("")
        yield result
        if done + 1 < total:
            width = 30 * (done + 1) // total
            show_progress(f"{'━' * width}{'╌' * (30 - width)} {done + 1}/{total}")


def show(target: Path | str) -> None:
    """Open a file or an address in the program that the machine uses for it."""
    import webbrowser

    webbrowser.open(target if isinstance(target, str) else target.resolve().as_uri())


def tell_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Print the traceback of a bug, made safe for a terminal because its text may be untrusted."""
    from traceback import format_exception

    for line in "".join(format_exception(kind, error, trace)).splitlines():
        print(one_line(line), file=sys.stderr)


def never_fail_to_print() -> None:
    """A character that the console cannot show is printed as its number."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _in_colour(stream: TextIO, color: str) -> bool:
    """As `--color` asks; by default on terminals, unless NO_COLOR or FORCE_COLOR is set (no-color.org)."""
    if color != "auto":
        return color == "always"
    return not os.environ.get("NO_COLOR") and (bool(os.environ.get("FORCE_COLOR")) or stream.isatty())
