"""A review in a browser and as a table: what changed is marked, and what is missing is said."""

from __future__ import annotations

import json
import re
import shutil
from html import escape
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from support.browser import axe, chromium, edit
from support.git import git
from support.pictures import SQUARE
from support.repository import ROOT

from deckgen.cli.main import main
from deckgen.problems import Origin
from deckgen.review.make import review
from deckgen.review.matching import match
from deckgen.review.places import places_at, places_now
from deckgen.review.revision import RevisionError
from deckgen.review.words import compare_lines

pytestmark = pytest.mark.slow


def page_of(root: Path, output: Path, against: str = "") -> str:
    """The review of meeting 124 as text."""
    review(root, "124", against, output)
    return (output / "index.html").read_text("utf-8")


def test_every_mark_is_given(edited: Path, tmp_path: Path) -> None:
    """A changed, a new, a removed and a moved slide are told apart, and an inserted one shifts nothing."""
    table = review(edited, "124", "", tmp_path / "out").table

    assert re.search(r"WG Changes since IETF 123 \| changed: ~~PLANTS~~ → \*\*ROOTS\*\*", table)
    assert re.search(r"alert.* \| new \|", table)
    assert "Resources for IETF 124 Montréal | removed" in table
    assert re.search(r"Pointers[^|]* \| moved \(was after [A-Z]", table)
    assert "Note Well |" not in table


def test_texts_from_yaml_are_escaped(edited: Path, tmp_path: Path) -> None:
    """Markup in a title or a bullet is text in the page and in the table."""
    page = page_of(edited, tmp_path / "out")
    table = (tmp_path / "out/review.md").read_text("utf-8")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "<b>&amp;" not in page
    assert "<script>" not in table.replace("\\<script\\>", "")


MARKUP = "@iesg | all & <u>one</u> [x](https://e.example/) *b* `c` ~~d~~ #12"


@pytest.mark.promise
def test_words_of_a_deck_are_words_in_the_page_and_in_the_table(root: Path, tmp_path: Path) -> None:
    """Title, bullet and notes with what HTML, Markdown and the hosting sites make something of, told letter by letter.

    Nobody is mentioned: after each `@` is a space without width. The table is read by a parser of Markdown.
    """
    meant = re.sub(r"([\[\]*`<&~])", r"\\\1", MARKUP)
    slide = {"kind": "bullets", "title": f"T {meant}", "items": [f"I {meant}"], "notes": f"N {meant}"}
    with (root / "meetings/124.yaml").open("a", encoding="utf-8") as file:
        file.write(f"  extra: {json.dumps(slide)}\n")

    page = page_of(root, tmp_path / "out")
    tokens = MarkdownIt().enable("table").parse((tmp_path / "out/review.md").read_text("utf-8"))
    inline = [token for token in tokens if token.type == "inline"]
    said = [token for token in inline if "T " in token.content and "all" in token.content]
    words = ["".join(part.content for part in token.children or ()) for token in said]

    assert "<u>" not in page
    assert f'<p class="notes">N {escape(MARKUP)}</p>' in page
    assert [one.replace("\u200b", "").partition(". ")[2] for one in words] == [f"T {MARKUP}"]
    assert "@\u200biesg" in words[0]
    assert {part.type for token in said for part in token.children or ()} <= {"text", "text_special"}


def test_the_page_needs_nothing_else(edited: Path, tmp_path: Path) -> None:
    """No address in the page is loaded, and it stays under 6 MB."""
    page = page_of(edited, tmp_path / "out")

    assert all(source.startswith("data:") for source in re.findall(r'src="([^"]*)', page))
    assert "<link" not in page
    assert len(page) < 6_000_000


def test_an_unchanged_deck_says_so(root: Path, tmp_path: Path) -> None:
    """Against the merge base of a branch without edits, every page is unchanged."""
    assert re.match(r"(\d+) pages, \1 unchanged", review(root, "124", "", tmp_path / "out").summary)


