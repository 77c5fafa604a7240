"""A branch -> the decks that CI makes of it, in one job or in many, and what it leaves for the sites."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops
from support.browser import edit
from support.git import git

from deckgen.cli.main import main
from deckgen.review.touched import touched

pytestmark = pytest.mark.slow


def test_a_meeting_that_shows_the_facts_of_another_is_touched_with_it(root: Path) -> None:
    """The pages of IETF 123 stand in the deck of 124 too; its slides do not."""
    edit(root / "meetings/123.yaml", "Published in 2005", "Published in June 2005")
    assert touched(root, "main").meetings == ("123",)
    edit(root / "meetings/123.yaml", "pages: 9554", "pages: 9555")
    assert touched(root, "main").meetings == ("123", "124")


def test_only_touched_meetings_are_checked(root: Path) -> None:
    """A meeting's own file names it; a template names all."""
    assert touched(root, "main").meetings == ()
    edit(root / "meetings/124.yaml", "PLANTS (", "ROOTS (")
    assert touched(root, "main").meetings == ("124",)
    edit(root / "templates/theme.yaml", "margin: 56", "margin: 57")
    assert touched(root, "main").meetings == ("123", "124")
    assert touched(root, "nowhere").meetings == ("123", "124")


def test_ci_leaves_what_the_sites_show(edited: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    """`ci-decks` builds and reviews what was touched, annotates its lines, and writes the tables."""
    summary = edited / "summary.md"
    for name, value in {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}.items():
        monkeypatch.setenv(name, value)
    edit(edited / "meetings/124.yaml", "minutes: 15", "minutes: soon")
    code = main(["ci-decks", "--root", str(edited), "--base", "main"])
    said = capsys.readouterr().out

    assert code == 1
    assert re.search(r"^::error file=meetings/124\.yaml,line=\d+", said, re.MULTILINE)
    assert "meetings/124.yaml" in (edited / "build/code-quality.json").read_text("utf-8")
    assert (edited / "build/124/review/index.html").exists()
    assert not (edited / "build/123").exists()
    assert summary.read_text("utf-8") == (edited / "build/summary.md").read_text("utf-8")


def ci(root: Path, *options: str) -> int:
    """Run the command of the workflow."""
    return main(["ci-decks", "--root", str(root), *options])


def test_the_matrix_has_a_job_for_each_deck(root: Path, capsys: Any) -> None:
    """What is printed is the matrix of a workflow, as JSON, and nothing is built."""
    edit(root / "meetings/124.yaml", "PLANTS (", "ROOTS (")

    printed = []
    for options in (["--base", "main"], ["--base", "main", "--all"], ["--base", "HEAD"]):
        assert ci(root, "--matrix", *options) == 0
        printed.append(json.loads(capsys.readouterr().out)["meeting"])

    assert printed == [["124"], ["123", "124"], ["124"]]
    assert not (root / "build").exists()


def test_decks_of_many_jobs_are_put_together(edited: Path) -> None:
    """Each deck made by a job of its own, the index and the tables are those of one job that makes all."""
    names = ["summary.md", "code-quality.json", "index.html"]
    edit(edited / "meetings/123.yaml", "Published in 2005", "Published in June 2005")
    git(edited, "commit", "--quiet", "--all", "--message", "123")
    (edited / ".gitignore").write_text("/build/\n/.gitignore\n")
    assert ci(edited, "--base", "main") == 0
    whole = [(edited / "build" / name).read_text("utf-8") for name in names]
    shutil.rmtree(edited / "build")
    for number in ("123", "124"):
        assert ci(edited, "--base", "main", "--meetings", number) == 0
    assert ci(edited, "--base", "main", "--collect") == 0

    assert [(edited / "build" / name).read_text("utf-8") for name in names] == whole


def test_a_job_that_ended_early_is_told(edited: Path) -> None:
    """A deck that no job has left is one that failed."""
    assert ci(edited, "--base", "main", "--collect") == 1
    assert "0 built, 1 failed" in (edited / "build/summary.md").read_text("utf-8")
    assert "the job that builds this deck ended" in (edited / "build/index.html").read_text("utf-8")


def test_a_meeting_that_was_deleted_is_told(root: Path, capsys: Any) -> None:
    """It is neither built nor passed over in silence; nor is the last one."""
    git(root, "rm", "--quiet", "meetings/123.yaml")
    assert ci(root, "--base", "main") == 0
    assert "deleted: 123" in capsys.readouterr().out
    assert "deleted: 123" in (root / "build/index.html").read_text("utf-8")
    assert "deleted: 123" in (root / "build/summary.md").read_text("utf-8")

    git(root, "rm", "--quiet", "meetings/124.yaml")
    assert ci(root, "--base", "main") == 0
    assert "no meeting is left" in capsys.readouterr().out
    assert "no meeting is left" in (root / "build/summary.md").read_text("utf-8")


def test_a_run_without_a_base_says_so(root: Path) -> None:
    """All meetings are made, and the page says why."""
    assert ci(root) == 0
    assert "no base given" in (root / "build/index.html").read_text("utf-8")
    assert {path.parent.name for path in (root / "build").glob("*/*.pptx")} == {"123", "124"}


def test_a_deck_that_did_not_change_is_built_and_not_reviewed(edited: Path) -> None:
    """On the main branch all decks are there, with the reviews of those that changed."""
    assert ci(edited, "--base", "main", "--all") == 0
    assert {path.parent.name for path in (edited / "build").glob("*/*.pptx")} == {"123", "124"}
    assert [path.parts[-3] for path in (edited / "build").glob("*/review/index.html")] == ["124"]


def test_the_sheet_shows_what_changed_beside_what_it_was(edited: Path) -> None:
    """A row for each slide that looks different: the old one on the left, the new one on the right, or a gap."""
    ci(edited, "--base", "main")
    sheet = Image.open(edited / "build/124/review/changes.png").convert("RGB")
    pages = pypdfium2.PdfDocument((edited / "build/124/slides-124-saag-chair-slides.pdf").read_bytes())
    rows = [24 + 12 + at * (360 + 24 + 12) for at in range(3)]  # resources is removed, wg-changes changed, extra new
    left, right = ([sheet.crop((x, y, x + 640, y + 360)) for y in rows] for x in (12, 12 + 640 + 12))
    now = pages[4].render(scale=1280 / pages[4].get_width()).to_pil().resize((640, 360))

    assert sheet.height == rows[2] + 360 + 12
    assert [len(cell.getcolors(100_000)) > 1 for cell in (*left, *right)] == [True, True, False, False, True, True]
    assert 0 < _difference(right[1], now) < _difference(left[1], now)
    assert 0 < _difference(left[1], right[1]) < _difference(left[1], right[2])
    pages.close()


def _difference(one: Image.Image, other: Image.Image) -> float:
    """How far the pixels of two pictures differ, on average, in steps of 256."""
    histogram = ImageChops.difference(one.convert("L"), other.convert("L").resize(one.size)).histogram()
    return sum(level * count for level, count in enumerate(histogram)) / (one.width * one.height)


def test_a_review_without_changes_has_a_sheet_that_says_so(root: Path) -> None:
    """There is a sheet all the same, or that of an older review would stay."""
    assert ci(root) == 0

    sheet = Image.open(root / "build/123/review/changes.png")
    assert sheet.height < 100
    assert len(sheet.convert("RGB").getcolors()) > 1
