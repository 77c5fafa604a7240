"""Plot -> Bars and Labels: the bars of a chart, side by side or in stacks, upright or horizontal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from deckgen.base import Frozen
from deckgen.layout.pages import Bar, Label, Side
from deckgen.layout.plot.fit import GAP
from deckgen.layout.plot.parts import Plot, style
from deckgen.layout.theme import Box


class _Drawn(Frozen):
    """A value as a bar."""

    series: int
    index: int
    value: float
    box: Box


class Bars:
    """The bars of one chart."""

    def __init__(self, plot: Plot) -> None:
        self.plot, self.chart = plot, plot.chart
        abreast = 1 if self.chart.stacked else len(self.chart.series)
        self.thickness = plot.step / (abreast + GAP)
        self.drawn = list(self._drawn())
        self._hidden = {(one.series, one.index) for one in self.drawn if not self._has_room(one)}

    def bars(self) -> tuple[Bar, ...]:
        """Each bar in its colour; of a single series, the highlighted one in the accent colour."""
        return tuple(Bar(one.box, self._colour(one)) for one in self.drawn)

    def labels(self) -> Iterator[Label]:
        """The values at the end of each bar, or inside those of a stack that have room."""
        for one in self.drawn:
            side = self.side(one.series, one.index)
            if side != "nowhere":
                bold = one.index == self.chart.highlight
                own = style(self.chart, one.series, ())
                ground = own.colour if side == "inside" else ""
                turned = self.plot.fit.values == "turned"
                text = self.plot.form.shown(one.value)
                yield Label(text, self._label(one), own.label, bold=bold, ground=ground, turned=turned)

    def side(self, series: int, index: int) -> Side:
        """Where the label of a value is."""
        if self.plot.fit.values == "scale":
            return "nowhere"
        if not self.chart.stacked:
            return "above"
        return "nowhere" if (series, index) in self._hidden else "inside"

    def _has_room(self, one: _Drawn) -> bool:
        return self.plot.width(one.value) <= 0.96 * one.box.width and self.plot.fit.line <= one.box.height

    def _drawn(self) -> Iterator[_Drawn]:
        """From the first category to the last, and in each from the first series to the last."""
        for index in range(len(self.chart.categories)):
            ends: dict[bool, float] = defaultdict(float)
            for number, series in enumerate(self.chart.series):
                value = series.values[index]
                if value is None:
                    continue
                first = ends[value > 0] if self.chart.stacked else 0.0
                ends[value > 0] = first + value
                place = 0 if self.chart.stacked else number
                start = index * self.plot.step + (GAP / 2 + place) * self.thickness
                yield _Drawn(number, index, value, self._box(start, first, first + value))

    def _box(self, start: float, first: float, last: float) -> Box:
        area, ends = self.plot.area, sorted((self.plot.at(first), self.plot.at(last)))
        long, thick = ends[1] - ends[0], round(self.thickness)
        if self.chart.horizontal:
            return Box(ends[0], round(area.y + start), long, thick)
        return Box(round(area.x + start), ends[0], thick, long)

    def _label(self, one: _Drawn) -> Box:
        """The box in which the label of a value is centred."""
        line, long, bar = self.plot.fit.line, self.plot.width(one.value), one.box
        if self.chart.stacked:
            return Box(bar.x, bar.y + (bar.height - line) // 2, bar.width, line)
        if self.chart.horizontal:
            y, air = bar.y + (bar.height - line) // 2, round(0.3 * line)
            return Box(bar.x - long - air if one.value < 0 else bar.x + bar.width + air, y, long, line)
        if self.plot.fit.values == "turned":
            x, air = bar.x + (bar.width - line) // 2, round(0.2 * line)
            return Box(x, bar.bottom + air if one.value < 0 else bar.y - long - air, line, long)
        return Box(
            bar.x, bar.bottom + round(0.1 * line) if one.value < 0 else bar.y - round(1.1 * line), bar.width, line
        )

    def _colour(self, one: _Drawn) -> str:
        if one.index == self.chart.highlight and len(self.chart.series) == 1:
            return "accent"
        return style(self.chart, one.series, ()).colour
