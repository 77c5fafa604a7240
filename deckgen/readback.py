"""Written files -> what they say: the words and links of every page, read from the .pptx and from the PDF."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from deckgen.place.plot import shown

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LINK = f"{_A}hlinkClick"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_PLACEHOLDER = "{http://schemas.openxmlformats.org/presentationml/2006/main}ph"
_FOOT = ("ftr", "sldNum", "dt")


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
    shapes = [shape for shape in slide._element.spTree if _placeholder(shape) not in _FOOT]
    titles = [shape for shape in shapes if _placeholder(shape) in ("title", "ctrTitle")]
    return ReadPage(
        title=" ".join(_paragraphs(titles[0])) if titles else "",
        layout=slide.slide_layout.name,
        lines=tuple(line for shape in shapes for line in _lines(shape, slide.part) if line),
        links=_distinct(slide.part.rels[link.get(_ID)].target_ref for shape in shapes for link in shape.iter(_LINK)),
        notes=slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else "",
    )


def _placeholder(shape: Any) -> str:
    """The kind of placeholder that a shape is, or nothing."""
    for ph in shape.iter(_PLACEHOLDER):
        return str(ph.get("type", "body"))
    return ""


def _paragraphs(shape: Any) -> Iterator[str]:
    for paragraph in shape.iter(f"{_A}p"):
        yield _clean("".join(text.text or "" for text in paragraph.iter(f"{_A}t")))


def _lines(shape: Any, part: Any) -> Iterator[str]:
    """The paragraphs of a shape, or the labels of a chart."""
    yield from _paragraphs(shape)
    for reference in shape.iter(_CHART):
        yield from _chart_lines(part.related_part(reference.get(_ID)).chart)


def _chart_lines(chart: Any) -> Iterator[str]:
    """The labels of a chart: its values, its categories, and the names of its series if there are several."""
    plot = chart.plots[0]
    for series in plot.series:
        yield from (shown(value) for value in series.values if value is not None)
    yield from (str(category) for category in plot.categories)
    if len(plot.series) > 1:
        yield from (series.name for series in plot.series)


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


def _distinct(links: Iterable[str]) -> tuple[str, ...]:
    """The links in order; one that runs over two lines, or over two runs, is one."""
    found: list[str] = []
    for link in links:
        if not found or found[-1] != link:
            found.append(link)
    return tuple(found)


def _clean(text: str) -> str:
    return " ".join(text.replace("\u200b", "").replace("\v", " ").split())
