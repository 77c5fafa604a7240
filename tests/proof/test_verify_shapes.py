"""deckgen.verify on the parts: slides, sections, notes, shapes, tables, charts and the words for them."""

from __future__ import annotations

import re

import pytest
from support.broken import (
    CHART,
    FIRST,
    FIRST_ID,
    MASTER,
    OTHER_NOTES,
    PRESENTATION,
    Parts,
    cut,
    faults,
    only_rules,
    packed,
    rels,
    swap,
    titled,
)

from deckgen.proof.verify import verify


# -- Slides, masters, layouts, sections, notes ---------------------------------
@pytest.mark.parametrize("number", ["255", "2147483648", "-1", "", "x", "9" * 5000])
def test_a_slide_id_out_of_range(parts: Parts, number: str) -> None:
    """A slide has a number from 256 to 2147483647."""
    parts[PRESENTATION] = parts[PRESENTATION].replace(f'sldId id="{FIRST_ID}"', f'sldId id="{number}"')

    assert only_rules(parts) == {"bad-id"}


def test_a_layout_id_out_of_range(parts: Parts) -> None:
    """A layout has a number from 2147483648."""
    swap(parts, MASTER, 'id="2147483649"', 'id="2147483647"')

    assert faults(parts) == [(MASTER, "bad-id")]


def test_a_layout_with_the_id_of_its_master(parts: Parts) -> None:
    """Masters and layouts are numbered together."""
    swap(parts, MASTER, 'id="2147483649"', 'id="2147483648"')

    assert faults(parts) == [(PRESENTATION, "duplicate-id"), (MASTER, "duplicate-id")]


def test_a_slide_that_is_none(parts: Parts) -> None:
    """The list of slides leads to slides."""
    swap(parts, PRESENTATION, f'<p:sldId id="{FIRST_ID}" r:id="rId6"/>', f'<p:sldId id="{FIRST_ID}" r:id="rId4"/>')

    assert (PRESENTATION, "bad-relation") in faults(parts)


def test_a_slide_out_of_the_show(parts: Parts) -> None:
    """A slide that is in the file and in no list can still be read by others."""
    swap(parts, PRESENTATION, f'<p:sldId id="{FIRST_ID}" r:id="rId6"/>', "")
    swap(parts, PRESENTATION, f'<p14:sldId id="{FIRST_ID}"/>', "")

    assert faults(parts) == [(FIRST, "stray-slide")]


def test_a_slide_of_two_layouts(parts: Parts) -> None:
    """A slide has one layout."""
    cut(parts, rels(FIRST), r'(<Relationship Id=")\w+("[^>]*slideLayout\d+.xml"/>)', r"\g<0>\1rId77\2")

    assert faults(parts) == [(FIRST, "bad-kinship")]


def test_a_layout_that_its_master_does_not_list(parts: Parts) -> None:
    """A master lists the layouts that it leads to."""
    cut(parts, MASTER, r"<p:sldLayoutId [^>]*/>")

    assert faults(parts) == [(MASTER, "bad-kinship")]


def test_a_slide_in_no_section(parts: Parts) -> None:
    """Where there are sections, every slide is in one."""
    swap(parts, PRESENTATION, f'<p14:sldId id="{FIRST_ID}"/>', "")

    assert faults(parts) == [(PRESENTATION, "bad-section")]


def test_a_slide_in_two_sections(parts: Parts) -> None:
    """No slide is in two sections."""
    cut(parts, PRESENTATION, r"</p14:sldIdLst></p14:section></p14:sectionLst>", rf'<p14:sldId id="{FIRST_ID}"/>\g<0>')

    assert faults(parts) == [(PRESENTATION, "bad-section")]


def test_two_sections_with_one_id(parts: Parts) -> None:
    """Sections have different ids."""
    ids = re.findall(r'<p14:section name="[^"]*" id="([^"]*)"', parts[PRESENTATION])
    swap(parts, PRESENTATION, ids[1], ids[0])

    assert faults(parts) == [(PRESENTATION, "bad-section")]


def test_notes_that_lead_to_another_slide(parts: Parts) -> None:
    """Notes lead back to the slide they are of."""
    cut(parts, rels(OTHER_NOTES), r"slides/slide\d+.xml", "slides/slide1.xml")

    assert faults(parts) == [(OTHER_NOTES, "shared-notes")]


