"""Bytes of a PDF -> ReadPages: its pages, as text."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from pypdfium2 import PdfDocument, raw

from deckgen.proof.readback import BROKEN, ReadPage, cleaned, distinct


def read_pdf(data: bytes) -> list[ReadPage]:
    """The pages of a PDF, with all words of a page as one line; titles are those of the outline."""
    document = PdfDocument(data)
    try:
        titles: dict[int, str] = {}
        for mark in document.get_toc():
            destination = mark.get_dest()
            if destination is not None:
                titles.setdefault(destination.get_index(), cleaned(mark.get_title()))
        return [_page(document[index], titles.get(index, "")) for index in range(len(document))]
    finally:
        document.close()


def _page(page: Any, title: str) -> ReadPage:
    text = page.get_textpage().get_text_range()
    return ReadPage(title, "", (cleaned(text.replace("\x02", BROKEN)),), distinct(_page_links(page)))


def _page_links(page: Any) -> Iterator[str]:
    position = ctypes.c_int(0)
    link = raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page.raw, ctypes.byref(position), ctypes.byref(link)):
        action = raw.FPDFLink_GetAction(link)
        size = raw.FPDFAction_GetURIPath(page.pdf.raw, action, None, 0)
        buffer = ctypes.create_string_buffer(size)
        raw.FPDFAction_GetURIPath(page.pdf.raw, action, buffer, size)
        yield buffer.value.decode("utf-8", "replace")
