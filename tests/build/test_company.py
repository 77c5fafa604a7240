"""A recurring meeting of a company, of templates alone: nothing of the IETF is on its decks or in what is printed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from support.repository import ROOT
from test_words import found

from deckgen.build.one import build, check, typeset
from deckgen.review.make import review

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The example of the documents, with the look of deckgen."""
    shutil.copytree(ROOT / "docs/examples/engineering-review", tmp_path / "review")
    shutil.copy(ROOT / "templates/theme.yaml", tmp_path / "review/templates")
    return tmp_path / "review"


def test_the_deck_of_a_company_builds_without_a_warning(root: Path) -> None:
    """Both months, with the incidents of the month before in the table of the next."""
    assert build(root, "2026-10", root / "build/2026-10").problems == ()
    assert build(root, "2026-11", root / "build/2026-11").problems == ()

    outline = (root / "build/2026-11/outline.txt").read_text("utf-8")
    assert "1. Engineering review" in outline
    assert re.search(r"2026-10\W+4\W+9", outline)
    assert re.search(r"2026-11\W+3\W+5", outline)


def test_nothing_of_the_ietf_is_on_the_deck_of_a_company(root: Path) -> None:
    """Not on a slide, in the names of the files, in their properties, nor on the page of a review."""
    built = build(root, "2026-11", root / "build").get()
    names = "\n".join(path.name for path in built.files)
    deck = typeset(root, "2026-11").get().deck
    properties = "\n".join((deck.name, deck.title, deck.subject, deck.author, deck.footer.words, deck.upload))
    page = review(root, "2026-11", "2026-10", root / "review")
    written = (root / "build/outline.txt").read_text("utf-8") + page.table

    assert found("deck", f"{names}\n{properties}\n{written}") == []
    assert "compared with <b>October 2026</b>" in page.files[0].read_text("utf-8")


def test_a_company_creates_and_uploads_its_next_deck(root: Path, run: Run) -> None:
    """The topics are carried over, and `upload-help` has no page that the templates do not name."""
    begun = run(root, "new", "2026-12")
    helped = run(root, "upload-help", "2026-11")

    assert "agenda: from meeting 2026-11" in begun.stdout
    assert {problem.rule for problem in check(root, "2026-12")} == {"slide-left-out"}
    assert "`upload` in templates/deck.yaml names none" in helped.stdout
    assert found("printed", begun.stdout + helped.stdout) == []
