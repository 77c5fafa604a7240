"""The Makefile in a folder of its own -> which environments are kept, and which are made anew."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from support.repository import ROOT, need


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the Makefile and an environment that was made in it."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    pip = tmp_path / ".venv" / "bin" / "pip"
    pip.touch(mode=0o755)
    (tmp_path / ".venv" / "made-for").write_text(f"{tmp_path}\npython3\n")
    return tmp_path


def make(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run make there."""
    tool = need("make", "apt-get install make")
    return subprocess.run([tool, *words], cwd=folder, capture_output=True, text=True, check=False)


def test_an_environment_is_kept(folder: Path) -> None:
    """It was made here, and nobody asks for another Python."""
    make(folder, "help")

    assert (folder / ".venv").exists()


def test_an_environment_that_was_moved_is_made_anew(folder: Path) -> None:
    """Its programs name the folder that they were made in."""
    moved = folder.rename(folder.parent / "elsewhere")
    make(moved, "help")

    assert not (moved / ".venv").exists()


def test_an_environment_of_another_python_is_made_anew(folder: Path) -> None:
    """The Python that is asked for on the command line counts."""
    make(folder, "help", "PYTHON=python3.99")

    assert not (folder / ".venv").exists()


def test_an_environment_left_half_made_is_made_anew(folder: Path) -> None:
    """Without pip nothing can be installed into it."""
    (folder / ".venv" / "bin" / "pip").unlink()
    make(folder, "help")

    assert not (folder / ".venv").exists()


def test_each_target_has_a_line_of_help(folder: Path) -> None:
    """`make` alone lists them all."""
    listed = make(folder).stdout
    targets = next(line for line in (folder / "Makefile").read_text().splitlines() if line.startswith(".PHONY"))

    assert [name for name in targets.split()[1:] if f"  make {name} " not in listed] == []


@pytest.mark.slow
def test_a_contact_sheet_has_every_page_of_a_deck() -> None:
    """Four pages in a row, each as wide as the others."""
    command = [sys.executable, str(ROOT / "docs" / "contact_sheet.py"), "124"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    with Image.open(ROOT / "build" / "contact-sheet-124.png") as sheet:
        width, height = sheet.size

    pages = int(said.split()[1])
    assert pages > 10
    assert (width, height) == (4 * 488 + 8, -(-pages // 4) * 278 + 8)
