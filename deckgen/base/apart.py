"""Work × Limits -> its results, from a process of its own that the system ends if it takes too much time or memory.

Untrusted data may make a library run forever, take all memory, or abort.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Literal, Protocol

from deckgen.base.budget import die_with_parent
from deckgen.base.frozen import Frozen

# A busy machine gives a process far less than a second of CPU time in a second.
_PATIENCE = 6
_SERVE = "from deckgen.base.apart import serve; serve()"

Work = Callable[[Any], object]


class Limits(Frozen):
    """Seconds of CPU time for one piece of work and for all of them, and bytes of memory."""

    seconds: int
    seconds_of_all: int
    memory: int


class Ended(Frozen):
    """Work without a result: it took too long, or it failed, for example for lack of memory."""

    why: Literal["late", "failed"]


class Apart:
    """Does `work` in another process, which is started for the first piece, and again after each piece that ended it.

    All pieces in one `with` share `seconds_of_all`.
    """

    def __init__(self, work: Work, limits: Limits) -> None:
        self._work = work
        self._limits = limits
        self._left: float = 0
        self._waiting: list[object] = []
        self._other: _Other | None = None

    def __enter__(self) -> Apart:
        self._left = self._limits.seconds_of_all
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._waiting.clear()
        self._end()

    def start(self, orders: Sequence[object]) -> None:
        """Send several pieces of work; `results` returns the result of each, in order."""
        self._waiting += orders
        self._send(orders)

    def results(self) -> Iterator[object]:
        """The results of the pieces sent: what `work` returned, or Ended."""
        while self._waiting:
            result = self._result()
            del self._waiting[0]
            if isinstance(result, Ended):
                self._end()
                self._send(self._waiting)
            yield result

    def _send(self, orders: Sequence[object]) -> None:
        if not orders or self._left <= 0:
            return
        if self._other is None:
            self._other = _forked(self._work, self._limits) if _may_fork() else _spawned(self._work, self._limits)
        self._other.send(orders)

    def _result(self) -> object:
        if self._other is None or self._left <= 0:
            return Ended("late")
        try:
            result, spent = self._other.receive(self._limits.seconds * _PATIENCE)
        except (EOFError, OSError, pickle.UnpicklingError):
            late = self._other.ended() in (-signal.SIGKILL, -getattr(signal, "SIGXCPU", signal.SIGKILL))
            self._left -= self._limits.seconds if late else 0
            return Ended("late" if late else "failed")
        self._left -= spent
        return result

    def _end(self) -> None:
        if self._other:
            self._other.process.kill()
            self._other.ended()
        self._other = None


class _Process(Protocol):
    def kill(self) -> None: ...
    def wait(self) -> int: ...


class _Other:
    """The other process, with the streams of its orders and its answers."""

    def __init__(self, process: _Process, orders: IO[bytes], answers: IO[bytes]) -> None:
        self.process = process
        self._orders = orders
        self._answers = answers

    def send(self, message: object) -> None:
        with contextlib.suppress(OSError):  # it has ended, which `receive` reports
            pickle.dump(message, self._orders, pickle.HIGHEST_PROTOCOL)
            self._orders.flush()

    def receive(self, seconds: float) -> Any:
        """Its next answer; the process is killed if that takes too long. Raises EOFError if it has ended."""
        timer = threading.Timer(seconds, self.process.kill)
        timer.start()
        try:
            return pickle.load(self._answers)
        finally:
            timer.cancel()
            timer.join()  # a process with two threads cannot fork safely

    def ended(self) -> int:
        """Wait for its end: the exit code, or the negative number of the signal that ended it."""
        for stream in (self._orders, self._answers):
            with contextlib.suppress(OSError):
                stream.close()
        return self.process.wait()


class _Forked:
    """A forked process, with the methods of `Popen` that are used here."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._code: int | None = None

    def kill(self) -> None:
        if self._code is None:
            os.kill(self._pid, signal.SIGKILL)

    def wait(self) -> int:
        if self._code is None:
            self._code = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        return self._code


def _may_fork() -> bool:
    """A fork takes milliseconds, a new process tenths of a second; but a fork keeps only one thread."""
    return sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1


def _forked(work: Work, limits: Limits) -> _Other:
    orders, answers = os.pipe(), os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(orders[1])  # otherwise it never sees the end of its orders
            os.close(answers[0])
            _serve(work, limits, os.fdopen(orders[0], "rb"), os.fdopen(answers[1], "wb"))
        finally:
            os._exit(1)
    os.close(orders[0])
    os.close(answers[1])
    return _Other(_Forked(pid), os.fdopen(orders[1], "wb"), os.fdopen(answers[0], "rb"))


def _spawned(work: Work, limits: Limits) -> _Other:
    from subprocess import PIPE, Popen

    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = Popen([sys.executable, "-P", "-c", _SERVE], stdin=PIPE, stdout=PIPE, env=environment)
    assert process.stdin
    assert process.stdout
    other = _Other(process, process.stdin, process.stdout)
    other.send((work, limits))
    return other


# -- In the other process ----------------------------------------------------
def serve() -> None:
    """Do the work that comes on standard input, and answer on standard output."""
    work, limits = pickle.load(sys.stdin.buffer)
    _serve(work, limits, sys.stdin.buffer, os.fdopen(os.dup(1), "wb"))


def _serve(work: Work, limits: Limits, orders: IO[bytes], answers: IO[bytes]) -> None:
    """Answer each order; any failure ends the process, which the other side notices."""
    die_with_parent()
    _bound(limits)
    with contextlib.suppress(EOFError, OSError):  # no more orders will come
        while True:
            for order in pickle.load(orders):
                _allow(limits.seconds)
                started = time.process_time()
                result = work(order)
                pickle.dump((result, time.process_time() - started), answers, pickle.HIGHEST_PROTOCOL)
                answers.flush()


def _bound(limits: Limits) -> None:
    """Limit the memory of this process, and discard what a library prints or dumps."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    faulthandler.disable()  # it may keep its own copy of standard error
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.environ["RAYON_NUM_THREADS"] = "1"  # each thread of Typst takes memory of its own
    with contextlib.suppress(ImportError, OSError, ValueError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (limits.memory, limits.memory))


def _allow(seconds: int) -> None:
    """Give the next piece of work its seconds."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + seconds + 1, hard))
