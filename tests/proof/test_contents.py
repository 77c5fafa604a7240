"""What a presentation says, whoever made it: read out of files that PowerPoint, python-pptx and LibreOffice wrote."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.chart.data import BubbleChartData, CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Inches
from support.broken import FIRST, NOTES, Parts, packed
from support.repository import DATA, BuiltDeck, need

from deckgen.build.formats.md import markdown
from deckgen.proof.contents import Chart, Contents, Paragraph, Picture, Slide, Table, Text
from deckgen.proof.read_contents import read_contents

AREA = (Inches(1), Inches(2), Inches(6), Inches(4))


def contents(presentation: Any) -> Contents:
    """The contents of a presentation that python-pptx has in hand."""
    stream = io.BytesIO()
    presentation.save(stream)
    return read_contents(stream.getvalue(), "a.pptx").get()


def words(paragraphs: tuple[Paragraph, ...]) -> list[str]:
    """Each paragraph as text."""
    return ["".join(run.text for run in paragraph.runs).strip() for paragraph in paragraphs]


def lines(slide: Slide) -> list[str]:
    """Every paragraph of a slide's own texts that has words; LibreOffice keeps no empty one."""
    texts = (block for block in slide.blocks if isinstance(block, Text))
    return [line for block in texts for line in words(block.paragraphs) if line]


def test_a_diagram_of_powerpoint_is_read() -> None:
    """Of a file that PowerPoint wrote: title, text, picture, table, chart and SmartArt."""
    first, second = read_contents((DATA / "powerpoint" / "shapes.pptx").read_bytes(), "shapes.pptx").get().slides

    assert words(first.title) == ["shapes[0]"]
    assert "Smart Art" in lines(first)
    assert [type(block) for block in first.blocks].count(Table) == 1
    assert next(b for b in first.blocks if isinstance(b, Chart)).tables[0][1] == ("1st Qtr", "8.2")
    assert [b.alt for b in (*first.blocks, *second.blocks) if isinstance(b, Picture)] == [
        "python-powered.png",
        "sonic.gif",
    ]


def test_a_shape_without_words_is_read_by_its_alternative_text() -> None:
    """One with words of its own is read by them; one that has neither is no block."""
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    for said, text in (("A bridge", ""), ("A box", "In the box"), ("", "")):
        shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *AREA)
        shape._element.nvSpPr.cNvPr.set("descr", said)
        shape.text_frame.text = text
    [read] = contents(presentation).slides

    assert [block.alt if isinstance(block, Picture) else type(block) for block in read.blocks] == ["A bridge", Text]
    assert lines(read) == ["In the box"]


def test_bullets_are_inherited_from_the_layout_and_the_master() -> None:
    """A paragraph of a body has the bullet that PowerPoint draws, though nothing beside it says so; a subtitle none."""
    presentation = Presentation()
    title = presentation.slides.add_slide(presentation.slide_layouts[0])
    title.placeholders[1].text = "no bullet"
    body = presentation.slides.add_slide(presentation.slide_layouts[1])
    body.placeholders[1].text = "a bullet"
    body.placeholders[1].text_frame.add_paragraph().text = "under it"
    body.placeholders[1].text_frame.paragraphs[1].level = 1
    body.shapes.add_textbox(*AREA).text_frame.text = "a box"
    found = [
        p for slide in contents(presentation).slides for b in slide.blocks if isinstance(b, Text) for p in b.paragraphs
    ]

    assert [(words((p,))[0], p.level, p.bullet) for p in found] == [
        *(("no bullet", 0, ""), ("a bullet", 0, "dot"), ("under it", 1, "dot"), ("a box", 0, "")),
    ]


def test_groups_hidden_slides_and_links_between_slides_are_read() -> None:
    """Text in a group in a group is there, a hidden slide says that it is, and a link to a slide names it."""
    presentation = Presentation()
    first, second = (presentation.slides.add_slide(presentation.slide_layouts[5]) for _ in range(2))
    first.shapes.title.text, second.shapes.title.text = "Here", "There & back"
    group = first.shapes.add_group_shape().shapes.add_group_shape()
    box = group.shapes.add_textbox(*AREA)
    box.text_frame.text = "inside\vtwice"
    box.click_action.target_slide = second
    run = group.shapes.add_textbox(*AREA).text_frame.paragraphs[0].add_run()
    run.text, run.hyperlink.address = "out", "https://example.org/"
    second._element.set("show", "0")
    found = contents(presentation)
    text = markdown(found)

    assert lines(found.slides[0]) == ["inside\ntwice", "out"]
    assert [slide.hidden for slide in found.slides] == [False, True]
    assert "inside<br>twice" in text
    assert "[out](https://example.org/)" in text
    assert "(#there--back)" in text
    assert "### There & back (hidden)" in text


def test_of_alternatives_one_is_read() -> None:
    """What stands twice, for newer programs and for older ones, is read once (ECMA-376 part 3, 7.5)."""
    presentation = Presentation()
    tree = presentation.slides.add_slide(presentation.slide_layouts[6]).shapes
    boxes = []
    for text in ("for newer ones", "for older ones"):
        box = tree.add_textbox(*AREA)
        box.text_frame.text = text
        boxes.append(etree.tostring(box._element).decode())
        tree._spTree.remove(box._element)
    both = f'<mc:Choice Requires="a14">{boxes[0]}</mc:Choice><mc:Fallback>{boxes[1]}</mc:Fallback>'
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    tree._spTree.append(etree.fromstring(f'<mc:AlternateContent xmlns:mc="{space}">{both}</mc:AlternateContent>'))

    assert lines(contents(presentation).slides[0]) == ["for newer ones"]


