"""YAML text -> values with their types, their origins, and the lines they were read from."""

from __future__ import annotations

import pytest

from deckgen.source import Document, Plain, at, parse, plain, text_of, unquoted

SCALARS: dict[str, Plain] = {
    **{"null": None, "~": None, "": None, "Null": None, "nULL": "nULL"},
    **{"true": True, "FALSE": False, "yes": "yes", "NO": "NO", "on": "on"},
    **{"10": 10, "-3": -3, "+4": 4, "010": 10, "0o17": 15, "0x1F": 31, "0b1": "0b1", "1_000": "1_000"},
    **{"10:30": "10:30", "2025-07-25": "2025-07-25", "1" * 19: "1" * 19},
    **{".5": 0.5, "5.": 5.0, "1e3": 1000.0, "1.5E-1": 0.15, ".inf": ".inf", ".nan": ".nan", "1e999": "1e999"},
}


@pytest.mark.parametrize("written", SCALARS)
def test_a_value_has_the_type_of_yaml_1_2(written: str) -> None:
    """The core schema of YAML 1.2.2, section 10.3.2; what no slide can show stays text, and so does what has quotes."""
    source = parse(f'bare: {written}\nquoted: "{written}"\n', "file").get()
    bare, quoted = plain(at(source, ["bare"])), plain(at(source, ["quoted"]))

    assert (type(bare), bare) == (type(SCALARS[written]), SCALARS[written])
    assert quoted == written


def test_a_number_is_shown_as_it_was_written() -> None:
    """Version 3.10 is not 3.1; what is missing, and what is not a scalar, has the default."""
    source = parse("version: 3.10\ncount: 0x1F\nno: null\nlist: [1]\n", "file").get()

    assert [text_of(source.get(key), "-") for key in ("version", "count", "no", "list", "other")] == [
        *("3.10", "0x1F", "-", "-", "-")
    ]


def test_every_value_and_key_has_its_origin() -> None:
    """Line, column and width; a value of several lines has that of its start, and a missing key that of the mapping."""
    source = parse("a: word\nlist:\n  - one\n  - b: {c: x y}\nlong: one\n  two\n", "m.yaml").get()

    paths: list[list[str | int]] = [
        ["a"],
        ["list", 0],
        ["list", 1, "b", "c"],
        ["long"],
        ["list", 7],
        ["list", "x", "y"],
    ]
    found = [(one.line, one.column, one.width) for one in (at(source, path).origin for path in paths)]
    assert found == [(1, 4, 4), (3, 5, 3), (4, 12, 3), (5, 7, 1), (3, 3, 1), (3, 3, 1)]
    assert source.key_origin("list").line == 2
    assert source.key_origin("other") == source.origin


def test_the_lines_of_a_value_end_where_the_next_one_begins() -> None:
    """Those indented deeper, empty ones among them, and a hundred at most."""
    lines = ("a: |", "  one", "", "    two", "b: c", "  d")
    many = Document("m.yaml", ("a: |", *[f"  {number}" for number in range(300)]))

    assert [*Document("m.yaml", lines).leaf(1)] == [*lines[:4]]
    assert [*Document("m.yaml", lines).leaf(2)] == [*lines[1:4]]
    assert [*Document("m.yaml", lines).leaf(9)] == [""]
    assert [*many.leaf(1)] == [*many.lines[:101]]


def test_values_without_quotes_are_found() -> None:
    """At any depth, from whatever file; blocks count as quoted."""
    source = parse("a: one\nb: [two, 'three', {c: \"four\", d: 5}]\ne: |\n  six\nf: >\n  seven\n", "m.yaml").get()

    assert [(value.value, document.name) for value, document in unquoted(source)] == [
        *(("one", "m.yaml"), ("two", "m.yaml"), (5, "m.yaml"))
    ]
