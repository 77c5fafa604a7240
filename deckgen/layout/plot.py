"""Chart × box -> ChartBlock: where each bar, point and label stands, so that no writer has to reckon."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from deckgen.deck.model import Chart, Run
from deckgen.layout.flow import set_lines
from deckgen.layout.measure import Ask, Placing
from deckgen.layout.pages import Bar, Block, ChartBlock, Label, Line, Paragraph, Side, TextBlock
from deckgen.layout.theme import EMU, Box, Theme
from deckgen.problems import fatal

GAP = 0.35  # between bars, as a share of a bar; PowerPoint's gapWidth of 35
_NAME = 0.8  # of a name's share of the legend; its colour and some air take the rest
_SERIES = ("bars", "accent", "muted", "accent-on-ink", "ink", "rule")


def chart_blocks(chart: Chart, box: Box, theme: Theme) -> Placing[list[Block]]:
    """The title of a chart as a sentence, and the chart under it."""
    width = theme.set_width(box.width)
    title = Paragraph(chart.title, theme.chart.title, "muted", bold=True)
    [line] = yield from set_lines([(title, width)])
    head = Box(box.x, box.y, box.width, line.lines * theme.line_height(line.size))
    below = head.bottom + theme.footnote.gap
    chart_block = yield from plot(chart, Box(box.x, below, box.width, box.bottom - below), theme)
    return [TextBlock("chart-title", head, (line,)), chart_block]


def plot(chart: Chart, box: Box, theme: Theme) -> Placing[ChartBlock]:
    """The chart drawn into `box`: its labels at the largest size at which none touches the next."""
    places = decimals(chart)
    values = [shown(v, places) for series in chart.series for v in series.values if v is not None]
    names = [series.name for series in chart.series] if len(chart.series) > 1 else []
    ems = yield [Ask((Run(text),), bold=True) for text in (*values, *chart.categories, *names)]
    abreast = len(chart.series) if chart.type == "bar" else 1
    value_slot = box.width / len(chart.categories) / (abreast + GAP) * (1 + GAP / 2)
    slots = [value_slot] * len(values) + [box.width / len(chart.categories)] * len(chart.categories)
    slots += [_NAME * box.width / (len(names) or 1)] * len(names)
    sizes = theme.chart.labels
    size = next((s for s in sizes if all(em * s * EMU <= slot for em, slot in zip(ems, slots, strict=True))), None)
    if size is None:
        named = f" and the {len(names)} names of the series" if names else ""
        text = f"{len(chart.categories)} labels{named} do not fit side by side"
        raise fatal(chart.origin, "text-overflow", text, "fewer categories, or shorter names")
    line = theme.line_height(size)
    legend = round(1.6 * line) if len(chart.series) > 1 else 0
    area = Box(box.x, box.y + round(1.2 * line), box.width, box.height - round(2.6 * line) - legend)
    if area.height < 2 * line:
        raise fatal(chart.origin, "text-overflow", "no room is left for the bars", "shorten what stands over the chart")
    highest = max((v for series in chart.series for v in series.values if v is not None), default=1)
    top = axis_top(highest)
    drawing = _Drawing(chart, area, top, line, places)
    labels = (*drawing.values(), *drawing.categories(), *_legend(chart, box, line))
    sides = tuple(tuple(drawing.side(n, i) for i in range(len(chart.categories))) for n in range(len(chart.series)))
    drawn = (drawing.bars(), drawing.lines(), labels)
    return ChartBlock("chart", box, area, top, size, places, sides, chart, alt(chart), *drawn)


def series_colour(chart: Chart, index: int) -> str:
    """The colour role of a series; a single line is in the accent colour."""
    if len(chart.series) == 1:
        return "bars" if chart.type == "bar" else "accent"
    return _SERIES[index % len(_SERIES)]


def axis_top(highest: float) -> float:
    """The value at the upper edge of the plot: the highest one, rounded up to two digits."""
    if highest < 0.01:  # labels have two decimals at most
        return 1.0
    step = 10.0 ** (math.floor(math.log10(highest)) - 1)
    return math.ceil(highest / step) * step


def decimals(chart: Chart) -> int:
    """How many decimals the labels of a chart have: those that its values need, at most two."""
    values = [value for series in chart.series for value in series.values if value is not None]
    return max((-min(0, int(_rounded(v, 2).normalize().as_tuple().exponent)) for v in values), default=0)


def shown(value: float, places: int) -> str:
    """A value as its label says it, rounded as PowerPoint does: a half goes away from zero."""
    return f"{_rounded(value, places):,}"


def _rounded(value: float, places: int) -> Decimal:
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def alt(chart: Chart) -> str:
    """Every value in words: for who cannot see the chart, and for whoever searches the file."""
    rows = []
    places = decimals(chart)
    for series in chart.series:
        pairs = zip(chart.categories, series.values, strict=True)
        values = "; ".join(f"{category}: {'not known' if v is None else shown(v, places)}" for category, v in pairs)
        rows.append(f"{series.name}, {values}" if len(chart.series) > 1 else values)
    return f"{chart.type.capitalize()} chart. {chart.title.words}. {'. '.join(rows)}."


class _Drawing:
    """The geometry of one chart, laid out as PowerPoint lays out its own."""

    def __init__(self, chart: Chart, area: Box, top: float, line: int, places: int) -> None:
        self.chart, self.area, self.top, self.line = chart, area, top, line
        self.places = places
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
        boxes = sorted(self._boxes(), key=lambda one: (one[1], self.side(*one[:2]) != "left"))
        for series, index, value, box in boxes:
            marked = series == 0 and self.chart.categories[index] == self.chart.highlight
            side = self.side(series, index)
            if side == "nowhere":
                continue
            x = box.x + round(1.3 * self.line) * {"left": -1, "right": 1}.get(side, 0)
            y = box.y + round(self.line * {"above": -1.1, "below": 0.1}.get(side, -0.5))
            yield Label(shown(value, self.places), Box(x, y, box.width, self.line), "ink", bold=marked)

    def side(self, series: int, index: int) -> Side:
        """Where the label of a value stands, so that those of several lines do not lie on each other.

        Above the highest, below or left of the lowest, right of what is between, if that is but one; a value that
        two lines have is written once.
        """
        values = [one.values[index] for one in self.chart.series]
        own = values[series]
        if self.chart.type == "bar" or own is None:
            return "above"
        known = sorted({value for value in values if value is not None})
        if own in values[:series]:
            return "nowhere"
        if own == known[-1]:
            return "above"
        if own == known[0]:
            return "below" if self.area.bottom - self._y(own) > 1.2 * self.line else "left"
        return "right" if len(known) == 3 else "nowhere"

    def categories(self) -> Iterator[Label]:
        y = self.area.bottom + round(0.3 * self.line)
        for index, category in enumerate(self.chart.categories):
            x = round(self.area.x + index * self.step)
            yield Label(category, Box(x, y, round(self.step), self.line), "muted")

    def _boxes(self) -> Iterator[tuple[int, int, float, Box]]:
        """Of each value, from left to right: its series, its category, itself, and the bar from it to the axis."""
        for index in range(len(self.chart.categories)):
            for number, series in enumerate(self.chart.series):
                value = series.values[index]
                if value is None:
                    continue
                place = number if self.chart.type == "bar" else 0
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
