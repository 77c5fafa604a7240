"""Work that takes too much -> one message with what it was doing, exit code 1, and the old files unchanged."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from support.repository import ROOT

from deckgen.base import budget
from deckgen.base.budget import doing, result_of, scratch, watched
from deckgen.base.processes import Beside
from deckgen.problems import Origin

pytestmark = pytest.mark.slow

Folder = Callable[..., Path]
# A deck that takes every machine longer than the one or two seconds that these tests allow.
SOME_WORDS = "and *some more* words of it, on `one` line"
ITEMS = ", ".join([f"Point {number} {SOME_WORDS}" for number in range(6)])
LARGE = "".join(
    f"  s{n}: {{kind: bullets, title: S{n}, section: Reports, items: [{n} {ITEMS}]}}\n" for n in range(1_950)
)
MEETING = 'session: {date: 2025-07-25, start: "09:30"}\ndirectors: {a.director: A. Director}\nslides:\n'
# Each process that builds one of several decks imports this file again.
GRANTED = (
    "import os, sys\nfrom deckgen.base import budget\n"
    "budget.SECONDS, budget.MEMORY = int(os.environ['SECONDS']), int(os.environ['MEGABYTES']) * 10**6\n"
    "if __name__ == '__main__':\n    from deckgen.__main__ import run\n    sys.exit(run())\n"
)


def granted(tmp_path: Path, seconds: int, megabytes: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command of `deckgen` with this budget."""
    program = tmp_path / "granted.py"
    program.write_text(GRANTED)
    command = [sys.executable, str(program), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SECONDS": str(seconds), "MEGABYTES": str(megabytes)}
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, env=environment)


