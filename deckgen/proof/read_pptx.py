"""Bytes of a .pptx -> ReadPages: its slides, as text."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from pptx import Presentation

from deckgen.layout.numbers import NumberFormat
from deckgen.proof.numbering import Numbering
from deckgen.proof.readback import ReadPage, cleaned, decoded, distinct

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LINK = f"{_A}hlinkClick"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_PLACEHOLDER = "{http://schemas.openxmlformats.org/presentationml/2006/main}ph"
_PICTURE = "{http://schemas.openxmlformats.org/presentationml/2006/main}nvPicPr/*[@title]"
_FOOT = ("ftr", "sldNum", "dt")


def read_pptx(data: bytes) -> list[ReadPage]:
    """The slides of a presentation, without footers and slide numbers."""
    slides = [*Presentation(io.BytesIO(data)).slides]
    shown = (slide for slide in slides if not _is_hidden(slide))
    numbers = {slide.part.partname: number for number, slide in enumerate(shown, 1)}
    return [_slide(slide, numbers) for slide in slides]


def _is_hidden(slide: Any) -> bool:
    return slide._element.get("show") in ("0", "false")


def _slide(slide: Any, numbers: Mapping[str, int]) -> ReadPage:
    shapes = [shape for shape in slide._element.spTree if _placeholder(shape) not in _FOOT]
    titles = [shape for shape in shapes if _placeholder(shape) in ("title", "ctrTitle")]
    return ReadPage(
        title=" ".join(_paragraphs(titles[0])) if titles else "",
        layout=slide.slide_layout.name,
        lines=tuple(line for shape in shapes for line in _lines(shape, slide.part) if line),
        links=distinct(
            _target(slide.part.rels[link.get(_ID)], numbers) for shape in shapes for link in shape.iter(_LINK)
        ),
        notes=slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else "",
        drawn=tuple(cleaned(words) for shape in shapes for words in _drawn(shape)),
        hidden=_is_hidden(slide),
    )


def _target(relation: Any, numbers: Mapping[str, int]) -> str:
    """An address, or `#` and the number of a slide, not counting hidden ones, which have `#hidden`."""
    if relation.is_external:
        return str(relation.target_ref)
    return f"#{numbers.get(relation.target_part.partname, 'hidden')}"


def _placeholder(shape: Any) -> str:
    """The placeholder type of a shape, or an empty text."""
    for ph in shape.iter(_PLACEHOLDER):
        return str(ph.get("type", "body"))
    return ""


def _drawn(shape: Any) -> Iterator[str]:
    """The words in a picture, which are its title."""
    for properties in shape.iterfind(_PICTURE):
        yield from filter(None, [properties.get("title")])


def _paragraphs(shape: Any) -> Iterator[str]:
    numbering = Numbering()
    for paragraph in shape.iter(f"{_A}p"):
        number = numbering.of(paragraph)
        words = cleaned("".join(found.text or "\n" for found in paragraph.iter(f"{_A}t", f"{_A}br")))
        yield f"{number}. {words}" if number else words


def _lines(shape: Any, part: Any) -> Iterator[str]:
    """The paragraphs of a shape, or the labels of a chart."""
    yield from _paragraphs(shape)
    for reference in shape.iter(_CHART):
        yield from _chart_lines(part.related_part(reference.get(_ID)).chart)


def _chart_lines(chart: Any) -> Iterator[str]:
    """The labels of a chart: values from left to right, scale, categories, and the names of several series."""
    plot = chart.plots[0]
    labels = [series.data_labels for series in plot.series]
    formats = [NumberFormat.of_code(one.number_format) for one in labels]
    gone, left = (
        [{int(idx.get("val")) for idx in one._element.xpath(f"c:dLbl[{such}]/c:idx")} for one in labels]
        for such in ("c:delete", "c:dLblPos/@val='l'")
    )
    for index, values in enumerate(zip(*(series.values for series in plot.series), strict=True)):
        row = sorted(enumerate(values), key=lambda entry: index not in left[entry[0]])
        yield from (formats[n].shown(v) for n, v in row if v is not None and index not in gone[n])
    yield from map(formats[0].shown, _scale(chart.value_axis))
    skip = plot._element.getparent().xpath("c:catAx/c:tickLblSkip/@val") or ["1"]
    yield from (cleaned(decoded(str(category))) for category in [*plot.categories][:: int(skip[0])])
    if len(plot.series) > 1:
        yield from (cleaned(decoded(series.name)) for series in plot.series)


def _scale(axis: Any) -> Iterator[float]:
    """The values at the lines of a scale, if the chart shows one."""
    if axis.visible:
        for index in range(round((axis.maximum_scale - axis.minimum_scale) / axis.major_unit) + 1):
            yield axis.minimum_scale + index * axis.major_unit
