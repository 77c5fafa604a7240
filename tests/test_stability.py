"""docs/stability.md and the keys of the last release -> what of them the program no longer has."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from support.repository import MINIMAL, ROOT

from deckgen import api
from deckgen.build.presets import presets
from deckgen.build.repository import begin
from deckgen.cli.main import ALIASES, COMMANDS, main

Folder = Callable[..., Path]
Run = Callable[..., CompletedProcess[str]]
PAGE = (ROOT / "docs" / "stability.md").read_text("utf-8")
MEETING = MINIMAL + "slides: {talk: {kind: bullets, title: A talk, items: [A point]}}\n"
KEYS = ROOT / "tests" / "goldens" / "keys.txt"


def promised(heading: str) -> list[str]:
    """The lines of the list under a heading."""
    found = re.search(rf"^## {heading}\n.*?^```text\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert found
    return found[1].splitlines()


@pytest.mark.parametrize("line", promised("Commands and options"))
def test_a_command_has_the_options_that_are_promised(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Its help shows each of them."""
    command, *options = line.split()
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    shown = capsys.readouterr().out

    assert ended.value.code == 0
    assert [option for option in options if not re.search(rf"{option}\b", shown)] == []


def test_every_command_is_promised() -> None:
    """A new one gets a line, or is hidden."""
    assert {line.split()[0] for line in promised("Commands and options")} == {*COMMANDS, *ALIASES}


def test_exit_codes_are_those_of_the_page(bare: Folder, run: Run) -> None:
    """Success, a problem in the files, and a usage error."""
    root = bare(MEETING)
    codes = [run(root, "check", "123").returncode]
    (root / "meetings/123.yaml").write_text("agend: []\n")
    codes += [run(root, "check", "123").returncode, run(root, "check", "--unknown").returncode]

    assert codes == [int(code) for code in re.findall(r"^\| (\d) \|", PAGE, re.MULTILINE)]


def test_files_have_the_names_of_the_page(bare: Folder, run: Run) -> None:
    """Each one that is promised is there after a build of all formats."""
    root = bare(MEETING)
    built = run(root, "build", "--all", "--format", "pptx,pdf,outline,md")
    names = [name.replace("NAME", "slides-123-saag-chair-slides") for name in promised("Files that are written")]

    assert built.returncode == 0, built.stderr
    assert [name for name in names if not (root / name).is_file()] == []


def test_a_problem_in_json_has_the_keys_of_the_page(bare: Folder, run: Run) -> None:
    """In their order."""
    listed = json.loads(run(bare("agend: []\n"), "check", "123", "--output-format", "json").stdout)

    assert [*listed[0]] == promised("JSON")[0].split()


def test_the_interface_for_scripts_has_the_names_of_the_page() -> None:
    """No other, and all of them are there."""
    assert sorted(api.__all__) == promised("Python")[0].split()
    assert all(hasattr(api, name) for name in api.__all__)


def _keys(schema: Any, way: str) -> Iterator[str]:
    """The way to each key of a schema, through other keys and named parts."""
    if isinstance(schema, list):
        for child in schema:
            yield from _keys(child, way)
    elif isinstance(schema, dict):
        for name, child in schema.items():
            if name in ("properties", "$defs") and isinstance(child, dict):
                for key, inner in child.items():
                    yield f"{way} {key}"
                    yield from _keys(inner, f"{way} {key}")
            elif name not in ("examples", "default", "enum", "const"):
                yield from _keys(child, way)


def test_no_key_of_a_file_vanishes() -> None:
    """`tests/goldens/keys.txt` has those that deckgen declares; `make accept` writes it, a person reads the diff."""
    files = [ROOT / "docs" / name for name in promised("Files that are read") if name != "meeting.schema.json"]
    schemas = {path.name.partition(".")[0]: json.loads(path.read_text("utf-8")) for path in files}
    present = {key for name, schema in schemas.items() for key in _keys(schema, name)}
    if os.environ.get("ACCEPT"):
        KEYS.write_text("".join(f"{key}\n" for key in sorted(present)), "utf-8")
    known = KEYS.read_text("utf-8").splitlines()

    assert len(known) > 100
    assert [key for key in known if key not in present] == []


def test_the_script_of_the_guide_builds_each_deck(tmp_path: Path) -> None:
    """In a repository of a company, where there is nothing to report."""
    assert "plain" in presets()
    begin(tmp_path / "new", "plain", date(2026, 6, 1))
    [script] = re.findall(
        r"^```python\n(.*?)^```$", (ROOT / "docs/guide.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    (tmp_path / "script.py").write_text(script)
    command = [sys.executable, str(tmp_path / "script.py")]
    done = subprocess.run(command, cwd=tmp_path / "new", capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert re.findall(r"^(\w+ \d+): build\S+\.pptx$", done.stdout, re.MULTILINE) == ["October 2026", "November 2026"]
    assert "error" not in done.stdout
