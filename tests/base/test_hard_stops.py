"""A build that is stopped or cannot write: the old files stay whole, or the new ones are whole."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from support.repository import MINIMAL

from deckgen.base.files import restore, write_all
from deckgen.base.processes import Beside
from deckgen.build.one import build
from deckgen.problems import DeckError
from deckgen.proof.read_pdf import read_pdf
from deckgen.proof.read_pptx import read_pptx

pytestmark = pytest.mark.slow

Folder = Callable[..., Path]
OTHER = MINIMAL + "slides: {helping-out: {title: Another Title}}\n"


def contents(folder: Path) -> dict[str, bytes]:
    """The finished files of a folder; the name of an unfinished one begins with a dot."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


def is_mixture(found: dict[str, bytes], old: dict[str, bytes], new: dict[str, bytes]) -> bool:
    """Whether an old file is beside a new one, or a file is neither."""
    return not (found.items() <= old.items() or found.items() <= new.items())


@pytest.mark.promise
def test_killed_at_any_moment_the_files_are_whole(folder: Folder) -> None:
    """Killed at 24 moments from the start to the end, a build leaves the old files or the new ones."""
    root = folder()
    out = root / "out"
    build(root, 123, out).get()
    old = contents(out)
    folder(OTHER)
    start = time.perf_counter()
    build(root, 123, root / "new").get()
    length = 3 * (time.perf_counter() - start) + 0.4
    new = contents(root / "new")
    killed = 0
    for moment in range(24):
        command = [sys.executable, "-m", "deckgen", "build", "123", "--root", str(root), "--output", str(out)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=length * moment / 24)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            killed += process.wait() == -signal.SIGKILL
        assert not is_mixture(contents(out), old, new), moment

    assert killed > 3


# Python tells its audit hooks of each file that is opened, made, moved or removed (PEP 578); this one kills the
# process before the step of a given number, or lets that step fail.
STEPS = """
import os, signal, sys
from pathlib import Path
from deckgen.base.files import restore, write_all
out, left = Path(sys.argv[1]), int(sys.argv[2])
def hook(event, arguments):
    global left
    if event in ("open", "os.rename", "os.mkdir", "os.rmdir", "os.remove", "shutil.rmtree"):
        left -= 1
        if left == 0 and sys.argv[3] == "fail":
            raise OSError(5, "Input/output error")
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
if sys.argv[3] == "restore":
    restore(out, out)
else:
    write_all(out, {name: b"new" for name in ("deck.pptx", "deck.pdf", "outline.txt")}, out)
"""


def killed_at(step: int, out: Path, what: str) -> bool:
    """Whether the process was killed at this step of writing or restoring; otherwise it has succeeded."""
    code = subprocess.run([sys.executable, "-c", STEPS, str(out), str(step), what], check=False).returncode
    assert code in (0, -signal.SIGKILL)
    return code != 0


@pytest.mark.promise
@pytest.mark.parametrize("before", [{}, {"deck.pptx": b"old", "deck.pdf": b"old", "outline.txt": b"old"}])
def test_killed_at_any_step_of_replacing_no_old_file_is_beside_a_new(tmp_path: Path, before: dict[str, bytes]) -> None:
    """After any step, the next command finds all old files or all new ones."""
    new = dict.fromkeys(("deck.pptx", "deck.pdf", "outline.txt"), b"new")
    torn = step = 0
    while step := step + 1:
        out = tmp_path / str(step)
        write_all(out, before, out)
        if not killed_at(step, out, "write"):
            break
        torn += contents(out) not in (before, new)
        assert not is_mixture(contents(out), before, new), step
        restore(out, out)
        assert contents(out) in (before, new), step
        write_all(out, new, out)
        assert [path.name for path in out.iterdir() if path.name.startswith(".")] == [], step

    assert contents(out) == new
    assert step > 15
    assert torn > 1


def test_killed_while_restoring_the_next_one_continues(tmp_path: Path) -> None:
    """A restore can be killed at each of its steps too."""
    old = dict.fromkeys(("deck.pptx", "deck.pdf", "outline.txt"), b"old")
    torn = next(step for step in range(1, 50) if torn_at(step, tmp_path / f"try-{step}", old))
    for step in range(1, 30):
        out = tmp_path / str(step)
        torn_at(torn, out, old)
        killed = killed_at(step, out, "restore")
        restore(out, out)
        assert contents(out) == old, step
        if not killed:
            return
    raise AssertionError("restoring does not end")


def torn_at(step: int, out: Path, old: dict[str, bytes]) -> bool:
    """Whether a process killed at this step leaves one new file and no other."""
    write_all(out, old, out)
    killed_at(step, out, "write")
    return contents(out) == {"deck.pptx": b"new"}


