"""What the author emphasizes and describes, looked for in both files from outside: faces of letters, and alt texts."""

from __future__ import annotations

import ctypes
import re
from pathlib import Path

import pikepdf
import pytest
from pptx import Presentation
from pypdfium2 import PdfDocument, raw
from support.repository import BuiltDeck

FACES = {
    "Bold": "Carlito-Bold",
    "emphasis": "Carlito-Italic",
    "An item with items": "Carlito",
    "Under it, with more": "Carlito",
}


def faces(pdf: Path, words: str) -> set[str]:
    """The fonts of these words, wherever they appear in the PDF."""
    found = set()
    with PdfDocument(pdf) as document:
        for page in document:
            letters = page.get_textpage()
            for match in re.finditer(re.escape(words), letters.get_text_range()):
                for index in range(*match.span()):
                    name, flags = ctypes.create_string_buffer(80), ctypes.c_int()
                    raw.FPDFText_GetFontInfo(letters.raw, index, name, len(name), flags)
                    found.add(name.value.decode().rpartition("+")[2])
    return found - {""}


@pytest.mark.parametrize("words", FACES)
def test_emphasis_is_seen_in_the_pdf(words: str, every_kind: BuiltDeck) -> None:
    """Bold words have the bold face, emphasized ones the italic face, and all others the plain one."""
    assert faces(every_kind.pdf, words) == {FACES[words]}


def test_emphasis_is_seen_in_the_powerpoint(every_kind: BuiltDeck) -> None:
    """The same words are bold or italic there, and no others are."""
    slide = next(s for s in Presentation(str(every_kind.pptx)).slides if s.shapes.title.text == "Bullets under bullets")
    runs = [run for p in slide.placeholders[1].text_frame.paragraphs for run in p.runs]

    assert [run.text for run in runs if run.font.bold] == ["Bold"]
    assert [run.text for run in runs if run.font.italic] == ["emphasis"]


def test_pictures_and_charts_are_described_alike_in_both_files(every_kind: BuiltDeck) -> None:
    """The alternative texts of the PowerPoint are those of the figures of the PDF, and no figure has another."""
    written = [
        str(said)
        for slide in Presentation(str(every_kind.pptx)).slides
        for shape in slide.shapes
        if not shape.has_table
        for said in shape._element.xpath(".//p:cNvPr/@descr")
    ]
    with pikepdf.open(every_kind.pdf) as pdf:
        objects = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
        drawn = [str(one.Alt) for one in objects if one.get("/S") == "/Figure"]

    assert len(written) > 5
    assert sorted(drawn) == sorted(written)
