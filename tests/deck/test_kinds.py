"""The kinds of slides: each is in the deck that is tested everywhere, and what the newest of them shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from support.pictures import raster
from support.repository import MINIMAL, BuiltDeck

from deckgen.build.one import build, check, typeset
from deckgen.deck.kinds import KINDS
from deckgen.layout.pages import Page, TableBlock, TextBlock
from deckgen.layout.theme import EMU

Folder = Callable[..., Path]
WORDS = "We believe in: rough consensus and running code."


def quote(words: str, extra: str = "") -> str:
    """A meeting with a quote."""
    return MINIMAL + f"slides:\n  said:\n    kind: quote\n    title: Said\n    quote: {words}\n{extra}"


def page_of(root: Path) -> Page:
    """The page of the quote; there must be no error."""
    ready = typeset(root, 123).get()
    [page] = [page for page in ready.pages.pages if page.slide == "said"]
    return page


def text_of(page: Page, slot: str) -> TextBlock:
    """The text in a slot of the page."""
    [block] = [block for block in page.blocks if isinstance(block, TextBlock) and block.slot == slot]
    return block


def test_the_deck_of_every_kind_has_each(every_kind: BuiltDeck) -> None:
    """What holds for it in the PowerPoint, the PDF and LibreOffice holds for a slide of every kind."""
    slides = typeset(every_kind.folder.parent, 124).get().deck.slides

    assert {type(slide).kind.name for slide in slides} == set(KINDS)


def test_a_quote_is_in_placeholders(every_kind: BuiltDeck) -> None:
    """Whoever edits it in PowerPoint types into the layout of a quote; the bar is no part of it."""
    [slide] = [s for s in Presentation(str(every_kind.pptx)).slides if s.shapes.title.text_frame.text == "A quote"]
    texts = [shape.text_frame.text for shape in slide.placeholders if shape.placeholder_format.idx in (1, 2)]

    assert slide.slide_layout.name == "Quote"
    assert texts == [f"“We reject: kings, presidents and voting. {WORDS}”", "David D. Clark\nIETF plenary, July 1992"]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (f'"{WORDS}"', f"“{WORDS}”"),
        (f"'\"{WORDS}\"'", f'"{WORDS}"'),
        ("„Wir glauben an laufenden Code.“", "„Wir glauben an laufenden Code.“"),
        ("'\"Running code\" is what we want'", '“"Running code" is what we want”'),
    ],
)
def test_a_quote_stands_between_quotation_marks(bare: Folder, words: str, shown: str) -> None:
    """Its own, where it has some at both ends."""
    assert text_of(page_of(bare(quote(words))), "quote").paragraphs[0].text.words == shown


def test_who_and_where_stand_under_a_quote(bare: Folder) -> None:
    """Between both is the line of its layout."""
    page = page_of(bare(quote(f'"{WORDS}"', "    who: David D. Clark\n    where: IETF plenary, July 1992\n")))
    words, who = text_of(page, "quote"), text_of(page, "who")

    assert [paragraph.text.words for paragraph in who.paragraphs] == ["David D. Clark", "IETF plenary, July 1992"]
    assert words.box.bottom < 316 * EMU < who.box.y


def test_a_long_quote_is_smaller_and_one_without_end_is_refused(bare: Folder) -> None:
    """The largest size that fits; a quote is not split."""
    short = text_of(page_of(bare(quote(f'"{WORDS}"'))), "quote").paragraphs[0].size
    long = text_of(page_of(bare(quote(f'"{WORDS * 10}"'))), "quote").paragraphs[0].size
    endless = [problem for problem in check(bare(quote(f'"{WORDS * 60}"')), 123) if problem.slide == "said"]

    assert short > long >= 18
    assert [(p.rule, p.origin.path) for p in endless] == [("text-overflow", "meetings/123.yaml")]


@pytest.mark.parametrize("words", ["''", "\"{{ '' }}\""])
def test_a_quote_without_words_is_told(bare: Folder, words: str) -> None:
    """An expression that has become nothing leaves no empty slide."""
    [problem] = [problem for problem in check(bare(quote(words)), 123) if problem.slide == "said"]

    assert (problem.rule, problem.text) == ("missing-key", "the quote has no words")


@pytest.mark.parametrize(
    ("patch", "unknown"),
    [
        ("the-end: {linse: null}", ["linse"]),
        ("the-end: {lines: null}", []),
        ("own: {kind: statement, title: A, linse: null}", ["linse"]),
        ("the-end: {kind: bullets, items: [A], lines: null}", []),
    ],
)
def test_a_misspelt_key_that_is_null_is_reported(patch: str, unknown: list[str], folder: Folder) -> None:
    """It would remove nothing, in silence; a patch that changes the kind may remove what the kind before had."""
    found = check(folder(f"{MINIMAL}slides:\n  {patch}\n"), 123)

    assert [one.text for one in found if one.severity == "error"] == [f"unknown key `{key}`" for key in unknown]


def slide_of(root: Path, slide: str) -> Page:
    """The page of the slide `a` with these keys; there must be no error."""
    (root / "meetings" / "123.yaml").write_text(f"{MINIMAL}slides:\n  a: {{title: A, {slide}}}\n")
    [page] = [page for page in typeset(root, 123).get().pages.pages if page.slide == "a"]
    return page


@pytest.mark.parametrize(
    ("change", "runs"),
    [
        ("+31 since IETF 122", [("+31", False), (" since IETF 122", True)]),
        ("−2.5 % in a year", [("−2.5 %", False), (" in a year", True)]),
        ("more than before", [("more than before", False)]),
    ],
)
def test_a_key_figure_has_its_change_under_its_label(bare: Folder, change: str, runs: list[tuple[str, bool]]) -> None:
    """The number of the change is stressed, the rest is muted."""
    page = slide_of(bare(), f'kind: key-figures, figures: [{{value: 285, label: documents, change: "{change}"}}]')
    label, under = text_of(page, "label-1").paragraphs

    assert label.text.words == "documents"
    assert [(run.text, run.muted) for run in under.text.runs] == runs


def test_a_figure_without_a_change_has_one_line(bare: Folder) -> None:
    """A template's change may be empty, where the meeting before is not known."""
    page = slide_of(bare(), "kind: key-figures, figures: [{value: 1, label: list, change: ''}]")

    assert [one.text.words for one in text_of(page, "label-1").paragraphs] == ["list"]


