"""The PowerPoint for who edits it: what it is made of, and that a new line is drawn like the old ones."""

from __future__ import annotations

import ctypes
import subprocess
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pypdfium2 import raw
from support.ooxml import assert_valid, sdk_findings, sheet
from support.repository import ROOT, THEME, BuiltDeck, need

from deckgen.layout.kinds import layouts
from deckgen.layout.read_theme import theme_of
from deckgen.proof.verify import verify
from deckgen.source import read
from deckgen.writers.pptx.skeleton import TABLE_STYLE

pytestmark = pytest.mark.slow

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
FEET = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
WITHOUT_FOOT = ("Title", "Photograph")


@pytest.fixture
def pptx(any_deck: BuiltDeck) -> Any:
    """The presentation of a deck."""
    return opened(any_deck)


def opened(deck: BuiltDeck) -> Any:
    """The presentation of a deck, read anew."""
    return Presentation(str(deck.pptx))


def titled(pptx: Any, title: str) -> Any:
    """The slide with a title."""
    return next(slide for slide in pptx.slides if slide.shapes.title.text_frame.text == title)


def shapes(pptx: Any, wanted: str) -> Iterator[Any]:
    """All tables, or all charts: those of which `wanted` holds."""
    return (shape for slide in pptx.slides for shape in slide.shapes if getattr(shape, wanted, False))


# -- What it is made of --------------------------------------------------------
def test_every_slide_has_a_named_layout(pptx: Any) -> None:
    """The layouts are those of the theme, by name, and each slide has one of them."""
    names = [layout.name for layout in layouts(theme_of(read(ROOT / THEME, THEME).get()).get())]

    assert [layout.name for layout in pptx.slide_layouts] == names
    assert {slide.slide_layout.name for slide in pptx.slides} <= set(names)


def test_every_title_is_in_the_title_placeholder(pptx: Any) -> None:
    """The outline view of PowerPoint shows all titles."""
    assert all(slide.shapes.title.text_frame.text.strip() for slide in pptx.slides)
    assert all(slide.shapes.title.placeholder_format.type in TITLES for slide in pptx.slides)


def test_text_tables_and_charts_are_in_placeholders(pptx: Any) -> None:
    """Nothing with words in it floats: a change of layout moves it all."""
    loose = [shape.name for slide in pptx.slides for shape in slide.shapes if not shape.is_placeholder]

    assert set(loose) <= {"Picture", "Rule"}


def test_every_placeholder_is_one_of_its_layout(pptx: Any) -> None:
    """A placeholder has the index and the type of one in the layout of its slide."""
    for slide in pptx.slides:
        known = {(p.placeholder_format.idx, p.placeholder_format.type) for p in slide.slide_layout.placeholders}
        used = [(p.placeholder_format.idx, p.placeholder_format.type) for p in slide.placeholders]

        assert set(used) <= known
        assert len(used) == len(set(used))


def test_the_sections_group_the_slides(pptx: Any) -> None:
    """The slide sorter shows the parts of the meeting, in order."""
    sections = list(pptx.part._element.iter(f"{P14}section"))
    ids = [entry.get("id") for section in sections for entry in section.iter(f"{P14}sldId")]

    names = [section.get("name") for section in sections if section.get("name") != "Backup"]  # one deck has its own

    assert names == ["Opening", "Changes", "Reports", "Talks", "Closing"]
    assert ids == [entry.get("id") for entry in pptx.slides._sldIdLst]


def test_the_page_number_is_a_field(pptx: Any) -> None:
    """A slide moved in PowerPoint changes its number: but for the title and photographs, which have no foot."""
    for number, slide in enumerate(pptx.slides, 1):
        fields = list(slide._element.iter(f"{A}fld"))
        bare = slide.slide_layout.name in WITHOUT_FOOT

        assert [field.get("type") for field in fields] == ([] if bare else ["slidenum"])
        assert bare or fields[0].find(f"{A}t").text == str(number)