def test_a_step_that_fails_leaves_the_old_files(tmp_path: Path) -> None:
    """Any failed step is reported, and the old files are there without another command."""
    old = dict.fromkeys(("deck.pptx", "deck.pdf", "outline.txt"), b"old")
    failed = 0
    for step in range(1, 40):
        out = tmp_path / str(step)
        write_all(out, old, out)
        command = [sys.executable, "-c", STEPS, str(out), str(step), "fail"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            failed += 1
            assert "cannot be written: Input/output error" in done.stderr, step
            assert contents(out) in (old, dict.fromkeys(old, b"new")), step

    assert failed > 15
    assert contents(out) == dict.fromkeys(old, b"new")


def test_a_link_in_the_output_folder_is_not_followed(tmp_path: Path) -> None:
    """An untrusted pull request can add a folder that looks like the rest of a killed build."""
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    out.mkdir()
    elsewhere.mkdir()
    (elsewhere / "key").write_text("secret")
    (out / ".replaced").symlink_to(elsewhere)
    (out / ".leaving").mkdir()
    (out / ".leaving" / ".names").write_text("../elsewhere/key")

    restore(out, out)

    assert contents(out) == {}
    assert contents(elsewhere) == {"key": b"secret"}


def test_a_full_disk_leaves_the_old_files(folder: Folder) -> None:
    """A file that cannot grow is reported, and nothing changes. A limit on file sizes replaces a full disk here."""
    root = folder()
    out = root / "out"
    build(root, 123, out).get()
    old = contents(out)
    folder(OTHER)
    limited = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))\n"
        "from deckgen.cli.main import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    command = [sys.executable, "-c", limited, "build", "123", "--root", str(root), "--output", str(out)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)

    assert result.returncode == 1
    assert "cannot be written" in result.stderr
    assert "Traceback" not in result.stderr
    assert contents(out) == old
    assert [path for path in out.iterdir() if path.name.startswith(".")] == []


def test_a_process_beside_that_fails_stops_the_build(folder: Folder) -> None:
    """The process that makes the PowerPoint ends too soon (here it is another program): a bug, and no file changes."""
    root = folder()
    build(root, 123, root / "out").get()
    old = contents(root / "out")
    folder(OTHER)

    with Beside("this") as beside, pytest.raises(RuntimeError, match="`this` ended before its work was done"):
        build(root, 123, root / "out", beside=beside).get()

    assert contents(root / "out") == old


def test_a_deck_with_errors_leaves_no_process_behind(folder: Folder) -> None:
    """The process that would have made the PowerPoint is gone, and has printed nothing."""
    root = folder(MINIMAL + "slides: {helping-out: {tilte: Typo}}\n")
    command = [sys.executable, "-m", "deckgen", "build", "123", "--root", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)  # waits for its pipes

    assert done.returncode == 1
    assert "unknown-key" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_target_that_is_a_folder_is_reported(folder: Folder) -> None:
    """A folder has the name of the PDF; the PowerPoint is not written either."""
    root = folder()
    (root / "out" / "slides-123-saag-chair-slides.pdf").mkdir(parents=True)

    with pytest.raises(DeckError, match="a folder has this name"):
        build(root, 123, root / "out").get()

    assert [path.name for path in (root / "out").iterdir()] == ["slides-123-saag-chair-slides.pdf"]


def test_a_reader_of_the_old_file_keeps_it(folder: Folder) -> None:
    """A process that has the old file open continues to read the old file."""
    root = folder()
    built = build(root, 123, root / "out").get()
    pdf = next(path for path in built.files if path.suffix == ".pdf")
    old = pdf.read_bytes()
    with pdf.open("rb") as reading:
        half = reading.read(1000)
        folder(OTHER)
        build(root, 123, root / "out").get()
        assert half + reading.read() == old

    assert pdf.read_bytes() != old


def test_two_builds_at_once_do_not_mix(folder: Folder) -> None:
    """Four processes write one folder; afterwards both files can be read and agree."""
    root = folder()
    out = root / "out"
    command = [sys.executable, "-m", "deckgen", "build", "123", "--root", str(root), "--output", str(out)]
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(4)]

    assert [process.wait(timeout=60) for process in running] == [0, 0, 0, 0]
    slides = read_pptx(next(out.glob("*.pptx")).read_bytes())
    pages = read_pdf(next(out.glob("*.pdf")).read_bytes())
    assert [slide.title for slide in slides] == [page.title for page in pages]


def test_a_read_only_folder_is_reported() -> None:
    """The message has its path; /proc accepts no new files."""
    with pytest.raises(DeckError, match=r"/proc/deckgen.*cannot be written"):
        write_all(Path("/proc/deckgen"), {"a": b"a"}, Path("/proc"))


def test_a_file_with_the_name_of_the_folder_is_reported(tmp_path: Path) -> None:
    """The message has its path."""
    (tmp_path / "out").write_text("a file")

    with pytest.raises(DeckError, match="cannot be written"):
        write_all(tmp_path / "out", {"a": b"a"}, tmp_path)