def test_a_blank_page_has_a_list_to_type_into(every_kind: BuiltDeck) -> None:
    """The placeholder is there, empty, and PowerPoint shows nothing of it in the show."""
    title = "A page to write on"
    [slide] = [s for s in Presentation(str(every_kind.pptx)).slides if s.shapes.title.text_frame.text == title]
    empty = [shape for shape in slide.placeholders if not shape.text_frame.text]

    assert [shape.placeholder_format.type for shape in empty] == [PP_PLACEHOLDER.BODY]


def test_the_total_is_the_last_row_under_a_strong_rule(bare: Folder) -> None:
    """In bold, and once, on the last part of a table that is split."""
    rows = [[f"row {number}", number] for number in range(20)]
    root = bare(f"{MINIMAL}slides:\n  a: {{kind: table, title: A, header: [A, B], rows: {rows}, total: [All, 190]}}\n")
    tables = [b for p in typeset(root, 123).get().pages.pages for b in p.blocks if isinstance(b, TableBlock)]
    strong = [[row.strong for row in table.rows] for table in tables]
    last = tables[-1].rows[-1]

    assert len(tables) > 1
    assert not any(any(rows) for rows in strong[:-1])
    assert strong[-1] == [False] * (len(strong[-1]) - 2) + [True, False]
    assert [(p.text.words, p.bold) for cell in last.cells for p in cell] == [("All", True), ("190", True)]


def test_a_total_has_a_cell_for_each_column(bare: Folder) -> None:
    """As any row."""
    slide = "  a: {kind: table, title: A, header: [A, B], rows: [[a, 1]], total: [1]}\n"
    [problem] = check(bare(f"{MINIMAL}slides:\n{slide}"), 123)

    assert (problem.rule, problem.text) == ("row-length", "the row has 1 cells and the header 2")


def tables_of(root: Path, rows: str, header: str = "[A, B, C]") -> list[TableBlock]:
    """The tables of a slide of these rows; there must be no error."""
    slide = f"kind: table, title: A, header: {header}, align: [left, right, right], rows: {rows}"
    (root / "meetings" / "123.yaml").write_text(f"{MINIMAL}slides:\n  a: {{{slide}}}\n")
    pages = typeset(root, "123").get().pages.pages
    return [block for page in pages for block in page.blocks if isinstance(block, TableBlock)]


def test_a_cell_over_several_columns_has_their_width(bare: Folder) -> None:
    """It is aligned at the left, and its long words widen no column."""
    words = "words that are wider than the columns that they are over"
    [table] = tables_of(bare(), f"[[a, 1, 2], [{{text: '{words}', span: 2}}, 3], [b, {{text: c, span: 2}}]]")
    wide, last = table.rows[2], table.rows[3]

    assert [row.spans for row in table.rows] == [(1, 1, 1), (1, 1, 1), (2, 0, 1), (1, 2, 0)]
    assert (last.cells[1][0].align, wide.cells[2][0].align) == ("left", "right")
    assert table.room(0, 2) == sum(table.widths[:2]) - sum(table.aside(0, 2))
    assert table.widths[0] < sum(table.widths) // 2


