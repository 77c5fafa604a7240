"""Where lines break, and at what sizes: what stays whole, what is not alone, and one size for all tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.repository import MEETINGS, MINIMAL, ROOT, rewrite

from deckgen.build.one import typeset
from deckgen.layout.bind import NO_BREAK
from deckgen.layout.pages import Paragraph, TableBlock, TextBlock

Folder = Callable[..., Path]
FILL = "Words that fill the first line of this list until there is hardly any room left at its"  # nearly a line


def paragraph(root: Path) -> Paragraph:
    """The one bullet of the slide."""
    [page] = typeset(root, 123).get().pages.pages
    [own] = next(b for b in page.blocks if isinstance(b, TextBlock) and b.slot == "body-1").paragraphs
    return own


def slide(item: str) -> str:
    """A meeting with a list of one bullet."""
    return f"{MINIMAL}slides:\n  a: {{kind: bullets, title: A, items: ['{item}']}}\n"


@pytest.mark.parametrize(
    ("end", "whole"),
    [
        ("RFC 4303 and more of it", "RFC 4303"),
        ("25 July 2025 and a day more", "25 July 2025"),
        ("15 min and a few more of them", "15 min"),
    ],
)
def test_what_belongs_together_is_on_one_line(bare: Folder, end: str, whole: str) -> None:
    """An acronym and its number, a date, a number and its unit; the rest of the spaces stay plain."""
    text = paragraph(bare(slide(f"{FILL} {end}"))).text.words

    assert whole.replace(" ", NO_BREAK) in text
    assert text.count(NO_BREAK) == whole.count(" ")


def test_a_name_of_the_deck_is_on_one_line(bare: Folder) -> None:
    """Those under `whole` in templates/deck.yaml, here one of the directors."""
    root = bare(slide(f"{FILL} A. Director and then some more words"))

    assert f"A.{NO_BREAK}Director" in paragraph(root).text.words


def test_a_short_last_word_is_not_alone(bare: Folder) -> None:
    """It takes the word before it along, and the paragraph has no more lines."""
    own = paragraph(bare(slide(f"{FILL} end you")))

    assert own.text.words.endswith(f"end{NO_BREAK}you")
    assert own.lines == 2
    assert not own.alone


def test_a_text_of_one_line_has_plain_spaces(bare: Folder) -> None:
    """Who searches the PowerPoint types plain ones."""
    assert NO_BREAK not in paragraph(bare(slide("RFC 4303, on 25 July 2025"))).text.words


LONG, SHORT = 11, 4  # rows; so many need the second size


def tables(*counts: int) -> str:
    """A meeting with a table for each of these numbers of rows."""
    made = ""
    for index, count in enumerate(counts):
        rows = "".join(f"      - [Row {n}, something]\n" for n in range(count))
        made += f"  t{index}:\n    kind: table\n    title: T {index}\n    header: [Name, What]\n    rows:\n{rows}"
    return f"{MINIMAL}slides:\n{made}"


@pytest.mark.parametrize(
    ("counts", "sizes"), [((SHORT, SHORT, SHORT, LONG), {20, 24}), ((SHORT, SHORT, SHORT, LONG, LONG), {20})]
)
def test_all_tables_are_smaller_if_more_than_a_third_has_to_be(
    bare: Folder, counts: tuple[int, ...], sizes: set[float]
) -> None:
    """A few long ones leave the others as they are."""
    pages = typeset(bare(tables(*counts)), 123).get().pages.pages

    assert {block.size for page in pages for block in page.blocks if isinstance(block, TableBlock)} == sizes


@pytest.mark.parametrize("last", [SHORT, LONG])
def test_a_preview_gives_tables_the_sizes_that_a_build_does(bare: Folder, last: int) -> None:
    """The last table gets short, or long: the others, which did not change, change their size with it."""
    root = bare(tables(SHORT, SHORT, SHORT, LONG, LONG + SHORT - last))
    before = typeset(root, 123).get()
    rewrite(root / "meetings" / "123.yaml", tables(SHORT, SHORT, SHORT, LONG, last))

    assert typeset(root, 123, before).get().pages == typeset(root, 123).get().pages


@pytest.mark.parametrize("number", MEETINGS)
def test_no_last_line_of_our_decks_is_a_short_word(number: int) -> None:
    """In titles, bullets and cells."""
    assert not [p for p in typeset(ROOT, number).problems if p.rule == "orphan"]
