"""Base revision -> the decks that a pull request touches: built, checked and reviewed, and what CI shows of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from deckgen.base import Frozen, replace
from deckgen.base.files import MAX_BYTES, read_bounded
from deckgen.build.several import Job, Outcome, build_one, lost, side_by_side
from deckgen.meeting import MEETINGS, TEMPLATES, meeting_numbers
from deckgen.meeting.history import read_remembered, remembered
from deckgen.meeting.load import FACTS
from deckgen.problems import DeckError, Problem, Result, in_order
from deckgen.review.make import review
from deckgen.review.revision import Revision, RevisionError, base_of, changed_files, folder_in_repository, text_at
from deckgen.source import plain, read, read_text

_YAML = re.compile(rf"{MEETINGS}/(\d+)(?:\.facts)?\.yaml")
_OF_A_MEETING = re.compile(rf"{MEETINGS}/(?:.*/)?(\d+)\b[^/]*")


class Checked(Frozen):
    """A deck in CI: what became of it, and its review as a table."""

    outcome: Outcome
    table: str


class Touched(Frozen):
    """The meetings to look at, why, and the commit to compare them with."""

    numbers: tuple[int, ...]
    why: str
    commit: str


def touched(root: Path, base: str) -> Touched:
    """The meetings that differ from where this branch left `base`; without a base, or without its history, all."""
    numbers = tuple(meeting_numbers(root))
    if not base:
        return Touched(numbers, "no base is named: all meetings", "")
    try:
        revision = base_of(root, base)
        files = changed_files(root, revision)
    except RevisionError as error:
        return Touched(numbers, f"{error}: all meetings", "")
    for what, folders in (("templates", (f"{TEMPLATES}/",)), ("program", ("deckgen/", "requirements/"))):
        if any(name.startswith(folders) for name in files):
            return Touched(numbers, f"the {what} changed: all meetings", revision.commit)
    named = {int(match[1]) for name in files if (match := _OF_A_MEETING.match(name))}
    using = {number for number in numbers if _mentions(root, number, files)}
    first = min((n for name in files if (n := _remembered_anew(root, revision, name))), default=None)
    later = {number for number in numbers if first is not None and number > first}
    found = tuple(number for number in numbers if number in named | using | later)
    why = f"changed: {', '.join(map(str, found))}" if found else "no meeting changed"
    return Touched(found, why, revision.commit)


def _mentions(root: Path, number: int, files: Sequence[str]) -> bool:
    """Whether a meeting's file names one of the files, such as a picture."""
    try:
        text = read_bounded(root / MEETINGS / f"{number}.yaml", MAX_BYTES).decode("utf-8", "replace")
    except DeckError:
        return True  # the build will say why
    return any(name in text for name in files if not name.endswith(".yaml"))


def _remembered_anew(root: Path, revision: Revision, name: str) -> int | None:
    """The meeting of a file that says something new of the facts that later decks show too; None for any other."""
    found = _YAML.fullmatch(name)
    if found is None:
        return None
    try:
        kinds = remembered(read(root / FACTS, FACTS).get())
        now, before = (
            plain(read_remembered(text, name, kinds).get())
            for text in (_text(root / name, name), text_at(root, revision, name))
        )
    except DeckError:
        return int(found[1])  # the builds will say why
    return int(found[1]) if now != before else None


def _text(path: Path, name: str) -> str:
    return read_text(path, name).get() if path.exists() else ""


def check_decks(root: Path, asked: Touched, output: Path) -> Iterator[Checked]:
    """Each deck built and reviewed, as they finish."""
    return side_by_side(
        [
            Job(partial(_check, number, root, asked.commit, output), partial(_lost, number, output / str(number)))
            for number in asked.numbers
        ]
    )


def _lost(number: int, output: Path, problem: Problem) -> Checked:
    return Checked(lost(number, output, problem), "")


def _check(number: int, root: Path, against: str, output: Path) -> Checked:
    outcome = build_one(number, root, output / str(number))
    try:
        return Checked(outcome, review(root, number, against, output / str(number) / "review").table)
    except DeckError as error:
        problems = in_order([*outcome.built.problems, *error.problems])
        return Checked(replace(outcome, built=Result(None, problems)), "")


def in_repository(problems: Sequence[Problem], root: Path) -> list[Problem]:
    """The problems with the paths that CI knows: those from the top of the repository."""
    prefix = folder_in_repository(root)
    return [replace(p, origin=replace(p.origin, path=prefix + p.origin.path)) for p in problems]