def test_a_notes_master_that_is_not_listed(parts: Parts) -> None:
    """The presentation lists the master of its notes, as PowerPoint does."""
    cut(parts, PRESENTATION, r"<p:notesMasterIdLst>.*</p:notesMasterIdLst>")

    assert faults(parts) == [(PRESENTATION, "bad-kinship")]


# -- Shapes, tables, charts ---------------------------------------------------
@pytest.mark.parametrize("number", ["0", "-2", "", "2147483648"])
def test_a_shape_id_out_of_range(parts: Parts, number: str) -> None:
    """A shape has a number from 1 to 2147483647."""
    swap(parts, FIRST, '<p:cNvPr id="3"', f'<p:cNvPr id="{number}"')

    assert faults(parts) == [(FIRST, "bad-shape-id")]


def test_a_shape_id_twice_on_a_layout(parts: Parts) -> None:
    """Layouts and masters are looked at like slides."""
    layout = "ppt/slideLayouts/slideLayout2.xml"
    swap(parts, layout, '<p:cNvPr id="3"', '<p:cNvPr id="2"')
    swap(parts, MASTER, '<p:cNvPr id="3"', '<p:cNvPr id="2"')

    assert faults(parts) == [(layout, "duplicate-shape-id"), (MASTER, "duplicate-shape-id")]


def test_a_fallback_repeats_its_shape(parts: Parts) -> None:
    """A shape and its picture for older programs have the same id, and may."""
    slide = titled(parts, "A picture")
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = r'<mc:Choice Requires="p">\1</mc:Choice><mc:Fallback>\1</mc:Fallback>'
    cut(parts, slide, r"(<p:pic>.*</p:pic>)", f"<mc:AlternateContent {space}>{both}</mc:AlternateContent>")

    assert faults(parts) == []


def test_a_background_without_effects(parts: Parts) -> None:
    """A background names its effects, even if it has none."""
    swap(parts, MASTER, "<a:effectLst/></p:bgPr>", "</p:bgPr>")

    assert faults(parts) == [(MASTER, "no-effect-list")]


def test_a_shape_without_paragraph(parts: Parts) -> None:
    """A body of text has a paragraph, be it empty."""
    cut(parts, FIRST, r"<a:p>((?!</p:txBody>).)*</p:txBody>", "</p:txBody>")

    assert (FIRST, "empty-text-body") in faults(parts)


def test_a_cell_without_text_body(parts: Parts) -> None:
    """A cell has a body of text, be it empty."""
    slide = titled(parts, "A table and its chart")
    cut(parts, slide, r"<a:txBody>((?!</a:txBody>).)*</a:txBody>")

    assert faults(parts) == [(slide, "empty-text-body")]


def test_cells_merged_as_they_must_be(parts: Parts) -> None:
    """A span over cells that are marked as covered is sound."""
    slide = titled(parts, "A table and its chart")
    swap(parts, slide, "<a:tc><", '<a:tc gridSpan="2" rowSpan="2"><')
    for marks in ('hMerge="1" rowSpan="2"', 'gridSpan="2" vMerge="1"', 'hMerge="1" vMerge="1"'):
        swap(parts, slide, "<a:tc><", f"<a:tc {marks}><")

    assert faults(parts) == []


@pytest.mark.parametrize("mark", ['gridSpan="2"', 'hMerge="1"', 'vMerge="1"'])
def test_a_span_without_covered_cells(parts: Parts, mark: str) -> None:
    """A span covers cells that say so, and no cell says so without a span."""
    slide = titled(parts, "A table and its chart")
    swap(parts, slide, "<a:tc>", f"<a:tc {mark}>")

    assert faults(parts) == [(slide, "bad-span")]


def test_two_spans_over_one_cell(parts: Parts) -> None:
    """No two spans cover the same cell."""
    slide = titled(parts, "A table with a long word in each row")
    swap(parts, slide, "<a:tc><", '<a:tc gridSpan="3"><')
    swap(parts, slide, "<a:tc><", '<a:tc gridSpan="2"><')

    assert set(faults(parts)) == {(slide, "bad-span")}


