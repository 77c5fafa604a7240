"""Slides of code -> their pages: the size, the panel, the cut at a blank line, and the problems of long lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.repository import MINIMAL

from deckgen.build.one import check, typeset
from deckgen.layout.pages import TextBlock
from deckgen.layout.theme import EMU

Folder = Callable[..., Path]
FUNCTION = ["def f(argument):", "    return argument", ""]


def made(bare: Folder, lines: list[str], more: str = "") -> Path:
    """A repository with one slide of code."""
    written = "".join(f"      {line}\n" if line else "\n" for line in lines)
    return bare(f"{MINIMAL}slides:\n  a:\n    kind: code\n    title: A\n{more}    code: |\n{written}")


def panels(root: Path) -> list[TextBlock]:
    """The panel of each page; there must be no error."""
    pages = typeset(root, "123").get().pages.pages
    return [block for page in pages for block in page.blocks if isinstance(block, TextBlock) and block.slot == "code"]


@pytest.mark.parametrize(
    ("lines", "size"),
    [(["x" * 69], 20), (["x" * 77], 18), (["x" * 86], 16), (["x" * 98], 14), (["x"] * 13, 20), (["x"] * 15, 18)],
)
def test_code_has_the_size_of_its_longest_line(bare: Folder, lines: list[str], size: float) -> None:
    """Or of its number of lines, but for that not below 18 pt: it is cut then."""
    assert {line.size for panel in panels(made(bare, lines)) for line in panel.paragraphs} == {size}


def test_the_panel_hugs_the_code(bare: Folder) -> None:
    """16 pt over and under the lines, and on both sides; the words begin at the edge of the title."""
    [panel] = panels(made(bare, ["one", "", "two"]))
    high = round(3 * 1.2207 * 0.95 * 20 * EMU)

    assert panel.fill == "tint"
    assert panel.box.x + panel.padding == 56 * EMU
    assert panel.box.height == pytest.approx(high + 2 * 16 * EMU, abs=EMU)


def test_long_code_is_cut_at_blank_lines(bare: Folder) -> None:
    """No page begins or ends with one, no function is torn, and nothing is lost."""
    found = panels(made(bare, FUNCTION * 12, "    caption: [Under it]\n"))
    pages = [[line.text.words for line in panel.paragraphs] for panel in found]

    assert len(pages) == 3
    assert all(page[0] == FUNCTION[0] and page[-1] == FUNCTION[1] for page in pages)
    assert sum(line == FUNCTION[0] for page in pages for line in page) == 12


def test_code_without_a_blank_line_is_cut_all_the_same(bare: Folder) -> None:
    """Between any two lines, and evenly."""
    assert [len(panel.paragraphs) for panel in panels(made(bare, ["line"] * 40))] == [13, 13, 14]


def test_a_line_that_does_not_fit_is_reported_at_its_line(bare: Folder) -> None:
    """200 columns cannot be read; every such line is named."""
    root = made(bare, ["short", "y" * 200, "short", "z" * 150])
    found = [(p.origin.line, p.text) for p in check(root, "123") if p.severity == "error"]

    assert [line for line, _ in found] == [9, 11]
    assert found[0][1].startswith("200 characters of code in a line; ")


def test_small_code_is_a_warning(bare: Folder) -> None:
    """Below 16 pt; the words name the size."""
    [problem] = [p for p in check(made(bare, ["short", "y" * 98]), "123") if p.rule == "text-too-small"]

    assert problem.severity == "warning"
    assert "at least 16 can be read" in problem.text


@pytest.mark.parametrize("code", ["''", "'  '"])
def test_a_slide_without_code_is_reported(bare: Folder, code: str) -> None:
    """An empty panel is no slide."""
    root = bare(f"{MINIMAL}slides:\n  a: {{kind: code, title: A, code: {code}}}\n")

    assert [p.text for p in check(root, "123") if p.severity == "error"] == ["the block of code is empty"]
