"""Chart -> NumberFormat: how the values of a chart are written, and the values at the edges of its plot."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from deckgen.base import Frozen
from deckgen.deck.model import Chart

MAX_DECIMALS = 12  # more digits than a person compares; a number format may have 30
_EXACT = 15  # digits of a number in a spreadsheet; a number with more is computed, such as 2 / 3


class NumberFormat(Frozen):
    """How the values of a chart are written: the number of decimals, and the `unit` after each."""

    decimals: int
    unit: str = ""

    @property
    def code(self) -> str:
        """The format code of a spreadsheet (ECMA-376 part 1, 18.8.31)."""
        decimals = f".{'0' * self.decimals}" if self.decimals else ""
        return f"#,##0{decimals}" + (f'"{self.unit}"' if self.unit else "")

    @classmethod
    def of_code(cls, code: str) -> NumberFormat:
        """The format of this code."""
        number, _, unit = code.partition('"')
        return cls(len(number.partition(".")[2]), unit.removesuffix('"'))

    def shown(self, value: float) -> str:
        """A value as its label has it, rounded as PowerPoint does: a half goes away from zero."""
        rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
        return f"{rounded or abs(rounded):,}{self.unit}"


def number_format(chart: Chart) -> NumberFormat:
    """The format of a chart: all values have as many decimals as the most exact one needs."""
    return NumberFormat(max(map(_decimals, known(chart)), default=0), chart.unit)


def known(chart: Chart) -> list[float]:
    """The values of a chart that are known."""
    return [value for series in chart.series for value in series.values if value is not None]


def totals(chart: Chart) -> list[float]:
    """How far the bars or points of a chart reach: the values, or the sums of a stack on either side of zero."""
    if not chart.stacked:
        return known(chart)
    columns = zip(*(series.values for series in chart.series), strict=True)
    stacks = [[Decimal(repr(value)) for value in column if value is not None] for column in columns]
    sides = ([value for value in stack if (value > 0) == up] for stack in stacks for up in (True, False))
    return [float(sum(side)) for side in sides]


def scale(low: float, top: float, decimals: int, steps: int = 6) -> list[float]:
    """The values at the lines of a scale that covers `low` to `top`: about `steps` of 1, 2 or 5 times 10 to the n."""
    lowest, highest = Decimal(repr(low)), Decimal(repr(top))
    wanted = (highest - lowest) / steps
    power = max(Decimal(1).scaleb(wanted.adjusted()), Decimal(1).scaleb(-decimals))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= wanted)
    first, last = (
        int((lowest / step).to_integral_value(ROUND_FLOOR)),
        int((highest / step).to_integral_value(ROUND_CEILING)),
    )
    return [float(step * index) for index in range(first, last + 1)]


def edges(values: Sequence[float]) -> tuple[float, float]:
    """The values at the lower and the upper edge of a plot: 0 is always in it, and the farthest are rounded up."""
    low, high = -_rounded_up(-min(values, default=0)), _rounded_up(max(values, default=0))
    return (low, high) if low or high else (0.0, 1.0)


def _decimals(value: float) -> int:
    exact = Decimal(repr(value)).normalize()
    if len(exact.as_tuple().digits) > _EXACT:
        exact = round(exact, max(2, 1 - exact.adjusted())).normalize()
    return -min(0, int(exact.as_tuple().exponent))


def _rounded_up(value: float) -> float:
    """A value above zero, rounded up to two digits; zero for any other."""
    if value <= 0:
        return 0.0
    exact = Decimal(repr(value))
    step = Decimal(1).scaleb(exact.adjusted() - 1)
    return float((exact / step).to_integral_value(ROUND_CEILING) * step)
