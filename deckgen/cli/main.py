"""Command line -> exit code: the only place that prints; 0 is well, 1 is the author's, 2 is wrong usage."""

from __future__ import annotations

import argparse
import errno
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

from deckgen import __version__
from deckgen.cli import next_meeting
from deckgen.cli.next_meeting import numbered
from deckgen.problems import DeckError, Problem, in_order, nearest

if TYPE_CHECKING:
    from deckgen.base.processes import Beside
    from deckgen.build.several import Outcome
    from deckgen.cli.ci import Checked

T = TypeVar("T")
FORMATS = ("text", "json", "github", "sarif")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except DeckError as error:
        _tell(error.problems, options)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except OSError as error:
        if error.filename is not None or error.errno not in (errno.ENOSPC, errno.EIO):
            raise
        print(f"standard output cannot be written: {error.strerror}", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what Python still has to write
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("deckgen", description="Slide decks of IETF area meetings, from YAML.")
    parser.add_argument("--version", action="version", version=f"deckgen {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    build = commands.add_parser("build", help="write the PowerPoint, the PDF and the outline of meetings")
    build.add_argument("meetings", type=numbered, nargs="*", metavar="MEETING", help="numbers of meetings, such as 124")
    build.add_argument("--all", action="store_true", help="all meetings that have a file")
    build.add_argument("--output", type=Path, metavar="DIR", help="where the files go (build/MEETING)")
    build.add_argument("--pdf", action=argparse.BooleanOptionalAction, default=True, help="write the PDF")
    build.add_argument("--pptx", action=argparse.BooleanOptionalAction, default=True, help="write the PowerPoint")
    build.add_argument("--open", action="store_true", help="show what was built")
    build.add_argument("--quiet", "-q", action="store_true", help="say only what is wrong")
    build.add_argument("--verbose", "-v", action="store_true", help="say how long each stage took")
    _problem_options(build)
    _root_option(build)
    build.set_defaults(run=_build, to=sys.stderr, fail=build.error)
    _review_commands(commands)
    next_meeting.add_commands(commands)

    verify = commands.add_parser("verify", help="find what makes PowerPoint repair a file, or a screen reader stumble")
    verify.add_argument("files", type=Path, nargs="+", metavar="FILE.pptx", help="presentations, made by whatever")
    verify.add_argument("--strict", action="store_true", help="fail on warnings as on errors")
    verify.set_defaults(run=_verify, root=Path(), to=sys.stderr, output_format="text")

    check = commands.add_parser("check", aliases=["lint"], help="say what is wrong with meetings, and write nothing")
    check.add_argument("meetings", type=numbered, nargs="*", metavar="MEETING", help="their numbers (all)")
    _problem_options(check)
    _root_option(check)
    check.set_defaults(run=_check, to=sys.stdout)

    rule = commands.add_parser("rule", help="print the manual of a rule, or the list of them")
    rule.add_argument("ids", nargs="*", metavar="ID", help="the word in brackets at the end of a message")
    rule.add_argument("--all", action="store_true", help="print docs/rules.md")
    rule.set_defaults(run=_rule)

    schema = commands.add_parser("schema", help="print the JSON Schema of a meeting file, for editors")
    schema.add_argument("--keys", action="store_true", help="print docs/keys.md instead")
    _root_option(schema)
    schema.set_defaults(run=_schema, to=sys.stderr, output_format="text")
    return parser


def _review_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    review = commands.add_parser("review", help="show a deck beside what it was")
    review.add_argument("meeting", type=numbered, help="the number of the meeting, such as 124")
    review.add_argument(
        "--against", default="", metavar="REF", help="a git revision or a meeting (the merge base with the main branch)"
    )
    review.add_argument("--output", type=Path, metavar="DIR", help="where the page goes (build/MEETING/review)")
    review.add_argument("--open", action="store_true", help="show the page")
    _root_option(review)
    review.set_defaults(run=_review, to=sys.stderr, output_format="text")

    preview = commands.add_parser("preview", help="show the slides in a browser while you type")
    preview.add_argument("meeting", type=numbered, help="the number of the meeting, such as 124")
    preview.add_argument("--port", type=int, default=8123, help="the first port to try (8123)")
    preview.add_argument("--open", action="store_true", help="open the browser")
    _root_option(preview)
    preview.set_defaults(run=_preview, to=sys.stderr, output_format="text")

    ci = commands.add_parser("ci-decks", help="build and review the decks that differ from a base revision")
    ci.add_argument("--base", default="", metavar="REF", help="the branch or commit this one goes into (all decks)")
    _root_option(ci)
    ci.set_defaults(run=_ci_decks, to=sys.stderr, output_format="text")


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
        options.fail("which meeting? a number, such as 124, or --all")
    base = options.output or options.root / "build"
    outputs = [base if options.output and len(numbers) == 1 else base / str(number) for number in numbers]
    outcomes = build_several(numbers, options.root, outputs, options.pptx, options.pdf, beside, options.strict)
    problems: list[Problem] = []
    for outcome in _counted(outcomes, len(numbers), options.quiet):
        problems += outcome.problems
        if options.output_format == "text":
            _tell(outcome.problems, options)
        _say_built(outcome, options)
    if options.output_format != "text":
        _tell(in_order(problems), options)
    return _exit_code(problems, options)


def _say_built(outcome: Outcome, options: argparse.Namespace) -> None:
    built = outcome.built
    if built is None:
        return
    stream = sys.stdout if options.output_format == "text" else sys.stderr
    if not options.quiet:
        names = ", ".join(path.name for path in built.files)
        said = f"{built.pages} pages, {_count(built.problems, 'warning')}, {outcome.seconds:.2f} s"
        print(f"{outcome.output}: {names} ({said})", file=stream, flush=True)
        if built.upload:
            print(f"upload: {built.upload}", file=stream)
    if options.verbose:
        print("  " + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in built.stages.items()), file=stream)
    if options.open and built.files:
        _open(next((path for path in built.files if path.suffix == ".pdf"), built.files[0]))


def _verify(options: argparse.Namespace) -> int:
    code = 0
    for path in options.files:
        problems = _verified(path)
        _tell(problems, options)
        print(f"{path}: {_count(problems, 'error')}, {_count(problems, 'warning')}")
        code |= _exit_code(problems, options)
    return code


def _verified(path: Path) -> Sequence[Problem]:
    from deckgen.base.files import read_bounded
    from deckgen.proof.verify import MOST_BYTES, verify

    try:
        return verify(read_bounded(path, MOST_BYTES), str(path))
    except DeckError as error:
        return error.problems


def _check(options: argparse.Namespace) -> int:
    from deckgen.build.one import check
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
    from deckgen.rules.manual import ids, manual, title, whole_manual

    if options.all:
        print(whole_manual(), end="")
        return 0
    unknown = [id for id in options.ids if id not in ids()]
    for id in unknown:
        print(f"no rule is called `{id}`; {nearest(id, ids()) or 'see docs/rules.md'}", file=sys.stderr)
    if unknown:
        return 2
    listed = [f"{id:24} {title(id)}" for id in ids()]
    print("\n\n".join(f"{id}\n{manual(id)}" for id in options.ids) if options.ids else "\n".join(listed))
    return 0


def _schema(options: argparse.Namespace) -> int:
    from deckgen.meeting.editor_schema import meeting_schema, schema_text
    from deckgen.meeting.keys import keys_page

    schema = meeting_schema(options.root)
    print(keys_page(schema) if options.keys else schema_text(schema), end="")
    return 0


def _review(options: argparse.Namespace) -> int:
    from deckgen.review.make import review

    start = time.perf_counter()
    output = options.output or options.root / "build" / str(options.meeting) / "review"
    reviewed = review(options.root, options.meeting, options.against, output)
    _tell([problem for problem in reviewed.problems if problem.severity == "error"], options)
    for notice in reviewed.notices:
        print(notice, file=sys.stderr)
    print(f"{reviewed.files[0]}: {reviewed.summary} ({time.perf_counter() - start:.2f} s)")
    if options.open:
        _open(reviewed.files[0])
    return 1 if reviewed.failed else 0


def _preview(options: argparse.Namespace) -> int:
    try:
        from deckgen.preview.server import serve
    except ModuleNotFoundError as error:
        print(f"preview needs {error.name}: pip install 'deckgen[preview]'", file=sys.stderr)
        return 2

    def tell(address: str) -> None:
        print(f"{address} (Ctrl-C ends it)", flush=True)
        if options.open:
            _open(address)

    serve(options.root, options.meeting, options.port, tell)
    return 0


def _ci_decks(options: argparse.Namespace) -> int:
    from deckgen.cli.ci import check_decks, touched

    output = options.root / "build"
    asked = touched(options.root, options.base)
    print(asked.why, flush=True)
    done = []
    for checked in _counted(check_decks(options.root, asked, output), len(asked.numbers), quiet=False):
        outcome = checked.outcome
        _tell(outcome.problems, options)
        print(f"{outcome.output}: {'built' if outcome.built else 'has errors'}, reviewed", flush=True)
        done.append(checked)
    done.sort(key=lambda checked: checked.outcome.number)
    _leave_for_ci(done, asked.why, options.root, output)
    return 0 if all(checked.outcome.built for checked in done) else 1


def _leave_for_ci(done: Sequence[Checked], why: str, root: Path, output: Path) -> None:
    """The problems on the lines of a pull request, and the tables of all reviews."""
    from deckgen.cli.ci import in_repository
    from deckgen.problems.machine import github_report, gitlab_report

    problems = in_repository(in_order(p for checked in done for p in checked.outcome.problems), root)
    summary = "\n".join(checked.table for checked in done) or f"{why}.\n"
    output.mkdir(parents=True, exist_ok=True)
    (output / "summary.md").write_text(summary, "utf-8")
    (output / "code-quality.json").write_text(gitlab_report(problems), "utf-8")
    if os.environ.get("GITHUB_ACTIONS") and problems:
        print(github_report(problems, Path()), flush=True)
    if os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(os.environ["GITHUB_STEP_SUMMARY"]).open("a", encoding="utf-8") as file:
            file.write(summary)


def _counted(results: Iterable[T], total: int, quiet: bool) -> Iterator[T]:
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


def _open(target: Path | str) -> None:
    import webbrowser

    webbrowser.open(target if isinstance(target, str) else target.resolve().as_uri())


def _exit_code(problems: Sequence[Problem], options: argparse.Namespace) -> int:
    return int(any(problem.severity == "error" or options.strict for problem in problems))


def _count(problems: Sequence[Problem], severity: str) -> str:
    count = sum(problem.severity == severity for problem in problems)
    return f"{count} {severity}{'s' * (count != 1)}"


def _tell(problems: Sequence[Problem], options: argparse.Namespace) -> None:
    """Say the problems: text to the stream of the command, anything else to standard output."""
    if options.output_format == "text":
        from deckgen.problems.text import text_messages

        for line in text_messages(problems, options.root, _in_colour(options.to)):
            print(line, file=options.to)
        return
    from deckgen.problems import machine as formats
    from deckgen.rules.manual import manual

    match options.output_format:
        case "json":
            print(formats.json_report(problems, options.root))
        case "github" if problems:
            print(formats.github_report(problems, options.root))
        case "sarif":
            print(formats.sarif_report(problems, options.root, manual))


def _in_colour(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR")
