"""Outcomes of builds -> index.html: one page over all decks that were built, with their files, reviews and problems.

If each deck is built on a machine of its own, its entry is a file beside it, and the index is built from these files.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from deckgen.base import Frozen, ValidationError, from_json, replace, to_json
from deckgen.base.files import write_all
from deckgen.build.several import Outcome
from deckgen.meeting import MEETINGS, Order, id_of, order_of
from deckgen.problems import Origin, Problem
from deckgen.review.html import render
from deckgen.review.images import draw_first
from deckgen.review.places import places_now
from deckgen.review.report import counted
from deckgen.review.revision import folder_in_repository

_NAMES = {".pptx": "PowerPoint", ".pdf": "PDF", ".txt": "outline", ".md": "Markdown"}
REVIEW = "review/index.html"
RECORD = "entry.json"


class Link(Frozen):
    """An address, relative to the index, and its text."""

    name: str
    address: str


class Entry(Frozen):
    """A deck of the index; `table` is a summary of its review. A failed deck has its problems, and maybe a review."""

    meeting: str
    built: bool
    problems: tuple[Problem, ...]
    title: str = ""
    language: str = "en"
    date: str = ""
    pages: int = 0
    links: tuple[Link, ...] = ()
    review: str = ""
    table: str = ""
    upload: str = ""
    picture: bytes = b""


def entry_of(outcome: Outcome, folder: Path) -> Entry:
    """What an index in `folder` shows of a deck; its picture is the first page of the PDF, if one was built."""
    made, problems = outcome.built.value, outcome.built.problems
    page = outcome.output / REVIEW
    review = _address(page, folder) if page.exists() else ""
    if made is None:
        return Entry(outcome.meeting, False, problems, review=review)
    pdf = next((path for path in made.files if path.suffix == ".pdf"), None)
    return Entry(
        meeting=outcome.meeting,
        built=True,
        problems=problems,
        title=made.title,
        language=made.language,
        date=datetime.fromtimestamp(made.timestamp, UTC).date().isoformat(),
        pages=made.pages,
        links=tuple(Link(_NAMES[path.suffix], _address(path, folder)) for path in made.files),
        review=review,
        upload=made.upload,
        picture=draw_first(pdf.read_bytes()) if pdf else b"",
    )


def write_entry(entry: Entry, folder: Path, root: Path) -> None:
    """Leave an entry beside its deck, for an index in `folder`. Raises DeckError."""
    write_all(folder / entry.meeting, {RECORD: to_json(entry)}, root)


def read_entry(meeting: str, folder: Path) -> Entry:
    """The entry that `write_entry` left; without one, the deck failed."""
    path = folder / meeting / RECORD
    try:
        entry: Entry = from_json(path.read_bytes(), type=Entry)
        return entry
    except (FileNotFoundError, ValidationError):
        text = "the job that builds this deck ended without it"
        problem = Problem(Origin(f"{MEETINGS}/{meeting}.yaml"), "no-entry", text, "look into the log of the job")
        return Entry(meeting, False, (problem,))


def _address(path: Path, folder: Path) -> str:
    return quote(Path(os.path.relpath(path.absolute(), folder.absolute())).as_posix())


def tally(entries: Sequence[Entry]) -> str:
    """How many decks were built, how many failed, and how many warnings there are, in one line."""
    built = sum(entry.built for entry in entries)
    warnings = sum(problem.severity == "warning" for entry in entries for problem in entry.problems)
    return f"{built} built, {len(entries) - built} failed, {counted(warnings, 'warning')}"


def _name(meeting: str, order: Order) -> str:
    """What a deck without a title is called: the label of its meeting, and its area."""
    area, _, id = meeting.rpartition("/")
    return f"{order.label(id)}, {area}" if area else order.label(id)


def write_index(entries: Iterable[Entry], folder: Path, root: Path, notice: str = "") -> Path:
    """Write the index into `folder`, the newest meeting first, with a notice on top. Raises DeckError."""
    order = order_of(root)
    named = [replace(entry, title=entry.title or _name(entry.meeting, order)) for entry in entries]
    ordered = sorted(named, key=lambda entry: (order.rank(id_of(entry.meeting)), entry.meeting), reverse=True)
    places = places_now(os.environ, root, folder_in_repository(root), folder)
    page = render("index.html", entries=ordered, tally=tally(ordered), notice=notice, places=places)
    write_all(folder, {"index.html": page.encode()}, root)
    return folder / "index.html"
