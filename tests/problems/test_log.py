"""Any text of an author -> lines of a log in which no terminal and no runner of a CI job finds a command."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.fuzz import EVERY_KIND
from support.repository import ROOT
from support.specimen import SPECIMENS, lay_out_specimen

from deckgen.build.one import check
from deckgen.cli.main import main
from deckgen.problems import Origin, Problem
from deckgen.problems.machine import github_report, gitlab_report, json_report, sarif_report
from deckgen.problems.text import text_messages
from deckgen.source import dump, parse, plain

ORDERS = "\n::stop-commands::token\n  ::error file=a.py,line=1::false\n##[error]x ##vso[task.complete]\u2028::debug::y"
# What a terminal obeys or does not show, and what ends a line for whomever.
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def is_obeyed(line: str) -> bool:
    """Whether a runner of GitHub or Azure, or a terminal, finds a command in the line."""
    return line.lstrip().startswith("::") or bool(re.search(r"##\w*\[", line) or CONTROLS.search(line))


def assert_text(said: str) -> None:
    """Nothing in it is a command."""
    assert [line for line in said.split("\n") if is_obeyed(line)] == []


def assert_annotations(said: str, problems: tuple[Problem, ...]) -> None:
    """One genuine annotation for each problem, and nothing else."""
    lines = said.split("\n") if problems else []
    assert len(lines) == len(problems)
    for line, problem in zip(lines, problems, strict=True):
        assert line.startswith(f"::{problem.severity} file=")
        assert not CONTROLS.search(line)
        assert "##[" not in line


def assert_harmless(problems: tuple[Problem, ...], root: Path) -> None:
    """The problems in each output format."""
    assert_text("\n".join(text_messages(problems, root, colour=False)))
    assert_annotations(github_report(problems, root), problems)
    for report in (
        json_report(problems, root),
        sarif_report(problems, root, lambda rule: f"About {rule}"),
        gitlab_report(problems),
    ):
        assert_text(report)
    told = json.loads(json_report(problems, root))
    assert [one["text"].encode("utf-8", "surrogatepass") for one in told] == [
        problem.text.encode("utf-8", "surrogatepass") for problem in problems
    ]


FRAGMENTS = st.sampled_from(
    ["\n", "\r", "::", " ", "##[", "##vso[", "\x1b[2J", "\u2028", "\x85", "%0A", "\ud800", "a", "#"]
)
WORDS = st.lists(FRAGMENTS, max_size=8).map("".join)


@pytest.mark.promise
@given(WORDS, WORDS, WORDS, st.integers(0, 200))
@settings(deadline=None, max_examples=300)
def test_no_field_of_a_problem_is_a_command(text: str, hint: str, path: str, column: int) -> None:
    """Any text, hint, path and slide, and any line of a file at any column."""
    place = Origin(f"meetings/{path}", 0)
    through = Origin("letters.yaml", 1, column, len(text))
    problem = Problem(Origin(place.path, 0, through=through), "rule", text, hint, slide=path)

    assert_harmless((problem, Problem(through, "rule", text, hint)), Path())


def as_the_runner_reads(annotation: str) -> tuple[dict[str, str], str]:
    """The properties and the message of a workflow command.

    As the runner of GitHub Actions decodes them (`ActionCommand.cs` of github.com/actions/runner).
    """
    _, properties, message = annotation.split("::", 2)
    pairs = (pair.split("=", 1) for pair in properties.partition(" ")[2].split(","))
    return {key: _decoded(value, "\r\n:,%") for key, value in pairs}, _decoded(message, "\r\n%")


def _decoded(text: str, signs: str) -> str:
    for sign in signs:  # `%` is the last one there, too
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text


@pytest.mark.promise
@pytest.mark.parametrize("path", ["m/124.yaml", "m/a%2Cb,line=1.yaml", "m/a:b%3A.yaml", "m/100%.yaml"])
@pytest.mark.parametrize("text", ["100 % of it", "%0A::error::%25", "a%0D, b: c=d", "one\ntwo %0a"])
def test_an_annotation_is_read_as_it_was_written(text: str, path: str) -> None:
    """A `%0A`, a comma or a colon of an author is neither a line break nor the next property."""
    [line] = github_report([Problem(Origin(path, 3, 5, 7), "rule", text)], Path()).splitlines()

    properties = {"file": path, "line": "3", "col": "5", "endColumn": "11", "title": "rule"}
    assert as_the_runner_reads(line) == (properties, text)


def test_machines_are_told_where_a_problem_begins_and_ends() -> None:
    """SARIF counts the end behind the last character, an annotation on it."""
    problem = Problem(Origin("m.yaml", 3, 5, 7), "rule", "text")
    [result] = json.loads(sarif_report([problem], Path(), str))["runs"][0]["results"]

    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 5, "endColumn": 12}
    assert "line=3,col=5,endColumn=11" in github_report([problem], Path())


@pytest.mark.parametrize("column", range(1, 140, 3))
def test_an_excerpt_may_begin_anywhere(tmp_path: Path, column: int) -> None:
    """The window of a long line may begin with colons that are not a command in the whole line."""
    (tmp_path / "m.yaml").write_text("a " * 20 + "x::error::y ##[error] z" * 10, "utf-8")

    assert_harmless((Problem(Origin("m.yaml", 1, column), "rule", "text"),), tmp_path)


def injected(value: Any, at: Callable[[], bool]) -> Any:
    """A tree with commands in some of its texts and keys."""

    def word(text: Any) -> Any:
        return f"{text}{ORDERS}" if isinstance(text, (str, int, float)) and at() else text

    if isinstance(value, dict):
        return {word(key): injected(child, at) for key, child in value.items()}
    if isinstance(value, list):
        return [injected(child, at) for child in value]
    return word(value)


def variants(text: str) -> Iterator[str]:
    """The file with commands in one of its fields, for each field."""
    tree = plain(parse(text, "specimen").get())
    field = count = 0

    def here() -> bool:
        nonlocal count
        count += 1
        return count == field + 1

    while field <= count:
        count = 0
        yield dump(injected(tree, here))
        field += 1


@pytest.mark.promise
@pytest.mark.slow
def test_no_field_of_a_meeting_is_a_command(tmp_path: Path) -> None:
    """A line break and a command in each key and text of a deck of all kinds, one after the other."""
    start = tmp_path / "start.yaml"
    start.write_text(EVERY_KIND, "utf-8")
    root = lay_out_specimen(start, tmp_path / "root").root
    rules: set[str] = set()
    for text in variants(EVERY_KIND):
        (root / "meetings" / "124.yaml").write_text(text, "utf-8")
        problems = check(root, 124)
        rules |= {problem.rule for problem in problems if "::stop-commands::" in problem.text}
        assert_harmless(problems, root)

    assert len(rules) > 5


SPOILT = sorted(SPECIMENS.glob("*/*.bad.yaml"))


@pytest.mark.slow
@pytest.mark.parametrize("path", SPOILT, ids=lambda path: path.stem)
def test_no_specimen_contains_a_command(tmp_path: Path, path: Path) -> None:
    """Every rule reports once a file with a command in every text, and once a file with one in every third text."""
    specimen = lay_out_specimen(path, tmp_path)
    for step in (1, 3):
        for file in (specimen.root / "meetings").glob("*.yaml"):
            count = iter(range(100_000))
            tree = injected(
                plain(parse(file.read_text("utf-8"), "f").get()), lambda c=count, s=step: next(c) % s == s - 1
            )
            file.write_text(dump(tree), "utf-8")
        assert_harmless(check(specimen.root, specimen.number), specimen.root)


@pytest.mark.slow
@pytest.mark.promise
def test_a_whole_run_of_ci_prints_only_its_own_annotations(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Standard output and error, the summary and the code quality, of a deck with commands in every text."""
    start = tmp_path / "start.yaml"
    start.write_text(EVERY_KIND, "utf-8")
    root = lay_out_specimen(start, tmp_path / "root").root
    tree: Any = plain(parse(EVERY_KIND, "specimen").get())
    tree["slides"][f"x{ORDERS}"] = {"kind": "statement", "title": f"T{ORDERS}", "after": f"x{ORDERS}"}
    tree["slides"]["two"]["items"] = [f"Line{ORDERS}", f"TBD{ORDERS}"]
    (root / "meetings" / "124.yaml").write_text(dump(tree), "utf-8")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "step.md"))

    main(["ci-decks", "--root", str(root)])

    out, err = capsys.readouterr()
    genuine = [line for line in out.split("\n") if re.match(r"::(error|warning) file=meetings/124\.yaml[:,]", line)]
    assert genuine
    assert_text("\n".join(line for line in (*out.split("\n"), *err.split("\n")) if line not in genuine))
    for name in ("summary.md", "code-quality.json", "124/review/review.md"):
        assert_text((root / "build" / name).read_text("utf-8"))


