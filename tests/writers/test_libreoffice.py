"""What LibreOffice draws of our PowerPoint against what our PDF shows: the datatracker's server is LibreOffice."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from support.letters import Drawn, find, letters_of
from support.repository import ROOT, BuiltDeck, lay_out, need
from support.torture import torture

from deckgen.build.one import Built, Typeset, build, typeset
from deckgen.deck.glyphs import FONTS
from deckgen.layout.pages import Page, Paragraph, TableBlock, TextBlock
from deckgen.layout.theme import EMU, Box
from deckgen.proof.read_pdf import read_pdf

pytestmark = pytest.mark.slow

INSTALL = "apt-get install libreoffice-impress fonts-crosextra-carlito"
LAST = 1.5  # points by which a letter may reach over the edge of its box: the side bearing of the largest


def convert(pptx: Path, folder: Path) -> Path:
    """The PDF that LibreOffice makes, with a profile of its own and the metric twins of the fonts that are named."""
    soffice = need("soffice", INSTALL)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(pptx)]
    fonts = folder / "fonts.conf"
    fonts.write_text(
        f"<fontconfig><include>/etc/fonts/fonts.conf</include><dir>{FONTS}</dir></fontconfig>", encoding="utf-8"
    )
    environment = os.environ | {"FONTCONFIG_FILE": str(fonts)}
    subprocess.run(command, check=True, capture_output=True, timeout=180, env=environment)
    return folder / f"{pptx.stem}.pdf"


@dataclass(frozen=True)
class Compared:
    """A deck as set, as our PDF draws it and as LibreOffice does."""

    ready: Typeset
    ours: Path
    theirs: Path


@pytest.fixture(scope="module", params=["123", "124", "torture"])
def compared(
    request: pytest.FixtureRequest, decks: dict[int, BuiltDeck], tmp_path_factory: pytest.TempPathFactory
) -> Compared:
    """Both meetings and the deck of everything that is hard to set."""
    folder = tmp_path_factory.mktemp("libreoffice")
    if request.param != "torture":
        deck = decks[int(request.param)]
        return Compared(typeset(ROOT, deck.number).get(), deck.pdf, convert(deck.pptx, folder))
    built = build_torture(folder, foreign=False)
    pdf, pptx = (next(path for path in built.files if path.suffix == suffix) for suffix in (".pdf", ".pptx"))
    return Compared(typeset(folder, 123).get(), pdf, convert(pptx, folder))


def build_torture(folder: Path, foreign: bool) -> Built:
    """The torture deck, built in a folder of its own."""
    return build(lay_out(folder, torture(foreign)), 123, folder / "out").get()


def paragraphs(page: Page) -> Iterator[tuple[Paragraph, Box]]:
    """Every paragraph of a page with the box it belongs in."""
    for block in page.blocks:
        if isinstance(block, TextBlock):
            for paragraph in block.paragraphs:
                yield paragraph, block.box
        elif isinstance(block, TableBlock):
            y = block.box.y
            for row in block.rows:
                x = block.box.x
                for cell, width in zip(row.cells, block.widths, strict=True):
                    for paragraph in cell:
                        yield paragraph, Box(x, y, width, row.height)
                    x += width
                y += row.height


def drawn(compared: Compared, pdf: Path) -> list[tuple[int, Paragraph, Box, Drawn]]:
    """Every paragraph of the deck as this PDF draws it; each must be there."""
    found = []
    for page, letters in zip(compared.ready.pages.pages, letters_of(pdf), strict=True):
        start = 0
        for paragraph, box in paragraphs(page):
            if not paragraph.text.words.strip():
                continue
            place = find(letters, paragraph.text.words, start)
            assert place is not None, (page.number, paragraph.text.words)
            found.append((page.number, paragraph, box, place[0]))
            start = place[1]
    return found


def test_both_have_the_same_pages(compared: Compared) -> None:
    """No page is added by LibreOffice and none lost."""
    assert len(letters_of(compared.theirs)) == len(letters_of(compared.ours)) == len(compared.ready.pages.pages)


@pytest.mark.parametrize("whose", ["ours", "theirs"])
def test_every_line_is_inside_its_box(compared: Compared, whose: str) -> None:
    """No letter is left of, right of or under the box its paragraph was given, in either drawing."""
    outside = []
    for number, paragraph, box, text in drawn(compared, getattr(compared, whose)):
        left, right = box.x / EMU - LAST, (box.x + box.width) / EMU + LAST
        if any(a.left < left or a.right > right or a.baseline > box.bottom / EMU + LAST for a in text.letters):
            outside.append((number, paragraph.text.words[:40]))

    assert outside == []


def test_nearly_all_blocks_have_as_many_lines_in_both(compared: Compared) -> None:
    """At least 98 % of the paragraphs take as many lines in LibreOffice as in our PDF."""
    pairs = zip(drawn(compared, compared.ours), drawn(compared, compared.theirs), strict=True)
    different = [(ours[0], ours[1].text.words[:50]) for ours, theirs in pairs if ours[3].lines != theirs[3].lines]
    total = len(drawn(compared, compared.ours))

    assert total > 60
    assert len(different) <= 0.02 * total, different


def test_both_have_the_same_numbers(compared: Compared) -> None:
    """LibreOffice counts the items of a numbered list as we do, on the next page too."""
    pages = [page.number for page in compared.ready.pages.pages if page.slide == "steps"]
    drawn = [
        [re.findall(r"\b\d+\.", read_pdf(path.read_bytes())[number - 1].lines[0]) for number in pages]
        for path in (compared.ours, compared.theirs)
    ]

    assert drawn[0] == drawn[1]
    assert [number for page in drawn[0] for number in page] == [f"{n}." for n in range(1, 14) if pages]


def test_no_other_font_is_used(compared: Compared) -> None:
    """Every font in either file is Carlito or Liberation Mono, the metric twins of Calibri and Courier New."""
    for path in (compared.ours, compared.theirs):
        with pikepdf.open(path) as pdf:
            fonts = {
                str(thing.BaseFont).rpartition("+")[2].lstrip("/")
                for thing in pdf.objects
                if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font" and "/BaseFont" in thing
            }
        assert {name.split("-")[0] for name in fonts} <= {"Carlito", "LiberationMono"}, path