def test_another_meeting_is_compared_with(root: Path, tmp_path: Path) -> None:
    """A number that is a meeting shows what is new since then."""
    assert "compared with IETF 123" in review(root, "124", "123", tmp_path / "out").table


def test_a_restyled_deck_is_changed(root: Path, tmp_path: Path) -> None:
    """A colour of the theme changes the pages that show it, though their words are the same."""
    edit(root / "templates/theme.yaml", 'accent: "006D77"', 'accent: "AA0000"')

    page = page_of(root, tmp_path / "out")

    assert 'id="slide-pointers" class="slide changed" data-differs' in page
    assert 'id="slide-title" class="slide unchanged"' in page  # dark slides have an accent of their own
    assert "The words are the same; the look is not." in page


def test_a_dirty_work_tree_is_said(root: Path, tmp_path: Path) -> None:
    """What is not committed is named on the page."""
    edit(root / "meetings/124.yaml", "PLANTS (", "ROOTS (")

    assert "uncommitted changes: meetings/124.yaml" in page_of(root, tmp_path / "out")


@pytest.mark.parametrize("name", ["nowhere", "--output=x", "HEAD~99", "999"])
def test_a_revision_that_does_not_exist_is_wrong_usage(root: Path, tmp_path: Path, name: str, capsys: Any) -> None:
    """Nothing is written, and the review of before stays."""
    page = page_of(root, tmp_path / "out")
    code = main(["review", "124", "--root", str(root), f"--against={name}", "--output", str(tmp_path / "out")])

    assert code == 2
    assert f"there is no revision `{name}`" in capsys.readouterr().err
    assert (tmp_path / "out/index.html").read_text("utf-8") == page


def test_a_misspelt_revision_is_told_with_the_one_that_is_meant(root: Path, capsys: Any) -> None:
    """A branch is known by a name near to what was typed."""
    assert main(["review", "124", "--root", str(root), "--against", "mian"]) == 2
    assert "did you mean `main`?" in capsys.readouterr().err


def test_an_old_deck_that_does_not_build_is_said(root: Path, tmp_path: Path) -> None:
    """The review names the problem of the old files."""
    edit(root / "meetings/124.yaml", "directors:", "directors: [")
    git(root, "commit", "--quiet", "--all", "--message", "break")
    git(root, "tag", "broken")
    git(root, "revert", "--no-edit", "HEAD")

    assert "that of broken" in page_of(root, tmp_path / "out", "broken")
    assert "does not build. meetings/124.yaml:" in page_of(root, tmp_path / "out", "broken")


def test_a_shallow_clone_says_what_to_fetch(edited: Path, tmp_path: Path) -> None:
    """Where history ends, the review says which depth it needs."""
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{edited}", "shallow")

    with pytest.raises(RevisionError, match="fetch-depth: 0"):
        review(tmp_path / "shallow", "124", "HEAD~1", tmp_path / "out")


def test_outside_a_repository_the_deck_is_shown(tmp_path: Path) -> None:
    """Without git there is a new deck and no old one."""
    for name in ("meetings", "templates"):
        shutil.copytree(ROOT / name, tmp_path / "decks" / name)

    assert "There is no old deck" in page_of(tmp_path / "decks", tmp_path / "out")


def test_a_broken_deck_is_reviewed(root: Path, tmp_path: Path) -> None:
    """A deck that cannot be loaded leaves a page with its problems."""
    edit(root / "meetings/124.yaml", "directors:", "directors: [")
    reviewed = review(root, "124", "", tmp_path / "out")

    assert reviewed.failed
    assert "yaml-syntax" in (tmp_path / "out/index.html").read_text("utf-8")


OWN = """
  own:
    kind: figure
    title: Own
    picture: meetings/own.svg
    alt: a square
    caption: ["see [the notes](https://notes.example/1)", "one two\\nthree"]
    notes: slowly
    qr: {target: "https://qr.example/1"}
  numbers:
    kind: table
    title: Numbers
    header: [Year, Count]
    rows: [["2025", 7]]
    chart: {title: Counts, categories: ["2024", "2025"], values: [5, 7]}
"""


