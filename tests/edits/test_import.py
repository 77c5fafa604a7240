"""Edits made in PowerPoint -> the meeting file: each edit comes home, or is listed; nothing is lost in silence."""

from __future__ import annotations

import io
import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from support.edits import EDITS, edited
from support.pictures import SQUARE, raster
from support.repository import ROOT

from deckgen.build.one import Options, build
from deckgen.edits.bring import Imported, bring_home
from deckgen.source import parse

GOLDENS = ROOT / "tests" / "goldens"
PPTX_ONLY = Options(("pptx",))
ALL = [(deck, name) for deck, edits in EDITS.items() for name in edits]
# What cannot come home: it is computed, or not safe.
LISTED = {
    "a clock",
    "the remaining time",
    "a row of a computed table removed",
    "a link that is not safe",
    "a link that hides its host",
}


def lay_out(root: Path, deck: str) -> Path:
    """The folder of a deck; the meeting of every kind is that of IETF 124."""
    for folder in ("meetings", "templates"):
        shutil.copytree(ROOT / folder, root / folder)
    if deck == "every kind":
        shutil.copyfile(ROOT / "tests" / "support" / "every_kind.yaml", root / "meetings" / "124.yaml")
        (root / "meetings" / "figures").mkdir(exist_ok=True)
        (root / "meetings" / "figures" / "square.svg").write_text(SQUARE, "utf-8")
        (root / "meetings" / "figures" / "square.png").write_bytes(raster(40, 30, "#006d77"))
        (root / "meetings" / "figures" / "other.png").write_bytes(raster(60, 40, "#14213d"))
    return root


def meeting_of(deck: str) -> str:
    """The id of its meeting."""
    return "124" if deck == "every kind" else deck


def pptx_of(root: Path, deck: str) -> Path:
    """The PowerPoint of a deck, built now."""
    built = build(root, meeting_of(deck), root / "build", PPTX_ONLY).get()
    return next(path for path in built.files if path.suffix == ".pptx")