def test_merged_cells_are_merged_in_both_files(every_kind: BuiltDeck) -> None:
    """Natively in the PowerPoint, so that a person can split them."""
    [slide] = [s for s in Presentation(str(every_kind.pptx)).slides if s.shapes.title.text_frame.text == "A total"]
    [table] = [shape.table for shape in slide.shapes if shape.has_table]
    merged = [(cell.text, cell.span_width) for row in table.rows for cell in row.cells if cell.is_merge_origin]

    assert merged == [("Last year", 2), ("No meeting between", 2), ("This year", 2)]


def test_the_name_of_a_group_stays_with_its_rows(bare: Folder) -> None:
    """It is never the last row of a page, and a page begins with a group where it can."""
    rows = [row for name in "ABCD" for row in ({"group": name}, *[[f"{name}{n}", n, n] for n in range(4)])]
    tables = tables_of(bare(), str(rows))
    firsts, lasts = ([table.rows[at].cells[0][0].text.words for table in tables] for at in (1, -1))

    assert len(tables) > 1
    assert all(first in "ABCD" for first in firsts)
    assert not any(last in "ABCD" for last in lasts)
    assert all(table.rows[1].cells[0][0].bold for table in tables)


def test_spans_add_up_to_the_header(bare: Folder) -> None:
    """Or the row is reported, as one with a cell too many is."""
    slide = "kind: table, title: A, header: [A, B], rows: [[{text: a, span: 2}, b]]"
    [problem] = check(bare(f"{MINIMAL}slides:\n  a: {{{slide}}}\n"), "123")

    assert (problem.rule, problem.text) == ("row-length", "the row has 3 cells and the header 2")


@pytest.mark.parametrize(
    ("slide", "text"),
    [
        ("kind: people, people: [{name: ''}]", "the person has no name"),
        (
            "kind: comparison, pictures: [{picture: a.png, label: ''}, {picture: b.png, label: ' '}]",
            "the picture has no label",
        ),
        ("kind: table, header: [A], rows: [{group: ''}]", "the group of rows has no name"),
    ],
)
def test_what_has_no_name_is_reported(bare: Folder, slide: str, text: str) -> None:
    """An expression that has become nothing leaves no empty place on the page."""
    found = [p for p in check(bare(f"{MINIMAL}slides:\n  a: {{title: A, {slide}}}\n"), "123") if p.severity == "error"]

    assert {(p.rule, p.text) for p in found} == {("missing-key", text)}


PICTURE = "picture: meetings/a.png, alt: a"
BODIES = {
    "title": "    subtitle: s\n    lines: [x]\n    aside: [y]\n",
    "statement": "    lines: [x]\n    aside: [y]\n",
    "bullets": "    items: [x]\n",
    "columns": "    items: [a, b]\n",
    "table": "    header: [a]\n    rows: [[b]]\n",
    "agenda": "    items: [{item: a, minutes: 3}]\n",
    "figure": "    picture: meetings/a.png\n    alt: a\n",
    "key-figures": "    figures: [{value: '1', label: l}]\n",
    "chart": "    chart: {title: t, categories: [a], values: [1]}\n",
    "quote": "    quote: words\n",
    "comparison": f"    pictures: [{{{PICTURE}, label: L}}, {{{PICTURE}, label: M}}]\n",
    "people": "    people: [{name: A. Person}]\n",
    "code": "    code: |\n      x = 1\n",
    "blank": "",
}
WITHOUT_ROOM = {"photograph": "    picture: meetings/a.png\n    alt: a\n"}


@pytest.mark.parametrize("kind", KINDS)
def test_what_any_slide_may_have_is_drawn_or_refused(bare: Folder, kind: str) -> None:
    """A footnote and a QR code, on a slide of every kind, are in the PowerPoint and agree with the PDF."""
    more = '    footnote: Under it all\n    qr: {target: "https://www.example.org/", alt: The code}\n'
    slide = f"slides:\n  a:\n    kind: {kind}\n    title: T\n{BODIES.get(kind) or WITHOUT_ROOM.get(kind, '')}{more}"
    root = bare(MINIMAL + slide, **{"meetings/a.png": raster(1600, 900, "#14213d")})

    made = build(root, 123, root / "out")

    if kind in WITHOUT_ROOM:
        assert "has no room for a `footnote`" in made.errors[0].text
        return
    [shown] = Presentation(str(next(file for file in made.get().files if file.suffix == ".pptx"))).slides
    texts = [shape.text_frame.text for shape in shown.shapes if shape.has_text_frame]
    alts = [shape._element._nvXxPr.cNvPr.get("descr") for shape in shown.shapes]
    assert "Under it all" in texts
    assert "The code" in alts
