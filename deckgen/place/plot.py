"""Chart × box -> ChartBlock: where each bar, point and label stands, so that no writer has to reckon."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby

from deckgen.deck import Chart, Run
from deckgen.pages import Bar, ChartBlock, Label, Line
from deckgen.problems import fatal
from deckgen.theme import EMU, Box, Theme
from deckgen.typeset import Ask, Placing

GAP = 0.35  # between bars, as a share of a bar; PowerPoint's gapWidth of 35
_SERIES = ("bars", "accent", "muted", "accent-on-ink", "ink", "rule")


def plot(chart: Chart, box: Box, theme: Theme) -> Placing[ChartBlock]:
    """The chart drawn into `box`: its labels at the largest size at which none touches the next."""
    values = [shown(v) for series in chart.series for v in series.values if v is not None]
    ems = yield [Ask((Run(text),), bold=True) for text in (*values, *chart.categories)]
    abreast = len(chart.series) if chart.type == "bar" else 1
    value_slot = box.width / len(chart.categories) / (abreast + GAP) * (1 + GAP / 2)
    slots = [value_slot] * len(values) + [box.width / len(chart.categories)] * len(chart.categories)
    sizes = theme.sizes("chart.labels")
    size = next((s for s in sizes if all(em * s * EMU <= slot for em, slot in zip(ems, slots, strict=True))), None)
    if size is None:
        text = f"{len(chart.categories)} labels do not fit side by side"
        raise fatal(chart.origin, "text-overflow", text, "fewer categories, or shorter names")
    line = theme.line_height(size)
    legend = round(1.6 * line) if len(chart.series) > 1 else 0
    area = Box(box.x, box.y + round(1.2 * line), box.width, box.height - round(2.6 * line) - legend)
    highest = max((v for series in chart.series for v in series.values if v is not None), default=1)
    top = axis_top(highest)
    drawing = _Drawing(chart, area, top, line)
    labels = (*drawing.values(), *drawing.categories(), *_legend(chart, box, line))
    return ChartBlock("chart", box, area, top, size, chart, alt(chart), drawing.bars(), drawing.lines(), labels)


def series_colour(chart: Chart, index: int) -> str:
    """The colour role of a series; a single line is in the accent colour."""
    if len(chart.series) == 1:
        return "bars" if chart.type == "bar" else "accent"
    return _SERIES[index % len(_SERIES)]


def axis_top(highest: float) -> float:
    """The value at the upper edge of the plot: the highest one, rounded up to two digits."""
    if highest <= 0:
        return 1.0
    step = 10.0 ** (math.floor(math.log10(highest)) - 1)
    return math.ceil(highest / step) * step


def shown(value: float) -> str:
    """A value as its label says it."""
    return f"{int(value):,}" if value == int(value) else f"{value:,g}"


def alt(chart: Chart) -> str:
    """Every value in words: for who cannot see the chart, and for whoever searches the file."""
    rows = []
    for series in chart.series:
        pairs = zip(chart.categories, series.values, strict=True)
        values = "; ".join(f"{category}: {'not known' if v is None else shown(v)}" for category, v in pairs)
        rows.append(f"{series.name}, {values}" if len(chart.series) > 1 else values)
    return f"{chart.type.capitalize()} chart. {chart.title.words}. {'. '.join(rows)}."


class _Drawing:
    """The geometry of one chart, laid out as PowerPoint lays out its own."""

    def __init__(self, chart: Chart, area: Box, top: float, line: int) -> None:
        self.chart, self.area, self.top, self.line = chart, area, top, line
        self.step = area.width / len(chart.categories)
        self.abreast = len(chart.series) if chart.type == "bar" else 1
        self.bar = self.step / (self.abreast + GAP)

    def bars(self) -> tuple[Bar, ...]:
        if self.chart.type == "line":
            return ()
        return tuple(Bar(box, self._colour(series, index)) for series, index, _, box in self._boxes())

    def lines(self) -> tuple[Line, ...]:
        if self.chart.type == "bar":
            return ()
        return tuple(
            Line(tuple(filter(None, points)), series_colour(self.chart, number))
            for number, series in enumerate(self.chart.series)
            for known, points in groupby(self._points(series.values), key=lambda point: point is not None)
            if known
        )

    def _points(self, values: Sequence[float | None]) -> Iterator[tuple[int, int] | None]:
        """Where each value is drawn; a value that is not known leaves a gap."""
        for index, value in enumerate(values):
            x = round(self.area.x + (index + 0.5) * self.step)
            yield None if value is None else (x, self._y(value))

    def values(self) -> Iterator[Label]:
        for series, index, value, box in self._boxes():
            marked = series == 0 and self.chart.categories[index] == self.chart.highlight
            y = box.y - round(1.1 * self.line)
            yield Label(shown(value), Box(box.x, y, box.width, self.line), "ink", bold=marked)

    def categories(self) -> Iterator[Label]:
        y = self.area.bottom + round(0.3 * self.line)
        for index, category in enumerate(self.chart.categories):
            x = round(self.area.x + index * self.step)
            yield Label(category, Box(x, y, round(self.step), self.line), "muted")

    def _boxes(self) -> Iterator[tuple[int, int, float, Box]]:
        """Of each value: its series, its category, itself, and the bar from its height to the axis."""
        for number, series in enumerate(self.chart.series):
            place = number if self.chart.type == "bar" else 0
            for index, value in enumerate(series.values):
                if value is None:
                    continue
                x = self.area.x + index * self.step + (GAP / 2 + place) * self.bar
                y = self._y(value)
                yield number, index, value, Box(round(x), y, round(self.bar), self.area.bottom - y)

    def _y(self, value: float) -> int:
        return self.area.bottom - round(max(0.0, value) / self.top * self.area.height)

    def _colour(self, series: int, index: int) -> str:
        if self.chart.categories[index] == self.chart.highlight and len(self.chart.series) == 1:
            return "accent"
        return series_colour(self.chart, series)


def _legend(chart: Chart, box: Box, line: int) -> Iterator[Label]:
    """The names of several series under the chart, each in its colour."""
    if len(chart.series) < 2:
        return
    width = box.width // len(chart.series)
    for index, series in enumerate(chart.series):
        place = Box(box.x + index * width, box.bottom - line, width, line)
        yield Label(series.name, place, "ink", swatch=series_colour(chart, index))
