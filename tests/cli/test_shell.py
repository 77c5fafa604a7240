"""The command line at a shell: completion, colour, other encodings, and words that are nearly right."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pytest
from support.git import git
from support.pictures import raster
from support.repository import MINIMAL, ROOT

from deckgen.build.one import check
from deckgen.cli.completion import SHELLS
from deckgen.cli.main import main
from deckgen.deck.kinds import KINDS
from deckgen.source import dump, parse, plain

Folder = Callable[..., Path]
# What bash does at the tab key, with the words of a line.
_TAB = """
eval "$(deckgen completion bash)"
COMP_LINE="$1"; COMP_POINT=${#COMP_LINE}; COMP_WORDS=($COMP_LINE)
[[ "$COMP_LINE" == *" " ]] && COMP_WORDS+=("")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_python_argcomplete deckgen
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.mark.posix
@pytest.mark.sweep(5)
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("deckgen rev", {"review"}),
        ("deckgen build ", {"123", "124", "--all", "--format"}),
        ("deckgen check 12", {"123", "124"}),
        ("deckgen rule errata-", {"errata-gap", "errata-sum"}),
        ("deckgen completion ", {*SHELLS}),
    ],
)
def test_bash_completes_commands_options_meetings_and_rules(line: str, offered: set[str]) -> None:
    """With the meetings of the folder it is in."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = ["bash", "--norc", "-c", _TAB, "bash", line]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=os.environ | {"PATH": path})

    assert offered <= {word.strip() for word in done.stdout.splitlines()}, done.stderr


@pytest.mark.parametrize("shell", [shell for shell in SHELLS if shutil.which(shell)])
def test_a_shell_accepts_what_completes_its_words(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The text is a program of that shell."""
    assert main(["completion", shell]) == 0
    subprocess.run([shell, "-c", capsys.readouterr().out], check=True)


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["biuld", "123"], "there is no command `biuld`; did you mean `build`?"),
        (["xyzzy"], "there is no command `xyzzy`; `deckgen --help` lists them"),
        (["build", "123", "--formt=md"], "there is no option `--formt=md`; did you mean `--format`?"),
        (["check", "--xyzzy"], "there is no option `--xyzzy`; `deckgen check --help` lists them"),
    ],
)
def test_a_word_that_is_nearly_right_is_named(words: list[str], hint: str, capsys: pytest.CaptureFixture[str]) -> None:
    """And nothing is run."""
    with pytest.raises(SystemExit, match="2"):
        main(words)

    assert hint in capsys.readouterr().err


@pytest.mark.parametrize(
    ("color", "environment", "coloured"),
    [
        ("auto", {}, False),
        ("auto", {"FORCE_COLOR": "1"}, True),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("always", {"NO_COLOR": "1"}, True),
        ("never", {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_can_be_asked_for(
    color: str,
    environment: dict[str, str],
    coloured: bool,
    bare: Folder,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In a pipe there is none, unless `--color` or FORCE_COLOR says so."""
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    main(["check", "123", "--root", str(bare(MINIMAL + "agnda: []\n")), "--color", color])

    assert ("\033[" in capsys.readouterr().out) is coloured


@pytest.mark.slow
@pytest.mark.parametrize("output_format", ["json", "sarif", "github", "text"])
def test_any_console_shows_any_letter(output_format: str, bare: Folder) -> None:
    """A letter that the console cannot show is printed as its number, and JSON keeps it."""
    root = bare(MINIMAL + "שלום: [é, 🙂]\n")
    command = [sys.executable, "-m", "deckgen", "check", "123", "--root", str(root), "--output-format", output_format]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, env=os.environ | {"PYTHONIOENCODING": "cp1252"})

    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    said = done.stdout.decode("cp1252")
    if output_format == "json":
        assert any("שלום" in problem["text"] for problem in json.loads(said))
    elif output_format == "sarif":
        assert "שלום" in json.dumps(json.loads(said), ensure_ascii=False)
    else:
        assert "\\u05e9\\u05dc\\u05d5\\u05dd" in said


def test_a_page_that_is_printed_into_a_file_is_in_utf_8() -> None:
    """`deckgen schema > docs/meeting.schema.json` writes the same file on any machine."""
    command = [sys.executable, "-m", "deckgen", "schema"]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, env=os.environ | {"PYTHONIOENCODING": "cp1252"})

    assert done.stdout == (ROOT / "docs" / "meeting.schema.json").read_bytes()


@pytest.mark.parametrize("name", ["meetings/124.yml", "templates/news.yml", "templates/slides/news.yml"])
def test_a_file_that_ends_in_yml_is_not_ignored_in_silence(name: str, bare: Folder) -> None:
    """Its name is told, and the one it needs."""
    [problem] = [one for one in check(bare(**{name: "kind: bullets\n"}), 123) if one.rule == "wrong-suffix"]

    assert str(problem.origin) == name
    assert problem.hint == f"rename it to `{Path(name).stem}.yaml`"


def test_a_picture_is_found_by_its_name_in_another_unicode_form(bare: Folder) -> None:
    """As a file system or an archive may have decomposed it."""
    slide = "slides: {one: {kind: figure, title: T, picture: meetings/figures/café/é.png, alt: A}}\n"
    root = bare(MINIMAL + normalize("NFC", slide))
    picture = root / normalize("NFD", "meetings/figures/café/é.png")
    picture.parent.mkdir(parents=True)
    picture.write_bytes(raster(640, 480, "#006d77"))

    assert [one for one in check(root, 123) if one.rule == "no-picture"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_described_with_a_slide_that_builds(
    kind: str, bare: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its keys, each explained, and an example to paste into a meeting file."""
    assert main(["describe", kind]) == 0

    said = capsys.readouterr().out
    slides = plain(parse(said[said.index("slides:\n") :], "example").get())
    root = bare(MINIMAL + dump(slides), **{"meetings/figures/124-reviews.png": ""})
    (root / "meetings/figures/124-reviews.png").write_bytes(raster(640, 480, "#006d77"))

    assert all(f"\n  {key} " in said for key in KINDS[kind].kind.keys)
    assert [one for one in check(root, 123) if one.severity == "error"] == []


def test_a_command_finds_its_folder_from_one_inside_it(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As git does: the nearest folder above that has templates, though one between them has meetings too."""
    root = folder()
    inside = root / "notes" / "of the last time"
    (inside / "meetings").mkdir(parents=True)
    monkeypatch.chdir(inside)

    assert main(["upload-help", "123"]) == 0
    assert "../../build/123/slides-123-saag-chair-slides.pdf" in capsys.readouterr().out.replace(os.sep, "/")


def test_a_folder_without_templates_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Meetings alone are enough to find it, so what is missing is reported there."""
    (tmp_path / "meetings" / "figures").mkdir(parents=True)
    (tmp_path / "meetings" / "123.yaml").write_text(MINIMAL)
    monkeypatch.chdir(tmp_path / "meetings" / "figures")

    assert main(["check"]) == 1
    assert "templates/deck.yaml: error:" in capsys.readouterr().out


def test_the_version_names_the_commit_of_a_checkout(capsys: pytest.CaptureFixture[str]) -> None:
    """The one that git names, and whether files differ from it."""
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    commit = git(ROOT, "rev-parse", "--short=9", "HEAD")

    assert ended.value.code == 0
    assert re.fullmatch(rf"deckgen \S+ \({commit}(, changed)?\)\n", capsys.readouterr().out)
