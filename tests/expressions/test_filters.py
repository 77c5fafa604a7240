"""Any value × the filters that Jinja has too -> the same result as Jinja's; or a problem, if that would mislead."""

from __future__ import annotations

import string
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import StrictUndefined, Undefined
from jinja2.exceptions import FilterArgumentError, UndefinedError
from jinja2.filters import FILTERS
from jinja2.sandbox import SandboxedEnvironment

from deckgen.expressions import Filler
from deckgen.expressions.conditions import Conditions
from deckgen.expressions.filters import Filters
from deckgen.expressions.meter import Meter
from deckgen.problems import Origin
from deckgen.source import Source, plain

PROBLEM = "a problem"
OURS = {"commas", "date", "names", "number"}
CALLS = {
    "abs": [""],
    "capitalize": [""],
    "count": [""],
    "d": ["('z')"],
    "default": ["", "('z')", "('z', true)", "(default_value='z')", "('z', boolean=true)"],
    "dictsort": ["", "(true)", "(false, 'value')", "(reverse=true)", "(by='value')", "(case_sensitive=true)"],
    "first": [""],
    "float": ["", "(1.5)", "(default=2.0)"],
    "groupby": ["('a')", "(attribute='n')", "('in.b')", "(0)", "('a', case_sensitive=true)", "('z', default='q')"],
    "int": ["", "(7)", "(default=7)", "(0, 16)", "(base=2)"],
    "join": ["", "(', ')", "(d='-')", "('-', attribute='a')", "(attribute='n')"],
    "last": [""],
    "length": [""],
    "list": [""],
    "lower": [""],
    "map": [
        "('upper')",
        "(attribute='a')",
        "(attribute='in.b')",
        "(attribute=0)",
        "('int', 3)",
        "('sort', reverse=true)",
    ],
    "map ": ["('replace', 'a', 'o')", "('default', 'x')", "(attribute='z', default='q')", "('string')"],
    "max": ["", "(attribute='n')", "(true)"],
    "min": ["", "(attribute='a')", "(case_sensitive=true)"],
    "reject": ["", "('odd')", "('eq', 1)", "('string')"],
    "rejectattr": ["('n')", "('n', 'lt', 2)", "('z', 'defined')"],
    "replace": ["('a', 'o')", "('a', 'oo', 1)", "('', '-')", "(old='b', new='')", "('3', 4)"],
    "reverse": [""],
    "round": ["", "(1)", "(1, 'ceil')", "(method='floor')", "(precision=-1)"],
    "select": ["", "('even')", "('gt', 1)", "('none')", "('in', ['a', 1])"],
    "selectattr": ["('n')", "('n', 'gt', 1)", "('a', 'string')", "('in.b', 'eq', 1)"],
    "sort": ["", "(true)", "(false, true)", "(attribute='n')", "(attribute='a,n')", "(attribute='0')"],
    "string": [""],
    "sum": ["", "(attribute='n')", "('in.b')", "(start=5)", "('n', 3)"],
    "title": [""],
    "trim": ["", "('a')", "(chars='ab')"],
    "unique": ["", "(true)", "(attribute='a')", "(attribute='in.b')"],
    "upper": [""],
}
# Where Jinja takes the letters of a text for a list, writes a list as Python does, or has nothing to compare.
LISTED = (
    "groupby",
    "join",
    "map",
    "max",
    "min",
    "reject",
    "rejectattr",
    "select",
    "selectattr",
    "sort",
    "sum",
    "unique",
)
WORDED = ("capitalize", "join", "lower", "map", "replace", "string", "title", "trim", "upper")
ALONE = ("max", "min", "sort")

