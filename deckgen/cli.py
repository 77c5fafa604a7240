"""Command line -> exit code: the only place that prints; 0 is well, 1 is the author's, 2 is wrong usage."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from deckgen import __version__
from deckgen.problems import DeckError, Problem, in_order, nearest

FORMATS = ("text", "json", "github", "sarif")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except DeckError as error:
        _tell(error.problems, options)
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
    _problem_options(build)
    _root_option(build)
    build.set_defaults(run=_build, to=sys.stderr)

    verify = commands.add_parser("verify", help="find what makes PowerPoint repair a file, or a screen reader stumble")
    verify.add_argument("files", type=Path, nargs="+", metavar="FILE.pptx", help="presentations, made by whatever")
    verify.add_argument("--strict", action="store_true", help="fail on warnings as on errors")
    verify.set_defaults(run=_verify, root=Path(), to=sys.stderr, output_format="text")

    check = commands.add_parser("check", help="say what is wrong with meetings, and write nothing")
    check.add_argument("meetings", type=int, nargs="*", metavar="MEETING", help="the numbers of the meetings (all)")
    _problem_options(check)
    _root_option(check)
    check.set_defaults(run=_check, to=sys.stdout)

    rule = commands.add_parser("rule", help="print the manual of a rule")
    rule.add_argument("ids", nargs="*", metavar="ID", help="the word in brackets at the end of a message")
    rule.add_argument("--all", action="store_true", help="print docs/rules.md")
    rule.set_defaults(run=_rule)

    schema = commands.add_parser("schema", help="print the JSON Schema of a meeting file, for editors")
    schema.add_argument("--keys", action="store_true", help="print docs/keys.md instead")
    _root_option(schema)
    schema.set_defaults(run=_schema, to=sys.stderr, output_format="text")
    return parser


def _root_option(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--root", type=Path, default=Path(), metavar="DIR", help="the folder of meetings/ and templates/ (here)"
    )


def _problem_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--strict", action="store_true", help="fail on warnings as on errors")
    command.add_argument(
        "--output-format",
        choices=FORMATS,
        default="text",
        help="how problems are said: to people, or on standard output to programs (text)",
    )


def _build(options: argparse.Namespace) -> int:
    from deckgen.build import build

    start = time.perf_counter()
    output = options.output or options.root / "build" / str(options.meeting)
    built = build(options.root, options.meeting, output, options.pptx, options.pdf)
    _tell(built.problems, options)
    names = ", ".join(path.name for path in built.files)
    took = time.perf_counter() - start
    stream = sys.stdout if options.output_format == "text" else sys.stderr
    print(f"{output}: {names} ({built.pages} pages, {_count(built.problems, 'warning')}, {took:.2f} s)", file=stream)
    if built.upload:
        print(f"upload: {built.upload}", file=stream)
    return _exit_code(built.problems, options)


def _verify(options: argparse.Namespace) -> int:
    code = 0
    for path in options.files:
        problems = _verified(path)
        _tell(problems, options)
        print(f"{path}: {_count(problems, 'error')}, {_count(problems, 'warning')}")
        code |= _exit_code(problems, options)
    return code


def _verified(path: Path) -> Sequence[Problem]:
    from deckgen.files import read_bounded
    from deckgen.verify import MOST_BYTES, verify

    try:
        return verify(read_bounded(path, MOST_BYTES), str(path))
    except DeckError as error:
        return error.problems


def _check(options: argparse.Namespace) -> int:
    from deckgen.build import check
    from deckgen.meeting import meeting_numbers

    numbers = options.meetings or meeting_numbers(options.root)
    if not numbers:
        print(f"there is no meeting in {options.root / 'meetings'}", file=sys.stderr)
        return 2
    problems = in_order(problem for number in numbers for problem in check(options.root, number))
    _tell(problems, options)
    if options.output_format == "text":
        listed = ", ".join(map(str, numbers))
        print(f"{listed}: {_count(problems, 'error')}, {_count(problems, 'warning')}", file=sys.stderr)
    return _exit_code(problems, options)


def _rule(options: argparse.Namespace) -> int:
    from deckgen.manual import ids, manual, whole_manual

    if options.all:
        print(whole_manual(), end="")
        return 0
    unknown = [id for id in options.ids if id not in ids()]
    for id in unknown:
        print(f"no rule is called `{id}`; {nearest(id, ids()) or 'see docs/rules.md'}", file=sys.stderr)
    if unknown:
        return 2
    print("\n\n".join(f"{id}\n{manual(id)}" for id in options.ids) if options.ids else "\n".join(ids()))
    return 0


def _schema(options: argparse.Namespace) -> int:
    from deckgen.keys import keys_page
    from deckgen.meeting_schema import meeting_schema, schema_text

    schema = meeting_schema(options.root)
    print(keys_page(schema) if options.keys else schema_text(schema), end="")
    return 0


def _exit_code(problems: Sequence[Problem], options: argparse.Namespace) -> int:
    return int(any(problem.severity == "error" or options.strict for problem in problems))


def _count(problems: Sequence[Problem], severity: str) -> str:
    count = sum(problem.severity == severity for problem in problems)
    return f"{count} {severity}{'s' * (count != 1)}"


def _tell(problems: Sequence[Problem], options: argparse.Namespace) -> None:
    """Say the problems: text to the stream of the command, anything else to standard output."""
    if options.output_format == "text":
        from deckgen.messages import text_messages

        for line in text_messages(problems, options.root, _in_colour(options.to)):
            print(line, file=options.to)
        return
    from deckgen import formats
    from deckgen.manual import manual

    match options.output_format:
        case "json":
            print(formats.json_report(problems, options.root))
        case "github" if problems:
            print(formats.github_report(problems, options.root))
        case "sarif":
            print(formats.sarif_report(problems, options.root, manual))


def _in_colour(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR")


if __name__ == "__main__":
    sys.exit(main())
