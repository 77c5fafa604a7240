"""`deckgen outline`: what it prints of a file, and what `git diff` shows with it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.broken import FIRST, Parts, packed
from support.repository import ROOT, BuiltDeck, lay_out, need

from deckgen.build.one import Options, build
from deckgen.cli.main import main


@pytest.mark.slow
def test_the_outline_of_a_file_is_printed(every_kind: BuiltDeck, capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints the Markdown, and nothing else."""
    assert main(["outline", str(every_kind.pptx)]) == 0

    printed = capsys.readouterr()
    assert printed.out.startswith("# Security Area Advisory Group")
    assert "\n\n*Footer:* Security Area Advisory Group" in printed.out
    assert "\n\n## Talks\n\n### A talk\n" in printed.out
    assert "### Bullets under bullets\n\n- An item\n" in printed.out
    assert printed.err == ""


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("not-there.pptx", None, "not-there.pptx: error: cannot be read: No such file or directory [cannot-read]"),
        ("text.pptx", b"version https://git-lfs", "text.pptx: error: not a ZIP archive, so not a PowerPoint file"),
        ("empty.pptx", packed({"a.xml": "<a/>"}), "not a PowerPoint presentation [no-presentation]"),
    ],
)
def test_a_file_that_is_no_presentation_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes | None, told: str
) -> None:
    """Nothing is printed but the problem, and the exit code is 1."""
    if data is not None:
        (tmp_path / name).write_bytes(data)

    assert main(["outline", str(tmp_path / name)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert told in printed.err


def test_what_can_be_read_is_printed_beside_the_problem(
    parts: Parts, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file with one broken slide still shows the others."""
    parts[FIRST] = "<p:sld"
    (tmp_path / "a.pptx").write_bytes(packed(parts))

    assert main(["outline", str(tmp_path / "a.pptx")]) == 1
    printed = capsys.readouterr()
    assert "### (this slide cannot be read)" in printed.out
    assert "### Note Well" in printed.out
    assert f"a.pptx!/{FIRST}: error:" in printed.err


@pytest.mark.slow
def test_git_diff_shows_the_line_that_changed(tmp_path: Path) -> None:
    """With the settings of the guide, `git diff` of a PowerPoint is a line out and a line in, under its slide."""
    need("git", "apt-get install git")
    own = (ROOT / "meetings" / "124.yaml").read_text("utf-8")
    edited = own.replace("\nslides:\n", "\nslides:\n  the-end: {lines: [See you in Shenzhen]}\n")
    before, after = (
        build(lay_out(tmp_path / name, {"meetings/124.yaml": text}), 124, tmp_path / name, Options(("pptx",)))
        .get()
        .files[0]
        for name, text in (("before", own), ("after", edited))
    )
    repository = tmp_path / "repository"
    shutil.copytree(before.parent, repository, ignore=lambda *_: {"templates", "meetings"})
    shell(repository, f"git init --quiet\n{settings()}\ngit add .")
    shutil.copy(after, repository)
    shown = shell(repository, "git diff --unified=0")

    assert [line for line in shown.splitlines() if re.match(r"[-+](?![-+])", line)] == [
        "-**Safe travels home**",
        "+**See you in Shenzhen**",
    ]
    assert re.search(r"^@@ .* @@ ### The end$", shown, re.MULTILINE)


def settings() -> str:
    """The commands that docs/guide.md gives for `git diff`."""
    guide = (ROOT / "docs" / "guide.md").read_text("utf-8")
    [block] = [block for block in re.findall(r"```sh\n(.*?)```", guide, re.DOTALL) if "textconv" in block]
    return str(block)


def shell(folder: Path, commands: str) -> str:
    """What the commands print where `deckgen` can be typed by its short name."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(["sh", "-ec", commands], cwd=folder, env={**os.environ, "PATH": path}, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()