TEXTS = st.sampled_from(["a", "A", "b", "ab cd", "x-y", "it's", "é", "ß", "İ", "", "3", "3.7", " 12 ", "n/a"])
TEXTS |= st.text(string.ascii_letters + " -_é", max_size=6)
NUMBERS = st.integers(-200, 200) | st.sampled_from([0.5, -1.25, 2.0, 42.55])
SCALARS = st.none() | st.booleans() | NUMBERS | TEXTS
RECORDS = st.fixed_dictionaries({"a": TEXTS, "n": NUMBERS, "in": st.fixed_dictionaries({"b": st.integers(0, 3)})})
LISTS = st.one_of(
    *(st.lists(one, max_size=5) for one in (NUMBERS, TEXTS, SCALARS, RECORDS, st.lists(TEXTS, max_size=2)))
)
VALUES = SCALARS | LISTS | st.dictionaries(TEXTS, NUMBERS, max_size=4) | st.dictionaries(TEXTS, TEXTS, max_size=4)


def source(value: Any) -> Source:
    """A value as if it had been parsed from a file."""
    if isinstance(value, dict):
        return Source({key: source(child) for key, child in value.items()}, Origin("names", 1, 1))
    if isinstance(value, list):
        return Source(tuple(map(source, value)), Origin("names", 1, 1))
    return Source(value, Origin("names", 1, 1))


def by_jinja(expression: str, x: Any) -> str:
    """The value by Jinja's own compiler and filters, generators as lists; or its failure."""
    environment = SandboxedEnvironment(undefined=StrictUndefined)
    try:
        return repr(_listed(environment.compile_expression(expression, undefined_to_none=False)(x=x)))
    except (UndefinedError, FilterArgumentError, TypeError, ValueError, AttributeError):
        return PROBLEM


def _listed(value: Any) -> Any:
    if isinstance(value, Undefined):
        raise UndefinedError
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, dict):
        return {key: _listed(child) for key, child in value.items()}
    return [_listed(child) for child in value]


def by_us(expression: str, x: Any) -> str:
    """The value by deckgen; or its problem."""
    filled = Filler(source({"x": x})).fill(source("{{ " + expression + " }}"))
    return PROBLEM if filled.problems else repr(plain(filled.get()))


def misleads(name: str, brackets: str, value: Any) -> bool:
    """Whether Jinja's filter silently returns something wrong for this value."""
    values = [*value] if isinstance(value, (list, dict)) else [value]
    return (
        (name in LISTED and (isinstance(value, str) or not value))
        or (name in WORDED and any(isinstance(one, (list, dict)) for one in (value, *values)))
        or (name in ("int", "float") and brackets in ("", "(base=2)"))
        or (name in ALONE and len(values) < 2)
        or (name in ("selectattr", "rejectattr") and not all(isinstance(one, dict) for one in values))
    )


def test_every_filter_that_jinja_has_too_is_compared() -> None:
    """A new filter with the name of one of Jinja's is compared with that one."""
    meter = Meter()
    compared = set(map(str.strip, CALLS))

    assert {*Filters(meter, Conditions(meter)).names} == compared | OURS
    assert compared <= FILTERS.keys()


@pytest.mark.sweep(3)
@pytest.mark.parametrize("name", CALLS)
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_filter_returns_what_jinja_returns(name: str, data: st.DataObject) -> None:
    """The value and its type; a problem only if Jinja fails too, or silently shows something wrong."""
    brackets = data.draw(st.sampled_from(CALLS[name]))
    value = data.draw(VALUES)
    if name.strip() in WORDED and None in (value, *(value if isinstance(value, list) else ())):
        return  # Jinja writes `None`, which is no word of a slide

    ours, theirs = (by(f"x | {name}{brackets}", value) for by in (by_us, by_jinja))

    assert ours == theirs or (ours == PROBLEM and misleads(name.strip(), brackets, value))


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("['a', 'A', 'b'] | unique", ["a", "b"]),
        ("['b', 'A', 'a'] | sort", ["A", "a", "b"]),
        ("'MONTREAL is-in quebec' | title", "Montreal Is-In Quebec"),
        ('"they\'re in" | title', "They're In"),
        ("7 | round(1, 'ceil')", 7.0),
        ("'3.7' | int", 3),
        ("['x', none] | join('-')", "x-"),
        ("none | upper", ""),
    ],
)
def test_defaults_of_jinja_hold_here(expression: str, shown: Any) -> None:
    """Case is ignored in comparisons, `title` begins each word with a capital, and null is empty."""
    assert plain(Filler(source({})).fill(source("{{ " + expression + " }}")).get()) == shown
