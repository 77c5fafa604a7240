"""Work -> how it ended, in a process of its own that the system ends if it takes too much time or memory.

No list of slow inputs is ever complete, so their limits are enforced from outside. On a system without `fork`
(Windows), the work runs in the calling process, without limits.
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

SECONDS = 20  # of CPU time, for a deck and each process that works on it; a deck of 2,000 slides takes about 7
MEMORY = 1_500_000_000  # bytes of a process; the same deck takes a third of them
PATIENCE = 600  # seconds by the clock, for a process that waits for what never comes
NO_MEMORY = 77  # the exit code of a process beside this one
_MAX_OUTPUT = 20_000
_NO_MEMORY_LEFT = (
    "memory allocation of",
    "bad_alloc",
    "out of memory",
)  # the last output of Rust, of C++ and of others
_TASK, _FOLDER, _REASON = 0, 2_000, 3_999  # the offset of each on the board
# The signals that end a process after a failure in a library.
_CRASHES = {"SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE", "SIGTRAP"}

Reason = Literal["", "time", "memory", "crash", "patience"]
_REASONS: tuple[Reason, ...] = ("", "time", "memory", "crash", "patience")

_board: mmap | None = None  # memory that both processes share


class Exit(Frozen):
    """How work ended, with a Problem if the system ended it; `output` is what libraries wrote to standard error.

    `unfinished` is the folder whose files were being written when the work was ended.
    """

    code: int
    problem: Problem | None = None
    output: str = ""
    unfinished: str = ""


class ExhaustedError(RuntimeError):
    """A process beside this one exceeded its budget."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason)


def scratch() -> str:
    """The prefix of this process's temporary folders, by which they are removed if it is killed."""
    return f"deckgen-{os.getpid()}-"


def is_watched() -> bool:
    """Whether another process waits for this one to end."""
    return _board is not None


def doing(what: str, origin: Origin | None = None, slide: str = "") -> None:
    """Record what this process is doing, such as `measuring the slide x`, for the report if it is ended."""
    if _board is not None:
        at = origin or Origin("")
        words = "\0".join((at.path, str(at.line), str(at.column), slide, what))
        _write(_TASK, words, _FOLDER)


@contextmanager
def writing(folder: str) -> Iterator[None]:
    """Record a folder for as long as its files are replaced."""
    if _board is None:
        yield
        return
    _write(_FOLDER, folder, _REASON)
    try:
        yield
    finally:
        _write(_FOLDER, "", _REASON)


def renew() -> None:
    """Restart the time limit: another deck is made in the same process."""
    if _board is not None:
        bound()


def rest() -> None:
    """Lift the time limit until `renew`: a preview may run for days."""
    if _board is not None:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))


def watched(work: Callable[[], int], patience: float | None = PATIENCE) -> Exit:
    """Do the work in a process of its own, and wait for it."""
    global _board
    if not hasattr(os, "fork"):
        return Exit(work())
    board = mmap(-1, 4_096)
    output = _file()
    sys.stdout.flush()
    sys.stderr.flush()
    with _Signals(patience) as signals:
        child = os.fork()
        if child == 0:
            signals.__exit__()
            _board = board
            _do(work, output)
        code = signals.wait(child)
    ended = _ended(code, signals.late, board, output)
    if ended.problem:
        _clean_up_after(child)
    return ended


def result_of(job: Callable[[], T]) -> tuple[T | None, Exit]:
    """The result of a job in a process of its own; None if the process was ended."""
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
    """A file in memory for what libraries write to standard error: they may quote untrusted text there."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("output")
    from tempfile import TemporaryFile

    with TemporaryFile() as file:
        return os.dup(file.fileno())


def _do(work: Callable[[], int], output: int) -> NoReturn:
    """Do the work; this is the other process."""
    code = 1
    try:
        signal.signal(signal.SIGINT, _interrupt)
        die_with_parent()
        faulthandler.disable()  # it may keep its own copy of standard error
        sys.stderr = os.fdopen(os.dup(2), "w", 1, errors="backslashreplace")
        os.dup2(output, 2)
        bound()
        code = work()
        sys.stdout.flush()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 1
    except ExhaustedError as error:
        _report_reason(error.reason)
    except MemoryError:
        _report_reason("memory")
    except BaseException as error:
        if not isinstance(error, Exception):  # a panic of Rust is such an exception in Python
            _report_reason("crash")
        sys.excepthook(type(error), error, error.__traceback__)
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.flush()
        os._exit(code)  # the system frees the memory sooner than Python


def _interrupt(*_: object) -> NoReturn:
    """Ctrl-C, which comes from the terminal and from the waiting process: the second signal is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt


def die_with_parent() -> None:
    """End this process when its parent ends, however that ends; only Linux can."""
    if sys.platform != "linux":
        return
    import ctypes

    parent = os.getppid()
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG, prctl(2)
    if os.getppid() != parent:  # it ended meanwhile
        os.kill(os.getpid(), signal.SIGKILL)


def bound() -> None:
    """Limit the memory of this process, and its CPU time from now on."""
    try:
        import resource
    except ImportError:  # Windows, which has no such limits
        return

    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + SECONDS  # the system counts whole seconds
    for kind, limit in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_DATA, MEMORY)):
        with contextlib.suppress(OSError, ValueError):  # a system may not have this limit, or may have a lower one
            resource.setrlimit(kind, (limit, resource.getrlimit(kind)[1]))


class _Signals:
    """Passes the signals that this process gets while it waits on to the other process."""

    def __init__(self, patience: float | None) -> None:
        self.late = False
        self._child = 0
        self._patience = patience
        self._missed: list[int] = []
        self._before: dict[int, Any] = {}

    def __enter__(self) -> _Signals:
        for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGALRM"):
            number = getattr(signal, name)
            self._before[number] = signal.signal(number, self._pass_on)
        return self

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def wait(self, child: int) -> int:
        """The exit code of the other process, negative for the signal that ended it."""
        self._child = child
        for number in self._missed:
            self._pass_on(number)
        signal.setitimer(signal.ITIMER_REAL, self._patience or 0)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def _pass_on(self, number: int, _: object = None) -> None:
        if not self._child:
            self._missed.append(number)
            return
        self.late = self.late or number == signal.SIGALRM
        with contextlib.suppress(ProcessLookupError):  # it has already ended
            os.kill(self._child, signal.SIGKILL if number == signal.SIGALRM else number)


def _clean_up_after(child: int) -> None:
    from pathlib import Path
    from shutil import rmtree
    from tempfile import gettempdir

    for left in Path(gettempdir()).glob(f"deckgen-{child}-*"):
        rmtree(left, ignore_errors=True)


def reason_of(code: int, words: str = "") -> Reason:
    """Why the system ended a process with this exit code and last output; empty if it ended by itself."""
    name = signal.Signals(-code).name if code < 0 else ""
    if name == "SIGXCPU":
        return "time"
    if code == NO_MEMORY or (name and any(sign in words for sign in _NO_MEMORY_LEFT)):
        return "memory"
    return "crash" if name in _CRASHES else ""


def _ended(code: int, late: bool, board: mmap, output: int) -> Exit:
    words = os.pread(output, _MAX_OUTPUT, 0).decode("utf-8", "replace")
    os.close(output)
    reason = "patience" if late else _REASONS[board[_REASON]] or reason_of(code, words)
    if not reason:
        return Exit(code, output=words)
    path, line, column, slide, what = (_read(board, _TASK).split("\0") + [""] * 5)[:5]
    origin = Origin(path, int(line or 0), int(column or 0))
    text = {
        "time": f"more than {SECONDS} s of CPU time used",
        "memory": f"more than {MEMORY / 10**9:.1f} GB of memory used",
        "crash": "a library failed",
        "patience": f"not finished after {PATIENCE} s",
    }[reason]
    hint = "report a bug, with the file" if reason == "crash" else "make it smaller, or split it"
    rule = "library-failed" if reason == "crash" else "over-budget"
    problem = Problem(origin, rule, f"{text} while {what}" if what else text, hint, slide=slide)
    return Exit(1, problem, words, _read(board, _FOLDER))


def _report_reason(reason: Reason) -> None:
    if _board is not None:
        _board[_REASON] = _REASONS.index(reason)


def _write(start: int, words: str, end: int) -> None:
    """Write text on the board, then its length in the two bytes before it: a killed process leaves the old length."""
    assert _board is not None
    data = words.encode("utf-8", "replace")[: end - start - 2]
    _board[start + 2 : start + 2 + len(data)] = data
    _board[start : start + 2] = len(data).to_bytes(2, "big")


def _read(board: mmap, start: int) -> str:
    length = int.from_bytes(board[start : start + 2], "big")
    return board[start + 2 : start + 2 + length].decode("utf-8", "replace")