@pytest.mark.promise
def test_arguments_of_the_command_line_are_not_commands(capsys: pytest.CaptureFixture[str]) -> None:
    """A workflow may get them from untrusted files: a file name, a rule, something that is not a number."""
    for command in (["verify", f"x{ORDERS}"], ["rule", f"x{ORDERS}"], ["check", f"x{ORDERS}"], ["fetch", ORDERS]):
        try:
            main([*command])
        except SystemExit as stopped:
            assert stopped.code == 2  # noqa: PT017
        out, err = capsys.readouterr()
        assert_text(out + err)


@pytest.mark.promise
def test_a_traceback_is_not_a_command(tmp_path: Path) -> None:
    """A bug of ours may have untrusted text in its traceback; here a program fails with such text."""
    code = (
        "import sys\nfrom deckgen.cli.terminal import tell_bug\nsys.excepthook = tell_bug\n"
        f"raise ValueError({ORDERS!r} + '\\x1b[2J')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path)

    assert done.stderr.startswith("Traceback")
    assert "stop-commands" in done.stderr
    assert_text(done.stderr)


def test_only_one_module_prints() -> None:
    """All output goes through `deckgen/cli/terminal.py`."""
    said = {
        path.relative_to(ROOT / "deckgen").as_posix()
        for path in (ROOT / "deckgen").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and _prints(node)
    }

    assert said == {"cli/terminal.py"}


def _prints(call: ast.Call) -> bool:
    named = ast.unparse(call.func)
    return named in ("print", "traceback.print_exc", "warnings.warn") or bool(re.match(r"sys\.std(out|err)\.w", named))
