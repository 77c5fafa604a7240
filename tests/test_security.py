"""SECURITY.md × tests -> each promise names its tests, each such test is named, and the numbers are true."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from support.repository import ROOT

from deckgen.base import budget, files
from deckgen.deck import compose, pictures, rasters, svg
from deckgen.layout import trial
from deckgen.source.read import MAX_CHARACTERS, MAX_DEPTH, MAX_NODES

Test = tuple[str, str]
PROMISED = (ROOT / "SECURITY.md").read_text("utf-8").partition("## What is promised")[2].partition("\n## ")[0]
MARK = "pytest.mark.promise"


def sentences(promised: str) -> Iterator[tuple[str, list[Test]]]:
    """Each promise, with the file and the name of each of its tests."""
    for line in promised.splitlines():
        if line and not line.startswith(("### ", "| Promise |", "| --- ")):
            promise, _, tests = line.strip("| ").partition(" | ")
            yield promise, [(path, name) for name, path in re.findall(r"\[`(\w+)`\]\(([\w/.]+)\)", tests)]


def marked(path: Path) -> Iterator[Test]:
    """The tests of a file that hold a promise of SECURITY.md."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef) and MARK in map(ast.unparse, node.decorator_list):
            yield path.relative_to(ROOT).as_posix(), node.name


def test_each_promise_names_its_tests_and_each_such_test_is_named() -> None:
    """The two lists are equal, and no sentence of the section is without a test."""
    named = dict(sentences(PROMISED))
    tests = {test for path in (ROOT / "tests").rglob("test_*.py") for test in marked(path)}

    assert [promise for promise, its in named.items() if not its] == []
    assert {test for its in named.values() for test in its} == tests
    assert len(named) > 25


def test_a_promise_is_one_sentence() -> None:
    """A second sentence in a row would have no test of its own."""
    assert [promise for promise, _ in sentences(PROMISED) if re.search(r"[.;] \S", promise)] == []


def test_a_promise_without_a_test_is_found() -> None:
    """A row without a test, one whose test has another form, and prose beside the rows."""
    promised = "| One | [`test_one`](tests/a.py) |\n| Two |  |\n| Three | `test_three` |\nFour.\n"

    assert dict(sentences(promised)) == {"One": [("tests/a.py", "test_one")], "Two": [], "Three": [], "Four.": []}


def test_numbers_are_those_of_the_program() -> None:
    """Each limit that SECURITY.md states, from the constant that the program uses."""
    pixels, side = rasters.MAX_PIXELS, rasters.MAX_SIDE
    limits = trial.LIMITS
    stated = (
        f"a file has at most {files.MAX_BYTES:,} bytes",
        f"at most {MAX_NODES:,} values, {MAX_CHARACTERS:,} characters and {MAX_DEPTH} levels",
        f"at most {compose.MAX_SLIDES:,} slides",
        f"it has at most {pictures.MAX_BYTES:,} bytes",
        f"at most {pixels:,} pixels, and {side:,} in a row",
        f"at most {pictures.MAX_BYTES_OF_ALL:,} bytes and {pictures.MAX_PIXELS_OF_ALL:,} pixels",
        f"at most {svg.MAX_ELEMENTS:,} elements",
        f"after {budget.SECONDS} s of CPU time, or at {budget.MEMORY / 10**9:g} GB of memory a process",
        f"after {budget.PATIENCE} s by the clock",
        f"{limits.seconds} s of CPU time for one, {limits.seconds_of_all} s for all, or at "
        f"{limits.memory // 10**6} MB of memory",
    )

    assert [words for words in stated if words.lower() not in PROMISED.lower()] == []
