"""What the files of earlier meetings say, in the deck of a later one: rows of errata, numbers, and gaps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.repository import MINIMAL

from deckgen.build.one import check, typeset
from deckgen.deck.kinds.key_figures import KeyFigures
from deckgen.deck.kinds.table import Table

Folder = Callable[..., Path]
NEXT = MINIMAL.replace("2025-07-25", "2026-03-20")


def rows(root: Path, number: int) -> list[list[str]]:
    """The table of errata, cell by cell; none, where there is no such slide."""
    ready = typeset(root, number).value
    assert ready is not None
    slides = ready.deck.slides
    table = next((slide for slide in slides if slide.id == "errata"), None)
    if table is None:
        return []
    assert isinstance(table, Table)
    return [[cell.text.words for cell in row.cells] for row in table.rows]


def told(root: Path, number: int, rule: str) -> list[str]:
    """The places and texts of the problems of one rule."""
    return [f"{problem.origin}: {problem.text}" for problem in check(root, number) if problem.rule == rule]


def test_a_row_of_errata_stands_in_every_later_table(folder: Folder) -> None:
    """Nobody copies it: it is read from the file of its meeting, what is written by hand over what was fetched."""
    fetched = 'errata:\n  "124": {open: 1, closed: 31, reported: 8}\n'
    by_hand = MINIMAL + 'errata: {"124": {open: 195}}\n'
    files = {"meetings/124.facts.yaml": fetched, "meetings/124.yaml": by_hand}
    root = folder(NEXT + 'errata: {"125": {open: 190}}\n', 125, **files)

    assert rows(root, 125)[:3] == [
        ["IETF 125", "190", "n/a", "n/a"],
        ["IETF 124", "195", "31", "8"],
        ["IETF 123", "218", "21", "34"],
    ]


def test_a_later_file_corrects_a_row(folder: Folder) -> None:
    """The last word counts, and a meeting's own file has it."""
    earlier = MINIMAL + 'errata: {"123": {open: 217}, "124": {open: 195}}\n'
    root = folder(NEXT + 'errata: {"124": {open: 196}}\n', 125, **{"meetings/124.yaml": earlier})

    assert [row[:2] for row in rows(root, 125)][:2] == [["IETF 124", "196"], ["IETF 123", "217"]]
    assert [row[1] for row in rows(root, 124)][:2] == ["195", "217"]


def test_a_fetched_file_of_another_meeting_is_read_as_yaml(folder: Folder) -> None:
    """Of its lines only those of the errata matter, wherever they stand."""
    fetched = '# Written\nlists:\n  - errata\n  - "x: y"\nerrata:\n\n  "124":\n    open: 195\nfetched: {}\n'
    root = folder(NEXT, 125, **{"meetings/124.facts.yaml": fetched})

    assert rows(root, 125)[0] == ["IETF 124", "195", "n/a", "n/a"]


def test_a_meeting_does_not_know_what_came_later(folder: Folder) -> None:
    """IETF 111, before the first row that the templates have, is built without the table."""
    early = MINIMAL.replace("2025-07-25", "2021-07-28")
    root = folder(early, 111, **{"meetings/124.yaml": MINIMAL + 'errata: {"124": {open: 195}}\n'})

    assert rows(root, 111) == []
    assert [problem for problem in check(root, 111) if problem.severity == "error"] == []


def test_a_gap_in_the_table_is_reported_in_the_file_that_is_built(folder: Folder) -> None:
    """IETF 124 and 125 have no row, IETF 126 has one."""
    root = folder(NEXT + 'errata: {"126": {open: 190}}\n', 126)

    assert told(root, 126, "errata-gap") == [
        "meetings/126.yaml:3:1: no file has the errata of IETF 124, so its row is missing",
        "meetings/126.yaml:3:1: no file has the errata of IETF 125, so its row is missing",
    ]


@pytest.mark.parametrize("said", ["errata: null", 'errata: {"124": null}'])
def test_a_gap_that_is_meant_is_none(folder: Folder, said: str) -> None:
    """Null in the file of that meeting says that the row is not to be had."""
    root = folder(NEXT, 125, **{"meetings/124.yaml": f"{MINIMAL}{said}\n"})

    assert told(root, 125, "errata-gap") == []
    assert rows(root, 125)[0][0] == "IETF 123"


def test_a_deck_without_the_slide_has_no_gap(folder: Folder) -> None:
    """Where the table is left out, nobody misses a row of it."""
    root = folder(NEXT + "slides: {errata: null}\n", 126)

    assert told(root, 126, "errata-gap") == []


def test_the_sum_is_held_against_the_file_of_the_meeting_before(folder: Folder) -> None:
    """195 open at IETF 124, 5 reported and 3 closed since are 197."""
    by_hand = MINIMAL + 'errata: {"124": {open: 195, closed: 31, reported: 8}}\n'
    own = 'errata: {"125": {open: 200, closed: 3, reported: 5}}\n'
    root = folder(NEXT + own, 125, **{"meetings/124.yaml": by_hand})

    assert told(root, 125, "errata-sum") == ["meetings/125.yaml:3:10: IETF 125 has 200 open errata; 195 + 5 - 3 is 197"]


def test_a_sum_that_was_excused_in_its_own_file_is_excused_later(folder: Folder) -> None:
    """A comment on the row counts for every deck that shows it."""
    excused = "{open: 200, closed: 31, reported: 8} # deckgen: ignore[errata-sum] shown so"
    root = folder(NEXT, 125, **{"meetings/124.yaml": f'{MINIMAL}errata:\n  "124": {excused}\n'})

    assert rows(root, 125)[0][1] == "200"
    assert told(root, 125, "errata-sum") == []


def test_pages_of_the_meeting_before_stand_under_the_new_ones(folder: Folder) -> None:
    """The documents of the file before are remembered, too."""
    before = MINIMAL + "documents: {documents: 285, pages: 9554, groups: {tls: {documents: 1, pages: 2}}}\n"
    root = folder(NEXT + "documents: {pages: 9990}\n", 124, **{"meetings/123.yaml": before})
    ready = typeset(root, 124).value
    assert ready is not None
    slide = next(slide for slide in ready.deck.slides if isinstance(slide, KeyFigures))

    assert slide.footnote
    assert "; 9,554 pages at IETF 123 · " in slide.footnote.words


def test_a_file_of_another_meeting_that_cannot_be_read_stops_no_build(folder: Folder) -> None:
    """It is told as a warning, and the deck is made of what is known."""
    root = folder(
        NEXT, 125, **{"meetings/124.yaml": "errata: [\n", "meetings/123.facts.yaml": 'errata: {"123": {open: 1}}\n'}
    )
    broken = [problem for problem in check(root, 125) if problem.origin.path == "meetings/124.yaml"]

    assert [(problem.rule, problem.severity) for problem in broken] == [("yaml-syntax", "warning")]
    assert rows(root, 125)[0][:2] == ["IETF 123", "1"]