def test_the_foot_names_the_meeting(pptx: Any) -> None:
    """Every slide but the title and photographs has the footer and the number of its layout."""
    for slide in pptx.slides:
        feet = [p for p in slide.placeholders if p.placeholder_format.type in FEET]
        expected = [] if slide.slide_layout.name in WITHOUT_FOOT else list(FEET)

        assert [foot.placeholder_format.type for foot in feet] == expected
        assert all("IETF 12" in foot.text_frame.text for foot in feet[:1])


def test_notes_are_the_speaker_s(every_kind: BuiltDeck) -> None:
    """Notes are there, each on the slide that it is for."""
    slides = [slide for slide in opened(every_kind).slides if slide.has_notes_slide]
    notes = {slide.shapes.title.text_frame.text: slide.notes_slide.notes_text_frame.text for slide in slides}

    assert notes["Bullets under bullets"] == "What only the speaker sees."
    assert notes["A table with a long word in each row"] == "The notes of the table."


def test_all_that_is_seen_has_an_alt_text(every_kind: BuiltDeck) -> None:
    """Pictures and QR codes have the author's words, tables their title, charts their values."""
    found = {
        properties.get("descr")
        for slide in opened(every_kind).slides
        for kind in ("pic", "graphicFrame")
        for frame in slide._element.iter(f"{{{slide._element.nsmap['p']}}}{kind}")
        for properties in frame.iter(f"{{{slide._element.nsmap['p']}}}cNvPr")
    }

    assert found >= {"A square", "Another square", "QR code: the Note Well", "Table: A table and its chart"}
    assert "Bar chart. Open errata. 123: 218; 124: 195." in found
    assert all(found)


def test_every_run_has_a_language(pptx: Any) -> None:
    """The spelling checker and the screen reader know the language of each run, those of the notes too."""
    for slide in pptx.slides:
        runs = [*slide._element.iter(f"{A}r"), *slide._element.iter(f"{A}fld")]
        if slide.has_notes_slide:
            runs += [run._r for p in slide.notes_slide.notes_text_frame.paragraphs for run in p.runs]

        assert {run.find(f"{A}rPr").get("lang") for run in runs} == {"en-US"}


def test_the_properties_tell_whose_it_is(decks: dict[int, BuiltDeck]) -> None:
    """Title, subject, author and language stand in the properties of the file."""
    core = opened(decks[124]).core_properties

    assert core.title == "Security Area Advisory Group, IETF 124 Montréal"
    assert core.subject == "Security Area, IETF 124, 2025-11-01 to 2025-11-07"
    assert core.author == core.last_modified_by == "Deb Cooley and Paul Wouters"
    assert core.language == "en-US"


def test_tables_have_a_header_and_the_style_of_the_theme(pptx: Any) -> None:
    """The first row is marked as header, and the style is one that the file has."""
    styles = next(part for part in pptx.part.package.iter_parts() if part.partname == "/ppt/tableStyles.xml")
    tables = [shape.table._tbl for shape in shapes(pptx, "has_table")]

    assert tables
    assert all(table.tblPr.get("firstRow") == "1" for table in tables)
    assert {table.tblPr.find(f"{A}tableStyleId").text for table in tables} == {TABLE_STYLE}
    assert f'styleId="{TABLE_STYLE}"'.encode() in styles.blob


def test_charts_open_the_sheet_with_their_values(every_kind: BuiltDeck) -> None:
    """`Edit data` in PowerPoint shows the categories, names and values that are drawn."""
    charts = [shape.chart for shape in shapes(opened(every_kind), "has_chart")]

    assert len(charts) == 5
    for chart in charts:
        plot = chart.plots[0]
        rows = [["", *(series.name for series in plot.series)]]
        rows += [[str(category)] for category in plot.categories]
        for series in plot.series:
            for row, value in zip(rows[1:], series.values, strict=True):
                row.append("" if value is None else f"{value:g}")
        assert sheet(chart.part.chart_workbook.xlsx_part.blob) == rows


# -- A change just before the session -------------------------------------------
Look = tuple[float, float, str, tuple[int, ...]]


