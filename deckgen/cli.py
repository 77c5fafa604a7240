"""Command line -> exit code: the only place that prints; 0 is well, 1 is the author's, 2 is wrong usage."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from deckgen import __version__
from deckgen.problems import DeckError, Problem


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except DeckError as error:
        _tell(error.problems, options.root)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("deckgen", description="Slide decks of IETF area meetings, from YAML.")
    parser.add_argument("--version", action="version", version=f"deckgen {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    build = commands.add_parser("build", help="write the PowerPoint, the PDF and the outline of a meeting")
    build.add_argument("meeting", type=int, help="the number of the meeting, such as 124")
    build.add_argument("--output", type=Path, metavar="DIR", help="where the files go (build/MEETING)")
    build.add_argument("--pdf", action=argparse.BooleanOptionalAction, default=True, help="write the PDF")
    build.add_argument("--pptx", action=argparse.BooleanOptionalAction, default=True, help="write the PowerPoint")
    build.add_argument("--strict", action="store_true", help="fail on warnings as on errors")
    _root_option(build)
    build.set_defaults(run=_build)

    verify = commands.add_parser("verify", help="find what makes PowerPoint repair a file, or a screen reader stumble")
    verify.add_argument("files", type=Path, nargs="+", metavar="FILE.pptx", help="presentations, made by whatever")
    verify.add_argument("--strict", action="store_true", help="fail on warnings as on errors")
    verify.set_defaults(run=_verify, root=Path())
    return parser


def _root_option(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--root", type=Path, default=Path(), metavar="DIR", help="the folder of meetings/ and templates/ (here)"
    )


def _build(options: argparse.Namespace) -> int:
    from deckgen.build import build

    start = time.perf_counter()
    output = options.output or options.root / "build" / str(options.meeting)
    built = build(options.root, options.meeting, output, options.pptx, options.pdf)
    _tell(built.problems, options.root)
    names = ", ".join(path.name for path in built.files)
    took = time.perf_counter() - start
    warnings = _count(len(built.problems), "warning")
    print(f"{output}: {names} ({built.pages} pages, {warnings}, {took:.2f} s)")
    if built.upload:
        print(f"upload: {built.upload}")
    return 1 if options.strict and built.problems else 0


def _verify(options: argparse.Namespace) -> int:
    code = 0
    for path in options.files:
        problems = _verified(path)
        errors = sum(problem.severity == "error" for problem in problems)
        warnings = len(problems) - errors
        _tell(problems, options.root)
        print(f"{path}: {_count(errors, 'error')}, {_count(warnings, 'warning')}")
        code |= bool(errors or (options.strict and warnings))
    return int(code)


def _verified(path: Path) -> Sequence[Problem]:
    from deckgen.files import read_bounded
    from deckgen.verify import MOST_BYTES, verify

    try:
        return verify(read_bounded(path, MOST_BYTES), str(path))
    except DeckError as error:
        return error.problems


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def _tell(problems: Sequence[Problem], root: Path) -> None:
    from deckgen.messages import text_messages

    colour = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    for line in text_messages(problems, root, colour):
        print(line, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