@pytest.fixture
def own(root: Path) -> Path:
    """A deck with a slide of its own that has a link, a picture, a QR code and notes, and one with a chart."""
    with (root / "meetings/124.yaml").open("a", encoding="utf-8") as file:
        file.write(OWN)
    (root / "meetings/own.svg").write_text(SQUARE)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "own")
    git(root, "tag", "own")
    return root


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("notes.example/1", "notes.example/2", "link of “the notes”: ~~https:"),
        ("alt: a square", "alt: a blue square", "alt text: ~~a square~~ → **a blue square**"),
        ("notes: slowly", "notes: fast", "note: ~~slowly~~ → **fast**"),
        ("one two\\nthree", "one\\ntwo three", "line breaks: ~~one two / three~~ → **one / two three**"),
        ("qr.example/1", "qr.example/2", "target of the QR code: ~~https:"),
        ("values: [5, 7]", "values: [6, 7]", "Counts, 2024: ~~5~~ → **6**"),
        ("meetings/own.svg", "meetings/other.svg", "picture: ~~SVG, 400 × 300,"),
    ],
)
def test_what_no_word_shows_is_told_by_name(own: Path, tmp_path: Path, old: str, new: str, told: str) -> None:
    """What was there and what is there now, in the table and on the page."""
    (own / "meetings/other.svg").write_text(SQUARE.replace("#006d77", "#aa0000"))
    edit(own / "meetings/124.yaml", old, new)

    table = review(own, "124", "own", tmp_path / "out").table
    page = (tmp_path / "out/index.html").read_text("utf-8")

    assert told in table.replace("\u200b", "")
    assert "The words are the same; the look is not." not in page


def test_a_number_in_a_table_and_its_chart_is_told_once(own: Path, tmp_path: Path) -> None:
    """The row says it; the chart beside it need not."""
    edit(own / "meetings/124.yaml", 'rows: [["2025", 7]]', 'rows: [["2025", 8]]')
    edit(own / "meetings/124.yaml", "values: [5, 7]", "values: [5, 8]")

    assert review(own, "124", "own", tmp_path / "out").table.count("~~7~~ → **8**") == 1


def test_slides_that_cannot_be_made_are_not_removed(root: Path, tmp_path: Path) -> None:
    """With an open bracket no slide is shown, and none is called removed."""
    edit(root / "meetings/124.yaml", "directors:", "directors: [")

    summary = review(root, "124", "", tmp_path / "out").summary

    assert "16 cannot be shown" in summary
    assert "removed" not in summary


def test_an_error_in_a_fact_stands_at_the_slide_that_shows_it(root: Path, tmp_path: Path) -> None:
    """A misspelt key of an agenda item belongs to the agenda, which cannot be shown."""
    edit(root / "meetings/124.yaml", "minutes: 15", "minuts: 15")

    table = review(root, "124", "", tmp_path / "out").table

    assert re.search(r"Agenda[^|]*\| cannot be shown \| error: unknown key", table)


def test_a_changed_theme_is_told_once(root: Path, tmp_path: Path) -> None:
    """One line says which value of the theme changed, instead of a row for each slide."""
    edit(root / "templates/theme.yaml", 'accent: "006D77"', 'accent: "AA0000"')

    table = review(root, "124", "", tmp_path / "out").table

    assert re.search(r"^look: \d+ slides, the theme changed: accent$", table, re.MULTILINE)
    assert "| changed" not in table


def test_places_lead_to_the_hosting_site() -> None:
    """In CI a place is a line at GitHub or GitLab; elsewhere it is the file itself."""
    origin = Origin("meetings/124.yaml", 14, 3)
    github = {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "ietf/decks"}
    gitlab = {"CI_PROJECT_URL": "https://gitlab.com/ietf/decks"}

    assert places_at(github, "abc", "x/").link(origin) == (
        "https://github.com/ietf/decks/blob/abc/x/meetings/124.yaml#L14"
    )
    assert places_at(gitlab, "abc", "").link(origin) == (
        "https://gitlab.com/ietf/decks/-/blob/abc/meetings/124.yaml#L14"
    )
    assert places_now({}, Path("a"), "", Path("a/build/1")).link(origin) == "../../meetings/124.yaml"


