"""Fit × box -> Plot: the area that bars and lines are drawn into, and what both draw alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deckgen.base import Frozen
from deckgen.deck.model import Chart
from deckgen.layout.numbers import NumberFormat
from deckgen.layout.pages import Label, Line, Mark, SeriesStyle, Shape, Side
from deckgen.layout.plot.fit import Fit
from deckgen.layout.theme import EMU, Box
from deckgen.problems import Origin, fatal

THIN, LINE = round(0.75 * EMU), round(2.25 * EMU)
MARK = 7 * EMU


class Plot(Frozen):
    """The geometry of a chart, which is that of PowerPoint's own: `area` is between the values `low` and `top`."""

    chart: Chart
    box: Box
    area: Box
    low: float
    top: float
    form: NumberFormat
    fit: Fit

    @property
    def step(self) -> float:
        """The share of a category in the area."""
        return (self.area.height if self.chart.horizontal else self.area.width) / len(self.chart.categories)

    def at(self, value: float) -> int:
        """Where a value is on the page: its y, or in a horizontal chart its x."""
        share = (value - self.low) / (self.top - self.low)
        if self.chart.horizontal:
            return self.area.x + round(share * self.area.width)
        return self.area.bottom - round(share * self.area.height)

    def width(self, value: float) -> int:
        """How long the label of a value is."""
        return self.fit.widths[self.form.shown(value)]

    def line_at(self, value: float, colour: str) -> Line:
        """A line at a value over the whole area."""
        area, at = self.area, self.at(value)
        if self.chart.horizontal:
            return Line(((at, area.y), (at, area.bottom)), colour, THIN)
        return Line(((area.x, at), (area.x + area.width, at)), colour, THIN)

    def names(self) -> Iterator[Label]:
        """The names of the categories."""
        for index in range(0, len(self.chart.categories), self.fit.every):
            yield self._name(self.chart.categories[index], index)

    def _name(self, name: str, index: int) -> Label:
        area, line, step = self.area, self.fit.line, self.step
        if self.chart.horizontal:
            middle = round(area.y + (index + 0.5) * step)
            lines = self.fit.room - round(0.6 * line)
            high = -(-self.fit.widths[name] // max(1, lines)) * line
            box = Box(self.box.x, middle - high // 2, lines, high)
            return Label(name, box, "muted", wraps=True, align="right")
        left, top = round(area.x + index * step), area.bottom + round(0.3 * line)
        if self.fit.names == "turned":
            long = min(self.fit.widths[name], self.fit.room - round(0.4 * line))
            high = line * -(-self.fit.widths[name] // long)
            box = Box(left + round(step / 2) - high // 2, top, high, long)
            return Label(name, box, "muted", turned=True, wraps=high > line)
        width = round(step * self.fit.every)
        box = Box(left - (width - round(step)) // 2, top, width, line)
        return Label(name, box, "muted", wraps=self.fit.names == "lines")

    def scale(self, values: Sequence[float]) -> Iterator[Label]:
        """The numbers of a scale, left of the area or under it."""
        line = self.fit.line
        for value in values:
            text, at = self.form.shown(value), self.at(value)
            if self.chart.horizontal:
                box = Box(at - self.width(value) // 2, self.area.bottom + round(0.3 * line), self.width(value), line)
            else:
                box = Box(self.area.x - self.width(value) - line // 2, at - line // 2, self.width(value), line)
            yield Label(text, box, "muted")


def legend_rows(names: Sequence[str], fit: Fit, width: int, origin: Origin) -> list[list[str]]:
    """The names of several series, in as many rows as they need at `width`. Raises DeckError if one is wider."""
    rows: list[list[str]] = []
    left = 0
    for name in names:
        if _entry(name, fit) > width:
            raise fatal(origin, "text-overflow", f"the series `{name}` is wider than the chart", "use a shorter name")
        if not rows or _entry(name, fit) > left:
            rows.append([])
            left = width
        rows[-1].append(name)
        left -= _entry(name, fit)
    return rows


def legend(rows: Sequence[Sequence[str]], styles: Sequence[SeriesStyle], fit: Fit, foot: Box) -> Iterator[Label]:
    """The rows in the middle of `foot`, each name with the colour of its series and the mark of its line."""
    left = iter(styles)
    for number, row in enumerate(rows):
        x = foot.x + (foot.width - sum(_entry(name, fit) for name in row)) // 2
        for name, style in zip(row, left, strict=False):
            box = Box(x, foot.y + number * fit.line, _entry(name, fit), fit.line)
            yield Label(name, box, "ink", swatch=style.colour, mark=style.mark)
            x += box.width


def _entry(name: str, fit: Fit) -> int:
    """The width of a name in a row, with the colour before it and the space after it."""
    return fit.widths[name] + round(2.2 * fit.line)


_COLOURS = ("mark", "accent", "ink", "muted", "accent-on-opener", "rule")
_ON = {"mark": "ink", "accent": "paper", "ink": "paper", "muted": "paper", "accent-on-opener": "ink", "rule": "ink"}
_SHAPES: tuple[Shape, ...] = ("circle", "square", "diamond", "triangle")


def style(chart: Chart, index: int, sides: tuple[Side, ...]) -> SeriesStyle:
    """How a series is drawn; lines differ by their marks too, and a single one is in the accent colour."""
    colour = _COLOURS[index % len(_COLOURS)]
    if len(chart.series) == 1 and chart.type == "line":
        colour = "accent"
    label = _ON[colour] if chart.stacked else "ink"
    mark = Mark(_SHAPES[index % len(_SHAPES)], MARK) if chart.type == "line" else None
    return SeriesStyle(colour, label, sides, mark, LINE)
