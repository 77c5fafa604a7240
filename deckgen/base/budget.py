"""Work -> what became of it, in a process that the system ends when it takes too much, with what it was at then.

No list of slow inputs is ever complete, so the bound on them is kept from outside. Where the system has no `fork`
(Windows), work is done where it is asked for, without one.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from mmap import mmap
from typing import Any, Literal, NoReturn, TypeVar

from deckgen.base.frozen import Frozen
from deckgen.base.problem import Origin, Problem

T = TypeVar("T")

SECONDS = 20  # of the processor, for a deck and each process that works on it; one of 2,000 slides takes some 7
MEMORY = 1_500_000_000  # bytes of a process; the same deck takes a third
PATIENCE = 600  # seconds by the clock, should a process wait for what never comes
NO_MEMORY = 77  # the exit code of a process beside this one
_MOST_SAID = 20_000
_NO_MEMORY_LEFT = ("memory allocation of", "bad_alloc", "out of memory")  # the last words of Rust, of C++ and of others
_PLACE, _FOLDER, _REASON = 0, 2_000, 3_999  # where on the board each is written
# What ends a process that a library has led astray.
_CRASHES = {"SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE", "SIGTRAP"}

Reason = Literal["", "time", "memory", "crash", "patience"]
_REASONS: tuple[Reason, ...] = ("", "time", "memory", "crash", "patience")

_board: mmap | None = None  # what both processes see


class Exit(Frozen):
    """How work ended, with a Problem where it was ended; `said` is what libraries wrote meanwhile.

    Where it was ended while it wrote the files of a folder, those are in `unfinished`.
    """

    code: int
    problem: Problem | None = None
    said: str = ""
    unfinished: str = ""


class ExhaustedError(RuntimeError):
    """A process beside this one had to be ended."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason)


def scratch() -> str:
    """How the temporary folders of this process begin, so that they can be taken away should it be ended."""
    return f"deckgen-{os.getpid()}-"


def is_watched() -> bool:
    """Whether there is somebody who sees this process end."""
    return _board is not None


def doing(what: str, origin: Origin | None = None, slide: str = "") -> None:
    """Leave word of what this process is at, such as `the slide x was being measured`, should it not come back."""
    if _board is not None:
        place = origin or Origin("")
        words = "\0".join((place.path, str(place.line), str(place.column), slide, what))
        _write(_PLACE, words, _FOLDER)


@contextmanager
def writing(folder: str) -> Iterator[None]:
    """Leave word of a folder for as long as its files are replaced."""
    if _board is None:
        yield
        return
    _write(_FOLDER, folder, _REASON)
    try:
        yield
    finally:
        _write(_FOLDER, "", _REASON)


def renew() -> None:
    """Begin the time anew: another deck is made in the same process."""
    if _board is not None:
        bound()


def rest() -> None:
    """Count no time until `renew`: a preview may run for days."""
    if _board is not None:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))


def watched(work: Callable[[], int], patience: float | None = PATIENCE) -> Exit:
    """Do work in a process of its own, and wait for it."""
    global _board
    if not hasattr(os, "fork"):
        return Exit(work())
    board = mmap(-1, 4_096)
    said = _file()
    sys.stdout.flush()
    sys.stderr.flush()
    with _Ears(patience) as ears:
        child = os.fork()
        if child == 0:
            ears.__exit__()
            _board = board
            _do(work, said)
        code = ears.wait(child)
    ended = _ended(code, ears.late, board, said)
    if ended.problem:
        _clean_up_after(child)
    return ended


def result_of(job: Callable[[], T]) -> tuple[T | None, Exit]:
    """What a job returns, done in a process of its own; nothing where that had to be ended."""
    if not hasattr(os, "fork"):
        return job(), Exit(0)
    import pickle

    answer = _file()

    def work() -> int:
        with os.fdopen(os.dup(answer), "wb") as file:
            pickle.dump(job(), file, pickle.HIGHEST_PROTOCOL)
        return 0

    ended = watched(work)
    with os.fdopen(answer, "rb") as file:
        file.seek(0)
        return pickle.load(file) if ended.code == 0 else None, ended


def _file() -> int:
    """A file in memory for what libraries write to standard error: they quote what they stumble over."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("said")
    from tempfile import TemporaryFile

    with TemporaryFile() as file:
        return os.dup(file.fileno())


def _do(work: Callable[[], int], said: int) -> NoReturn:
    """The other process."""
    code = 1
    try:
        signal.signal(signal.SIGINT, _interrupt)
        die_with_parent()
        faulthandler.disable()  # which may have kept an output of its own
        sys.stderr = os.fdopen(os.dup(2), "w", 1, errors="backslashreplace")
        os.dup2(said, 2)
        bound()
        code = work()
        sys.stdout.flush()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 1
    except ExhaustedError as error:
        _tell_reason(error.reason)
    except MemoryError:
        _tell_reason("memory")
    except BaseException as error:
        if not isinstance(error, Exception):  # so panics of Rust come to Python
            _tell_reason("crash")
        sys.excepthook(type(error), error, error.__traceback__)
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.flush()
        os._exit(code)  # what is left is the memory, which the system takes back sooner


def _interrupt(*_: object) -> NoReturn:
    """Ctrl-C, which the terminal tells both processes, and each the other: it is heard once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt


