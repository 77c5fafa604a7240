"""Theme -> the levels of a list: the bullet, the size, the indent and the space of each."""

from __future__ import annotations

from collections.abc import Mapping

from deckgen.base import Frozen
from deckgen.layout.theme import Theme

LEVELS = 9  # of a list in PowerPoint (ECMA-376, part 1, 21.1.2.4: lvl1pPr to lvl9pPr)


class Sign(Frozen):
    """The mark before the words of a bullet; `colour` is a role of the theme.

    A number has a `width`: how many times it is indented as much more as numbers are than other marks.
    """

    letter: str
    colour: str
    width: int = 0


DOT, DASH = Sign("•", "muted"), Sign("–", "muted")


class Level(Frozen):
    """How a bullet of one level is drawn.

    `indent` is where its words begin, `hang` how far before them the mark is, and `before` the space over it, all in
    EMU.
    """

    sign: Sign
    size: float
    indent: int
    hang: int
    before: int


def levels(theme: Theme, size: float, spaces: Mapping[int, int] | None = None) -> tuple[Level, ...]:
    """Every level of a list whose first has this size; `spaces` is the space over its bullets by level, if known."""
    known = spaces or {}
    return tuple(
        Level(
            sign=sign_at(level),
            size=size_at(level, size, theme),
            indent=indent_at(level + 1, theme),
            hang=hang_at(level, theme),
            before=known.get(level, space_over(level, theme.text.gap.most, theme)),
        )
        for level in range(LEVELS)
    )


def sign_at(level: int) -> Sign:
    """The mark of a level: a dot, and a dash under another bullet."""
    return DASH if level else DOT


def number_sign(number: int, last: int) -> Sign:
    """The number of an item of a list whose `last` number may have more digits."""
    return Sign(f"{number}.", "muted", max(1, len(str(last)) - 1))


def indent_at(levels: int, theme: Theme, numbers: int = 0) -> int:
    """How far words under so many levels of bullets are from the left edge, in EMU; `numbers` is the width of these."""
    return (theme.text.indent + (levels - 1) * theme.text.under if levels else 0) + _wider(numbers, theme)


def hang_at(level: int, theme: Theme, numbers: int = 0) -> int:
    """How far before its words the sign of a level is, in EMU."""
    return (theme.text.under if level else theme.text.indent) + _wider(numbers, theme)


def _wider(numbers: int, theme: Theme) -> int:
    return numbers * (theme.text.number - theme.text.indent)


def size_at(level: int, size: float, theme: Theme) -> float:
    """The size of a level: one step smaller under another bullet, down to the floor."""
    steps = (*theme.text.sizes, theme.text.official)
    if level == 0 or size not in steps:
        return size
    return float(steps[min(steps.index(size) + 1, len(steps) - 1)])


def space_over(level: int, gap: int, theme: Theme) -> int:
    """The space over a bullet, where that between bullets is `gap`; both in EMU."""
    return round(gap * (theme.text.gap.under if level else 1))