def test_edited_words_are_found() -> None:
    """A word replaced in a line is two pieces; the rest of the line stays."""
    [change] = compare_lines(["same", "one two three"], ["same", "one 2 three"])

    assert (change.only("old"), change.only("new")) == ("two", "2")


def test_nothing_matches_nothing() -> None:
    """Two empty decks have no comparisons."""
    assert match([], []) == []


def test_several_decks_are_built_side_by_side(root: Path, capsys: Any) -> None:
    """All meetings are built; with --quiet nothing is said of them, with --verbose the stages are."""
    assert main(["build", "--all", "--root", str(root), "--quiet"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["build", "124", "--root", str(root), "--verbose"]) == 0
    assert re.search(r"typeset \d+\.\d\d s", capsys.readouterr().out)
    assert {path.parent.name for path in (root / "build").glob("*/*.pptx")} == {"123", "124"}


@pytest.fixture(scope="module")
def browser() -> Any:
    """A browser for the tests of this file."""
    with chromium() as browser:
        yield browser


def test_changes_are_walked_by_keys(edited: Path, tmp_path: Path, browser: Any) -> None:
    """`c` leaves what changed, j and k step through it, and the marks are there."""
    page_of(edited, tmp_path / "out")
    page = browser.new_page()
    page.goto((tmp_path / "out/index.html").as_uri())
    page.keyboard.press("c")
    seen = page.locator("article.slide:visible")
    marks = seen.locator(".mark").all_inner_texts()
    page.keyboard.press("j")
    page.keyboard.press("ArrowRight")
    second = page.evaluate("document.activeElement.id")
    page.keyboard.press("k")

    assert set(marks) == {"changed", "new", "removed", "moved"}
    assert second == seen.nth(1).get_attribute("id")
    assert page.evaluate("document.activeElement.id") == seen.nth(0).get_attribute("id")


def test_a_slider_lies_over_both(edited: Path, tmp_path: Path, browser: Any) -> None:
    """The slider shows the two slides in one place, and its control."""
    page_of(edited, tmp_path / "out")
    page = browser.new_page()
    page.goto((tmp_path / "out/index.html").as_uri())
    slide = page.locator("#slide-wg-changes")
    slide.get_by_role("button", name="Slider").click()

    assert slide.locator(".old").bounding_box()["x"] == slide.locator(".new").bounding_box()["x"]
    assert slide.get_by_role("slider").is_visible()
    assert slide.locator(".tint").is_visible()


def test_the_page_reads_without_scripts(edited: Path, tmp_path: Path, browser: Any) -> None:
    """Pictures, words and marks are there; the buttons are not."""
    page_of(edited, tmp_path / "out")
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((tmp_path / "out/index.html").as_uri())
    slide = page.locator("#slide-wg-changes")

    assert slide.locator("img").first.is_visible()
    assert slide.locator("ins").all_inner_texts() == ["ROOTS "]
    assert not page.locator(".bar").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_out(edited: Path, tmp_path: Path, browser: Any, scheme: str) -> None:
    """axe finds nothing serious, in light and in dark."""
    page_of(edited, tmp_path / "out")
    page = browser.new_context(color_scheme=scheme, bypass_csp=True).new_page()
    page.goto((tmp_path / "out/index.html").as_uri())
    page.evaluate(axe())
    found = page.evaluate("axe.run()")["violations"]

    assert [fault["id"] for fault in found if fault["impact"] in ("serious", "critical")] == []


def test_a_phone_needs_no_sideways_scrolling(edited: Path, tmp_path: Path, browser: Any) -> None:
    """At 360 pixels nothing is wider than the screen."""
    page_of(edited, tmp_path / "out")
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto((tmp_path / "out/index.html").as_uri())

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
