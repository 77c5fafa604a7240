"""Meeting numbers -> Outcomes: several decks made side by side, each in a process of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from deckgen.base import Frozen
from deckgen.base.processes import Beside, pool, processors
from deckgen.build.one import AS_USUAL, Built, Options, build
from deckgen.problems import Result

T = TypeVar("T")


class Outcome(Frozen):
    """What became of one deck."""

    number: int
    output: Path
    built: Result[Built]
    seconds: float


def build_one(
    number: int, root: Path, output: Path, options: Options = AS_USUAL, beside: Beside | None = None
) -> Outcome:
    """Build a deck, and see how long it takes."""
    start = time.perf_counter()
    built = build(root, number, output, options, beside)
    return Outcome(number, output, built, time.perf_counter() - start)


def build_several(
    numbers: Sequence[int], root: Path, outputs: Sequence[Path], options: Options, beside: Beside | None
) -> Iterator[Outcome]:
    """The outcomes as they come; a single deck is built here, with the help of `beside`."""
    if len(numbers) == 1:
        yield build_one(numbers[0], root, outputs[0], options, beside)
        return
    jobs = zip(numbers, outputs, strict=True)
    yield from side_by_side([partial(build_one, number, root, output, options) for number, output in jobs])


def side_by_side(jobs: Sequence[Callable[[], T]]) -> Iterator[T]:
    """The results of all jobs, the first to finish first."""
    workers = min(len(jobs), processors())
    if workers < 2:
        yield from (job() for job in jobs)
        return
    from concurrent.futures import as_completed

    with pool(workers) as processes:
        for future in as_completed([processes.submit(job) for job in jobs]):
            yield future.result()
