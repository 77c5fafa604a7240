"""Chart × box -> ChartBlock: where each bar, point and label stands, so that no writer has to reckon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from deckgen.deck.model import Chart, Run
from deckgen.layout.flow import set_lines
from deckgen.layout.measure import Ask, Placing
from deckgen.layout.numbers import MAX_DECIMALS, NumberFormat, edges, known, number_format
from deckgen.layout.pages import Bar, Block, ChartBlock, Label, Line, Paragraph, Side, TextBlock
from deckgen.layout.theme import EMU, Box, Theme
from deckgen.problems import fatal

GAP = 0.35  # between bars, as a share of a bar; PowerPoint's gapWidth of 35
_NAME = 0.8  # of a name's share of the legend; its colour and some air take the rest
_SIDES: tuple[Side, ...] = ("above", "below", "right", "left")
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
    form = number_format(chart)
    if form.decimals > MAX_DECIMALS:
        told = f"a value has {form.decimals} decimals; at most {MAX_DECIMALS} are drawn"
        raise fatal(chart.origin, "text-overflow", told, "write the values in a smaller unit")
    values = [form.shown(value) for value in known(chart)]
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
    low, top = _plotted(known(chart), area, line)
    widths = {text: round(em * size * EMU) for em, text in zip(ems, values, strict=False)}
    drawing = _Drawing(chart, box, area, low, top, line, form, widths)
    labels = (*drawing.values(), *drawing.categories(), *_legend(chart, box, line))
    drawn = (drawing.bars(), drawing.lines(), labels)
    sides = drawing.by_series()
    return ChartBlock("chart", box, area, low, top, drawing.y(0), size, form, sides, chart, alt(chart), *drawn)


def _plotted(values: Sequence[float], area: Box, line: int) -> tuple[float, float]:
    """The values at the edges of a plot, with room for a label under the lowest of those below zero."""
    low, top = edges(values)
    if low < 0:
        share = 1.3 * line / area.height
        low = float(f"{low - (top - low) * share / (1 - share):.6g}")
    return low, top


def series_colour(chart: Chart, index: int) -> str:
    """The colour role of a series; a single line is in the accent colour."""
    if len(chart.series) == 1:
        return "bars" if chart.type == "bar" else "accent"
    return _SERIES[index % len(_SERIES)]


def alt(chart: Chart) -> str:
    """Every value in words: for who cannot see the chart, and for whoever searches the file."""
    rows = []
    form = number_format(chart)
    for series in chart.series:
        pairs = zip(chart.categories, series.values, strict=True)
        values = "; ".join(f"{category}: {'not known' if v is None else form.shown(v)}" for category, v in pairs)
        rows.append(f"{series.name}, {values}" if len(chart.series) > 1 else values)
    return f"{chart.type.capitalize()} chart. {chart.title.words}. {'. '.join(rows)}."


class _Drawing:
    """The geometry of one chart, laid out as PowerPoint lays out its own."""

    def __init__(
        self,
        chart: Chart,
        box: Box,
        area: Box,
        low: float,
        top: float,
        line: int,
        form: NumberFormat,
        widths: Mapping[str, int],
    ) -> None:
        self.chart, self.box, self.area, self.low, self.top, self.line = chart, box, area, low, top, line
        self.form, self.widths = form, widths
        self.step = area.width / len(chart.categories)
        self.abreast = len(chart.series) if chart.type == "bar" else 1
        self.bar = self.step / (self.abreast + GAP)
        self.sides = self._sides() if chart.type == "line" else {}

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
            for drawn, points in groupby(self._points(series.values), key=lambda point: point is not None)
            if drawn
        )

    def _points(self, values: Sequence[float | None]) -> Iterator[tuple[int, int] | None]:
        """Where each value is drawn; a value that is not known leaves a gap."""
        for index, value in enumerate(values):
            x = round(self.area.x + (index + 0.5) * self.step)
            yield None if value is None else (x, self.y(value))

    def values(self) -> Iterator[Label]:
        boxes = sorted(self._boxes(), key=lambda one: (one[1], self.side(*one[:2]) != "left"))
        for series, index, value, box in boxes:
            side = self.side(series, index)
            if side == "nowhere":
                continue
            marked = series == 0 and index == self.chart.highlight
            place = self._label(value, box, side)
            yield Label(self.form.shown(value), place, "ink", bold=marked)

    def by_series(self) -> tuple[tuple[Side, ...], ...]:
        """Where the labels are, by series and category."""
        indexes = range(len(self.chart.categories))
        return tuple(tuple(self.side(number, index) for index in indexes) for number in range(len(self.chart.series)))

    def side(self, series: int, index: int) -> Side:
        """Where the label of a value is; of a bar, always beyond its end."""
        return self.sides.get((series, index), "above")

    def _label(self, value: float, box: Box, side: Side) -> Box:
        """The box in which the label of a value is centred."""
        away = round(0.4 * self.line) + self.widths[self.form.shown(value)] // 2
        x = box.x + away * {"left": -1, "right": 1}.get(side, 0)
        if self.chart.type == "bar" and value < 0:
            return Box(x, box.bottom + round(0.1 * self.line), box.width, self.line)
        y = self.y(value) + round(self.line * {"above": -1.1, "below": 0.1}.get(side, -0.5))
        return Box(x, y, box.width, self.line)

    def _sides(self) -> dict[tuple[int, int], Side]:
        """Where the label of each value of several lines is, so that none is over another.

        The highest and the lowest of each category choose first. A label that has room on no side is left out, as is
        that of a value which another line has too: the alt text and the data sheet have every value.
        """
        found: dict[tuple[int, int], Side] = {}
        taken: list[Box] = []
        wished = [
            (self._wished(series, index), index, series, value, box) for series, index, value, box in self._boxes()
        ]
        for wish, index, series, value, box in sorted(wished, key=lambda one: one[0] == "right"):
            found[series, index] = "nowhere"
            for side in () if wish == "nowhere" else dict.fromkeys((wish, *_SIDES)):
                label = self._inked(value, self._label(value, box, side))
                if self._is_inside(label) and not any(_touch(label, other) for other in taken):
                    found[series, index] = side
                    taken.append(label)
                    break
        return found

    def _wished(self, series: int, index: int) -> Side:
        """Above the highest, below or left of the lowest, right of what is between; a value of two lines once."""
        values = [one.values[index] for one in self.chart.series]
        own = values[series]
        if own is None or own in values[:series]:
            return "nowhere"
        if own == max(value for value in values if value is not None):
            return "above"
        if own == min(value for value in values if value is not None):
            return "below" if self.area.bottom - self.y(own) > 1.2 * self.line else "left"
        return "right"

    def _inked(self, value: float, label: Box) -> Box:
        """What the words of a label cover of its box."""
        width = self.widths[self.form.shown(value)]
        return Box(label.x + (label.width - width) // 2, label.y, width, label.height)

    def _is_inside(self, label: Box) -> bool:
        return (
            self.box.x <= label.x
            and label.x + label.width <= self.box.x + self.box.width
            and self.box.y <= label.y
            and label.bottom <= self.area.bottom + round(0.2 * self.line)
        )

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
                y, zero = self.y(value), self.y(0)
                yield number, index, value, Box(round(x), min(y, zero), round(self.bar), abs(zero - y))

    def y(self, value: float) -> int:
        """Where a value is on the page."""
        return self.area.bottom - round((value - self.low) / (self.top - self.low) * self.area.height)

    def _colour(self, series: int, index: int) -> str:
        if index == self.chart.highlight and len(self.chart.series) == 1:
            return "accent"
        return series_colour(self.chart, series)


def _touch(one: Box, other: Box) -> bool:
    apart = one.x >= other.x + other.width or other.x >= one.x + one.width
    return not (apart or one.y >= other.bottom or other.y >= one.bottom)


def _legend(chart: Chart, box: Box, line: int) -> Iterator[Label]:
    """The names of several series under the chart, each in its colour."""
    if len(chart.series) < 2:
        return
    width = box.width // len(chart.series)
    for index, series in enumerate(chart.series):
        place = Box(box.x + index * width, box.bottom - line, width, line)
        yield Label(series.name, place, "ink", swatch=series_colour(chart, index))
