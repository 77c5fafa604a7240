"""Titles that tell what happened, where a meeting wants them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.repository import MEETINGS, MINIMAL, ROOT

from deckgen.build.one import typeset

Folder = Callable[..., Path]
ERRATA = 'errata: {{"122": {{open: {before}}}, "123": {{open: {now}}}}}\n'


def title_of(root: Path, number: int, id: str) -> str:
    """The title of a slide, as the page has it."""
    return next(page.title for page in typeset(root, number).get().pages.pages if page.slide == id)


@pytest.mark.parametrize(
    ("before", "now", "title"),
    [
        (205, 218, "218 open errata, 13 more than at IETF 122"),
        (218, 205, "205 open errata, 13 fewer than at IETF 122"),
        (218, 218, "218 open errata, as many as at IETF 122"),
        ("null", 218, "218 open errata"),
    ],
)
def test_the_title_of_the_errata_tells_how_they_changed(folder: Folder, before: object, now: int, title: str) -> None:
    """More, fewer or as many; without the number before, the number alone."""
    root = folder(MINIMAL + ERRATA.format(before=before, now=now) + "headlines: true\n")

    assert title_of(root, 123, "errata") == title


def test_without_the_number_of_this_meeting_the_title_is_the_usual_one(folder: Folder) -> None:
    """Nothing is made up."""
    root = folder(MINIMAL + 'errata: {"122": {open: 205}, "123": null}\nheadlines: true\n')

    assert title_of(root, 123, "errata") == "Errata processing"


def test_the_pages_of_documents_are_compared_with_those_before(folder: Folder) -> None:
    """From the files of earlier meetings."""
    earlier = {"meetings/122.yaml": "documents: {documents: 280, pages: 9000}\n"}
    root = folder(MINIMAL + "documents: {documents: 285, pages: 9554}\nheadlines: true\n", **earlier)

    words = "9,554 pages in the documents of working groups, 554 more than at IETF 122"
    assert title_of(root, 123, "document-statistics") == words


@pytest.mark.parametrize("number", MEETINGS)
def test_the_titles_of_our_decks_are_those_that_were_shown(number: int) -> None:
    """A meeting that does not ask for it has the titles of always."""
    assert title_of(ROOT, number, "errata") == "Errata processing"
