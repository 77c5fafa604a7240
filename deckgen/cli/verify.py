"""Files -> what makes PowerPoint repair them, or what a screen reader cannot announce: `deckgen verify`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from deckgen.cli.options import add_strict
from deckgen.cli.terminal import count, exit_code, say, tell
from deckgen.problems import DeckError, Problem


def add_options(command: argparse.ArgumentParser) -> None:
    """The options: which files."""
    command.add_argument(
        "files", type=Path, nargs="+", metavar="FILE.pptx", help="the .pptx files, made by any program"
    )
    add_strict(command)


def run(options: argparse.Namespace) -> int:
    """Verify each file in turn."""
    code = 0
    for path in options.files:
        problems = _verified(path)
        tell(problems, options)
        say(f"{path}: {count(problems, 'error')}, {count(problems, 'warning')}")
        code |= exit_code(problems, options)
    return code


def _verified(path: Path) -> Sequence[Problem]:
    from deckgen.base.files import read_bounded
    from deckgen.proof.verify import MAX_BYTES, verify

    try:
        return verify(read_bounded(path, MAX_BYTES), str(path))
    except DeckError as error:
        return error.problems
