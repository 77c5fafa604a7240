"""Charts show the numbers of the meeting file as they are, alike in the PowerPoint and in the PDF."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from support.repository import MINIMAL

from deckgen.build.one import build, typeset
from deckgen.layout.pages import Bar, ChartBlock, Label
from deckgen.proof.read_pdf import read_pdf
from deckgen.source import Plain, dump

Folder = Callable[..., Path]


def meeting(**chart: Plain) -> str:
    """A meeting with one chart of its own."""
    whole: Plain = {"title": "Of these", **chart}
    return MINIMAL + dump({"slides": {"own": {"kind": "chart", "title": "Own", "chart": whole}}})


def drawn(root: Path) -> ChartBlock:
    """The chart as both writers get it."""
    [block] = [
        b
        for page in typeset(root, 123).get().pages.pages
        if page.slide == "own"
        for b in page.blocks[1:]
        if isinstance(b, ChartBlock)
    ]
    return block


def in_both(root: Path) -> tuple[Any, tuple[str, ...]]:
    """The native chart in the PowerPoint, and the lines of its page in the PDF."""
    files = build(root, 123, root / "build").get().files
    pptx, pdf = (next(path for path in files if path.suffix == suffix) for suffix in (".pptx", ".pdf"))
    [native] = [
        shape.chart
        for slide in Presentation(str(pptx)).slides
        if slide.shapes.title is not None and slide.shapes.title.text == "Own"
        for shape in slide.placeholders
        if shape.has_chart
    ]
    [page] = [page for page in read_pdf(pdf.read_bytes()) if page.title == "Own"]
    return native, page.lines


@pytest.mark.parametrize(
    ("values", "labels", "code"),
    [
        ([0.004, 0.003], ["0.004", "0.003"], "#,##0.000"),
        ([0.00025, 1], ["0.00025", "1.00000"], "#,##0.00000"),
        ([3.125, 2.5], ["3.125", "2.500"], "#,##0.000"),
        ([2 / 3, 1], ["0.67", "1.00"], "#,##0.00"),
        ([1234567.25, 1], ["1,234,567.25", "1.00"], "#,##0.00"),
        ([-7, 12], ["-7", "12"], "#,##0"),
    ],
)
def test_labels_have_the_digits_of_the_data(values: list[float], labels: list[str], code: str, bare: Folder) -> None:
    """Neither rounded to nothing nor cut; of a computed number, two decimals."""
    native, lines = in_both(bare(meeting(categories=["a", "b"], values=values)))

    assert " ".join(lines).endswith(f"Of these {' '.join(labels)} a b")
    assert [*native.plots[0].series[0].values] == values
    assert native.plots[0].series[0].data_labels.number_format == code


@pytest.mark.parametrize("values", [[0.004, 0.003], [1e-9, 3e-9], [5, 20], [-0.004, -0.001]])
def test_bars_are_as_long_as_their_values(values: list[float], bare: Folder) -> None:
    """However small the values are, the bars are to scale and fill the plot."""
    block = drawn(bare(meeting(categories=["a", "b"], values=values)))
    heights = [bar.box.height for bar in block.bars]

    assert heights[0] / heights[1] == pytest.approx(values[0] / values[1], rel=0.01)
    assert max(heights) > 0.7 * block.plot.height


def test_values_below_zero_hang_under_the_axis(bare: Folder) -> None:
    """Their bars begin at the axis, their labels are under them and over the names of the categories."""
    root = bare(meeting(categories=["up", "down"], values=[12, -30]))
    block = drawn(root)
    up, down = block.bars
    label = next(label for label in block.labels if label.text == "-30")
    name = next(label for label in block.labels if label.text == "down")
    native, _ = in_both(root)

    assert up.box.bottom == down.box.y == block.axis.points[0][1]
    assert down.box.bottom < label.box.y
    assert label.box.bottom <= name.box.y
    assert (native.value_axis.minimum_scale, native.value_axis.maximum_scale) == (block.low, block.top)
    assert block.low < -30
    assert block.top == 12


def test_a_value_that_is_not_known_is_a_gap(bare: Folder) -> None:
    """Not a bar, label or point of 0, and nothing in the data sheet."""
    native, lines = in_both(bare(meeting(type="line", categories=["a", "b", "c"], values=[4, None, 6])))

    assert [*native.plots[0].series[0].values] == [4, None, 6]
    assert [one.get("val") for one in native._chartSpace.iter("{*}dispBlanksAs")] == ["gap"]
    assert " ".join(lines).endswith("4 6 a b c")


def test_a_unit_follows_each_value(bare: Folder) -> None:
    """In the labels of both files and in the alt text."""
    root = bare(meeting(categories=["a", "b"], values=[12.5, 40], unit="%"))
    native, lines = in_both(root)

    assert " ".join(lines).endswith("12.5% 40.0% a b")
    assert native.plots[0].series[0].data_labels.number_format == '#,##0.0"%"'
    assert drawn(root).alt == "Bar chart. Of these. a: 12.5%; b: 40.0%."


@pytest.mark.parametrize(("highlight", "marked"), [("a", 0), ({"position": 1}, 0), ({"position": 2}, 1), ("b", 2)])
def test_equal_names_are_told_apart_in_highlight(highlight: Plain, marked: int, bare: Folder) -> None:
    """One bar is in the accent colour, the same in both files: by name the first, or the one at a position."""
    root = bare(meeting(categories=["a", "a", "b"], values=[1, 2, 3], highlight=highlight))
    native, _ = in_both(root)
    points = native._chartSpace.findall(".//{*}ser/{*}dPt/{*}idx")

    assert [index for index, bar in enumerate(drawn(root).bars) if bar.colour == "accent"] == [marked]
    assert [int(point.get("val")) for point in points] == [marked]


@pytest.mark.sweep(4)
@pytest.mark.parametrize("seed", range(12))
def test_no_label_of_several_lines_is_over_another(seed: int, bare: Folder) -> None:
    """Lines that lie close together: a label finds a side with room, or is left out."""
    chance = random.Random(seed)
    count = chance.randint(2, 6)
    series: Plain = [
        {"name": f"s{n}", "values": [100_000 + chance.randint(-900, 900) for _ in range(count)]}
        for n in range(chance.randint(2, 5))
    ]
    block = drawn(bare(meeting(type="line", categories=[f"c{n}" for n in range(count)], series=series)))
    labels = [label for label in block.labels if "," in label.text]

    assert len(labels) >= count
    assert [(one.text, other.text) for one, other in combinations(labels, 2) if overlap(one, other, block.size)] == []


LONG = ["Authentication and Authorization", "Remote Attestation Procedures", "Lightweight Authenticated Exchange"]
STACK: Plain = [{"name": "New", "values": [40, 20, 30]}, {"name": "Old", "values": [35, None, -24]}]


def test_bars_of_a_stack_are_on_top_of_each_other(bare: Folder) -> None:
    """What is below zero hangs under the axis, and each value is inside its bar."""
    root = bare(meeting(stacked=True, categories=["a", "b", "c"], series=STACK))
    block = drawn(root)
    first, second, _, third, below = block.bars
    native, lines = in_both(root)

    assert second.box.bottom == first.box.y
    assert below.box.y == third.box.bottom == block.axis.points[0][1]
    assert [label.text for bar in block.bars for label in block.labels if inside(label, bar)] == [
        "40", "35", "20", "30", "-24"
    ]  # fmt: skip
    assert " ".join(lines).endswith("40 35 20 30 -24 a b c New Old")
    assert (native.chart_type, native.plots[0].overlap) == (XL_CHART_TYPE.COLUMN_STACKED, 100)


def test_a_value_that_has_no_room_in_its_stack_can_be_read_from_a_scale(bare: Folder) -> None:
    """Its label is left out of both files, and both have the same lines and numbers beside the bars."""
    series: Plain = [{"name": "New", "values": [90]}, {"name": "Old", "values": [1]}]
    root = bare(meeting(stacked=True, categories=["a"], series=series))
    native, lines = in_both(root)

    assert " ".join(lines).endswith("90 0 20 40 60 80 100 a New Old")
    assert native.value_axis.visible
    assert (native.value_axis.minimum_scale, native.value_axis.maximum_scale) == (0, 100)
    assert native.value_axis.major_unit == 20
    assert len(drawn(root).grid) == 5


def test_bars_may_lie(bare: Folder) -> None:
    """The first category is on top, its name left of the axis, and its value at the end of the bar."""
    root = bare(meeting(horizontal=True, categories=LONG, values=[3, 9, 5], highlight=LONG[1]))
    block = drawn(root)
    native, lines = in_both(root)
    name, value = (next(label for label in block.labels if label.text == text) for text in (LONG[0], "3"))

    assert [bar.box.y for bar in block.bars] == sorted(bar.box.y for bar in block.bars)
    assert {bar.box.x for bar in block.bars} == {block.axis.points[0][0]}
    assert name.box.x + name.box.width < block.bars[0].box.x
    assert value.box.x > block.bars[0].box.x + block.bars[0].box.width
    assert " ".join(lines).endswith(f"3 9 5 {' '.join(LONG)}")
    assert (native.chart_type, native.category_axis.reverse_order) == (XL_CHART_TYPE.BAR_CLUSTERED, True)


@pytest.mark.parametrize("key", ["stacked", "horizontal"])
def test_a_line_is_neither_stacked_nor_horizontal(key: str, bare: Folder) -> None:
    """Nothing that an author asks for is left out in silence."""
    root = bare(meeting(type="line", categories=["a"], values=[1], **{key: True}))
    [problem] = build(root, 123, root / "build").errors

    assert problem.text == "only bars can be stacked or horizontal"
    assert str(problem.origin).startswith("meetings/123.yaml:")


@pytest.mark.sweep(5)
@pytest.mark.parametrize("horizontal", [False, True])
@pytest.mark.parametrize("count", [3, 14, 25, 60])
@pytest.mark.parametrize("name", ["IETF {0}", "Working Group {0} of the Area", "Unbreakable{0}Name"])
def test_many_or_long_names_are_drawn(name: str, count: int, horizontal: bool, bare: Folder) -> None:
    """Names are broken, turned or thinned; no label is over another, none is out of the chart, and the files agree."""
    chart: dict[str, Plain] = {"categories": [name.format(n + 60) for n in range(count)], "horizontal": horizontal}
    root = bare(meeting(**chart, values=[(n * 7919) % 100_000 for n in range(count)]))
    block = drawn(root)
    native, _ = in_both(root)
    inks = [ink(label, block.size) for label in block.labels]

    assert [one for one, other in combinations(inks, 2) if over(one, other)] == []
    assert [one for one in inks if not within(one, block)] == []
    assert len([*native.plots[0].categories]) == count
    assert block.size >= 12


def test_the_label_of_the_highlighted_value_is_bold(bare: Folder) -> None:
    """In the PowerPoint as in the PDF, and no other is."""
    root = bare(meeting(categories=["a", "b"], values=[1, 2], highlight="b"))
    native, _ = in_both(root)
    own = native._chartSpace.findall(".//{*}dLbl")

    assert [label.text for label in drawn(root).labels if label.bold] == ["2"]
    assert [label.find("{*}idx").get("val") for label in own] == ["1"]
    assert own[0].find(".//{*}defRPr").get("b") == "1"


def test_each_line_has_a_mark_of_its_own(bare: Folder) -> None:
    """Whoever does not see the colours tells the lines apart."""
    series: Plain = [{"name": f"s{n}", "values": [n, n + 1]} for n in range(4)]
    root = bare(meeting(type="line", categories=["a", "b"], series=series))
    native, _ = in_both(root)
    marks = [line.mark.shape for line in drawn(root).lines if line.mark]

    assert marks == ["circle", "square", "diamond", "triangle"]
    assert [one.get("val") for one in native._chartSpace.iter("{*}symbol")] == marks


def test_a_name_that_looks_like_an_escape_is_that_name(bare: Folder) -> None:
    """A chart writes `_x0041_` for an A (ST_Xstring, ECMA-376 part 1, 22.9.2.19)."""
    native, lines = in_both(bare(meeting(categories=["_x0041_", "b"], values=[1, 2])))

    assert " ".join(lines).endswith("1 2 _x0041_ b")
    assert [point.text for point in native._chartSpace.findall(".//{*}cat//{*}v")] == ["_x005F_x0041_", "b"]


Ink = tuple[float, float, float, float]


def ink(label: Label, size: float) -> Ink:
    """What the words of a label cover, at the least: its left, top, right and bottom."""
    box, long = label.box, 0.4 * len(label.text) * size * 12_700
    if label.wraps or label.turned:
        return (box.x, box.y, box.x + box.width, box.bottom)
    middle = box.x + box.width / 2
    return (middle - long / 2, box.y, middle + long / 2, box.bottom)


def over(one: Ink, other: Ink) -> bool:
    """Whether two labels cover each other."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def within(one: Ink, block: ChartBlock) -> bool:
    """Whether a label is in the box of its chart."""
    box, hair = block.box, 12_700
    return (
        one[0] >= box.x - hair
        and one[1] >= box.y - hair
        and one[2] <= box.x + box.width + hair
        and one[3] <= box.bottom + hair
    )


def inside(label: Label, bar: Bar) -> bool:
    """Whether a label is in the middle of a bar."""
    return bar.box.x == label.box.x and bar.box.y <= label.box.y and label.box.bottom <= bar.box.bottom


def overlap(one: Label, other: Label, size: float) -> bool:
    """Whether two labels cover each other; a digit of Carlito is 0.507 em wide, a comma 0.25."""

    def span(label: Label) -> tuple[float, float]:
        width = (0.507 * sum(c.isdigit() for c in label.text) + 0.25 * label.text.count(",")) * size * 12_700
        middle = label.box.x + label.box.width / 2
        return middle - width / 2, middle + width / 2

    (left, right), (start, end) = span(one), span(other)
    return left < end and start < right and one.box.y < other.box.bottom and other.box.y < one.box.bottom
