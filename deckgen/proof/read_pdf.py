"""Bytes of a PDF -> ReadPages: its pages, as text."""

from __future__ import annotations

import ctypes
from collections.abc import Collection, Iterator
from typing import Any

from pypdfium2 import PdfDocument, raw

from deckgen.proof.readback import BROKEN, ReadPage, cleaned, distinct


def read_pdf(data: bytes, drawings: Collection[int] = ()) -> list[ReadPage]:
    """The pages of a PDF, with all words of a page as one line; titles are those of the outline.

    `drawings` are the numbers of the pages that have drawings with words in them, counted from 1.
    """
    document = PdfDocument(data)
    try:
        titles: dict[int, str] = {}
        for mark in document.get_toc():
            destination = mark.get_dest()
            if destination is not None:
                titles.setdefault(destination.get_index(), cleaned(mark.get_title()))
        return [_page(document[index], titles.get(index, ""), index + 1 in drawings) for index in range(len(document))]
    finally:
        document.close()


def _page(page: Any, title: str, draws: bool) -> ReadPage:
    letters = page.get_textpage()
    text, drawn = _separated(page, letters) if draws else (letters.get_text_range(), "")
    lines = (cleaned(text.replace("\x02", BROKEN)),)
    return ReadPage(title, "", lines, distinct(_page_links(page)), drawn=(cleaned(drawn),) if drawn.strip() else ())


def _separated(page: Any, letters: Any) -> tuple[str, str]:
    """The words of a page, and those of its drawings.

    An object of a drawing has an alternative description of its own, or is in a form, as transparent objects are.
    """
    own = {_address(raw.FPDFPage_GetObject(page.raw, n)) for n in range(raw.FPDFPage_CountObjects(page.raw))}
    of_drawings: dict[int, bool] = {0: True}  # 0 is white space that PDFium inserts: it separates the words of both
    text = drawn = ""
    for index in range(letters.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(letters.raw, index))
        holder = raw.FPDFText_GetTextObject(letters.raw, index)
        place = _address(holder)
        if place not in of_drawings:
            of_drawings[place] = place not in own or _is_described(holder)
        text += " " if of_drawings[place] else letter
        drawn += letter if of_drawings[place] else " "
    return _whole(text), _whole(drawn)


def _whole(text: str) -> str:
    """The text with each pair of surrogates, which PDFium returns one by one, as one character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _address(holder: Any) -> int:
    return ctypes.cast(holder, ctypes.c_void_p).value or 0


def _is_described(holder: Any) -> bool:
    marks = (raw.FPDFPageObj_GetMark(holder, index) for index in range(raw.FPDFPageObj_CountMarks(holder)))
    return any(raw.FPDFPageObjMark_GetParamValueType(mark, b"Alt") == raw.FPDF_OBJECT_STRING for mark in marks)


def _page_links(page: Any) -> Iterator[str]:
    position = ctypes.c_int(0)
    link = raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page.raw, ctypes.byref(position), ctypes.byref(link)):
        destination = raw.FPDFLink_GetDest(page.pdf.raw, link)
        if destination:
            yield f"#{raw.FPDFDest_GetDestPageIndex(page.pdf.raw, destination) + 1}"
            continue
        action = raw.FPDFLink_GetAction(link)
        size = raw.FPDFAction_GetURIPath(page.pdf.raw, action, None, 0)
        buffer = ctypes.create_string_buffer(size)
        raw.FPDFAction_GetURIPath(page.pdf.raw, action, buffer, size)
        yield buffer.value.decode("utf-8", "replace")
