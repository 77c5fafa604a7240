"""Every filter and comparison × the largest values -> an end within two seconds: the work counted is the work done."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from test_filters import CALLS, OURS

from deckgen.expressions import Filler
from deckgen.expressions.bounds import Sandbox
from deckgen.expressions.errors import ExpressionError
from deckgen.expressions.located import native
from deckgen.expressions.meter import MAX_WORK
from deckgen.source import parse

WORDS = [f"w{number * 7919 % 5000:05}" for number in range(5000)]
NAMES = parse(
    f"""
    words: [{", ".join(WORDS)}]
    numbers: [{", ".join(word[1:].lstrip("0") or "0" for word in WORDS)}]
    alike: [{", ".join("y" * 190 + str(number % 10) for number in range(3000))}]
    square: [{", ".join("[" + ", ".join(["a"] * 140) + "]" for _ in range(140))}]
    wide: [{", ".join("[" + ", ".join(["a"] * 900) + "]" for _ in range(30))}]
    map: {{{", ".join(f"{word}: {number}" for number, word in enumerate(WORDS))}}}
    records: [{", ".join(f"{{a: {word}, n: {int(word[1:]) % 7}, in: {{b: 1}}}}" for word in WORDS[:2000])}]
    text: "{"x" * 19_000}"
    accents: "{"é" * 19_000}"
    parts: "{"a b-" * 4_900}"
    digits: "{"9" * 4_000}"
    """,
    "names",
).get()
VALUES = {key: native(child) for key, child in NAMES.items()}
FILTERS = {
    *(f"{name}{brackets}" for name, every in CALLS.items() for brackets in every),
    *OURS,
    *("sort | sort | sort", "map('sort') | sort", "map('upper') | join", "map('length') | sum", "groupby(0) | last"),
    *(
        "select('in', words)",
        "reject('in', text)",
        "select('in', square)",
        "selectattr('a', 'in', map)",
        "map('unique')",
    ),
    *("sort(attribute='0,1,2,3,4,5,6,7,8,9')", "sort(attribute='a,n,in.b,a,n,in.b')", "map('replace', 'a', 'bb')"),
    *("replace('', 'y')", "replace('x', 'yy')", "replace('xxxxxxxxxxxxxy', '')", "trim(text)", "trim(accents)"),
}
COMPARED = ("==", "<", "in", "~", "+", "and", "is eq", "is in", "is lower or 'é' ==")


def _seconds(expression: str) -> float:
    """The CPU time of all the work of a deck, if this expression alone used it."""
    found: list[float] = []
    taken = 0.0
    sandbox = Sandbox()
    while taken < 0.003 or len(found) < 3:  # the first reads the expression, another may be disturbed
        before = sandbox.meter.spent
        started = time.process_time()
        with suppress(ExpressionError):
            sandbox.evaluate(expression, VALUES)
        once = time.process_time() - started
        found.append(once / (sandbox.meter.spent - before))
        taken += once
    return min(found[1:]) * MAX_WORK


@pytest.mark.promise
@pytest.mark.slow
@pytest.mark.parametrize("call", sorted(FILTERS))
def test_filter_counts_its_work(call: str) -> None:
    """For a value of any size: it is stopped before two seconds pass."""
    for value in VALUES:
        assert _seconds(f"{value} | {call} | length is none") < 2, value


@pytest.mark.slow
@pytest.mark.promise
@pytest.mark.parametrize("operator", COMPARED)
def test_comparison_counts_its_work(operator: str) -> None:
    """Text with text, a list with itself, nested values with nested values."""
    for value in VALUES:
        assert _seconds(f"({value} {operator} {value}) is none") < 2, value


@pytest.mark.slow
@pytest.mark.sweep(4)
@pytest.mark.parametrize(
    "text",
    [
        "{" * 6_000,
        "{{ " * 2_000,
        "{{ " * 2_000 + "}}",
        "{{ x }} {{ " * 1_500 + "}}",
        "{{ x }} " * 1_500,
        "{% if 1 %} " * 1_500,
        "{# " * 5_000,
        "{{ map.w0000 }}",
        "{{ w0000 }}",
    ],
)
def test_fifty_long_texts_with_a_problem_are_reported_in_time(text: str) -> None:
    """Finding the origin of a problem, and the name that was meant, takes no longer than parsing the text."""
    template = parse("\n".join(f"- '{text} {number}'" for number in range(50)), "template").get()
    started = time.process_time()

    assert Filler(NAMES).fill(template).problems
    assert time.process_time() - started < 2
