"""Meetings -> Outcomes: several decks made side by side, each in a process of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from deckgen.base import Frozen, budget
from deckgen.base.files import tidy
from deckgen.base.processes import Beside, pool, processors
from deckgen.build.one import AS_USUAL, Built, Options, build, check
from deckgen.problems import Problem, Result, in_order

T = TypeVar("T")


class Outcome(Frozen):
    """The result for one deck."""

    meeting: str
    output: Path
    built: Result[Built]
    seconds: float


def build_one(
    meeting: str, root: Path, output: Path, options: Options = AS_USUAL, beside: Beside | None = None
) -> Outcome:
    """Build a deck, and measure the time."""
    start = time.perf_counter()
    built = build(root, meeting, output, options, beside)
    return Outcome(meeting, output, built, time.perf_counter() - start)


class Job(Frozen, Generic[T]):
    """A job, and its result if it exceeds its budget, so that an untrusted deck leaves time and memory to others."""

    do: Callable[[], T]
    lost: Callable[[Problem], T]


def lost(meeting: str, output: Path, problem: Problem) -> Outcome:
    """The outcome of a deck whose build had to be ended."""
    return Outcome(meeting, output, Result(None, (problem,)), 0.0)


def build_several(
    meetings: Sequence[str], root: Path, outputs: Sequence[Path], options: Options, beside: Beside | None
) -> Iterator[Outcome]:
    """The outcomes as they come; a single deck is built here, with the help of `beside`."""
    if len(meetings) == 1:
        yield build_one(meetings[0], root, outputs[0], options, beside)
        return
    yield from side_by_side(
        [
            Job(partial(build_one, meeting, root, output, options), partial(lost, meeting, output))
            for meeting, output in zip(meetings, outputs, strict=True)
        ]
    )


def check_several(meetings: Sequence[str], root: Path) -> tuple[Problem, ...]:
    """The problems of all decks; a single deck is checked here."""
    if len(meetings) == 1:
        return tuple(check(root, meetings[0]))
    found = side_by_side([Job(partial(check, root, meeting), _alone) for meeting in meetings])
    return in_order(problem for problems in found for problem in problems)


def _alone(problem: Problem) -> tuple[Problem, ...]:
    """The problems of a deck whose check had to be ended."""
    return (problem,)


def side_by_side(jobs: Sequence[Job[T]]) -> Iterator[T]:
    """The results of all jobs as they finish, each job with its own budget."""
    workers = min(len(jobs), processors())
    if workers < 2:
        yield from (_apart(job) if budget.is_watched() else job.do() for job in jobs)
        return
    from concurrent.futures import as_completed

    with pool(workers) as processes:
        for future in as_completed([processes.submit(_apart, job) for job in jobs]):
            yield future.result()


def _apart(job: Job[T]) -> T:
    """A job done in a process of its own; this process has not used Typst, whose threads do not survive a fork."""
    result, ended = budget.result_of(job.do)
    if ended.unfinished:
        tidy(Path(ended.unfinished))
    if ended.problem:
        return job.lost(ended.problem)
    if result is None:
        raise RuntimeError(f"a deck ended with {ended.code}: {ended.output}")
    return result
