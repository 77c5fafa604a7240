"""Problems, and results as they come -> lines on the terminal, and the exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO, TypeVar

from deckgen.problems import Problem

T = TypeVar("T")


def tell(problems: Sequence[Problem], options: argparse.Namespace) -> None:
    """Say the problems: text to the stream of the command, anything else to standard output."""
    if options.output_format == "text":
        from deckgen.problems.text import text_messages

        for line in text_messages(problems, options.root, _in_colour(options.to)):
            print(line, file=options.to)
        return
    from deckgen.problems import machine
    from deckgen.rules.manual import manual

    match options.output_format:
        case "json":
            print(machine.json_report(problems, options.root))
        case "github" if problems:
            print(machine.github_report(problems, options.root))
        case "sarif":
            print(machine.sarif_report(problems, options.root, manual))


def exit_code(problems: Sequence[Problem], options: argparse.Namespace) -> int:
    """1 where a problem is an error, or any problem where the command is strict; otherwise 0."""
    return int(any(problem.severity == "error" or options.strict for problem in problems))


def count(problems: Sequence[Problem], severity: str) -> str:
    """How many problems are of a severity, such as `1 error` or `2 warnings`."""
    found = sum(problem.severity == severity for problem in problems)
    return f"{found} {severity}{'s' * (found != 1)}"


def counted(results: Iterable[T], total: int, quiet: bool) -> Iterator[T]:
    """The results, with a bar that fills on a terminal; elsewhere they speak for themselves."""
    if quiet or total < 2 or not sys.stderr.isatty():
        yield from results
        return
    for done, result in enumerate(results):
        print("\r\033[K", end="", file=sys.stderr, flush=True)
        yield result
        if done + 1 < total:
            width = 30 * (done + 1) // total
            bar = f"{'━' * width}{'╌' * (30 - width)} {done + 1}/{total}"
            print(bar, end="", file=sys.stderr, flush=True)


def show(target: Path | str) -> None:
    """Open a file, or an address, in the program that the machine has for it."""
    import webbrowser

    webbrowser.open(target if isinstance(target, str) else target.resolve().as_uri())


def _in_colour(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR")