@pytest.fixture(scope="module")
def edited(every_kind: BuiltDeck, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The deck with two bullets more, at two levels, and a row more, saved by python-pptx."""
    pptx = opened(every_kind)
    add_bullet(titled(pptx, "Bullets under bullets"), "Newly typed", level=0)
    add_bullet(titled(pptx, "Bullets under bullets"), "Newly typed under it", level=1)
    add_row(titled(pptx, "A table and its chart"), "Newly met")
    path = tmp_path_factory.mktemp("edited") / "edited.pptx"
    pptx.save(str(path))
    return path


def add_bullet(slide: Any, text: str, level: int) -> None:
    """Type a line under the last one of the body, and nothing but a line."""
    body = next(p for p in slide.placeholders if p.placeholder_format.idx == 1)
    paragraph = body.text_frame.add_paragraph()
    paragraph.text = text
    paragraph.level = level


def add_row(slide: Any, text: str) -> None:
    """Copy the last row of the table and change its first cell."""
    table = next(shape.table for shape in slide.shapes if shape.has_table)
    table._tbl.append(deepcopy(table._tbl.tr_lst[-1]))
    table.cell(len(table.rows) - 1, 0).text_frame.paragraphs[0].runs[0].text = text


@pytest.fixture(scope="module")
def drawn(edited: Path) -> Iterator[pypdfium2.PdfDocument]:
    """What LibreOffice draws of the edited deck."""
    office = need("soffice", "apt-get install libreoffice-impress fonts-crosextra-carlito")
    # A profile of its own: of two runs with one profile, the first ends without a file.
    profile = f"-env:UserInstallation={(edited.parent / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(edited.parent), str(edited)]
    subprocess.run(command, capture_output=True, timeout=180, check=True)
    with pypdfium2.PdfDocument(edited.with_suffix(".pdf")) as document:
        yield document


def look(document: pypdfium2.PdfDocument, title: str, words: str) -> Look:
    """How words of a page look: their size, left edge, font and colour."""
    page = next(page for page in document if title in page.get_textpage().get_text_range().splitlines()[0])
    textpage = page.get_textpage()
    found = textpage.search(words, match_case=True).get_next()
    assert found, f"{words} is not on the page"
    name = ctypes.create_string_buffer(100)
    raw.FPDFText_GetFontInfo(textpage, found[0], name, 100, ctypes.c_int())
    colour = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFText_GetFillColor(textpage, found[0], *colour)
    left = textpage.get_charbox(found[0], loose=True)[0]
    size = raw.FPDFText_GetFontSize(textpage, found[0])
    return round(size, 1), round(left, 1), name.value.decode(), tuple(channel.value for channel in colour)


def test_an_edited_deck_is_still_valid(edited: Path) -> None:
    """A bullet and a row more, and neither we nor the Open XML SDK find anything."""
    assert_valid(edited)


def test_a_new_bullet_looks_like_the_old(drawn: pypdfium2.PdfDocument) -> None:
    """The size, the indent, the font and the colour of a bullet are those of its level."""
    title = "Bullets under bullets"

    assert look(drawn, title, "Newly typed") == look(drawn, title, "An item")
    assert look(drawn, title, "Newly typed under") == look(drawn, title, "Under it")


def test_a_new_row_looks_like_the_old(drawn: pypdfium2.PdfDocument) -> None:
    """The cells of a copied row are like those above it."""
    title = "A table and its chart"

    assert look(drawn, title, "Newly met") == look(drawn, title, "IETF 124")


def test_a_new_slide_has_what_its_layout_promises(every_kind: BuiltDeck, tmp_path: Path) -> None:
    """A slide added by a program is sound; only that it is in no section yet is worth a warning."""
    pptx = opened(every_kind)
    slide = pptx.slides.add_slide(next(layout for layout in pptx.slide_layouts if layout.name == "Bullets"))
    slide.shapes.title.text_frame.text = "A new slide"
    path = tmp_path / "new.pptx"
    pptx.save(str(path))

    assert [(p.rule, p.severity) for p in verify(path.read_bytes(), "new.pptx")] == [("bad-section", "warning")]
    assert sdk_findings(path) == []
