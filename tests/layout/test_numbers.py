"""Values of a chart -> the edges of its plot and the lines of its scale."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from deckgen.layout.numbers import edges, scale


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [
        ([], 0, 1),
        ([0, 0], 0, 1),
        ([5, 7], 0, 7),
        ([-5, -7], -7, 0),
        ([-3, 218], -3, 220),
        ([-0.0123, 0.0456], -0.013, 0.046),
        ([995, 1_001], 0, 1_100),
    ],
)
def test_a_plot_has_zero_and_all_of_its_values(values: Sequence[float], low: float, high: float) -> None:
    """The farthest value is rounded up to two digits; without values, or with zeros alone, the plot is not empty."""
    assert edges(values) == (low, high)


@pytest.mark.parametrize(
    ("low", "high", "decimals", "lines"),
    [
        (0, 60, 0, [0, 10, 20, 30, 40, 50, 60]),
        (0, 61, 0, [0, 20, 40, 60, 80]),
        (0, 130, 0, [0, 50, 100, 150]),
        (0, 3, 0, [0, 1, 2, 3]),
        (0, 3, 1, [0, 0.5, 1, 1.5, 2, 2.5, 3]),
        (-30, 70, 0, [-40, -20, 0, 20, 40, 60, 80]),
    ],
)
def test_a_scale_has_lines_at_round_values(low: float, high: float, decimals: int, lines: Sequence[float]) -> None:
    """At most eight steps of 1, 2 or 5, from below the lowest value to above the highest, with no more decimals."""
    assert scale(low, high, decimals) == lines