def die_with_parent() -> None:
    """End this process when that which has started it ends, however that ends. Only Linux knows how."""
    if sys.platform != "linux":
        return
    import ctypes

    parent = os.getppid()
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG, prctl(2)
    if os.getppid() != parent:  # it ended meanwhile
        os.kill(os.getpid(), signal.SIGKILL)


def bound() -> None:
    """Bound the time of this process from now on, and its memory."""
    try:
        import resource
    except ImportError:  # Windows, which has no such bounds
        return

    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + SECONDS  # the system counts whole ones
    for kind, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_DATA, MEMORY)):
        with contextlib.suppress(OSError, ValueError):  # a system may know no such limit, or have a lower one
            resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


class _Ears:
    """What this process is told while it waits for another, which is told it too."""

    def __init__(self, patience: float | None) -> None:
        self.late = False
        self._child = 0
        self._patience = patience
        self._missed: list[int] = []
        self._before: dict[int, Any] = {}

    def __enter__(self) -> _Ears:
        for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGALRM"):
            number = getattr(signal, name)
            self._before[number] = signal.signal(number, self._hear)
        return self

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def wait(self, child: int) -> int:
        """The exit code of the other process, negative for the signal that ended it."""
        self._child = child
        for number in self._missed:
            self._hear(number)
        signal.setitimer(signal.ITIMER_REAL, self._patience or 0)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def _hear(self, number: int, _: object = None) -> None:
        if not self._child:
            self._missed.append(number)
            return
        self.late = self.late or number == signal.SIGALRM
        with contextlib.suppress(ProcessLookupError):  # it has ended by itself
            os.kill(self._child, signal.SIGKILL if number == signal.SIGALRM else number)


def _clean_up_after(child: int) -> None:
    from pathlib import Path
    from shutil import rmtree
    from tempfile import gettempdir

    for left in Path(gettempdir()).glob(f"deckgen-{child}-*"):
        rmtree(left, ignore_errors=True)


def reason_of(code: int, words: str = "") -> Reason:
    """Why a process ended with such a code, having written such words; nothing where that was by itself."""
    name = signal.Signals(-code).name if code < 0 else ""
    if name == "SIGXCPU":
        return "time"
    if code == NO_MEMORY or (name and any(sign in words for sign in _NO_MEMORY_LEFT)):
        return "memory"
    return "crash" if name in _CRASHES else ""


def _ended(code: int, late: bool, board: mmap, said: int) -> Exit:
    words = os.pread(said, _MOST_SAID, 0).decode("utf-8", "replace")
    os.close(said)
    reason = "patience" if late else _REASONS[board[_REASON]] or reason_of(code, words)
    if not reason:
        return Exit(code, said=words)
    path, line, column, slide, what = (_read(board, _PLACE).split("\0") + [""] * 5)[:5]
    origin = Origin(path, int(line or 0), int(column or 0))
    told = {
        "time": f"more than {SECONDS} s of work",
        "memory": f"more than {MEMORY / 10**9:.1f} GB of memory",
        "crash": "a library failed",
        "patience": f"not done after {PATIENCE} s",
    }[reason]
    hint = (
        "report the file: it should have been a message" if reason == "crash" else "make it smaller, or several of it"
    )
    rule = "library-failed" if reason == "crash" else "over-budget"
    problem = Problem(origin, rule, f"{told}; {what}" if what else told, hint, slide=slide)
    return Exit(1, problem, words, _read(board, _FOLDER))


def _tell_reason(reason: Reason) -> None:
    if _board is not None:
        _board[_REASON] = _REASONS.index(reason)


def _write(start: int, words: str, end: int) -> None:
    """Words on the board, their length in the two bytes before them; a process that is ended leaves the old length."""
    assert _board is not None
    data = words.encode("utf-8", "replace")[: end - start - 2]
    _board[start + 2 : start + 2 + len(data)] = data
    _board[start : start + 2] = len(data).to_bytes(2, "big")


def _read(board: mmap, start: int) -> str:
    length = int.from_bytes(board[start : start + 2], "big")
    return board[start + 2 : start + 2 + length].decode("utf-8", "replace")
