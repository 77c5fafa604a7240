"""Page -> its visible content, so that two pages can be compared."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

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
from deckgen.problems import Origin


class Line(Frozen):
    """A line of words on a page, and their origin."""

    words: str
    origin: Origin


def look(page: Page) -> Hashable:
    """What the page shows, without its number and its origins: equal for pages that look the same."""
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
    """The words of a page in reading order; a row of a table is one line. `details` has the rest."""
    return [line for block in page.blocks for line in _block_lines(block) if line.words]


def _block_lines(block: Block) -> Iterator[Line]:
    match block:
        case TextBlock():
            yield from (Line(p.text.words, p.text.origin) for p in block.paragraphs)
        case TableBlock():
            for row in block.rows:
                words = [" / ".join(p.text.words for p in cell) for cell in row.cells]
                origins = [p.text.origin for cell in row.cells for p in cell]
                if origins:  # the origin of a fact is more useful than that of the template it came through
                    facts = (o for o in origins if o.through and o.through.path != o.path)
                    yield Line(" · ".join(words), next(facts, origins[0]))
        case PictureBlock() | ChartBlock() | RuleBlock():
            return  # `details` has what belongs to these
