"""ChartBlock -> chart part: a native chart with its data sheet, laid out as the PDF's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from pptx.chart.chart import Chart as NativeChart
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.dml.color import ColorFormat
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.parts.chart import ChartPart
from pptx.util import Pt

from deckgen.layout.pages import ChartBlock, Side
from deckgen.layout.plot import GAP, series_colour

_TYPES = {"bar": XL_CHART_TYPE.COLUMN_CLUSTERED, "line": XL_CHART_TYPE.LINE_MARKERS}
_THEME = {
    "ink": MSO_THEME_COLOR.TEXT_1,
    "muted": MSO_THEME_COLOR.TEXT_2,
    "accent": MSO_THEME_COLOR.ACCENT_1,
    "accent-on-ink": MSO_THEME_COLOR.ACCENT_2,
    "bars": MSO_THEME_COLOR.ACCENT_3,
    "rule": MSO_THEME_COLOR.ACCENT_4,
}
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def chart_part(block: ChartBlock, package: Any) -> Any:
    """The part of a chart, its workbook included."""
    data: Any = _Data()  # type: ignore[no-untyped-call]
    data.categories = block.chart.categories
    for series in block.chart.series:
        data.add_series(series.name, series.values)
    part = ChartPart.new(_TYPES[block.chart.type], data, package)
    _style(part.chart, block)
    _positive_axis_ids(part.chart)
    return part


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
    chart.has_legend = len(block.chart.series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
    _axes(chart, block)
    _series(chart, block)
    _place_plot(chart, block)


def _axes(chart: NativeChart, block: ChartBlock) -> None:
    values = chart.value_axis
    values.has_major_gridlines = False
    values.visible = False
    values.minimum_scale, values.maximum_scale = block.low, block.top
    names = chart.category_axis
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.format.line.width = Pt(0.75)
    _colour(names.format.line.color, "rule")
    names.tick_labels.font.size = Pt(block.size)
    _colour(names.tick_labels.font.color, "muted")


def _series(chart: NativeChart, block: ChartBlock) -> None:
    plot = chart.plots[0]
    if block.chart.type == "bar":
        plot.gap_width = round(GAP * 100)
        plot.overlap = 0
    for index, series in enumerate(plot.series):
        role = series_colour(block.chart, index)
        labels = series.data_labels
        labels.show_value = True
        labels.number_format, labels.number_format_is_linked = block.format.code, False
        labels.position = XL_LABEL_POSITION.OUTSIDE_END if block.chart.type == "bar" else XL_LABEL_POSITION.ABOVE
        labels.font.size = Pt(block.size)
        _colour(labels.font.color, "ink")
        _place_labels(labels._element, block.sides[index])
        if block.chart.type == "bar":
            series.invert_if_negative = False
            series.format.fill.solid()
            _colour(series.format.fill.fore_color, role)
        else:
            series.smooth = False
            series.format.line.width = Pt(2.25)
            _colour(series.format.line.color, role)
            series.marker.format.fill.solid()
            _colour(series.marker.format.fill.fore_color, role)
            _colour(series.marker.format.line.color, role)
    if block.chart.highlight is not None and len(block.chart.series) == 1 and block.chart.type == "bar":
        fill = plot.series[0].points[block.chart.highlight].format.fill
        fill.solid()
        _colour(fill.fore_color, "accent")


def _place_labels(labels: Any, sides: Sequence[Side]) -> None:
    """Labels that do not stand above their point (CT_DLbl, ECMA-376 part 1, 21.2.2.47), each like the rest else."""
    shared = [part for part in labels if part.tag not in (qn("c:dLblPos"), qn("c:showLeaderLines"))]
    for index, side in reversed([*enumerate(sides)]):
        if side == "nowhere":
            gone = f'<c:dLbl xmlns:c="{_C}"><c:idx val="{index}"/><c:delete val="1"/></c:dLbl>'
            labels.insert(0, parse_xml(gone))
        elif side != "above":
            one = parse_xml(f'<c:dLbl xmlns:c="{_C}"><c:idx val="{index}"/></c:dLbl>')
            parts = [deepcopy(part) for part in shared]
            at = next(i for i, part in enumerate(parts) if part.tag == qn("c:showLegendKey"))
            one.extend([*parts[:at], parse_xml(f'<c:dLblPos xmlns:c="{_C}" val="{side[0]}"/>'), *parts[at:]])
            labels.insert(0, one)


def _colour(colour: ColorFormat, role: str) -> None:
    colour.theme_color = _THEME[role]


def _place_plot(chart: NativeChart, block: ChartBlock) -> None:
    """Fix the inner plot area where the PDF draws it."""
    box, plot = block.box, block.plot
    shares = {
        "x": (plot.x - box.x) / box.width,
        "y": (plot.y - box.y) / box.height,
        "w": plot.width / box.width,
        "h": plot.height / box.height,
    }
    modes = "".join(f'<c:{name}Mode val="edge"/>' for name in ("x", "y"))
    numbers = "".join(f'<c:{name} val="{share:.5f}"/>' for name, share in shares.items())
    layout = parse_xml(
        f'<c:layout xmlns:c="{_C}"><c:manualLayout><c:layoutTarget val="inner"/>{modes}{numbers}'
        "</c:manualLayout></c:layout>"
    )
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    area.insert(0, layout)


def _positive_axis_ids(chart: NativeChart) -> None:
    """python-pptx gives axes negative ids, which the schema (unsignedInt, ECMA-376 part 1, 21.2.2.9) forbids."""
    space = chart._chartSpace
    numbers: dict[str, str] = {}
    for element in space.iter(qn("c:axId"), qn("c:crossAx")):
        value = element.get("val")
        element.set("val", numbers.setdefault(value, str(len(numbers) + 1)))
