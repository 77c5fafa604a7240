"""Work in a process of its own -> its results, or why that process ended; the next piece of work is done anyway."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time

import pytest

from deckgen.base.apart import Apart, Ended, Limits

LIMITS = Limits(seconds=1, seconds_of_all=2, memory=300_000_000)


def work(order: str) -> str | int:
    """The work of these tests."""
    if order == "endless":
        while True:
            pass
    if order == "busy":
        until = time.process_time() + 0.6
        while time.process_time() < until:
            pass
    if order == "much":
        return len(bytearray(400_000_000))
    if order == "abort":
        os.abort()
    return order.upper()


def test_work_comes_back_in_order() -> None:
    """Several pieces of work are done by one process."""
    with Apart(work, LIMITS) as apart:
        apart.start(["a", "b", "c"])

        assert list(apart.results()) == ["A", "B", "C"]


@pytest.mark.promise
@pytest.mark.slow
@pytest.mark.parametrize(("order", "why"), [("endless", "late"), ("much", "failed"), ("abort", "failed")])
def test_what_takes_too_much_is_ended_and_the_rest_is_done(order: str, why: str) -> None:
    """Time, memory and an abort; the work before and after succeeds."""
    with Apart(work, LIMITS) as apart:
        apart.start(["a", order, "b"])
        results = list(apart.results())

    assert [result.why if isinstance(result, Ended) else result for result in results] == ["A", why, "B"]


@pytest.mark.promise
@pytest.mark.slow
def test_all_work_together_has_a_limit() -> None:
    """Endless work ten times takes as long as twice; the next `with` has its own limit, which ended work uses too."""
    apart = Apart(work, LIMITS)
    with apart:
        apart.start(["endless"] * 10 + ["a"])
        assert list(apart.results()) == [Ended("late")] * 11
    with apart:
        apart.start(["busy"] * 10)
        assert list(apart.results()) == ["BUSY"] * 4 + [Ended("late")] * 6


@pytest.mark.promise
@pytest.mark.slow
def test_a_forked_process_is_held_to_the_same_limits() -> None:
    """A process with one thread forks, which these tests do not; the output of the ended work is discarded."""
    program = """
        import sys
        sys.path[:0] = sys.argv[1:]
        import test_apart
        from deckgen.base import apart
        assert apart._may_fork()
        with apart.Apart(test_apart.work, test_apart.LIMITS) as other:
            other.start(["a", "endless", "much", "abort", "b"])
            print([getattr(result, "why", result) for result in other.results()])
    """
    command = [sys.executable, "-c", textwrap.dedent(program), *sys.path]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert (done.stdout, done.stderr) == ("['A', 'late', 'failed', 'failed', 'B']\n", "")
