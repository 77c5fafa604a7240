"""A build that is stopped or cannot write: the old files stay whole, or the new ones are whole."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import MINIMAL

from deckgen.build import build
from deckgen.files import write_all
from deckgen.problems import DeckError
from deckgen.processes import Beside
from deckgen.readback import read_pdf, read_pptx

Folder = Callable[..., Path]
OTHER = MINIMAL + "slides: {helping-out: {title: Another Title}}\n"


def contents(folder: Path) -> dict[str, bytes]:
    """The finished files of a folder; half-written ones begin with a dot."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


def test_killed_at_any_moment_the_files_are_whole(folder: Folder) -> None:
    """Killed at 24 moments from the start to the end, a build leaves each file old or new, never broken."""
    root = folder()
    out = root / "out"
    build(root, 123, out)
    old = contents(out)
    folder(OTHER)
    start = time.perf_counter()
    build(root, 123, root / "new")
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
        for name, data in contents(out).items():
            assert data in (old[name], new[name]), (name, moment)

    assert killed > 3


def test_a_full_disk_leaves_the_old_files(folder: Folder) -> None:
    """A file that cannot grow is told, and nothing changes. The limit on file sizes stands in for a full disk."""
    root = folder()
    out = root / "out"
    build(root, 123, out)
    old = contents(out)
    folder(OTHER)
    limited = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))\n"
        "from deckgen.cli import main\n"
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
    """What makes the PowerPoint ends too soon, here because it is another program: a bug, and no file changes."""
    root = folder()
    build(root, 123, root / "out")
    old = contents(root / "out")
    folder(OTHER)

    with Beside("this") as beside, pytest.raises(RuntimeError, match="`this` ended before its work was done"):
        build(root, 123, root / "out", beside=beside)

    assert contents(root / "out") == old


def test_a_deck_with_errors_leaves_no_process_behind(folder: Folder) -> None:
    """The process that would have made the PowerPoint is gone, and has said nothing."""
    root = folder(MINIMAL + "slides: {helping-out: {tilte: Typo}}\n")
    command = [sys.executable, "-m", "deckgen", "build", "123", "--root", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)  # waits for its pipes

    assert done.returncode == 1
    assert "unknown-key" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_target_that_is_a_folder_is_told(folder: Folder) -> None:
    """A folder bears the name of the PDF; the PowerPoint is not written either."""
    root = folder()
    (root / "out" / "slides-123-saag-chair-slides.pdf").mkdir(parents=True)

    with pytest.raises(DeckError, match="it is a folder"):
        build(root, 123, root / "out")

    assert [path.name for path in (root / "out").iterdir()] == ["slides-123-saag-chair-slides.pdf"]


def test_a_target_that_somebody_reads_stays_whole_for_him(folder: Folder) -> None:
    """Who has the old file open goes on reading the old file."""
    root = folder()
    built = build(root, 123, root / "out")
    pdf = next(path for path in built.files if path.suffix == ".pdf")
    old = pdf.read_bytes()
    with pdf.open("rb") as reading:
        half = reading.read(1000)
        folder(OTHER)
        build(root, 123, root / "out")
        assert half + reading.read() == old

    assert pdf.read_bytes() != old


def test_two_builds_at_once_do_not_mix(folder: Folder) -> None:
    """Four processes write one folder; afterwards both files can be read and say the same."""
    root = folder()
    out = root / "out"
    command = [sys.executable, "-m", "deckgen", "build", "123", "--root", str(root), "--output", str(out)]
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(4)]

    assert [process.wait(timeout=60) for process in running] == [0, 0, 0, 0]
    slides = read_pptx(next(out.glob("*.pptx")).read_bytes())
    pages = read_pdf(next(out.glob("*.pdf")).read_bytes())
    assert [slide.title for slide in slides] == [page.title for page in pages]


def test_a_folder_that_takes_no_files_is_told() -> None:
    """A read-only place is a message with its path; /proc takes no new file from anybody."""
    with pytest.raises(DeckError, match=r"/proc/deckgen.*cannot be written"):
        write_all({Path("/proc/deckgen/a"): b"a"})


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    """So is a file where a folder should be."""
    (tmp_path / "out").write_text("a file")

    with pytest.raises(DeckError, match="cannot be written"):
        write_all({tmp_path / "out" / "a": b"a"})