def contents(folder: Path) -> dict[str, bytes]:
    """All files of a folder, hidden ones too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.promise
@pytest.mark.parametrize(
    ("seconds", "megabytes", "text"),
    [(1, 1500, "more than 1 s of CPU time used"), (60, 60, "more than 0.1 GB of memory used")],
)
def test_a_deck_that_takes_too_much_is_one_problem(
    folder: Folder, tmp_path: Path, seconds: int, megabytes: int, text: str
) -> None:
    """Too much time or memory: the location, what was being done, exit code 1, and no file changed."""
    root = folder()
    assert granted(tmp_path, 20, 1500, "build", "123", "--root", str(root)).returncode == 0
    old = contents(root / "build")
    folder(MEETING + LARGE)

    done = granted(tmp_path, seconds, megabytes, "build", "123", "--root", str(root))

    assert done.returncode == 1
    [message] = [line for line in done.stderr.splitlines() if "error: " in line]
    assert f"error: {text} while " in message
    assert "[over-budget]" in message
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert contents(root / "build") == old


def test_the_problems_of_another_deck_are_reported_too(folder: Folder, tmp_path: Path) -> None:
    """`deckgen check` of several meetings ends the one that takes too much, and checks the others."""
    root = folder(MEETING + LARGE)
    (root / "meetings" / "124.yaml").write_text(MEETING.replace("slides:\n", "agnda: []\n"))

    done = granted(tmp_path, 1, 1500, "check", "--root", str(root))

    assert done.returncode == 1
    assert "[over-budget]" in done.stdout
    assert "meetings/124.yaml:3:1: error: unknown key `agnda`" in done.stdout
    assert "Traceback" not in done.stderr


def test_the_problem_comes_in_the_requested_format(folder: Folder, tmp_path: Path) -> None:
    """Nothing else is on standard output."""
    root = folder(MEETING + LARGE)

    [problem] = json.loads(
        granted(tmp_path, 1, 1500, "build", "123", "--root", str(root), "--output-format=json").stdout
    )

    assert (problem["rule"], problem["severity"]) == ("over-budget", "error")


def test_a_deck_that_takes_too_much_does_not_stop_the_others(folder: Folder, tmp_path: Path) -> None:
    """With `--all`, the one is reported, and the other is built."""
    root = folder(**{"meetings/124.yaml": MEETING.replace("07-25", "11-07") + LARGE})

    done = granted(tmp_path, 2, 1500, "build", "--all", "--root", str(root))

    assert done.returncode == 1
    assert [line.rpartition(" ")[2] for line in done.stderr.splitlines() if "error: " in line] == ["[over-budget]"]
    assert len([*(root / "build" / "123").iterdir()]) == 3
    assert not (root / "build" / "124").exists()


def endless() -> int:
    """Work without an end."""
    doing("running a test", Origin("test.yaml", 3, 7), "slide")
    while True:
        pass


@pytest.fixture
def a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """The budget of a deck is a second, and 300 MB."""
    monkeypatch.setattr(budget, "SECONDS", 1)
    monkeypatch.setattr(budget, "MEMORY", 300_000_000)


@pytest.mark.usefixtures("a_second")
def test_what_was_being_done_is_reported_with_its_origin() -> None:
    """With the file, the line and the slide."""
    problem = watched(endless).problem

    assert problem
    assert str(problem) == "test.yaml:3:7: error: more than 1 s of CPU time used while running a test [over-budget]"
    assert problem.slide == "slide"


@pytest.mark.usefixtures("a_second")
def test_memory_is_limited_in_python_and_below_it() -> None:
    """In many small pieces or in one large piece."""
    for work in (lambda: [bytes(10**6) for _ in range(1_000)], lambda: bytearray(10**9)):
        problem = watched(lambda w=work: len(w())).problem

        assert problem
        assert problem.text == "more than 0.3 GB of memory used"


@pytest.mark.promise
@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT])
def test_a_library_that_fails_is_a_problem_with_its_last_output(number: int) -> None:
    """No core, no backtrace: its output is kept for the command line, which shows it without commands."""

    def work() -> int:
        os.write(2, b"a library says\n::error::x\n")
        os.kill(os.getpid(), number)
        return 0

    ended = watched(work)

    assert ended.problem
    assert (ended.problem.rule, ended.problem.text) == ("library-failed", "a library failed")
    assert ended.output == "a library says\n::error::x\n"


@pytest.mark.promise
def test_a_process_that_waits_for_ever_is_ended() -> None:
    """By the clock, because it takes no CPU time."""
    problem = watched(lambda: time.sleep(60) or 0, patience=0.5).problem

    assert problem
    assert problem.text.startswith("not finished after")


def test_work_that_ends_by_itself_keeps_its_exit_code(capfd: pytest.CaptureFixture[str]) -> None:
    """And its output and its errors."""

    def work() -> int:
        print("out")
        print("err", file=sys.stderr)
        return 3

    ended = watched(work)

    assert (ended.code, ended.problem, ended.output) == (3, None, "")
    assert capfd.readouterr() == ("out\n", "err\n")


def test_temporary_folders_are_removed() -> None:
    """Those of a process that was ended do not pile up."""

    def work() -> int:
        folder = tempfile.mkdtemp(prefix=scratch())
        doing(folder)
        os.kill(os.getpid(), signal.SIGABRT)
        return 0

    problem = watched(work).problem
    assert problem
    made = Path(problem.text.partition(" while ")[2])

    assert made.name.startswith("deckgen-")
    assert not made.exists()


def spent() -> float:
    """CPU seconds of the processes that this one has waited for."""
    times = os.times()
    return times.children_user + times.children_system


@pytest.mark.usefixtures("a_second")
def test_a_preview_counts_only_the_time_of_its_decks() -> None:
    """Time between two decks is not limited, and each deck has its own budget."""

    def spin(seconds: float) -> None:
        end = time.process_time() + seconds
        while time.process_time() < end:
            pass

    def work() -> int:
        for _ in range(2):
            budget.renew()
            spin(0.8)
            budget.rest()
            spin(1.5)
        budget.renew()
        spin(30)
        return 0

    before = spent()
    problem = watched(work).problem

    assert problem
    assert problem.text.startswith("more than 1 s of CPU time used")
    assert 4 < spent() - before < 12


def test_a_result_of_any_size_comes_back() -> None:
    """More than a pipe holds."""
    assert result_of(lambda: "x" * 10**6)[0] == "x" * 10**6


@pytest.mark.promise
@pytest.mark.usefixtures("a_second")
def test_a_process_beside_is_limited_too(tmp_path: Path) -> None:
    """The process that makes the PowerPoint shares the build's budget."""
    (tmp_path / "busy.py").write_text(
        "from deckgen.base import budget\nfrom deckgen.base.processes import serve\nbudget.SECONDS = 1\n"
        "def busy(on):\n    while True: pass\n"
        "def greedy(on):\n    return len([bytes(10**6) for _ in range(10_000)])\n"
        "serve({'busy': busy, 'greedy': greedy})\n"
    )
    sys.path.insert(0, str(tmp_path))
    try:
        for work, text in (("busy", "more than 1 s of CPU time used"), ("greedy", "more than 0.3 GB of memory used")):

            def build(work: str = work) -> int:
                with Beside("busy") as beside:
                    beside.ask(work, None)
                    return int(beside.answer())

            problem = watched(build).problem
            assert problem
            assert problem.text == text
    finally:
        sys.path.remove(str(tmp_path))


def running() -> tuple[subprocess.Popen[str], int]:
    """A command at work, and the id of the process that does the work."""
    code = (
        "import os, sys, time\nfrom deckgen.base.budget import watched\n"
        "def work():\n    try:\n        print(os.getpid(), flush=True)\n        time.sleep(60)\n"
        "    except KeyboardInterrupt:\n        print('interrupted', flush=True)\n        return 130\n"
        "    return 0\n"
        "ended = watched(work)\nprint('ended', ended.code, flush=True)\n"
    )
    command = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert command.stdout
    return command, int(command.stdout.readline())


def test_ctrl_c_and_an_end_from_outside_reach_the_work() -> None:
    """Ctrl-C counts once, though the terminal signals both processes; a signal that ends one ends the other."""
    command, at_work = running()
    os.kill(at_work, signal.SIGINT)
    command.send_signal(signal.SIGINT)
    assert command.communicate(timeout=20)[0].split() == ["interrupted", "ended", "130"]

    command, at_work = running()
    command.send_signal(signal.SIGTERM)
    assert command.communicate(timeout=20)[0].split() == ["ended", str(-signal.SIGTERM)]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_work_ends_with_the_process_that_waits_for_it() -> None:
    """A command that is killed leaves no process at work."""
    command, _ = running()
    command.kill()

    assert command.communicate(timeout=20) == ("", None)  # both hold the pipe, and the work sleeps for a minute
