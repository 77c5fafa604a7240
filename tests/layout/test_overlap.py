"""Random slides of all kinds -> one PDF, measured from outside: no letter is over another, none is off the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.letters import Glyph, glyphs_of, overlaps
from support.random_slides import HARD, RandomSlides
from support.repository import MINIMAL, lay_out
from support.torture import torture

from deckgen.build.one import Options, build, check
from deckgen.problems import errors_of
from deckgen.source import Plain, dump

PICTURES = {name: data for name, data in torture().items() if not name.endswith(".yaml")}
PDF = Options(formats=("pdf",))


def _pages(slides: dict[str, Plain], root: Path, most: int) -> Iterator[tuple[float, float, list[Glyph]]]:
    """The pages of those slides that fit; of the others, `most` at most, each has an error that says so."""
    lay_out(root, {**PICTURES, "meetings/123.yaml": MINIMAL + dump({"slides": slides})}, slides=False)
    errors = errors_of(check(root, 123))
    refused = {error.slide for error in errors}
    assert {error.rule for error in errors} <= {"text-overflow"}
    assert len(refused) <= most
    fitting = {id: slide for id, slide in slides.items() if id not in refused}
    lay_out(root, {"meetings/123.yaml": MINIMAL + dump({"slides": fitting})})
    build(root, 123, root / "out", PDF).get()
    [pdf] = (root / "out").glob("*.pdf")
    yield from glyphs_of(pdf)


def _measured(slides: dict[str, Plain], root: Path, refused: int) -> tuple[list[str], list[str]]:
    """The letters that are over others, and those off the page, each with the page it is on."""
    over, off = [], []
    for number, (width, height, glyphs) in enumerate(_pages(slides, root, refused), 1):
        over += [f"page {number}: {one.sign} over {other.sign}" for one, other in overlaps(glyphs)]
        off += [f"page {number}: {glyph.sign}" for glyph in glyphs if not glyph.is_inside(width, height)]
    return over, off


EXAMPLES: dict[str, Plain] = {
    "bullet": {"kind": "bullets", "title": "Bullet", "items": [f"{'a' * 60} {'!' * 31}"]},
    "no-break spaces": {"kind": "bullets", "title": "Bullet", "items": ["abc\u00a0" * 25]},
    "cell": {
        "kind": "table",
        "title": "Cell",
        "header": [*"abcdef"],
        "rows": [["Wiederaufnahmeverfahren !!!!!!!!!!", *["Wiederaufnahmeverfahren"] * 5]],
    },
    "bullets": {"kind": "bullets", "title": "Bullets", "items": [*HARD]},
    "columns": {"kind": "columns", "title": "Columns", "items": [*HARD]},
    "cells": {
        "kind": "table",
        "title": "Cells",
        "header": [*"abcdef"],
        "rows": [[word] * 6 for word in HARD if len(word) < 100],
    },
    "below-zero": {
        "kind": "table",
        "title": "Below zero",
        "header": ["a", "b"],
        "rows": [["a", "b"]],
        "chart": {
            "title": "Changes of the number of errata",
            "categories": [*"abcde"],
            "series": [
                {"name": "Since the meeting before", "values": [2.5, 99, -1200, 100, 1]},
                {"name": "Since the one before that", "values": [1, -1200, 0.004, 9, 0]},
            ],
        },
    },
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_no_letter_leaves_its_box(example: str, tmp_path: Path) -> None:
    """Words that no line can break, in a list and in narrow columns, and values under their bars."""
    assert _measured({"a": EXAMPLES[example]}, tmp_path / "root", refused=0) == ([], [])


def test_a_series_whose_name_is_wider_than_its_chart_is_told_at_its_line(bare: Callable[..., Path]) -> None:
    """In a legend no name is broken."""
    series = "".join(f"        - {{name: {name}, values: [1]}}\n" for name in ("word " * 50, "b"))
    chart = f"    chart:\n      title: t\n      categories: [a]\n      series:\n{series}"

    [error] = errors_of(check(bare(f"{MINIMAL}slides:\n  a:\n    kind: chart\n    title: T\n{chart}"), 123))

    assert (error.rule, error.origin.line) == ("text-overflow", 8)
    assert "is wider than the chart" in error.text


def test_no_text_of_a_slide_of_any_kind_is_over_another_or_off_the_page(tmp_path: Path) -> None:
    """A slide of each kind and a few more: words too long, runs of signs, addresses, foreign scripts, code, charts."""
    assert _measured(RandomSlides(0).slides(15), tmp_path / "root", refused=3) == ([], [])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 11))
def test_no_text_of_a_thousand_slides_is_over_another_or_off_the_page(seed: int, tmp_path: Path) -> None:
    """Ten decks of a hundred random slides each: what does not fit is shrunk, broken, or an error at its line."""
    assert _measured(RandomSlides(seed).slides(100), tmp_path / "root", refused=25) == ([], [])
