"""Chart × box -> ChartBlock: each bar, point and label with its box, so that writers compute none."""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.deck.model import Chart
from deckgen.layout.flow import set_lines
from deckgen.layout.layouts import head_box, head_rule
from deckgen.layout.measure import Placing
from deckgen.layout.numbers import MAX_DECIMALS, NumberFormat, edges, number_format, totals
from deckgen.layout.pages import Block, ChartBlock, Label, Paragraph, TextBlock
from deckgen.layout.plot.bars import Bars
from deckgen.layout.plot.fit import GAP, STEPS, Fit, fit, scale_of
from deckgen.layout.plot.lines import Lines
from deckgen.layout.plot.parts import Plot, legend, legend_rows, style
from deckgen.layout.theme import Box, Theme
from deckgen.problems import fatal

__all__ = ["chart_blocks"]


def chart_blocks(chart: Chart, box: Box, theme: Theme) -> Placing[list[Block]]:
    """The title of a chart as a sentence over its rule, and the chart under it. Raises DeckError."""
    size = theme.chart.title
    [line] = yield from set_lines([(Paragraph(chart.title, size, "muted"), theme.set_width(box.width))])
    head = head_box(theme, box, size, line.lines)
    drop = head.height - theme.line_height(size)
    top = theme.heads.rule + drop + theme.heads.above
    chart_block = yield from _block(chart, Box(box.x, top, box.width, box.bottom - top), theme)
    return [TextBlock("chart-title", head, (line,), anchor="bottom"), head_rule(theme, box, drop), chart_block]


def _block(chart: Chart, box: Box, theme: Theme) -> Placing[ChartBlock]:
    form = number_format(chart)
    if form.decimals > MAX_DECIMALS:
        found = f"a value has {form.decimals} decimals; at most {MAX_DECIMALS} are drawn"
        raise fatal(chart.origin, "text-overflow", found, "write the values in a smaller unit")
    fitted = yield from fit(chart, form, box, theme)
    block = _drawn(chart, box, form, fitted)
    pairs = zip(chart.series, block.series, strict=True)
    values = (pair for of, drawn in pairs for pair in zip(of.values, drawn.sides, strict=True))
    hidden = chart.stacked and any(value and side == "nowhere" for value, side in values)
    return _drawn(chart, box, form, fitted, scaled=True) if hidden else block


def _drawn(chart: Chart, box: Box, form: NumberFormat, fitted: Fit, scaled: bool = False) -> ChartBlock:
    scale = _scale(chart, box, form, fitted) if scaled or fitted.values == "scale" else []
    names = [series.name for series in chart.series] if len(chart.series) > 1 else []
    rows = legend_rows(names, fitted, box.width, chart.origin)
    foot = Box(box.x, box.bottom - len(rows) * fitted.line, box.width, len(rows) * fitted.line)
    plot = _plot(chart, box, form, fitted, scale, foot)
    drawn = Lines(plot) if chart.type == "line" else Bars(plot)
    indexes = range(len(chart.categories))
    series = [style(chart, n, tuple(drawn.side(n, i) for i in indexes)) for n in range(len(chart.series))]
    series_names = tuple(legend(rows, series, fitted, foot))
    return ChartBlock(
        "chart",
        box,
        plot.area,
        plot.low,
        plot.top,
        fitted.size,
        form,
        GAP,
        fitted.every,
        fitted.names == "turned",
        fitted.values == "turned",
        scale[1] - scale[0] if scale else None,
        _around(series_names),
        tuple(series),
        chart,
        alt(chart),
        plot.line_at(0, "rule"),
        tuple(plot.line_at(value, "rule") for value in scale if value),
        drawn.bars() if isinstance(drawn, Bars) else (),
        drawn.lines() if isinstance(drawn, Lines) else (),
        (*drawn.labels(), *plot.scale(scale), *plot.names(), *series_names),
    )


def _scale(chart: Chart, box: Box, form: NumberFormat, fitted: Fit) -> list[float]:
    """The lines of the scale; under horizontal bars, as many as their numbers have room for."""
    values: list[float] = []
    for steps in STEPS if chart.horizontal else STEPS[:1]:
        values = scale_of(chart, form, steps)
        widest = max(fitted.widths[form.shown(value)] for value in values)
        if (widest + fitted.line // 2) * len(values) <= box.width - fitted.room:
            break
    return values


def _around(labels: Sequence[Label]) -> Box | None:
    if not labels:
        return None
    boxes = [label.box for label in labels]
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(x, y, max(box.x + box.width for box in boxes) - x, max(box.bottom for box in boxes) - y)


def _plot(chart: Chart, box: Box, form: NumberFormat, fitted: Fit, scale: Sequence[float], foot: Box) -> Plot:
    """The area between the names, the scale, the legend and the labels at the ends of the bars."""
    line = fitted.line
    bottom = foot.y - round(0.6 * line) if foot.height else box.bottom
    shown = [form.shown(value) for series in chart.series for value in series.values if value is not None]
    longest = max((fitted.widths[text] for text in shown), default=0)
    at_scale = max((fitted.widths[form.shown(value)] for value in scale), default=0)
    if chart.horizontal:
        under = round(1.4 * line) if scale else 0
        end = 0 if scale or chart.stacked else longest + round(0.4 * line)
        over = max(0, line - (bottom - under - box.y) // len(chart.categories)) // 2
        width = box.width - fitted.room - max(end, at_scale // 2)
        area = Box(box.x + fitted.room, box.y + over, width, bottom - under - over - box.y)
    else:
        over = round(0.2 * line) + longest if fitted.values == "turned" else round((0.6 if scale else 1.2) * line)
        left = at_scale + line // 2 if scale else 0
        area = Box(box.x + left, box.y + over, box.width - left, bottom - box.y - over - fitted.room)
    if area.height < 2 * line or area.width < 2 * line:
        raise fatal(chart.origin, "text-overflow", "no room is left for the bars", "shorten the text above the chart")
    low, top = (scale[0], scale[-1]) if scale else _edges(chart, area, fitted, longest)
    return Plot(chart, box, area, low, top, form, fitted)


def _edges(chart: Chart, area: Box, fitted: Fit, longest: int) -> tuple[float, float]:
    """The values at the edges of a plot, with room for a label beyond the lowest of those below zero."""
    low, top = edges(totals(chart))
    if low < 0 and not chart.stacked:
        room = (
            longest + round(0.4 * fitted.line) if chart.horizontal or fitted.values == "turned" else 1.3 * fitted.line
        )
        share = min(0.5, room / (area.width if chart.horizontal else area.height))
        low = float(f"{low - (top - low) * share / (1 - share):.6g}")
    return low, top


def alt(chart: Chart) -> str:
    """Every value in words, for those who cannot see the chart and those who search the file."""
    rows = []
    form = number_format(chart)
    for series in chart.series:
        pairs = zip(chart.categories, series.values, strict=True)
        values = "; ".join(f"{category}: {'not known' if v is None else form.shown(v)}" for category, v in pairs)
        rows.append(f"{series.name}, {values}" if len(chart.series) > 1 else values)
    return f"{chart.type.capitalize()} chart. {chart.title.words}. {'. '.join(rows)}."
