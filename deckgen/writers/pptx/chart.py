"""ChartBlock -> chart part: a native chart with its data sheet, laid out as the PDF's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from pptx.chart.chart import Chart as NativeChart
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.dml.color import ColorFormat
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.parts.chart import ChartPart
from pptx.util import Pt

from deckgen.layout.pages import ChartBlock, Line, SeriesStyle, Side
from deckgen.layout.theme import EMU, Box

_BARS = {  # by stacked and horizontal
    (False, False): XL_CHART_TYPE.COLUMN_CLUSTERED,
    (False, True): XL_CHART_TYPE.BAR_CLUSTERED,
    (True, False): XL_CHART_TYPE.COLUMN_STACKED,
    (True, True): XL_CHART_TYPE.BAR_STACKED,
}
_MARKS = {
    "circle": XL_MARKER_STYLE.CIRCLE,
    "square": XL_MARKER_STYLE.SQUARE,
    "diamond": XL_MARKER_STYLE.DIAMOND,
    "triangle": XL_MARKER_STYLE.TRIANGLE,
}
_SIDES = ("below", "left", "right")
_THEME = {
    "paper": MSO_THEME_COLOR.BACKGROUND_1,
    "ink": MSO_THEME_COLOR.TEXT_1,
    "accent": MSO_THEME_COLOR.ACCENT_1,
    "mark": MSO_THEME_COLOR.ACCENT_2,
    "muted": MSO_THEME_COLOR.ACCENT_3,
    "rule": MSO_THEME_COLOR.ACCENT_4,
    "accent-on-opener": MSO_THEME_COLOR.ACCENT_5,
}
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def chart_part(block: ChartBlock, package: Any) -> Any:
    """The part of a chart, its workbook included."""
    data: Any = _Data()  # type: ignore[no-untyped-call]
    data.categories = block.chart.categories
    for series in block.chart.series:
        data.add_series(series.name, series.values)
    chart = block.chart
    type_ = XL_CHART_TYPE.LINE_MARKERS if chart.type == "line" else _BARS[chart.stacked, chart.horizontal]
    part = ChartPart.new(type_, data, package)
    _style(part.chart, block)
    _positive_axis_ids(part.chart)
    for value in part.chart._chartSpace.iter(qn("c:v")):
        value.text = _escaped(value.text)
    return part


def _escaped(text: str) -> str:
    """A text in which nothing is read as the code of a letter (ST_Xstring, ECMA-376 part 1, 22.9.2.19)."""
    return re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)


class _Data(CategoryChartData):
    """The data of a chart, with a workbook in which a text is a text."""

    @property
    def _workbook_writer(self) -> _Workbook:
        return _Workbook(self)  # type: ignore[no-untyped-call]


class _Workbook(CategoryWorkbookWriter):
    """XlsxWriter takes `=...` for a formula, `external:...` for a link, and `<r>...</r>` for XML of the sheet."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: object) -> Iterator[tuple[Any, Any]]:
        with super()._open_worksheet(xlsx_file) as (workbook, worksheet):
            plain = workbook.add_format()

            def write_text(sheet: Any, row: int, column: int, text: str, *_: object) -> int:
                if text.startswith("<r>"):  # in two pieces, each of which XlsxWriter escapes
                    return int(sheet.write_rich_string(row, column, text[0], plain, text[1:]))
                return int(sheet.write_string(row, column, text))

            worksheet.add_write_handler(str, write_text)
            yield workbook, worksheet


def _style(chart: NativeChart, block: ChartBlock) -> None:
    chart.has_title = False
    chart.font.size = Pt(block.size)
    _scale(chart.value_axis, block)
    _names(chart.category_axis, block)
    plot = chart.plots[0]
    if block.chart.type == "bar":
        plot.gap_width = round(block.gap * 100)
        plot.overlap = 100 if block.chart.stacked else 0
    for series, style in zip(plot.series, block.series, strict=True):
        _series(series, style, block)
    _lay_out(chart._chartSpace.chart.plotArea, block.plot, block.box)
    chart.has_legend = block.legend is not None
    if block.legend is not None:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
        _lay_out(chart.legend._element, block.legend, block.box)


def _scale(axis: Any, block: ChartBlock) -> None:
    axis.minimum_scale, axis.maximum_scale = block.low, block.top
    axis.has_major_gridlines = axis.visible = block.scale is not None
    if block.scale is None:
        return
    axis.major_unit = block.scale
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.fill.background()
    _line(axis.major_gridlines.format.line, block.grid[0])
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = block.format.code, False
    axis.tick_labels.font.size = Pt(block.size)
    _colour(axis.tick_labels.font.color, "muted")
    if block.chart.horizontal:  # the first category is on top, which would take the scale there too
        axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH


def _names(axis: Any, block: ChartBlock) -> None:
    axis.reverse_order = block.chart.horizontal
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _line(axis.format.line, block.axis)
    axis.tick_labels.font.size = Pt(block.size)
    _colour(axis.tick_labels.font.color, "muted")
    _turn(axis.tick_labels._element, block.turned)
    if block.every > 1:
        for tag in ("tickLblSkip", "tickMarkSkip"):
            skip = parse_xml(f'<c:{tag} xmlns:c="{_C}" val="{block.every}"/>')
            axis._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _turn(labels: Any, turned: bool) -> None:
    """Labels read upwards, or never do; an application that chooses for itself chooses otherwise."""
    body = labels.find(f".//{qn('a:bodyPr')}")
    body.set("rot", "-5400000" if turned else "0")
    body.set("vert", "horz")


def _line(line: Any, drawn: Line) -> None:
    line.width = drawn.width
    _colour(line.color, drawn.colour)


def _series(series: Any, style: SeriesStyle, block: ChartBlock) -> None:
    _labels(series.data_labels, style, block)
    if block.chart.type == "bar":
        series.invert_if_negative = False
        series.format.fill.solid()
        _colour(series.format.fill.fore_color, style.colour)
    elif style.mark is not None:
        series.smooth = False
        series.format.line.width = style.width
        _colour(series.format.line.color, style.colour)
        series.marker.style = _MARKS[style.mark.shape]
        series.marker.size = round(style.mark.width / EMU)
        series.marker.format.fill.solid()
        _colour(series.marker.format.fill.fore_color, style.colour)
        _colour(series.marker.format.line.color, style.colour)
    if block.chart.highlight is not None and len(block.series) == 1 and block.chart.type == "bar":
        fill = series.points[block.chart.highlight].format.fill
        fill.solid()
        _colour(fill.fore_color, "accent")


def _labels(labels: Any, style: SeriesStyle, block: ChartBlock) -> None:
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = block.format.code, False
    usual = "ctr" if block.chart.stacked else "outEnd" if block.chart.type == "bar" else "t"
    labels.position = XL_LABEL_POSITION.from_xml(usual)
    labels.font.size = Pt(block.size)
    _colour(labels.font.color, style.label)
    _turn(labels._element, block.values_turned)
    _place_labels(labels._element, style.sides, block.chart.highlight)


def _place_labels(labels: Any, sides: Sequence[Side], highlight: int | None) -> None:
    """Labels that are not like the rest (CT_DLbl, ECMA-376 part 1, 21.2.2.47): left out, elsewhere, or bold."""
    shared = [part for part in labels if part.tag != qn("c:showLeaderLines")]
    for index, side in reversed([*enumerate(sides)]):
        if side == "nowhere":
            gone = f'<c:dLbl xmlns:c="{_C}"><c:idx val="{index}"/><c:delete val="1"/></c:dLbl>'
            labels.insert(0, parse_xml(gone))
        elif side in _SIDES or index == highlight:
            one = parse_xml(f'<c:dLbl xmlns:c="{_C}"><c:idx val="{index}"/></c:dLbl>')
            one.extend(map(deepcopy, shared))
            if side in _SIDES:
                one.find(qn("c:dLblPos")).set("val", side[0])
            for properties in one.iter(qn("a:defRPr")):
                properties.set("b", "1" if index == highlight else "0")
            labels.insert(0, one)


def _colour(colour: ColorFormat, role: str) -> None:
    colour.theme_color = _THEME[role]


def _lay_out(element: Any, inner: Box, outer: Box) -> None:
    """Fix the plot area, without its labels, or the legend where the PDF draws it."""
    shares = {
        "x": (inner.x - outer.x) / outer.width,
        "y": (inner.y - outer.y) / outer.height,
        "w": inner.width / outer.width,
        "h": inner.height / outer.height,
    }
    target = '<c:layoutTarget val="inner"/>' if element.tag == qn("c:plotArea") else ""
    modes = "".join(f'<c:{name}Mode val="edge"/>' for name in ("x", "y"))
    numbers = "".join(f'<c:{name} val="{share:.5f}"/>' for name, share in shares.items())
    layout = parse_xml(f'<c:layout xmlns:c="{_C}"><c:manualLayout>{target}{modes}{numbers}</c:manualLayout></c:layout>')
    for old in element.findall(qn("c:layout")):
        element.remove(old)
    position = element.find(qn("c:legendPos"))
    element.insert(0 if position is None else 1, layout)


def _positive_axis_ids(chart: NativeChart) -> None:
    """python-pptx gives axes negative ids, which the schema (unsignedInt, ECMA-376 part 1, 21.2.2.9) forbids."""
    space = chart._chartSpace
    numbers: dict[str, str] = {}
    for element in space.iter(qn("c:axId"), qn("c:crossAx")):
        value = element.get("val")
        element.set("val", numbers.setdefault(value, str(len(numbers) + 1)))
