"""Chart × box -> Fit: the size and the arrangement at which the labels of a chart fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Literal

from deckgen.base import Frozen
from deckgen.deck.model import Chart, Run
from deckgen.layout.flow import unbroken
from deckgen.layout.measure import Ask, Placing
from deckgen.layout.numbers import NumberFormat, edges, known, scale, totals
from deckgen.layout.theme import EMU, Box, Theme
from deckgen.problems import fatal

GAP = 0.3  # between bars, as a share of a bar; PowerPoint's gapWidth of 30
MAX_NAME_LINES = 3
STEPS = (6, 3, 2, 1)  # of a scale; fewer where its numbers would touch each other
_MAX_SHARE = 0.4  # of the box, for the names of the categories or for turned values
_SLACK = 0.9  # of the room of a name; the rest is space to the next, which other programs keep too
_SPACE = 0.226  # em, of Carlito

Names = Literal["one line", "lines", "turned"]
Values = Literal["across", "turned", "scale"]
_NAMES: tuple[Names, ...] = ("one line", "lines", "turned")
_VALUES: tuple[Values, ...] = ("across", "turned", "scale")


class Fit(Frozen):
    """How the labels of a chart are drawn: at `size`, in lines that are `line` high.

    Every `every`th category has its name. `room` is what the names take under the plot or left of it, in EMU; of the
    rest, all lengths are in EMU too. `widths` has the width of each label.
    """

    size: float
    line: int
    names: Names
    values: Values
    every: int
    room: int
    widths: dict[str, int]


class _Widths:
    """The widths of labels, in em."""

    def __init__(self, texts: Sequence[str], ems: Sequence[float]) -> None:
        self.em = dict(zip(texts, ems, strict=True))

    def lines(self, name: str, width: float) -> int | None:
        """The lines of a name that is broken between words; None if a word is wider than `width`."""
        lines, used = 0, width + 1
        for word in unbroken(name):
            own = self.em[word]
            if own > width:
                return None
            if used + _SPACE + own > width:
                lines, used = lines + 1, own
            else:
                used += _SPACE + own
        return lines


def fit(chart: Chart, form: NumberFormat, box: Box, theme: Theme) -> Placing[Fit]:
    """The labels at the largest size at which none touches the next; raises DeckError if a name is too long.

    Names that do not fit side by side are broken into lines, then turned, then thinned; values are turned, then
    replaced by a scale.
    """
    scales = (value for steps in STEPS for value in scale_of(chart, form, steps))
    shown = [form.shown(value) for value in (*known(chart), *scales)]
    words = [word for name in chart.categories for word in unbroken(name)]
    texts = list(dict.fromkeys((*shown, *chart.categories, *words, *(series.name for series in chart.series))))
    ems = yield [Ask((Run(text),), bold=True) for text in texts]
    found = _Fitting(chart, form, box, theme, _Widths(texts, ems))
    return found.horizontal() if chart.horizontal else found.vertical()


def scale_of(chart: Chart, form: NumberFormat, steps: int = STEPS[0]) -> list[float]:
    """The values at the lines of the scale of a chart."""
    return scale(*edges(totals(chart)), form.decimals, steps)


class _Fitting:
    """One chart, and the ways to fit its labels."""

    def __init__(self, chart: Chart, form: NumberFormat, box: Box, theme: Theme, widths: _Widths) -> None:
        self.chart, self.box, self.theme, self.widths = chart, box, theme, widths
        self.values = [widths.em[form.shown(value)] for value in known(chart)]
        self.ticks = max(widths.em[form.shown(value)] for value in scale_of(chart, form))
        self.count = len(chart.categories)
        self.abreast = 1 if chart.type == "line" or chart.stacked else len(chart.series)

    def vertical(self) -> Fit:
        """Upright bars, or a line."""
        for values, names in product(_VALUES, _NAMES):
            for size in self.theme.chart.labels:
                room = self._under(names, values, size, 1)
                if room is not None and self._have_room(values, size, self.box.height - room):
                    return self._fit(size, names, values, 1, room)
        return self._thinned()

    def _have_room(self, values: Values, size: float, height: int) -> bool:
        """Whether the values do in a plot of this height; those inside a stack are left out one by one."""
        slot = self.box.width / self.count / (self.abreast + GAP) * (1 + GAP / 2)
        long = max(self.values, default=0) * size * EMU
        match values:
            case "across":
                return long <= slot or self.chart.stacked
            case "turned":
                is_line = self.chart.type == "line"
                fits = self.theme.line_height(size) <= slot and long <= _MAX_SHARE * self.box.height
                return not is_line and fits and self._have_room_below_zero(long, size, height)
            case "scale":
                return True

    def _have_room_below_zero(self, long: float, size: float, length: float) -> bool:
        """Whether labels at both ends of a plot leave a third of its length to the bars, less a line for the legend."""
        upward = min(known(self.chart), default=0) >= 0 or self.chart.stacked
        return upward or 3 * (long + self.theme.line_height(size)) <= length

    def _thinned(self) -> Fit:
        """The smallest size, names upright if they can be, and a scale in place of values that have no room."""
        size = self.theme.chart.labels[-1]
        line = self.theme.line_height(size)
        width = self._width("scale", size)
        wide = max(self.widths.em[name] for name in self.chart.categories) * size * EMU
        upright = -(-wide * 1.2 * self.count // width)
        high = self._lines(self.chart.categories, _MAX_SHARE * self.box.height / (size * EMU)) or 1
        turned = -(-high * line * self.count // width)
        names: Names = "turned" if upright > max(2, turned) else "one line"
        every = int(max(1, turned if names == "turned" else upright))
        room = self._under(names, "scale", size, every)
        if room is None:
            raise self._too_long()
        return self._fit(size, names, "scale", every, room)

    def _width(self, values: Values, size: float) -> int:
        """The width without the scale."""
        left = round(self.ticks * size * EMU) + self.theme.line_height(size) // 2
        return self.box.width - (left if values == "scale" else 0)

    def _under(self, names: Names, values: Values, size: float, every: int) -> int | None:
        """The room that the names take under the plot; None if they do not fit."""
        line, slot = self.theme.line_height(size), every * self._width(values, size) / self.count
        ems = [self.widths.em[name] for name in self.chart.categories]
        match names:
            case "one line":
                return round(1.4 * line) if max(ems) * size * EMU <= slot else None
            case "lines":
                lines = self._lines(self.chart.categories, _SLACK * slot / (size * EMU))
                return None if lines is None else round((lines + 0.4) * line)
            case "turned":
                most = _MAX_SHARE * self.box.height
                lines = self._lines(self.chart.categories, most / (size * EMU))
                if lines is None or lines * line > slot:
                    return None
                return round(min(max(ems) * size * EMU, most) + 0.4 * line)

    def _lines(self, names: Iterable[str], width: float) -> int | None:
        lines = [self.widths.lines(name, width) for name in names]
        most = max(MAX_NAME_LINES + 1 if one is None else one for one in lines)
        return most if most <= MAX_NAME_LINES else None

    def horizontal(self) -> Fit:
        """Horizontal bars: the names are left of them, in a column of their own."""
        for size in self.theme.chart.labels:
            line, width = self.theme.line_height(size), self._column(size)
            lines = self._lines(self.chart.categories, width / (size * EMU))
            row = (self.box.height - line) / self.count
            bars = row / (self.abreast + GAP) * (1 + GAP / 2)
            beside = self._have_room_below_zero(max(self.values, default=0) * size * EMU, size, self.box.width - width)
            if lines is not None and lines * line <= row and (self.chart.stacked or line <= bars) and beside:
                return self._fit(size, "lines", "across", 1, round(width + 0.6 * line))
        size = self.theme.chart.labels[-1]
        line, width = self.theme.line_height(size), self._column(size)
        lines = self._lines(self.chart.categories, width / (size * EMU))
        if lines is None:
            raise self._too_long()
        every = int(-(-lines * line * self.count // (self.box.height - 2 * line)))
        return self._fit(size, "lines", "scale", max(1, every), round(width + 0.6 * line))

    def _column(self, size: float) -> float:
        wide = max(self.widths.em[name] for name in self.chart.categories)
        return min(wide * size * EMU * 1.01, _MAX_SHARE * self.box.width)

    def _fit(self, size: float, names: Names, values: Values, every: int, room: int) -> Fit:
        widths = {text: round(em * size * EMU) for text, em in self.widths.em.items()}
        return Fit(size, self.theme.line_height(size), names, values, every, room, widths)

    def _too_long(self) -> Exception:
        longest = max(self.chart.categories, key=lambda name: self.widths.em[name])
        text = f"the category `{longest}` has no room beside the others"
        hint = "use a shorter name" if self.chart.horizontal else "use a shorter name, or `horizontal: true`"
        return fatal(self.chart.origin, "text-overflow", text, hint)
