"""Links that came with untrusted files -> no command writes through them."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from support.repository import ROOT

from deckgen.base.files import refuse_links, write_all
from deckgen.cli.main import main
from deckgen.facts.snapshot import write_snapshot
from deckgen.meeting.new import new_meeting
from deckgen.problems import DeckError

Folder = Callable[..., Path]
FILES = (
    *("summary.md", "code-quality.json", "123/outline.txt", "123/slides-123-saag-chair-slides.pdf"),
    *("123/slides-123-saag-chair-slides.pptx", "123/review/index.html", "123/review/review.md"),
    *("index.html", "123/entry.json", "123/review/changes.png"),
)
WRITES = {"write_text", "write_bytes", "mkdir", "touch", "symlink_to", "makedirs", "mkstemp", "copyfile", "copytree"}
# Each of these writes through `write_all`, looks for links itself, or writes into a folder that it has just made.
WRITERS = {
    *("base/files.py", "facts/cache.py", "facts/snapshot.py", "meeting/new.py", "preview/token.py"),
    *("review/revision.py", "writers/pdf.py", "layout/drawing.py", "layout/faces.py", "cli/ci_decks.py"),
    *("edits/base.py", "build/repository.py"),
}


@pytest.mark.promise
@pytest.mark.slow
def test_links_with_the_names_of_outputs_are_replaced(folder: Folder, tmp_path: Path) -> None:
    """Each file that CI leaves replaces the link, and the target of the link does not change."""
    root = folder()
    victims = [tmp_path / str(number) for number in range(len(FILES))]
    for name, victim in zip(FILES, victims, strict=True):
        victim.write_text("precious")
        link = root / "build" / name
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(victim)

    assert main(["ci-decks", "--root", str(root)]) == 0

    assert {victim.read_text() for victim in victims} == {"precious"}
    assert not any((root / "build" / name).is_symlink() for name in FILES)


@pytest.mark.slow
@pytest.mark.promise
@pytest.mark.sweep(4)
@pytest.mark.parametrize("link", ["build", "build/123", "build/123/review"])
@pytest.mark.parametrize("command", [["build", "123"], ["review", "123"], ["ci-decks"], ["upload-help", "123"]])
def test_folders_that_are_links_are_refused(
    folder: Folder, tmp_path: Path, link: str, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The target of a linked folder of outputs does not change, and the command reports the link."""
    root, elsewhere = folder(), tmp_path / "elsewhere"
    (elsewhere / ".leaving").mkdir(parents=True)
    (elsewhere / ".leaving" / "kept").write_text("kept")
    (root / link).parent.mkdir(parents=True, exist_ok=True)
    (root / link).symlink_to(elsewhere)

    code = main([*command, "--root", str(root)])

    assert [path.relative_to(elsewhere).as_posix() for path in elsewhere.rglob("*")] == [".leaving", ".leaving/kept"]
    if link == "build" or command[0] == "ci-decks":
        assert code == 1
        assert f"`{Path(link).name}` is a link, and nothing is written through links" in capsys.readouterr().err


@pytest.mark.promise
def test_facts_and_new_meetings_go_through_no_link(folder: Folder, tmp_path: Path) -> None:
    """The two commands that write beside the meetings refuse a link, whether it is the folder or the file."""
    root, elsewhere = folder(number=124), tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "facts").write_text("kept")
    (root / "meetings" / "124.facts.yaml").symlink_to(elsewhere / "facts")
    (root / "meetings" / "125.yaml").symlink_to(elsewhere / "new")

    write_snapshot(root, 124, "errata: {}\n")
    with pytest.raises(DeckError, match="the file already exists"):
        new_meeting(root, 125).get()
    (root / "meetings" / "125.yaml").unlink()
    (root / "meetings").rename(tmp_path / "meetings")
    (root / "meetings").symlink_to(tmp_path / "meetings")
    for write in (lambda: write_snapshot(root, 126, "errata: {}\n"), lambda: new_meeting(root, 126).get()):
        with pytest.raises(DeckError, match="nothing is written through links"):
            write()

    assert {path.name: path.read_text() for path in elsewhere.iterdir()} == {"facts": "kept"}
    assert not (tmp_path / "meetings" / "126.yaml").exists()


def test_the_path_to_the_repository_may_be_a_link(tmp_path: Path) -> None:
    """The person who works in a linked folder has made the link, and so has one who names a link outside of it."""
    (tmp_path / "real" / "out").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "real")

    write_all(tmp_path / "link" / "out", {"a": b"a"}, tmp_path / "link")
    write_all(tmp_path / "link" / "out", {"b": b"b"}, tmp_path / "elsewhere")

    assert sorted(path.name for path in (tmp_path / "real" / "out").iterdir()) == ["a", "b"]
    with pytest.raises(DeckError, match="`link` is a link"):
        refuse_links(tmp_path / "link" / "out", tmp_path)


def test_a_torn_set_whose_names_are_a_link_is_not_read(tmp_path: Path) -> None:
    """An untrusted `.replaced` may contain a link to a device that never ends."""
    (tmp_path / ".replaced").mkdir()
    (tmp_path / ".replaced" / ".names").symlink_to("/dev/zero")

    write_all(tmp_path, {"a": b"a"}, tmp_path)

    assert (tmp_path / "a").read_bytes() == b"a"


def test_no_other_module_writes() -> None:
    """The modules that write files are listed here, and reviewed."""
    found = {
        path.relative_to(ROOT / "deckgen").as_posix()
        for path in (ROOT / "deckgen").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and _writes(node)
    }

    assert found == WRITERS


def _writes(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    modes = [word.value for word in (*call.args, *(k.value for k in call.keywords)) if isinstance(word, ast.Constant)]
    opens = name == "open" and any(set("wxa+") & set(str(mode)) for mode in modes if len(str(mode)) < 4)
    return opens or name in WRITES
