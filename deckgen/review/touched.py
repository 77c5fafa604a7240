"""Base revision -> the decks that a pull request touches: built, checked and reviewed, with their output for CI."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from deckgen.base import Frozen, replace
from deckgen.base.files import MAX_BYTES, read_bounded
from deckgen.build.several import Job, build_one, lost, side_by_side
from deckgen.meeting import MEETINGS, TEMPLATES, id_of, list_meetings, order_of, read_template
from deckgen.meeting.areas import AREAS, default_area
from deckgen.meeting.history import read_remembered, remembered
from deckgen.meeting.ids import ID
from deckgen.problems import DeckError, Problem, Result, in_order
from deckgen.review.index import Entry, entry_of
from deckgen.review.make import review
from deckgen.review.revision import Revision, RevisionError, base_of, changed_files, folder_in_repository, text_at
from deckgen.source import plain, read_text

_MEETING = re.compile(rf"{MEETINGS}/((?:{ID}/)?{ID})\.yaml")
_YAML = re.compile(rf"{MEETINGS}/((?:{ID}/)?{ID})(?:\.facts)?\.yaml")
_OF_AN_AREA = re.compile(rf"{AREAS}/({ID})/")


class Touched(Frozen):
    """The meetings to build, why, and the commit to compare them with; `every` are all meetings."""

    meetings: tuple[str, ...]
    every: tuple[str, ...]
    why: str
    commit: str = ""


def touched(root: Path, base: str, area: str | None = None) -> Touched:
    """The meetings that differ from where this branch left `base`; without a base, or without its history, all.

    With an area, only its own.
    """
    meetings = tuple(list_meetings(root, area))
    if not meetings:
        return Touched((), (), f"no meeting is left in {MEETINGS}/")
    if not base:
        return Touched(meetings, meetings, "no base given: all meetings")
    try:
        revision = base_of(root, base)
        files = changed_files(root, revision)
    except RevisionError as error:
        return Touched(meetings, meetings, f"{error}: all meetings")
    found, why = _changed(root, meetings, files, revision)
    deleted = {match[1] for name in files if (match := _MEETING.fullmatch(name))} - set(list_meetings(root))
    also = f"; deleted: {', '.join(sorted(deleted))}" if deleted else ""
    return Touched(found, meetings, why + also, revision.commit)


def _changed(
    root: Path, meetings: tuple[str, ...], files: Sequence[str], revision: Revision
) -> tuple[tuple[str, ...], str]:
    """The meetings that changed, and why."""
    for what, holds in (("templates", _is_template), ("program", _is_program)):
        if any(map(holds, files)):
            return meetings, f"the {what} changed: all meetings"
    default = default_area(root)
    area = {meeting: meeting.rpartition("/")[0] or default for meeting in meetings}
    of_areas = {match[1] for name in files if (match := _OF_AN_AREA.match(name))}
    rank = order_of(root).rank
    anew = [one for name in files if (one := _remembered_anew(root, revision, name))]
    found = tuple(
        meeting
        for meeting in meetings
        if area[meeting] in of_areas
        or any(_belongs(meeting, name) for name in files)
        or _mentions(root, meeting, files)
        or any(area.get(one) == area[meeting] and rank(id_of(meeting)) > rank(id_of(one)) for one in anew)
    )
    return found, f"changed: {', '.join(found)}" if found else "no meeting changed"


def _is_template(name: str) -> bool:
    return name.startswith(f"{TEMPLATES}/") and not name.startswith(f"{AREAS}/")


def _is_program(name: str) -> bool:
    return name.startswith(("deckgen/", "requirements/"))


def _belongs(meeting: str, name: str) -> bool:
    """Whether a file is named after a meeting, as its own file and its pictures are."""
    folder, id = f"{MEETINGS}/{meeting.removesuffix(id_of(meeting))}", re.escape(id_of(meeting))
    return name.startswith(folder) and bool(re.match(rf"(?:.*/)?{id}(?![a-z0-9])", name.removeprefix(folder)))


def _mentions(root: Path, meeting: str, files: Sequence[str]) -> bool:
    """Whether a meeting's file names one of the files, such as a picture."""
    try:
        text = read_bounded(root / MEETINGS / f"{meeting}.yaml", MAX_BYTES).decode("utf-8", "replace")
    except DeckError:
        return True  # the build will report why
    return any(name in text for name in files if not name.endswith(".yaml"))


def _remembered_anew(root: Path, revision: Revision, name: str) -> str | None:
    """The meeting of a file with changed facts that later decks show too; None for any other file."""
    found = _YAML.fullmatch(name)
    if found is None:
        return None
    try:
        kinds = remembered(read_template(root, found[1], "facts").get().source)
        now, before = (
            plain(read_remembered(text, name, kinds).get())
            for text in (_text(root / name, name), text_at(root, revision, name))
        )
    except DeckError:
        return found[1]  # the builds will report why
    return found[1] if now != before else None


def _text(path: Path, name: str) -> str:
    return read_text(path, name).get() if path.exists() else ""


def check_decks(root: Path, asked: Touched, meetings: Sequence[str], output: Path) -> Iterator[Entry]:
    """Each of the decks built, and reviewed if it is touched, as they finish."""
    against = {meeting: asked.commit if meeting in asked.meetings else None for meeting in meetings}
    return side_by_side(
        [
            Job(partial(_check, meeting, root, against[meeting], output), partial(_lost, meeting, output))
            for meeting in meetings
        ]
    )


def _lost(meeting: str, output: Path, problem: Problem) -> Entry:
    return entry_of(lost(meeting, output / meeting, problem), output)


def _check(meeting: str, root: Path, against: str | None, output: Path) -> Entry:
    """The deck built, and reviewed against a commit; without one, against the merge base; not reviewed for None."""
    outcome = build_one(meeting, root, output / meeting)
    table = ""
    try:
        if against is not None:
            table = review(root, meeting, against, output / meeting / "review", sheet=True).table
    except DeckError as error:
        outcome = replace(outcome, built=Result(None, in_order([*outcome.built.problems, *error.problems])))
    return replace(entry_of(outcome, output), table=table)


def in_repository(problems: Sequence[Problem], root: Path) -> list[Problem]:
    """The problems with paths from the top of the repository, as CI needs them."""
    prefix = folder_in_repository(root)
    return [replace(p, origin=replace(p.origin, path=prefix + p.origin.path)) for p in problems]
