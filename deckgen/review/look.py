"""Page -> what is seen and read on it: to compare two pages, and to find the slide of a problem."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from deckgen.base import Frozen, astuple
from deckgen.layout.pages import (
    Block,
    ChartBlock,
    Page,
    PictureBlock,
    RuleBlock,
    TableBlock,
    TextBlock,
)
from deckgen.layout.plot import shown
from deckgen.problems import Origin, Problem


class Line(Frozen):
    """A line of words on a page, and where they were written."""

    words: str
    origin: Origin


def look(page: Page) -> Hashable:
    """What the page shows, less its number and the places it came from: equal for pages that look the same."""
    return page.layout, page.title, tuple(_seen(block) for block in page.blocks)


def _seen(value: object) -> Hashable:
    if isinstance(value, Origin):
        return None
    if isinstance(value, tuple):
        return tuple(_seen(part) for part in value)
    if isinstance(value, Frozen):
        return type(value).__name__, *(_seen(part) for part in astuple(value))
    assert isinstance(value, Hashable)
    return value


def read_lines(page: Page) -> list[Line]:
    """The words of a page in the order of reading; a row of a table is one line, and so is a bar of a chart."""
    return [line for block in page.blocks for line in _block_lines(block) if line.words]


def _block_lines(block: Block) -> Iterator[Line]:
    match block:
        case TextBlock():
            yield from (Line(p.text.words, p.text.origin) for p in block.paragraphs)
        case TableBlock():
            for row in block.rows:
                words = [" / ".join(p.text.words for p in cell) for cell in row.cells]
                origins = [p.text.origin for cell in row.cells for p in cell]
                if origins:  # the place of a fact says more than that of the template it passed through
                    yield Line(" · ".join(words), next((o for o in origins if o.through), origins[0]))
        case PictureBlock():
            yield Line(f"[picture] {block.picture.alt}", block.picture.origin)
        case ChartBlock():
            for series in block.chart.series:
                for category, value in zip(block.chart.categories, series.values, strict=True):
                    said = "–" if value is None else shown(value, block.decimals)
                    yield Line(f"[chart] {series.name}, {category}: {said}", block.chart.origin)
        case RuleBlock():
            return


def slide_of(problem: Problem, pages: Sequence[Page]) -> str:
    """The id of the slide that a problem belongs to: as it says itself, or by the place it names; else nothing."""
    if problem.slide:
        return problem.slide
    path = problem.origin.path
    if "/slides/" in path:
        return path.rpartition("/")[2].removesuffix(".yaml")
    above = [
        (place.line, page.slide)
        for page in pages
        for place in [page.origin, *(line.origin for line in read_lines(page))]
        if place.path == path and 0 < place.line <= problem.origin.line
    ]
    return max(above, key=lambda found: found[0])[1] if above else ""