def test_merged_cells_have_their_text_once() -> None:
    """A cell that another covers is empty, and the row has as many cells as the others."""
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    table = slide.shapes.add_table(2, 3, *AREA).table
    table.cell(0, 0).merge(table.cell(0, 1))
    for row, column, text in ((0, 0, "wide"), (0, 2, "c"), (1, 0, "d|e"), (1, 2, "f")):
        table.cell(row, column).text = text

    assert "| wide |  | c |\n| --- | --- | --- |\n| d\\|e |  | f |\n" in markdown(contents(presentation))


def test_the_numbers_of_any_chart_are_read() -> None:
    """Categories of two levels, gaps, two series of one name, and the sizes of bubbles."""
    levels = CategoryChartData()
    for country, cities in (("US", ("Boston", "Miami")), ("FR", ("Nice",))):
        category = levels.add_category(country)
        for city in cities:
            category.add_sub_category(city)
    levels.add_series("Sales", (1.5, None, 3))
    levels.add_series("Sales", (4, 5, 6))
    bubbles = BubbleChartData()
    bubbles.add_series("Few").add_data_point(0.7, 2.7, 10)
    presentation = Presentation()
    for kind, data in ((XL_CHART_TYPE.BAR_CLUSTERED, levels), (XL_CHART_TYPE.BUBBLE, bubbles)):
        slide = presentation.slides.add_slide(presentation.slide_layouts[6])
        slide.shapes.add_chart(kind, *AREA, data)
    [one], [other] = ([b for b in slide.blocks if isinstance(b, Chart)] for slide in contents(presentation).slides)

    assert one.tables == (
        (("", "Sales", "Sales"), ("US Boston", "1.5", "4"), ("Miami", "", "5"), ("FR Nice", "3", "6")),
    )
    assert other.tables == ((("", "Few", "Few (size)"), ("0.7", "2.7", "10")),)


@pytest.mark.slow
def test_what_libreoffice_saves_says_the_same(every_kind: BuiltDeck, tmp_path: Path) -> None:
    """A deck that went through LibreOffice has the same titles, texts, tables and notes, and the same links."""
    soffice = need("soffice", "apt-get install libreoffice-impress fonts-crosextra-carlito")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for source, kind in ((every_kind.pptx, "odp"), (tmp_path / f"{every_kind.pptx.stem}.odp", "pptx")):
        command = [soffice, profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    ours, theirs = (
        read_contents(path.read_bytes(), path.name).get().slides
        for path in (every_kind.pptx, tmp_path / every_kind.pptx.name)
    )

    assert [words(slide.title) for slide in ours] == [words(slide.title) for slide in theirs]
    assert [sorted(lines(slide)) for slide in ours] == [sorted(lines(slide)) for slide in theirs]
    assert [words(slide.notes) for slide in ours] == [words(slide.notes) for slide in theirs]
    assert [tables(slide) for slide in ours] == [tables(slide) for slide in theirs]
    assert [links(slide) for slide in ours] == [links(slide) for slide in theirs]


def tables(slide: Slide) -> list[list[list[list[str]]]]:
    """The words of each table, cell by cell."""
    return [[[words(cell) for cell in row] for row in b.rows] for b in slide.blocks if isinstance(b, Table)]


def links(slide: Slide) -> set[str]:
    """Where the texts of a slide lead."""
    texts = [block.paragraphs for block in slide.blocks if isinstance(block, Text)]
    return {run.link for paragraphs in texts for p in paragraphs for run in p.runs if run.link}


def test_a_slide_that_cannot_be_read_is_said_and_the_others_are_read(parts: Parts) -> None:
    """A part that is no XML costs its slide, not the file; the problem names the part."""
    count = len(read_contents(packed(parts), "a.pptx").get().slides)
    parts[FIRST] = parts[FIRST].replace("</p:sld>", "")
    read = read_contents(packed(parts), "a.pptx")

    assert read.value is not None
    assert [slide.readable for slide in read.value.slides] == [False] + [True] * (count - 1)
    assert [problem.origin.path for problem in read.problems] == [f"a.pptx!/{FIRST}"]


def test_a_part_is_read_once_however_often_it_is_led_to(parts: Parts) -> None:
    """A small file that leads to one part a thousand times does not make a large outline."""
    sound = read_contents(packed(parts), "a.pptx").get()
    target = NOTES.rpartition("/")[2]
    for name in [name for name in parts if name.startswith("ppt/notesSlides/notesSlide")]:
        for rels in [rels for rels in parts if rels.startswith("ppt/slides/_rels/")]:
            parts[rels] = parts[rels].replace(name.rpartition("/")[2], target)
    shared = read_contents(packed(parts), "a.pptx").get()

    assert sum(bool(slide.notes) for slide in sound.slides) > 1
    assert sum(bool(slide.notes) for slide in shared.slides) == 1