@cache
def base_of(deck: str) -> bytes:
    """The PowerPoint of a deck as it is built."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return pptx_of(lay_out(Path(folder), deck), deck).read_bytes()


def words(data: bytes) -> dict[str, Counter[str]]:
    """The words of each slide by its title, read by python-pptx; what its parts repeat counts once."""
    found: dict[str, Counter[str]] = {}
    for slide in Presentation(io.BytesIO(data)).slides:
        title = re.sub(r" ?\(\d+/\d+\)$", "", _plain(slide.shapes.title.text_frame.text))
        said = {line: 1 for shape in slide.shapes for line in _lines(shape)}
        notes = slide.notes_slide.notes_text_frame.text.split("\n") if slide.has_notes_slide else []
        said |= {line: 1 for note in notes if (line := _plain(note))}
        found[title] = found.get(title, Counter()) | Counter(said)
    return found


def _lines(shape: Any) -> Iterator[str]:
    if shape.is_placeholder and shape.placeholder_format.type in (15, 13, 16, 1, 3):  # feet and titles
        return
    if shape.has_text_frame:
        yield from filter(None, (_plain(paragraph.text) for paragraph in shape.text_frame.paragraphs))
    if getattr(shape, "has_table", False) and shape.has_table:
        for row in shape.table.rows:
            yield " | ".join(_plain(cell.text) for cell in row.cells)


def _plain(text: str) -> str:
    return " ".join(text.replace("\v", " ").replace("\n", " ").split())


def shown(imported: Imported) -> str:
    """The patch and the list, as the golden file has them."""
    problems = [f"{one.origin}: {one.text}" for one in imported.problems]
    return "\n".join([*imported.patch.splitlines(), *(f"! {line}" for line in problems)])


def golden(deck: str) -> Path:
    """The file with what each edit of a deck becomes."""
    return GOLDENS / f"import {deck}.txt".replace(" ", "-")


def sections(path: Path) -> dict[str, str]:
    """The parts of a golden file by their headings."""
    text = path.read_text("utf-8") if path.exists() else ""
    parts = re.split(r"^=== (.*)\n", text, flags=re.MULTILINE)
    return {name: body.rstrip("\n") for name, body in zip(parts[1::2], parts[2::2], strict=True)}


@pytest.mark.promise
@pytest.mark.sweep(6)
@pytest.mark.parametrize(("deck", "name"), ALL, ids=[f"{deck}: {name}" for deck, name in ALL])
def test_an_edit_comes_home_or_is_listed(deck: str, name: str, tmp_path: Path) -> None:
    """The patch is the one that a person has read; built again, the deck has the words of the edited one."""
    root = lay_out(tmp_path, deck)
    file = root / "edited.pptx"
    file.write_bytes(edited(base_of(deck), EDITS[deck][name]))

    imported = bring_home(root, file)

    known = sections(golden(deck))
    if os.environ.get("ACCEPT"):
        known[name] = shown(imported)
        order = [one for one in EDITS[deck] if one in known]
        golden(deck).write_text("\n".join(f"=== {one}\n{known[one]}\n" for one in order), "utf-8")
    assert shown(imported) == known[name]
    assert bool(imported.problems) == (name in LISTED)
    if name not in LISTED:
        assert words(pptx_of(root, deck).read_bytes()) == words(file.read_bytes())


@pytest.mark.parametrize(("deck", "name"), [("124", "a row removed"), ("every kind", "several at once")])
def test_no_other_line_changes(deck: str, name: str, tmp_path: Path) -> None:
    """Comments, quotes, order and blank lines of what nobody edited stay."""
    root = lay_out(tmp_path, deck)
    path = root / "meetings" / f"{meeting_of(deck)}.yaml"
    before = path.read_text("utf-8")
    file = root / "edited.pptx"
    file.write_bytes(edited(base_of(deck), EDITS[deck][name]))

    imported = bring_home(root, file)

    gone = [line[1:] for line in imported.patch.splitlines() if line.startswith("-") and not line.startswith("---")]
    kept = [line for line in before.splitlines() if line not in gone]
    after = path.read_text("utf-8").splitlines()
    assert gone
    left = iter(after)
    assert all(line in left for line in kept)


def test_a_second_import_changes_nothing(tmp_path: Path) -> None:
    """What came home is there."""
    root = lay_out(tmp_path, "124")
    file = root / "edited.pptx"
    file.write_bytes(edited(base_of("124"), EDITS["124"]["words, a bullet, a row and a slide"]))
    bring_home(root, file)

    assert bring_home(root, file).patch == ""


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """It gives the same patch."""
    root = lay_out(tmp_path, "124")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    file = tmp_path / "edited.pptx"
    file.write_bytes(edited(base_of("124"), EDITS["124"]["a slide with a picture added"]))

    tried = bring_home(root, file, dry_run=True)

    assert tried.files == ()
    file.rename(tmp_path / "other.pptx")
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and path.suffix != ".pptx"} == before
    assert bring_home(root, tmp_path / "other.pptx").patch == tried.patch


@pytest.mark.promise
def test_texts_of_an_edited_deck_are_only_texts(tmp_path: Path) -> None:
    """What looks like an expression, a key, a tag or Markdown is drawn as it is written, and nothing else."""
    root = lay_out(tmp_path, "124")
    file = root / "edited.pptx"
    hostile = "{{ meeting }}: !!python/object &a *b # - [x](javascript:y) <script> {% if %}"

    def attack(deck: Any) -> None:
        deck.slides[len(deck.slides) - 3].shapes.title.text_frame.text = hostile

    file.write_bytes(edited(base_of("124"), attack))

    bring_home(root, file)

    meeting = parse((root / "meetings" / "124.yaml").read_text("utf-8"), "124.yaml")
    assert meeting.problems == ()
    assert hostile in words(pptx_of(root, "124").read_bytes())
