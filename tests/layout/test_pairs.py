"""Two short tables that share a page, and those that are too long for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pptx import Presentation
from support.repository import MINIMAL

from deckgen.build.one import build, typeset
from deckgen.layout.pages import Page, TableBlock

Folder = Callable[..., Path]
LINK = "  first: {kind: bullets, title: First, items: ['see [the second](#lower)']}\n"


def pages_of(root: Path) -> list[Page]:
    """The pages of both tables."""
    return [page for page in typeset(root, 123).get().pages.pages if page.slide != "first"]


def two(upper: int, lower: int, more: str = "", words: str = "Something") -> str:
    """A meeting with two tables of so many rows; the second wants to share the page of the first."""
    tables = ""
    for id, rows, extra in (("upper", upper, ""), ("lower", lower, "    with: upper\n" + more)):
        lines = "".join(f"      - [Name {n}, {words}]\n" for n in range(rows))
        head = f"  {id}:\n    kind: table\n    title: The {id}\n    tail: since then\n    notes: Of the {id}.\n"
        tables += f"{head}{extra}    header: [Name, What]\n    rows:\n{lines}"
    return f"{MINIMAL}slides:\n{LINK}{tables}"


def test_two_short_tables_share_a_page_that_names_both(bare: Folder) -> None:
    """With both sets of notes; nothing of either is lost."""
    [page] = pages_of(bare(two(2, 3)))
    tables = [block for block in page.blocks if isinstance(block, TableBlock)]

    assert page.title == "The upper · The lower"
    assert (page.slide, page.also) == ("upper", ("lower",))
    assert page.notes
    assert page.notes.words == "Of the upper. Of the lower."
    assert [len(table.rows) - 1 for table in tables] == [2, 3]
    assert tables[0].box.bottom < tables[1].box.y


def test_a_link_to_the_second_table_leads_to_the_page_of_both(bare: Folder) -> None:
    """In the PowerPoint, and in the outline by both ids."""
    root = bare(two(2, 3))
    files = build(root, 123, root / "out").get().files
    first, both = Presentation(str(next(f for f in files if f.suffix == ".pptx"))).slides
    run = first.placeholders[1].text_frame.paragraphs[0].runs[1]
    target = run._r.find(".//{*}hlinkClick").get(
        "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    )

    assert first.part.rels[target].target_part == both.part
    assert "upper, lower" in next(f for f in files if f.name == "outline.txt").read_text("utf-8")


@pytest.mark.parametrize(
    "meeting",
    [
        two(4, 2),
        two(2, 4),
        two(2, 2, "    footnote: of its own\n"),
        two(3, 3, words="a sentence that takes three lines of a cell and more " * 3),
    ],
    ids=["a long one above", "a long one below", "a footnote", "high rows"],
)
def test_tables_that_do_not_fit_one_page_have_their_own(bare: Folder, meeting: str) -> None:
    """As if they had not asked for it."""
    assert [page.title for page in pages_of(bare(meeting))] == ["The upper since then", "The lower since then"]


@pytest.mark.parametrize(
    ("partner", "text"),
    [("uper", "no slide is called `uper`"), ("first", "slide `first` is not a table, so no table can share its page")],
)
def test_a_partner_that_is_no_table_is_reported_at_its_line(bare: Folder, partner: str, text: str) -> None:
    """With the table that was meant, if there is one like it."""
    meeting = two(2, 2).replace("with: upper", f"with: {partner}")
    [problem] = typeset(bare(meeting), 123).errors

    assert problem.text == text
    assert meeting.splitlines()[problem.origin.line - 1].strip() == f"with: {partner}"


def test_a_partner_that_is_left_out_leaves_the_other_alone(bare: Folder) -> None:
    """As a recurring table is without its facts."""
    root = bare(
        two(2, 2).replace("  upper:\n", "  upper:\n    when: false\n").replace("see [the second](#lower)", "see")
    )

    assert [page.title for page in pages_of(root)] == ["The lower since then"]
