"""Written files -> what they say: the words and links of every page, read from the .pptx and from the PDF."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from deckgen.place.plot import shown

_LAST_ROW = ("ftr", "sldNum", "dt")


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page as a reader finds it: `lines` are its paragraphs in order, the title first; `links` their addresses."""

    title: str
    layout: str
    lines: tuple[str, ...]
    links: tuple[str, ...]
    notes: str = ""


def read_pptx(data: bytes) -> list[ReadPage]:
    """The slides of a presentation, without footers and slide numbers."""
    from pptx import Presentation

    return [_slide(slide) for slide in Presentation(io.BytesIO(data)).slides]


def _slide(slide: Any) -> ReadPage:
    shapes = [shape for shape in slide.shapes if not _is_foot(shape)]
    title = slide.shapes.title
    return ReadPage(
        title=_clean(title.text_frame.text) if title is not None else "",
        layout=slide.slide_layout.name,
        lines=tuple(line for shape in shapes for line in _shape_lines(shape) if line),
        links=_distinct(link for shape in shapes for link in _shape_links(shape)),
        notes=slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else "",
    )


def _is_foot(shape: Any) -> bool:
    ph = shape._element.ph if hasattr(shape._element, "ph") else None
    return ph is not None and ph.get("type") in _LAST_ROW


def _shape_lines(shape: Any) -> Iterator[str]:
    if shape.has_text_frame:
        yield from (_clean(paragraph.text) for paragraph in shape.text_frame.paragraphs)
    elif getattr(shape, "has_table", False) and shape.has_table:
        for row in shape.table.rows:
            for cell in row.cells:
                yield from (_clean(paragraph.text) for paragraph in cell.text_frame.paragraphs)
    elif getattr(shape, "has_chart", False) and shape.has_chart:
        yield from _chart_lines(shape.chart)


def _chart_lines(chart: Any) -> Iterator[str]:
    """The labels of a chart: its values, its categories, and the names of its series if there are several."""
    plot = chart.plots[0]
    for series in plot.series:
        yield from (shown(value) for value in series.values if value is not None)
    yield from (str(category) for category in plot.categories)
    if len(plot.series) > 1:
        yield from (series.name for series in plot.series)


def _shape_links(shape: Any) -> Iterator[str]:
    for link in shape._element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}hlinkClick"):
        relation = link.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
        yield str(shape.part.rels[relation].target_ref)


def read_pdf(data: bytes) -> list[ReadPage]:
    """The pages of a PDF, with all their words as one line; titles are those of its outline."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        titles: dict[int, str] = {}
        for mark in document.get_toc():
            destination = mark.get_dest()
            if destination is not None:
                titles.setdefault(destination.get_index(), _clean(mark.get_title()))
        return [_page(document[index], titles.get(index, "")) for index in range(len(document))]
    finally:
        document.close()


def _page(page: Any, title: str) -> ReadPage:
    text = page.get_textpage().get_text_range()
    # PDFium marks a hyphen at the end of a line with U+0002.
    return ReadPage(title, "", (_clean(text.replace("\x02", "-")),), _distinct(_page_links(page)))


def _page_links(page: Any) -> Iterator[str]:
    from pypdfium2 import raw

    position = ctypes.c_int(0)
    link = raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page.raw, ctypes.byref(position), ctypes.byref(link)):
        action = raw.FPDFLink_GetAction(link)
        size = raw.FPDFAction_GetURIPath(page.pdf.raw, action, None, 0)
        buffer = ctypes.create_string_buffer(size)
        raw.FPDFAction_GetURIPath(page.pdf.raw, action, buffer, size)
        yield buffer.value.decode("utf-8", "replace")


def _distinct(links: Iterator[str]) -> tuple[str, ...]:
    """The links in order; one that runs over two lines, or over two runs, is one."""
    found: list[str] = []
    for link in links:
        if not found or found[-1] != link:
            found.append(link)
    return tuple(found)


def _clean(text: str) -> str:
    return " ".join(text.replace("\u200b", "").replace("\v", " ").split())
