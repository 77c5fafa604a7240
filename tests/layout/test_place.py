"""Slides that are too full: they shrink, then split, and what cannot be split is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.repository import MINIMAL

from deckgen.build.one import typeset
from deckgen.layout.pages import Page, TableBlock, TextBlock
from deckgen.problems import DeckError

Folder = Callable[..., Path]
WORDS = "a sentence of some length that tells what the working group did since the last meeting"


def pages_of(root: Path, slide: str) -> list[Page]:
    """The pages of one slide; there must be no error."""
    ready = typeset(root, 123).get()
    return [page for page in ready.pages.pages if page.slide == slide]


def bullets(count: int, extra: str = "") -> str:
    """A meeting with a slide of so many bullets."""
    items = "".join(f"      - '{n} {WORDS}'\n" for n in range(1, count + 1))
    return MINIMAL + f"slides:\n  full:\n    kind: bullets\n    title: Full\n{extra}    items:\n{items}"


def table(rows: int, extra: str = "") -> str:
    """A meeting with a table of so many rows."""
    lines = "".join(f"      - [row {n}, {WORDS}]\n" for n in range(1, rows + 1))
    head = f"slides:\n  full:\n    kind: table\n    title: Full\n    header: [Name, What]\n{extra}    rows:\n"
    return MINIMAL + head + lines


def test_only_a_slide_that_does_not_fit_has_smaller_text(bare: Folder) -> None:
    """One size for the deck, however few bullets there are; a smaller one where they do not fit."""
    few = pages_of(bare(bullets(1)), "full")[0].blocks[1]
    many = pages_of(bare(bullets(6)), "full")[0].blocks[1]

    assert isinstance(few, TextBlock)
    assert isinstance(many, TextBlock)
    assert (few.paragraphs[0].size, many.paragraphs[0].size) == (24, 20)


def test_a_list_that_is_too_long_is_split_between_bullets(bare: Folder) -> None:
    """The parts are numbered, none is a single bullet, the notes go with the first, the footnote with the last."""
    pages = pages_of(bare(bullets(12, "    notes: speak\n    footnote: below\n")), "full")
    counts = [
        len(block.paragraphs)
        for page in pages
        for block in page.blocks
        if isinstance(block, TextBlock) and block.slot == "body-1"
    ]

    assert [page.title for page in pages] == ["Full (1/2)", "Full (2/2)"]
    assert sum(counts) == 12
    assert min(counts) > 1
    assert [page.notes and page.notes.words for page in pages] == ["speak", None]
    assert [any(getattr(b, "slot", "") == "footnote" for b in page.blocks) for page in pages] == [False, True]


def test_a_table_that_is_too_long_repeats_its_header(bare: Folder) -> None:
    """Whole rows on each part, under the same header."""
    pages = pages_of(bare(table(40)), "full")
    tables = [block for page in pages for block in page.blocks if isinstance(block, TableBlock)]

    assert len(tables) > 2
    assert {block.rows[0].cells[0][0].text.words for block in tables} == {"Name"}
    assert sum(len(block.rows) - 1 for block in tables) == 40
    assert min(len(block.rows) for block in tables) > 2


def test_a_table_without_rows_says_so_in_one_quiet_line(bare: Folder) -> None:
    """Without heads over nothing, and no rule finds it empty."""
    root = bare(table(0, "    empty: Nothing has changed.\n").replace("rows:\n", "rows: []\n"))
    [page] = pages_of(root, "full")
    [_, line] = page.blocks

    assert isinstance(line, TextBlock)
    assert [(p.text.words, p.colour, p.size) for p in line.paragraphs] == [("Nothing has changed.", "muted", 24)]
    assert "empty-table" not in {problem.rule for problem in typeset(root, 123).problems}


def test_a_bullet_stays_with_what_is_under_it(bare: Folder) -> None:
    """No part begins with a sub-bullet."""
    items = "".join(f"      - text: '{n} {WORDS}'\n        items: [one, two, three]\n" for n in range(9))
    pages = pages_of(
        bare(MINIMAL + f"slides:\n  full:\n    kind: bullets\n    title: Full\n    items:\n{items}"), "full"
    )
    firsts = [
        block.paragraphs[0].level
        for page in pages
        for block in page.blocks
        if isinstance(block, TextBlock) and block.slot == "body-1"
    ]

    assert len(firsts) > 1
    assert set(firsts) == {0}


def test_what_cannot_be_split_is_an_error_at_its_line(bare: Folder) -> None:
    """A bullet of three pages is told, at the line where it stands."""
    root = bare(MINIMAL + f"slides:\n  full:\n    kind: bullets\n    title: Full\n    items:\n      - {WORDS * 40}\n")
    [problem] = typeset(root, 123).errors

    assert (problem.rule, str(problem.origin)) == ("text-overflow", "meetings/123.yaml:8:9")


def test_forty_entries_are_filled_down_even_columns(folder: Folder) -> None:
    """Ten in each of four columns, in order, on one page."""
    groups = "groups: {" + ", ".join(f"g{n}: G{n}" for n in range(40)) + "}\n"
    [page] = pages_of(folder(MINIMAL + groups), "wg-summaries")
    columns = [block for block in page.blocks if isinstance(block, TextBlock) and block.slot.startswith("body")]

    assert [len(block.paragraphs) for block in columns] == [10, 10, 10, 10]
    assert columns[1].paragraphs[0].text.words == "G10"


def test_a_heading_spans_the_columns_of_its_group(bare: Folder) -> None:
    """A group of sixteen takes two columns, and its heading is over both, on one line."""
    names = ", ".join(f"N{n}" for n in range(16))
    others = "{heading: Others, items: [A, B, C, D, E, F, G, H]}"
    groups = f"[{{heading: Groups with topics of ours, items: [{names}]}}, {others}]"
    [page] = pages_of(bare(f"{MINIMAL}slides:\n  full: {{kind: columns, title: T, groups: {groups}}}\n"), "full")
    blocks = {block.slot: block for block in page.blocks if isinstance(block, TextBlock)}
    first, other = blocks["head-1"], blocks["head-3"]

    assert (first.box.x, first.paragraphs[0].lines) == (blocks["body-1"].box.x, 1)
    assert first.box.x + first.box.width == blocks["body-2"].box.x + blocks["body-2"].box.width
    assert other.box.x == blocks["body-3"].box.x
    assert first.box.bottom < blocks["body-1"].box.y == blocks["body-2"].box.y


def test_a_title_of_a_hundred_words_is_an_error(bare: Folder) -> None:
    """A title that fits at no size is told, at its line."""
    root = bare(MINIMAL + f"slides:\n  full: {{kind: statement, title: {WORDS * 8}}}\n")

    assert [(p.rule, p.origin.line) for p in typeset(root, 123).errors] == [("text-overflow", 4)]


def test_a_deck_without_slides_is_no_deck(bare: Folder) -> None:
    """Skipping everything is said, not written."""
    root = bare()
    skip = "".join(f"  {path.stem}: null\n" for path in (root / "templates" / "slides").glob("*.yaml"))
    root = bare(MINIMAL + "slides:\n" + skip)

    with pytest.raises(DeckError, match="no slide is left"):
        typeset(root, 123).get()


def test_a_highlighted_row_is_the_same_row_on_every_page(bare: Folder) -> None:
    """Rows far apart, on different pages of a table: they alone have the accent."""
    marked = {3: "true", 19: "false", 20: "true", 39: "true"}
    rows = "".join(
        f"      - {{cells: [row {n}, {WORDS}], highlight: {marked.get(n, 'false')}}}\n" for n in range(1, 41)
    )
    root = bare(table(0).replace("rows:\n", f"rows:\n{rows}"))
    tables = [block for page in pages_of(root, "full") for block in page.blocks if isinstance(block, TableBlock)]
    marked_rows = [row.cells[0][0] for block in tables for row in block.rows if row.cells[0][0].colour == "accent"]

    assert len(tables) > 2
    assert [cell.text.words for cell in marked_rows] == ["row 3", "row 20", "row 39"]
    assert all(cell.bold for cell in marked_rows)


NESTED = "".join(f"      - text: '{n} {WORDS}'\n        items: [one, '{WORDS}', three]\n" for n in range(12))
COLUMNS = MINIMAL + "slides:\n  full:\n    kind: columns\n    title: Full\n    items:\n"


@pytest.mark.parametrize(
    "meeting",
    [
        bullets(0) + NESTED,
        table(40),
        COLUMNS + "".join(f"      - working group {n}\n" for n in range(150)),
    ],
    ids=["bullets under bullets", "table", "columns"],
)
def test_the_fullest_slide_can_be_read_from_the_last_row(bare: Folder, meeting: str) -> None:
    """What does not fit is split; no text gets smaller than 18 points."""
    pages = pages_of(bare(meeting), "full")
    sizes = {
        paragraph.size
        for page in pages
        for block in page.blocks
        for paragraph in (
            block.paragraphs
            if isinstance(block, TextBlock)
            else [p for row in block.rows for cell in row.cells for p in cell]
            if isinstance(block, TableBlock)
            else []
        )
    }

    assert len(pages) > 1
    assert 18 <= min(sizes) < 24
