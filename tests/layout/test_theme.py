"""Theme file -> Theme: typed values, or every fault of the file at its place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from support.repository import ROOT, THEME, rewrite
from support.specimen import slides_in

from deckgen.base import replace
from deckgen.build.one import check
from deckgen.layout.layouts import abreast
from deckgen.layout.read_theme import theme_of, theme_schema
from deckgen.layout.theme import EMU
from deckgen.schema.check import Checker
from deckgen.source import Source, parse, read

# What somebody may write for a value, right or wrong.
VALUES = (
    "",
    "x",
    "0",
    "1",
    "-1",
    "4.5",
    "12",
    "150",
    "9000",
    "true",
    '"14213D"',
    "[]",
    "[12, 18]",
    "[a]",
    "{}",
    "[[]]",
)
TALK = "  talk: {kind: bullets, title: Talk, items: [One], footnote: Here}\n"


def test_lengths_are_read_as_emu_and_sizes_with_the_largest_first() -> None:
    """The file says points; what is drawn is in the unit of the PowerPoint."""
    text = (ROOT / THEME).read_text("utf-8").replace("labels: [18, 16, 14, 12]", "labels: [12, 18, 14, 16]")
    theme = theme_of(parse(text, THEME).get()).get()

    assert theme.table.header_rule == 1.5 * EMU
    assert theme.text.gap.under == 0.3
    assert theme.chart.labels == (18, 16, 14, 12)
    assert theme.colour("muted-on-opener") == theme.colours.muted_on_opener == "B9C4D0"


def test_boxes_side_by_side_are_apart_and_fill_the_body() -> None:
    """The gap is between each two of them, and the last one ends where the body does."""
    theme = theme_of(read(ROOT / THEME, THEME).get()).get()
    boxes = abreast(theme, 3, 30 * EMU)

    assert [after.x - (box.x + box.width) for box, after in pairwise(boxes)] == [30 * EMU] * 2
    assert boxes[0].x == theme.body_box.x
    assert 0 <= theme.body_box.x + theme.body_box.width - (boxes[2].x + boxes[2].width) < 3


def test_every_fault_of_a_theme_is_told_in_one_run() -> None:
    """A key that is misspelt, one that is not there, and values of another type, each at its place."""
    text = (ROOT / THEME).read_text("utf-8")
    for right, wrong in (
        ("overhang: 16", "overhand: 16"),
        ("margin: 56", 'margin: "56"'),
        ('ink: "14213D"', "ink: 142130"),
        ("under: 18", "under: 0"),
        ("columns: {gap: 24, pitch: 34}\n", ""),
        ("quote: {sizes: [40, 32, 28, 24, 20, 18]}", "quote: {sizes: []}"),
    ):
        assert right in text
        text = text.replace(right, wrong, 1)

    problems = theme_of(parse(text, THEME).get()).problems

    assert sorted((problem.rule, problem.text) for problem in problems) == [
        ("missing-key", "`columns` is missing"),
        ("unknown-key", "unknown key `overhand`"),
        ("wrong-value", "`ink` is 142130, not text"),
        ("wrong-value", "`margin` is '56', not a number"),
        ("wrong-value", "`sizes` is a list, with fewer than 1 items"),
        ("wrong-value", "`under` is 0, which is less than 6"),
    ]
    lines = text.splitlines()
    assert all(p.text.split("`")[1] in lines[p.origin.line - 1] for p in problems if p.rule != "missing-key")
    assert "did you mean `overhang`?" in [problem.hint for problem in problems]


@pytest.mark.sweep(4)
@pytest.mark.parametrize("value", VALUES)
def test_a_theme_is_read_where_its_schema_allows_it(value: str) -> None:
    """The schema that editors show, and the class that a build reads, refuse the same."""
    whole = read(ROOT / THEME, THEME).get()
    checker = Checker(theme_schema())
    for path in _paths(whole):
        changed = _with(whole, path, parse(f"value: {value}", THEME).get().get("value") or whole)
        allowed = [*checker.check(changed)] == []

        assert (theme_of(changed).value is not None) == allowed, f"{path}: {value}"


def _paths(source: Source) -> Iterator[tuple[str, ...]]:
    for key, child in source.items():
        yield (key,)
        yield from ((key, *path) for path in _paths(child))


def _with(source: Source, path: tuple[str, ...], value: Source) -> Source:
    if not path:
        return value
    children = dict(source.items())
    return replace(source, value={**children, path[0]: _with(children[path[0]], path[1:], value)})


def test_a_comment_in_the_theme_silences_a_rule_there(tmp_path: Path) -> None:
    """As one does in every other file."""
    root = slides_in(tmp_path, TALK)
    path = root / THEME
    pale = path.read_text("utf-8").replace('muted: "566173"', 'muted: "B0B8C0"', 1)

    rewrite(path, pale)
    told = [problem.rule for problem in check(root, 124)]
    rewrite(path, pale.replace('"B0B8C0"', '"B0B8C0" # deckgen: ignore[low-contrast] for a dark hall'))

    assert "low-contrast" in told
    assert "low-contrast" not in [problem.rule for problem in check(root, 124)]


def test_a_comment_changes_no_theme() -> None:
    """What looks alike is equal, wherever it stands in its file."""
    text = (ROOT / THEME).read_text("utf-8")

    assert theme_of(parse(f"# new\n{text}", THEME).get()) == theme_of(read(ROOT / THEME, THEME).get())
