"""`make release` in a copy of the repository -> its files, or the first fault that they would have."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.git import git
from support.repository import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """What this folder has, changed files too, in another repository."""
    root = tmp_path / "repository"
    for name in git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard").splitlines():
        if (ROOT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, root / name)
    git(root, "init", "--quiet")
    return root


def commit(root: Path) -> None:
    """Commit all files."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "all")


def release(root: Path) -> subprocess.CompletedProcess[str]:
    """Run it, as make does."""
    command = [sys.executable, ".ci/release.py"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=300)


def test_a_release_has_an_sdist_and_a_wheel_that_work(copy: Path) -> None:
    """With the sum of each; the wheel makes a repository of each preset and builds it."""
    commit(copy)
    done = release(copy)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "ietf-area: builds\nplain: builds\n" in done.stdout
    assert sorted(re.findall(r"^[0-9a-f]{64}  (dist/.*)$", done.stdout, re.MULTILINE)) == sorted(
        path.relative_to(copy).as_posix() for path in (copy / "dist").iterdir()
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("pyproject.toml", ', ".vscode"]\nexclude', "]\nexclude", "the wheel lacks deckgen/presets/_all/.vscode/"),
        (
            "pyproject.toml",
            '"deckgen/deck/fonts/OFL.txt"',
            '"SECURITY.md"',
            "no licence in the metadata names the font",
        ),
        ("deckgen/deck/fonts/OFL.txt", "Carlito", "Calibre", "no licence in the metadata names the font Carlito"),
        ("pyproject.toml", 'readme = "README.md"\n', "", "the metadata lacks Description-Content-Type"),
    ],
)
def test_what_a_release_lacks_is_named(file: str, old: str, new: str, fault: str, copy: Path) -> None:
    """And nothing is written."""
    text = (copy / file).read_text("utf-8")
    (copy / file).write_text(text.replace(old, new), "utf-8")
    commit(copy)
    done = release(copy)

    assert old in text
    assert done.returncode == 1
    assert fault in done.stderr
    assert not (copy / "dist").exists()


def test_a_release_is_of_a_commit(copy: Path) -> None:
    """A file that git does not have ends it, or nobody could make the same one again."""
    commit(copy)
    (copy / "deckgen" / "notes.txt").write_text("mine")
    done = release(copy)

    assert done.returncode == 1
    assert "not committed" in done.stderr