def test_a_table_made_to_keep_us_busy(parts: Parts) -> None:
    """Ten thousand cells that each span the rest of the table are found out at the second."""
    slide = titled(parts, "A table and its chart")
    cell = '<a:tc gridSpan="{}" rowSpan="{}"><a:txBody><a:bodyPr/><a:p/></a:txBody></a:tc>'
    rows = ("".join(cell.format(100 - x, 100 - y) for x in range(100)) for y in range(100))
    table = '<a:gridCol w="1"/>' * 100 + "</a:tblGrid>" + "".join(f'<a:tr h="1">{row}</a:tr>' for row in rows)
    cut(parts, slide, r"<a:gridCol .*</a:tr>", table)

    assert faults(parts) == [(slide, "bad-span")]


def test_a_span_past_the_last_row(parts: Parts) -> None:
    """A span ends with the table."""
    slide = titled(parts, "A table and its chart")
    swap(parts, slide, "<a:tc>", '<a:tc rowSpan="4">')

    assert faults(parts) == [(slide, "span-past-grid")]


def test_an_empty_table(parts: Parts) -> None:
    """A table has a row."""
    slide = titled(parts, "A table and its chart")
    cut(parts, slide, r"<a:tr .*</a:tr>")

    assert faults(parts) == [(slide, "empty-table")]


@pytest.mark.parametrize("number", ["-2068027336", "x", "4294967296"])
def test_an_axis_id_that_is_no_unsigned_number(parts: Parts, number: str) -> None:
    """python-pptx writes negative axis ids, which the Open XML SDK rejects."""
    for element in ("axId", "crossAx"):
        parts[CHART] = parts[CHART].replace(f'<c:{element} val="1"/>', f'<c:{element} val="{number}"/>')

    assert faults(parts) == [(CHART, "bad-axis-id")]


def test_a_third_axis_that_does_not_exist(parts: Parts) -> None:
    """A plot names axes that exist: a third one makes PowerPoint repair the file."""
    swap(parts, CHART, '<c:axId val="2"/></c:', '<c:axId val="2"/><c:axId val="3"/></c:')

    assert faults(parts) == [(CHART, "bad-axis")]


def test_an_axis_of_no_plot(parts: Parts) -> None:
    """Every axis belongs to a plot."""
    cut(parts, CHART, r"</c:valAx>", r'\g<0><c:valAx><c:axId val="3"/><c:crossAx val="1"/></c:valAx>')

    assert faults(parts) == [(CHART, "bad-axis")]


def test_two_axes_with_one_id(parts: Parts) -> None:
    """Axes have different ids."""
    parts[CHART] = parts[CHART].replace('val="2"', 'val="1"')

    assert only_rules(parts) == {"bad-axis"}


# -- For who cannot see -------------------------------------------------------
def test_a_slide_without_title(parts: Parts) -> None:
    """An empty title is no title: a warning."""
    cut(parts, FIRST, r"<a:t>Security Area Advisory Group</a:t>", "<a:t> </a:t>")

    (problem,) = verify(packed(parts), "a.pptx")
    assert (problem.rule, problem.severity) == ("no-title", "warning")


@pytest.mark.parametrize("title", ["A picture", "A table and its chart", "Lines"])
def test_a_picture_chart_or_table_without_words(parts: Parts, title: str) -> None:
    """What is seen is also said."""
    slide = titled(parts, title)
    cut(parts, slide, r'descr="[^"]*"', 'descr=""')

    assert faults(parts) == [(slide, "no-alt-text")]


def test_a_file_name_is_no_alt_text(parts: Parts) -> None:
    """python-pptx describes a picture by the name of its file, which helps nobody."""
    slide = titled(parts, "A picture")
    cut(parts, slide, r'descr="A square"', 'descr="image2.png"')

    assert faults(parts) == [(slide, "no-alt-text")]


def test_a_decoration_needs_no_words(parts: Parts) -> None:
    """A picture that is marked as decorative is passed over."""
    slide = titled(parts, "A picture")
    mark = (
        r'descr=""><a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
        r'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
    )
    cut(parts, slide, r'descr="A square"/>', f"{mark}</p:cNvPr>")

    assert faults(parts) == []
