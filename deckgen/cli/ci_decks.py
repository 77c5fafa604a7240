"""Base revision -> the decks that differ from it, and what CI shows of them: `deckgen ci-decks`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from deckgen.cli.options import add_root
from deckgen.cli.terminal import annotate, counted, say, tell
from deckgen.problems import in_order, one_line

if TYPE_CHECKING:
    from deckgen.review.touched import Checked


def add_options(command: argparse.ArgumentParser) -> None:
    """What to compare with."""
    command.add_argument(
        "--base", default="", metavar="REF", help="the branch or commit this one goes into (all decks)"
    )
    add_root(command)


def run(options: argparse.Namespace) -> int:
    """Build and review the decks."""
    from deckgen.review.touched import check_decks, touched

    output = options.root / "build"
    asked = touched(options.root, options.base)
    say(asked.why)
    done = []
    for checked in counted(check_decks(options.root, asked, output), len(asked.numbers), quiet=False):
        outcome = checked.outcome
        tell(outcome.built.problems, options)
        say(f"{outcome.output}: {'built' if outcome.built.value else 'has errors'}, reviewed")
        done.append(checked)
    done.sort(key=lambda checked: checked.outcome.number)
    _leave_for_ci(done, asked.why, options.root, output)
    return 0 if all(checked.outcome.built.value for checked in done) else 1


def _leave_for_ci(done: Sequence[Checked], why: str, root: Path, output: Path) -> None:
    """The problems on the lines of a pull request, and the tables of all reviews."""
    from deckgen.base.files import write_all
    from deckgen.problems.machine import gitlab_report
    from deckgen.review.touched import in_repository

    problems = in_repository(in_order(p for checked in done for p in checked.outcome.built.problems), root)
    summary = "\n".join(checked.table for checked in done) or f"{one_line(why)}.\n"
    files = {"summary.md": summary, "code-quality.json": gitlab_report(problems)}
    write_all(output, {name: text.encode() for name, text in files.items()}, root)
    if os.environ.get("GITHUB_ACTIONS") and problems:
        annotate(problems, Path())
    if os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(os.environ["GITHUB_STEP_SUMMARY"]).open("a", encoding="utf-8") as file:
            file.write(summary)
