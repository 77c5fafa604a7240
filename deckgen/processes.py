"""Work -> other processes: the only module that starts any of our own."""

from __future__ import annotations

import contextlib
import os
import pickle
import sys
from collections.abc import Callable
from subprocess import PIPE, Popen
from types import TracebackType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor


def pool(workers: int) -> ProcessPoolExecutor:
    """Processes that are started anew, as the threads of Typst would not survive a fork."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"))


class Beside:
    """A module of ours that runs beside this process: it imports what it needs at once, and does one piece of work.

    It ends by itself when this process does, however that ends.
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

    def ask(self, work: object) -> None:
        """Hand over the work."""
        assert self._process.stdin
        with contextlib.suppress(BrokenPipeError):  # `answer` says so
            pickle.dump(work, self._process.stdin, pickle.HIGHEST_PROTOCOL)
            self._process.stdin.close()

    def answer(self) -> Any:
        """What was made of it. Raises RuntimeError when the other process failed, after what that one said itself."""
        assert self._process.stdout
        try:
            return pickle.load(self._process.stdout)
        except (EOFError, pickle.UnpicklingError):
            raise RuntimeError(f"`{self._module}` ended before its work was done") from None


def serve(work: Callable[[Any], object]) -> None:
    """The other side of `Beside`: read the work from standard input, and write what is made of it."""
    try:
        asked = pickle.load(sys.stdin.buffer)
    except EOFError:  # nothing is wanted after all
        return
    with contextlib.suppress(BrokenPipeError):  # nobody waits for it any more
        pickle.dump(work(asked), sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
        sys.stdout.buffer.flush()
