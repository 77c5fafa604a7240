"""Both meetings, built: what they say, that it fits, and that it can be read from the last row."""

from __future__ import annotations

import os

import pypdfium2
from pptx import Presentation
from support.repository import MEETINGS, ROOT, BuiltDeck

from deckgen.build.one import typeset
from deckgen.layout.pages import TableBlock, TextBlock

GOLDENS = ROOT / "tests" / "goldens"
FOOT = 15  # points: the footer and the page number are smaller than this


def test_each_deck_says_what_was_accepted(deck: BuiltDeck) -> None:
    """The outline, read back from the PowerPoint, is the accepted one; `make accept` takes a new one."""
    golden = GOLDENS / f"{deck.number}.txt"
    if os.environ.get("ACCEPT"):
        golden.write_text(deck.outline, "utf-8")

    assert deck.outline == golden.read_text("utf-8")


def test_no_text_of_the_pdf_leaves_its_page(deck: BuiltDeck) -> None:
    """Every letter is on the page, and over the footer unless it belongs to it."""
    document = pypdfium2.PdfDocument(deck.pdf)
    outside = []
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index)
            if right - left > 0 and not (
                left >= 0 and right <= page.get_width() and bottom >= 0 and top <= page.get_height()
            ):
                outside.append((number + 1, text.get_text_range(index, 1)))
    document.close()

    assert outside == []


def test_every_text_fits_the_box_it_is_set_in() -> None:
    """The lines that Typst counts are never higher than their box, in any block of any page."""
    over = []
    for number in MEETINGS:
        ready = typeset(ROOT, number).get()
        for page in ready.pages.pages:
            for block in page.blocks:
                if isinstance(block, TextBlock):
                    lines = sum(p.lines * ready.theme.line_height(p.size) + p.before for p in block.paragraphs)
                    over += [(number, page.number, block.slot)] if lines > block.box.height else []
                if isinstance(block, TableBlock):
                    over += [(number, page.number, "table")] if block.box.bottom > ready.theme.body_box.bottom else []

    assert over == []


def test_text_can_be_read_from_the_last_row(deck: BuiltDeck) -> None:
    """18 points or more for all text but the footer and the page number."""
    small = []
    for number, slide in enumerate(Presentation(str(deck.pptx)).slides, 1):
        for properties in slide._element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}rPr"):
            size = int(properties.get("sz", "1800")) / 100
            small += [(number, size)] if size < 18 else []

    assert small == []


def test_the_datatracker_names_the_files(deck: BuiltDeck) -> None:
    """The files bear the name under which the datatracker keeps a chair's slides."""
    name = f"slides-{deck.number}-saag-chair-slides"

    assert sorted(path.name for path in deck.folder.iterdir()) == sorted([f"{name}.pdf", f"{name}.pptx", "outline.txt"])
    assert deck.built.upload == f"https://datatracker.ietf.org/meeting/{deck.number}/session/saag"


def test_an_agenda_has_its_clock(decks: dict[int, BuiltDeck]) -> None:
    """Start and minutes give the times; what follows an unknown length has none."""
    first, second = (decks[number].outline for number in MEETINGS)

    assert "09:35\n   WG and AD Reports chairs/ADs\n   15 mins\n   09:50" in first
    assert "10:00\n   Securing TOTP QR code enrollment\n   Open Mic\n   remaining time" in second
