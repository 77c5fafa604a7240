"""Work -> other processes: with `apart`, the only module that starts any of our own."""

from __future__ import annotations

import contextlib
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


def processors() -> int:
    """How many processors this process may use: of those of the machine, a container or `taskset` may leave it few."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def pool(workers: int) -> ProcessPoolExecutor:
    """Processes that are started anew, as the threads of Typst would not survive a fork."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), budget.die_with_parent)


class Beside:
    """A module of ours that runs beside this process: it imports what it needs at once, then waits for work.

    It does one piece of work after the other, each within the budget of a deck and answered before the next is handed
    over. When this process ends, however that ends, it ends by itself, if not at once, then after its piece of work.
    """

    def __init__(self, module: str) -> None:
        # It sees what this process sees, and nothing of the folder it happens to stand in.
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        command = [sys.executable, "-P", "-m", module]
        group = 0 if os.name == "posix" else None  # Ctrl-C is for this process, which then stops that one
        self._module = module
        self._process = Popen(command, stdin=PIPE, stdout=PIPE, env=environment, process_group=group)

    def __enter__(self) -> Beside:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        with contextlib.suppress(BrokenPipeError):  # it may have ended before it read all
            self._process.__exit__(kind, error, trace)

    def ask(self, work: str, on: object) -> None:
        """Hand over a piece of work, and what it is done on."""
        assert self._process.stdin
        with contextlib.suppress(BrokenPipeError):  # `answer` says so
            pickle.dump((work, on), self._process.stdin, pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()

    def answer(self, seconds: float | None = None) -> Any:
        """What was made of it.

        Raises TimeoutError where that takes longer than so many seconds, ExhaustedError where it takes more than its
        budget, and RuntimeError when the other process failed, after what that one said itself.
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
        """End the other process after so many seconds; the event says that it was."""
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
    """The other side of `Beside`: read from standard input what to do, and write what is made of it."""
    budget.die_with_parent()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    try:
        while True:
            work, on = pickle.load(sys.stdin.buffer)
            budget.bound()
            pickle.dump(works[work](on), answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
    except (EOFError, BrokenPipeError):  # nothing is wanted any more
        return
    except MemoryError:
        os._exit(budget.NO_MEMORY)
