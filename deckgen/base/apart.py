"""Work × Limits -> its results, from a process of its own that the system ends when it takes too much.

What foreign data does to a library cannot be foreseen: it may never end, take all memory, or abort.
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

# A machine that is busy with other things gives a process far less than a second of work in a second.
_PATIENCE = 6
_SERVE = "from deckgen.base.apart import serve; serve()"

Work = Callable[[Any], object]


class Limits(Frozen):
    """Seconds of the processor for one piece of work and for all of them, and bytes of memory."""

    seconds: int
    seconds_of_all: int
    memory: int


class Ended(Frozen):
    """Work without a result: it took too long, or it failed, as what takes too much memory does."""

    why: Literal["late", "failed"]


class Apart:
    """Does `work` in another process, which is started for the first piece and again after each that ended it.

    All that is done in one `with` shares the seconds of all.
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
        """Hand over several pieces of work; `results` gives what was made of each, in order."""
        self._waiting += orders
        self._hand_over(orders)

    def results(self) -> Iterator[object]:
        """What was made of the pieces handed over: what `work` returned, or Ended."""
        while self._waiting:
            result = self._result()
            del self._waiting[0]
            if isinstance(result, Ended):
                self._end()
                self._hand_over(self._waiting)
            yield result

    def _hand_over(self, orders: Sequence[object]) -> None:
        if not orders or self._left <= 0:
            return
        if self._other is None:
            self._other = _forked(self._work, self._limits) if _may_fork() else _begun(self._work, self._limits)
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
    """The other process, with what it is told and what it answers."""

    def __init__(self, process: _Process, told: IO[bytes], answers: IO[bytes]) -> None:
        self.process = process
        self._told = told
        self._answers = answers

    def send(self, message: object) -> None:
        with contextlib.suppress(OSError):  # it has ended, as `receive` says
            pickle.dump(message, self._told, pickle.HIGHEST_PROTOCOL)
            self._told.flush()

    def receive(self, seconds: float) -> Any:
        """Its next answer; it is killed where that takes too long. Raises EOFError where it has ended."""
        timer = threading.Timer(seconds, self.process.kill)
        timer.start()
        try:
            return pickle.load(self._answers)
        finally:
            timer.cancel()
            timer.join()  # a process of two threads may not fork

    def ended(self) -> int:
        """How it ended, once it has: the negative number of the signal that ended it."""
        for stream in (self._told, self._answers):
            with contextlib.suppress(OSError):
                stream.close()
        return self.process.wait()


class _Forked:
    """A process made by fork, as `Popen` has those it makes."""

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
    """A fork takes milliseconds where a new process takes tenths of a second, but it loses all threads but one."""
    return sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1


def _forked(work: Work, limits: Limits) -> _Other:
    told, answers = os.pipe(), os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(told[1])  # or it would wait for itself when nobody is left to tell it anything
            os.close(answers[0])
            _serve(work, limits, os.fdopen(told[0], "rb"), os.fdopen(answers[1], "wb"))
        finally:
            os._exit(1)
    os.close(told[0])
    os.close(answers[1])
    return _Other(_Forked(pid), os.fdopen(told[1], "wb"), os.fdopen(answers[0], "rb"))


def _begun(work: Work, limits: Limits) -> _Other:
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
    """Do what standard input asks for, and answer on standard output."""
    work, limits = pickle.load(sys.stdin.buffer)
    _serve(work, limits, sys.stdin.buffer, os.fdopen(os.dup(1), "wb"))


def _serve(work: Work, limits: Limits, told: IO[bytes], answers: IO[bytes]) -> None:
    """Whatever goes wrong ends the process, and that tells."""
    die_with_parent()
    _bound(limits)
    with contextlib.suppress(EOFError, OSError):  # nothing is wanted any more
        while True:
            for order in pickle.load(told):
                _allow(limits.seconds)
                started = time.process_time()
                result = work(order)
                pickle.dump((result, time.process_time() - started), answers, pickle.HIGHEST_PROTOCOL)
                answers.flush()


def _bound(limits: Limits) -> None:
    """Limit the memory of this process, and let nothing that a library says or leaves behind come out of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    faulthandler.disable()  # which may have kept an output of its own
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
