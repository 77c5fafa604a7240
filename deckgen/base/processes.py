"""Work -> other processes: with `apart`, the only module that starts processes of our own."""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import sys
from collections.abc import Callable, Mapping
from subprocess import PIPE, Popen
from types import TracebackType
from typing import TYPE_CHECKING, Any

from deckgen.base import budget

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor
    from threading import Event


def collect_rarely() -> None:
    """Let Python look for garbage rarely.

    A deck is made of many objects that all live to its end: looking through them as often as Python does by default
    takes a fifth of a build.
    """
    gc.set_threshold(200_000, 5, 5)


def processors() -> int:
    """CPUs this process may use, which a container or taskset may limit."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def pool(workers: int) -> ProcessPoolExecutor:
    """New processes: they are not forked, because the threads of Typst do not survive a fork."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _begin)


def _begin() -> None:
    collect_rarely()
    budget.die_with_parent()


class Beside:
    """A module of ours in another process, which imports what it needs at once and then waits for work.

    It does one piece of work after the other, each within the budget of a deck, and each answered before the next is
    sent. When this process ends, the other one ends too, at the latest after its piece of work.
    """

    def __init__(self, module: str) -> None:
        # It imports what this process imports, and nothing from the current folder.
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        code = f"from {__name__} import collect_rarely; collect_rarely(); import {module}"
        command = [sys.executable, "-P", "-c", code]
        group = 0 if os.name == "posix" else None  # Ctrl-C goes to this process, which then stops the other
        self._module = module
        self._process = Popen(command, stdin=PIPE, stdout=PIPE, env=environment, process_group=group)

    def __enter__(self) -> Beside:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        with contextlib.suppress(BrokenPipeError):  # it may have ended before it read everything
            self._process.__exit__(kind, error, trace)

    def ask(self, work: str, on: object) -> None:
        """Send a piece of work, and its argument."""
        assert self._process.stdin
        with contextlib.suppress(BrokenPipeError):  # `answer` reports it
            pickle.dump((work, on), self._process.stdin, pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()

    def answer(self, seconds: float | None = None) -> Any:
        """The result of the work.

        Raises TimeoutError after so many seconds, ExhaustedError if the work exceeds its budget, and RuntimeError if
        the other process fails, which then prints the reason itself.
        """
        assert self._process.stdout
        late = self._ended_after(seconds) if seconds else None
        try:
            return pickle.load(self._process.stdout)
        except (EOFError, pickle.UnpicklingError):
            if late and late.is_set():
                raise TimeoutError(f"`{self._module}` took more than {seconds} seconds") from None
            reason = budget.reason_of(self._process.wait())
            if reason:
                raise budget.ExhaustedError(reason) from None
            raise RuntimeError(f"`{self._module}` ended before its work was done") from None

    def _ended_after(self, seconds: float) -> Event:
        """End the other process after so many seconds; the event is then set."""
        from threading import Event, Timer

        late = Event()

        def end() -> None:
            late.set()
            self._process.kill()

        timer = Timer(seconds, end)
        timer.daemon = True
        timer.start()
        return late


def serve(works: Mapping[str, Callable[[Any], object]]) -> None:
    """The other side of `Beside`: read work from standard input, and write its results to standard output."""
    budget.die_with_parent()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is not an answer
    try:
        while True:
            work, on = pickle.load(sys.stdin.buffer)
            budget.bound()
            pickle.dump(works[work](on), answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
    except (EOFError, BrokenPipeError):  # no more work will come
        return
    except MemoryError:
        os._exit(budget.NO_MEMORY)
