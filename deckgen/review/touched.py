"""Base revision -> the decks that a pull request touches: built, checked and reviewed, and what CI shows of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from deckgen.base import Frozen, replace
from deckgen.base.files import MAX_BYTES, read_bounded
from deckgen.build.several import Job, build_one, lost, side_by_side
from deckgen.meeting import MEETINGS, TEMPLATES, meeting_numbers
from deckgen.meeting.history import read_remembered, remembered
from deckgen.meeting.load import FACTS
from deckgen.problems import DeckError, Problem, Result, in_order
from deckgen.review.index import Entry, entry_of
from deckgen.review.make import review
from deckgen.review.revision import Revision, RevisionError, base_of, changed_files, folder_in_repository, text_at
from deckgen.source import plain, read, read_text

_MEETING = re.compile(rf"{MEETINGS}/(\d+)\.yaml")
_YAML = re.compile(rf"{MEETINGS}/(\d+)(?:\.facts)?\.yaml")
_OF_A_MEETING = re.compile(rf"{MEETINGS}/(?:.*/)?(\d+)\b[^/]*")


class Touched(Frozen):
    """The meetings to look at, why, and the commit to compare them with; `every` are all that there are."""

    numbers: tuple[int, ...]
    every: tuple[int, ...]
    why: str
    commit: str = ""


def touched(root: Path, base: str) -> Touched:
    """The meetings that differ from where this branch left `base`; without a base, or without its history, all."""
    numbers = tuple(meeting_numbers(root))
    if not numbers:
        return Touched((), (), f"no meeting is left in {MEETINGS}/")
    if not base:
        return Touched(numbers, numbers, "no base is named: all meetings")
    try:
        revision = base_of(root, base)
        files = changed_files(root, revision)
    except RevisionError as error:
        return Touched(numbers, numbers, f"{error}: all meetings")
    found, why = _changed(root, numbers, files, revision)
    deleted = sorted({int(match[1]) for name in files if (match := _MEETING.fullmatch(name))} - set(numbers))
    also = f"; deleted: {', '.join(map(str, deleted))}" if deleted else ""
    return Touched(found, numbers, why + also, revision.commit)


def _changed(
    root: Path, numbers: tuple[int, ...], files: Sequence[str], revision: Revision
) -> tuple[tuple[int, ...], str]:
    """The meetings that are not as they were, and why."""
    for what, folders in (("templates", (f"{TEMPLATES}/",)), ("program", ("deckgen/", "requirements/"))):
        if any(name.startswith(folders) for name in files):
            return numbers, f"the {what} changed: all meetings"
    named = {int(match[1]) for name in files if (match := _OF_A_MEETING.match(name))}
    using = {number for number in numbers if _mentions(root, number, files)}
    first = min((n for name in files if (n := _remembered_anew(root, revision, name))), default=None)
    later = {number for number in numbers if first is not None and number > first}
    found = tuple(number for number in numbers if number in named | using | later)
    return found, f"changed: {', '.join(map(str, found))}" if found else "no meeting changed"


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


def check_decks(root: Path, asked: Touched, numbers: Sequence[int], output: Path) -> Iterator[Entry]:
    """Each of the decks built, and reviewed if it is touched, as they finish."""
    against = {number: asked.commit if number in asked.numbers else None for number in numbers}
    return side_by_side(
        [
            Job(partial(_check, number, root, against[number], output), partial(_lost, number, output))
            for number in numbers
        ]
    )


def _lost(number: int, output: Path, problem: Problem) -> Entry:
    return entry_of(lost(number, output / str(number), problem), output)


def _check(number: int, root: Path, against: str | None, output: Path) -> Entry:
    """The deck built, and reviewed against a commit; without one, against the merge base; for None, not at all."""
    outcome = build_one(number, root, output / str(number))
    table = ""
    try:
        if against is not None:
            table = review(root, number, against, output / str(number) / "review", sheet=True).table
    except DeckError as error:
        outcome = replace(outcome, built=Result(None, in_order([*outcome.built.problems, *error.problems])))
    return replace(entry_of(outcome, output), table=table)


def in_repository(problems: Sequence[Problem], root: Path) -> list[Problem]:
    """The problems with the paths that CI knows: those from the top of the repository."""
    prefix = folder_in_repository(root)
    return [replace(p, origin=replace(p.origin, path=prefix + p.origin.path)) for p in problems]
