"""Plot -> Lines and Labels: the lines of a chart, with each value at its point where there is room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from deckgen.layout.pages import Label, Line, Side
from deckgen.layout.plot.parts import Plot, style
from deckgen.layout.theme import Box

_SIDES: tuple[Side, ...] = ("above", "below", "right", "left")


class Lines:
    """The lines of one chart."""

    def __init__(self, plot: Plot) -> None:
        self.plot, self.chart = plot, plot.chart
        self._sides = self._placed()

    def lines(self) -> tuple[Line, ...]:
        """Each line, in pieces if values are missing."""
        return tuple(
            Line(tuple(filter(None, points)), own.colour, own.width, own.mark)
            for number, series in enumerate(self.chart.series)
            for own in (style(self.chart, number, ()),)
            for drawn, points in groupby(self._points(series.values), key=lambda point: point is not None)
            if drawn
        )

    def labels(self) -> Iterator[Label]:
        """The values from left to right; those left of their point first."""
        indexes = range(len(self.chart.categories))
        for index in indexes:
            for series in sorted(range(len(self.chart.series)), key=lambda n: self.side(n, index) != "left"):
                value, side = self.chart.series[series].values[index], self.side(series, index)
                if value is not None and side != "nowhere":
                    bold = index == self.chart.highlight
                    yield Label(self.plot.form.shown(value), self._label(value, index, side), "ink", bold=bold)

    def side(self, series: int, index: int) -> Side:
        """Where the label of a value is."""
        return self._sides.get((series, index), "above")

    def _x(self, index: int) -> int:
        return round(self.plot.area.x + (index + 0.5) * self.plot.step)

    def _points(self, values: Sequence[float | None]) -> Iterator[tuple[int, int] | None]:
        for index, value in enumerate(values):
            yield None if value is None else (self._x(index), self.plot.at(value))

    def _label(self, value: float, index: int, side: Side) -> Box:
        line, width = self.plot.fit.line, self.plot.width(value)
        away = round(0.4 * line) + width // 2
        x = self._x(index) + away * {"left": -1, "right": 1}.get(side, 0) - width // 2
        return Box(x, self.plot.at(value) + round(line * {"above": -1.1, "below": 0.1}.get(side, -0.5)), width, line)

    def _placed(self) -> dict[tuple[int, int], Side]:
        """Where the label of each value is, so that none is over another.

        The highest and the lowest of each category choose first. A label that has room on no side is left out, as is
        that of a value that another line has too: the alt text and the data sheet have every value.
        """
        found: dict[tuple[int, int], Side] = {}
        taken: list[Box] = []
        wished = [
            (self._wished(series, index), index, series, value)
            for index in range(len(self.chart.categories))
            for series, one in enumerate(self.chart.series)
            if (value := one.values[index]) is not None
        ]
        for wish, index, series, value in sorted(wished, key=lambda one: one[0] == "right"):
            found[series, index] = "nowhere"
            for side in () if wish == "nowhere" else dict.fromkeys((wish, *_SIDES)):
                label = self._label(value, index, side)
                if self._is_inside(label) and not any(_touch(label, other) for other in taken):
                    found[series, index] = side
                    taken.append(label)
                    break
        return found

    def _wished(self, series: int, index: int) -> Side:
        """Above the highest, below or left of the lowest, right of what is between; a value of two lines once."""
        values = [one.values[index] for one in self.chart.series]
        own = values[series]
        if own is None or own in values[:series] or self.plot.fit.values == "scale":
            return "nowhere"
        if own == max(value for value in values if value is not None):
            return "above"
        if own == min(value for value in values if value is not None):
            return "below" if self.plot.area.bottom - self.plot.at(own) > 1.2 * self.plot.fit.line else "left"
        return "right"

    def _is_inside(self, label: Box) -> bool:
        box = self.plot.box
        return (
            box.x <= label.x
            and label.x + label.width <= box.x + box.width
            and box.y <= label.y
            and label.bottom <= self.plot.area.bottom + round(0.2 * self.plot.fit.line)
        )


def _touch(one: Box, other: Box) -> bool:
    apart = one.x >= other.x + other.width or other.x >= one.x + one.width
    return not (apart or one.y >= other.bottom or other.y >= one.bottom)
