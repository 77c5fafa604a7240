"""`deckgen init` -> a repository that builds at once, from a checkout and from the wheel."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from support.repository import ROOT, need

from deckgen.build.one import build
from deckgen.build.presets import areas_of, presets
from deckgen.build.repository import begin
from deckgen.cli.main import main

TODAY = date(2026, 6, 1)
STARTS = [(preset, area) for preset in presets() for area in ("", *areas_of(preset))]


def files(root: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.sweep(4)
@pytest.mark.parametrize(("preset", "area"), STARTS)
def test_a_new_repository_has_no_error_and_builds(
    preset: str, area: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command names the meeting that it has, whose deck is there after a build."""
    root = tmp_path / "new"
    assert main(["init", str(root), "--preset", preset, *(["--area", area] if area else [])]) == 0
    [meeting] = re.findall("MEETING=([a-z0-9-]+)", capsys.readouterr().out)

    assert main(["check", "--root", str(root)]) == 0
    assert main(["build", meeting, "--root", str(root)]) == 0
    assert {path.suffix for path in (root / "build" / meeting).iterdir()} == {".pptx", ".pdf", ".txt"}


def test_a_repository_of_one_area_has_no_other(tmp_path: Path) -> None:
    """Its meetings are in no folder, and its deck has its name."""
    begun = begin(tmp_path / "new", "ietf-area", TODAY, "ops")

    assert begun.meeting == "126"
    assert [path.name for path in (tmp_path / "new/templates/areas").iterdir()] == ["ops"]
    assert main(["build", "126", "--root", str(tmp_path / "new")]) == 0
    assert (tmp_path / "new/build/126/slides-126-opsarea-chair-slides.pptx").exists()


def test_the_first_meeting_is_the_next_one(tmp_path: Path) -> None:
    """Of the table of meetings: the one of today, on its last day too; the last one, if all are over."""
    firsts = {
        day: begin(tmp_path / day, "ietf-area", date.fromisoformat(day)).meeting
        for day in ("2026-07-24", "2026-07-25", "2099-01-01")
    }
    last = re.findall(r'^"(\d+)"', (ROOT / "templates/meetings.yaml").read_text("utf-8"), re.MULTILINE)[-1]

    assert firsts == {"2026-07-24": "126", "2026-07-25": "127", "2099-01-01": last}


@pytest.mark.parametrize("preset", presets())
def test_editors_find_the_schema_of_every_file(preset: str, tmp_path: Path) -> None:
    """That of its first line, and those of the settings."""
    begin(tmp_path / "new", preset, TODAY)
    named = {
        path: path.parent / schema
        for path in (tmp_path / "new").rglob("*.yaml")
        for schema in re.findall(r"\$schema=(\S+)", path.read_text("utf-8"))
    }
    settings = re.findall(r'"(\./docs/\S+?)"', (tmp_path / "new/.vscode/settings.json").read_text("utf-8"))

    assert len(named) > 8
    assert [path for path, schema in named.items() if not schema.is_file()] == []
    assert len(settings) == 9
    assert [schema for schema in settings if not (tmp_path / "new" / schema).is_file()] == []


@pytest.mark.parametrize("preset", presets())
def test_nothing_is_left_to_fill_in(preset: str, tmp_path: Path) -> None:
    """The texts of a new repository name its meeting and this version."""
    begun = begin(tmp_path / "new", preset, TODAY)
    readme, makefile = ((tmp_path / "new" / name).read_text("utf-8") for name in ("README.md", "Makefile"))

    assert f"deckgen build {begun.meeting}" in readme
    assert f"MEETING={begun.meeting}" in makefile
    assert [name for name, text in files(tmp_path / "new").items() if re.search(rb"\{(meeting|version)\}", text)] == []


def test_fetched_directors_are_shown_without_an_edit(tmp_path: Path) -> None:
    """The file of a first meeting has none, which is no difference from what was fetched."""
    begin(tmp_path / "new", "ietf-area", TODAY)
    (tmp_path / "new/meetings/126.facts.yaml").write_text("directors: {deb.cooley: Deb Cooley}\n")
    built = build(tmp_path / "new", 126, tmp_path / "new/build")

    assert "unlike-fetched" not in {problem.rule for problem in built.problems}
    assert "Deb Cooley\n" in (tmp_path / "new/build/outline.txt").read_text("utf-8")


def test_a_folder_with_files_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 1, and the folder as it was."""
    (tmp_path / "notes.txt").write_text("mine")

    assert main(["init", str(tmp_path)]) == 1
    assert "error: the folder has files [folder-not-empty]" in capsys.readouterr().err
    assert files(tmp_path) == {"notes.txt": b"mine"}


def test_a_clone_of_an_empty_repository_is_filled(tmp_path: Path) -> None:
    """What git has in it is no file of anybody."""
    (tmp_path / ".git").mkdir()

    assert main(["init", str(tmp_path)]) == 0
    assert {".git", "templates", "meetings", "Makefile"} <= {path.name for path in tmp_path.iterdir()}


@pytest.mark.posix
def test_a_repository_is_made_whole_or_not_at_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that cannot be written has nothing in it after the message."""
    parent = tmp_path / "parent"
    parent.write_text("a file, where a folder is needed")

    assert main(["init", str(parent / "new")]) == 1
    assert "cannot be written" in capsys.readouterr().err
    assert files(tmp_path) == {"parent": parent.read_bytes()}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--area", "opps"], "there is no area `opps`; one of art, gen, int, ops, rtg, sec, wit"),
        (["--preset", "plain", "--area", "ops"], "there is no area `ops`; the preset `plain` has none"),
    ],
)
def test_an_area_that_does_not_exist_is_wrong_usage(
    words: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, one message with those there are, and no folder."""
    with pytest.raises(SystemExit) as ended:
        main(["init", str(tmp_path / "new"), *words])

    assert ended.value.code == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The variables of a shell where the wheel is installed, with the libraries of this environment: no network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    venv.create(folder / "environment", with_pip=False)
    scripts = folder / "environment" / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", "--quiet"]
    subprocess.run([*pip, *folder.glob("*.whl")], check=True)
    where = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = Path(subprocess.run(where, check=True, capture_output=True, text=True).stdout.strip())
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    return {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}", "VIRTUAL_ENV": ""}


def shell(environment: Mapping[str, str], folder: Path, *words: str) -> str:
    """What a command that succeeds prints."""
    environment = {key: value for key, value in environment.items() if key != "PYTHONPATH"}
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("preset", presets())
def test_the_wheel_makes_a_repository_that_make_builds(
    preset: str, installed: Mapping[str, str], tmp_path: Path
) -> None:
    """The same files as from a checkout; `make` and `deckgen` alone build the same deck in it."""
    need("make", "apt-get install make")
    deckgen = str(Path(installed["PATH"].partition(os.pathsep)[0]) / "deckgen")
    told = shell(installed, tmp_path, deckgen, "init", "new", "--preset", preset)
    [meeting] = re.findall("MEETING=([a-z0-9-]+)", told)
    begin(tmp_path / "same", preset, date.today())

    root, deck = tmp_path / "new", tmp_path / "new/build" / meeting
    assert files(root) == files(tmp_path / "same")
    shell(installed, root, "make", "lint")
    shell(installed, root, "make", "deck", f"MEETING={meeting}")
    made = files(deck)
    shell(installed, root / "meetings", deckgen, "build", meeting)
    assert files(deck) == made
    shell(installed, root, "make", "decks")
    assert (root / "build/index.html").exists()
