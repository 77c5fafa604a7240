"""Room × seed -> the small faults put into its code that no quick test of it notices.

`make mutants ROOM=rules N=50 SEED=1`. Each fault is made in a copy of the repository, one at a time; a fault is noticed
when a test fails or takes too long.
"""

from __future__ import annotations

import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
ESCAPES = {"escape", "_escaped", "_plain", "one_line", "in_json", "attribute", "quote", "cleaned", "_link_target"}
# The code of a room, and the tests that hold it: its own, then those that look at its results from outside.
ROOMS = {
    "deck": (["deckgen/deck"], ["tests/deck", "tests/meeting", "tests/writers/test_code.py"]),
    "layout": (["deckgen/layout"], ["tests/layout", "tests/writers", "tests/rules"]),
    "proof": (["deckgen/proof"], ["tests/proof", "tests/build/test_decks.py"]),
    "rules": (["deckgen/rules"], ["tests/rules", "tests/deck/test_agenda.py", "tests/deck/test_left_out.py"]),
    "source": (["deckgen/source"], ["tests/source", "tests/meeting", "tests/problems", "tests/rules", "tests/cli"]),
    "bounds": (
        [
            "deckgen/base/characters.py",
            "deckgen/base/budget.py",
            "deckgen/base/apart.py",
            "deckgen/problems/machine.py",
        ],
        ["tests/base", "tests/problems", "tests/build/test_safety.py", "tests/deck/test_rasters.py"],
    ),
}
MAX_SECONDS = 600.0  # for the tests of a room without any fault
SWAPS: dict[type[ast.AST], str] = {
    **{ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "=="},
    **{ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is"},
    **{ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*", ast.FloorDiv: "*"},
}


class Fault(NamedTuple):
    """One part of a file, and what to write in its place; `start` and `end` are bytes."""

    path: str
    line: int
    start: int
    end: int
    old: str
    new: str


def faults_of(path: str, text: str) -> Iterator[Fault]:
    """Every small fault that can be made in a module, outside of its docstrings and annotations."""
    lines = text.encode().splitlines(keepends=True)
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line))
    for node in _code(ast.parse(text)):
        for part, new in _changes(node):
            start = offsets[part.lineno - 1] + part.col_offset
            end = offsets[(part.end_lineno or 0) - 1] + (part.end_col_offset or 0)
            old = text.encode()[start:end].decode()
            yield Fault(path, part.lineno, start, end, old, new)


def _code(tree: ast.AST) -> Iterator[ast.AST]:
    for name, value in ast.iter_fields(tree):
        for node in value if isinstance(value, list) else [value]:
            if not isinstance(node, ast.AST) or name in ("annotation", "returns", "decorator_list"):
                continue
            if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
                continue
            yield node
            if not isinstance(node, ast.JoinedStr):
                yield from _code(node)


def _changes(node: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """What of a node to replace, and by what."""
    match node:
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            yield test, f"(not ({ast.unparse(test)}))"
        case ast.comprehension(ifs=[test, *_]):
            yield test, f"(not ({ast.unparse(test)}))"
        case ast.Compare(left=left, ops=[operator], comparators=[right]):
            yield node, f"({ast.unparse(left)} {SWAPS[type(operator)]} {ast.unparse(right)})"
        case ast.BoolOp(op=operator, values=values):
            yield (
                node,
                "(" + (" or " if isinstance(operator, ast.And) else " and ").join(map(_in_brackets, values)) + ")",
            )
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in SWAPS:
            yield node, f"({_in_brackets(left)} {SWAPS[type(operator)]} {_in_brackets(right)})"
        case ast.Constant(value=bool() as value):
            yield node, str(not value)
        case ast.Constant(value=int() | float() as number):
            yield node, str(number * 10 if number > 10 else number + 1)
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[first, *_]) if name in ESCAPES:
            yield node, _in_brackets(first)
        case ast.Return(value=ast.expr()) if ast.unparse(node) != "return None":
            yield node, "return None"
        case ast.Raise() | ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()):
            yield node, "pass"


def _in_brackets(node: ast.expr) -> str:
    return f"({ast.unparse(node)})"


class Copy:
    """A copy of the repository, in which faults are made one at a time."""

    def __init__(self, folder: Path, tests: list[str]) -> None:
        self._folder = folder
        self._tests = tests
        self._made = 0
        self._seconds = MAX_SECONDS
        listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for name in listed.splitlines():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
        started = time.monotonic()
        if self._fails():
            sys.exit("a test fails without any fault")
        self._seconds = 30 + 4 * (time.monotonic() - started)

    def notices(self, fault: Fault) -> bool:
        """Whether a test fails, or takes too long, with the fault."""
        path = self._folder / fault.path
        sound = path.read_bytes()
        path.write_bytes(sound[: fault.start] + fault.new.encode() + sound[fault.end :])
        self._made += 1  # Python tells by the time and the size of a file whether it was compiled before
        os.utime(path, (self._made, self._made))
        try:
            return self._fails()
        finally:
            path.write_bytes(sound)

    def _fails(self) -> bool:
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-m", "quick", "-p", "no:cacheprovider", *self._tests]
        environment = os.environ | {"PYTHONPATH": str(self._folder)}
        try:
            done = subprocess.run(
                command, cwd=self._folder, env=environment, capture_output=True, timeout=self._seconds, check=False
            )
            return done.returncode != 0
        except subprocess.TimeoutExpired:
            return True


def main(room: str, count: int, seed: int) -> None:
    """Print the faults of a sample that nobody noticed, and how many were."""
    folders, tests = ROOMS[room]
    paths = [path for name in folders for path in sorted((ROOT / name).rglob("*.py")) or [ROOT / name]]
    named = [path.relative_to(ROOT).as_posix() for path in paths]
    faults = [fault for name in named for fault in faults_of(name, (ROOT / name).read_text("utf-8"))]
    sample = random.Random(seed).sample(faults, min(count, len(faults)))
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(Path(folder), tests)
        for fault in sample:
            if not copy.notices(fault):
                missed += 1
                print(f"{fault.path}:{fault.line}: `{fault.old}` -> `{fault.new}`", flush=True)
    noticed = len(sample) - missed
    print(f"{room}: {noticed} of {len(sample)} noticed ({noticed / len(sample):.0%}), of {len(faults)}; seed {seed}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
