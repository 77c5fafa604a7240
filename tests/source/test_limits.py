"""Files at the edge of each limit -> read, or refused with one value more."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.source import parse, read

MANY = f"a: &a [{', '.join('x' * 99)}]\nb: [{{}}]"  # 100 values, again and again
LONG = f"a: &a {'x' * 19_999}\nb: [{{}}]"


@pytest.mark.promise
@pytest.mark.parametrize(
    ("allowed", "refused"),
    [
        pytest.param("x" * 20_000, "x" * 20_001, id="20,000 characters in a text"),
        pytest.param("[" * 30 + "x" + "]" * 30, "[" * 31 + "x" + "]" * 31, id="30 levels"),
        pytest.param(
            *(MANY.format(", ".join(["*a"] * count)) for count in (998, 999)),
            marks=pytest.mark.slow,
            id="100,000 values",
        ),
        pytest.param(*(LONG.format(", ".join(["*a"] * count)) for count in (99, 100)), id="2,000,000 characters"),
    ],
)
def test_values_characters_and_levels_have_limits(allowed: str, refused: str) -> None:
    """As many are read; with a few more, the file is not."""
    assert parse(allowed, "file").problems == ()
    assert {problem.rule for problem in parse(refused, "file").errors} <= {"too-large", "too-deep"}
    assert parse(refused, "file").errors


@pytest.mark.promise
def test_a_text_file_has_a_limit_of_bytes(tmp_path: Path) -> None:
    """A million are read; with one more, the file is not even parsed."""
    path = tmp_path / "124.yaml"
    path.write_text(f"a: b #{'x' * 999_994}")
    assert read(path, "124.yaml").problems == ()

    path.write_text(f"a: b #{'x' * 999_995}")
    assert {problem.rule for problem in read(path, "124.yaml").errors} == {"too-large"}


@pytest.mark.slow
def test_a_file_of_too_many_values_is_refused_before_any_is_made() -> None:
    """At the line of the first that is too many: keys are counted too, and may be half of them."""
    [problem] = parse("- x\n" * 240_000, "file").errors

    assert str(problem).startswith("file:200000:1: error: the file has more than 100,000 values")
