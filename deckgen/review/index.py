"""Outcomes of builds -> index.html: one page over all decks that were built, with their files, reviews and problems."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from deckgen.base import Frozen
from deckgen.base.files import write_all
from deckgen.build.several import Outcome
from deckgen.problems import Problem
from deckgen.review.html import render
from deckgen.review.images import draw_first
from deckgen.review.places import places_now
from deckgen.review.report import counted
from deckgen.review.revision import folder_in_repository

_NAMES = {".pptx": "PowerPoint", ".pdf": "PDF", ".txt": "outline", ".md": "Markdown"}
REVIEW = "review/index.html"


class Link(Frozen):
    """An address, seen from the index, and what it is called."""

    name: str
    address: str


class Entry(Frozen):
    """A deck of the index. One that failed has its number, its problems and perhaps a review."""

    number: int
    built: bool
    problems: tuple[Problem, ...]
    title: str = ""
    language: str = "en"
    date: str = ""
    pages: int = 0
    links: tuple[Link, ...] = ()
    review: str = ""
    upload: str = ""
    picture: bytes = b""


def entry_of(outcome: Outcome, folder: Path) -> Entry:
    """What an index in `folder` shows of a deck; its picture is the first page of the PDF, if one was built."""
    made, problems = outcome.built.value, outcome.built.problems
    page = outcome.output / REVIEW
    review = _address(page, folder) if page.exists() else ""
    if made is None:
        return Entry(outcome.number, False, problems, f"IETF {outcome.number}", review=review)
    pdf = next((path for path in made.files if path.suffix == ".pdf"), None)
    return Entry(
        number=outcome.number,
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


def _address(path: Path, folder: Path) -> str:
    return quote(Path(os.path.relpath(path.absolute(), folder.absolute())).as_posix())


def tally(entries: Sequence[Entry]) -> str:
    """How many decks were built, how many failed, and how many warnings there are, in one line."""
    built = sum(entry.built for entry in entries)
    warnings = sum(problem.severity == "warning" for entry in entries for problem in entry.problems)
    return f"{built} built, {len(entries) - built} failed, {counted(warnings, 'warning')}"


def write_index(entries: Iterable[Entry], folder: Path, root: Path) -> Path:
    """Write the index into `folder`, the newest meeting first. Raises DeckError."""
    ordered = sorted(entries, key=lambda entry: -entry.number)
    places = places_now(os.environ, root, folder_in_repository(root), folder)
    page = render("index.html", entries=ordered, tally=tally(ordered), places=places)
    write_all(folder, {"index.html": page.encode()}, root)
    return folder / "index.html"
