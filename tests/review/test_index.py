"""The index of all decks in a browser: what was built, where its files are, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from support.browser import axe, chromium, edit
from support.repository import MINIMAL, copy_of_default_area, lay_out

from deckgen.cli.main import main

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which all decks were built: both of the default area, and one that cannot be."""
    root = tmp_path_factory.mktemp("decks")
    copy_of_default_area(root)
    edit(root / "templates/deck.yaml", 'title: "{{ area.title }}', 'title: "<b>{{ area.title }}</b>')
    (root / "meetings/125.yaml").write_text("directors: [")
    assert main(["build", "--all", "--root", str(root), "--quiet"]) == 1
    return root


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser for the tests of this file."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(built: Path, browser: Any) -> Any:
    """The index, opened."""
    page = browser.new_page()
    page.goto((built / "build/index.html").as_uri())
    return page


def test_each_deck_is_there_the_newest_first(page: Any) -> None:
    """The title of each, with the day of the session, and the first page as a picture."""
    decks = page.locator("article")

    assert [re.sub(r"\D", "", text)[:3] for text in decks.locator("h2").all_inner_texts()] == ["125", "124", "123"]
    assert decks.locator("time").all_inner_texts() == ["2025-11-07", "2025-07-25"]
    assert [decks.nth(at).locator("img").count() for at in range(3)] == [0, 1, 1]
    assert page.evaluate("[...document.images].every(image => image.naturalWidth > 300)")


def test_each_link_leads_to_a_file(page: Any, built: Path) -> None:
    """The PowerPoint, the PDF and the outline of a deck are one click away."""
    links = page.locator("article").nth(1).locator(".files a")
    found = [(built / "build" / unquote(link.get_attribute("href"))) for link in links.all()[:3]]

    assert links.all_inner_texts() == ["PowerPoint", "PDF", "outline", "where to upload it"]
    assert [path.suffix for path in found if path.is_file()] == [".pptx", ".pdf", ".txt"]


def test_a_deck_that_failed_has_its_problems(page: Any) -> None:
    """What is wrong is on the page, with the line of the file."""
    failed = page.locator("article").nth(0)

    assert "it was not built" in failed.inner_text()
    assert failed.locator(".error .place a").first.inner_text().startswith("meetings/125.yaml:")


def test_markup_in_a_title_is_text(page: Any) -> None:
    """A title of a meeting file cannot put anything into the page."""
    assert page.locator("h2 b").count() == 0
    assert page.locator("h2").nth(1).inner_text().startswith("<b>")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_out(built: Path, browser: Any, scheme: str) -> None:
    """axe finds nothing at all, in light and in dark."""
    page = browser.new_context(color_scheme=scheme, bypass_csp=True).new_page()
    page.goto((built / "build/index.html").as_uri())
    page.evaluate(axe())

    assert [fault["id"] for fault in page.evaluate("axe.run()")["violations"]] == []


def test_a_review_is_linked_once_there_is_one(tmp_path: Path) -> None:
    """A page that `deckgen review` wrote is found beside the deck."""
    root = lay_out(tmp_path, {"meetings/124.yaml": MINIMAL})
    main(["build", "--all", "--root", str(root), "--quiet"])
    before = (root / "build/index.html").read_text("utf-8")
    main(["review", "124", "--root", str(root)])
    main(["build", "--all", "--root", str(root), "--quiet"])

    assert "124/review/index.html" not in before
    assert 'href="124/review/index.html"' in (root / "build/index.html").read_text("utf-8")


def test_the_last_line_counts(built: Path, capsys: Any) -> None:
    """How many decks were built, how many failed, and how many warnings there are."""
    main(["build", "--all", "--root", str(built)])

    last = capsys.readouterr().out.splitlines()[-1]
    assert re.search(r"build/index\.html: 2 built, 1 failed, 3 warnings$", last)


def test_a_folder_without_meetings_is_told(tmp_path: Path, capsys: Any) -> None:
    """Nothing is built, the index says so, and so does the command."""
    root = lay_out(tmp_path, {})

    assert main(["build", "--all", "--root", str(root)]) == 0
    assert "there is no meeting" in capsys.readouterr().err
    assert "No deck was built" in (root / "build/index.html").read_text("utf-8")
