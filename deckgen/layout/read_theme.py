"""Theme file -> Theme: valid by the JSON Schema of its classes, with every box on the page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from deckgen.layout.theme import EMU, Box, Length, Side, Sizes, Theme
from deckgen.problems import Problem, Result
from deckgen.schema.declare import Schema
from deckgen.schema.typed import read_typed, schema_of
from deckgen.source import Source, at

MIN_WIDTH = 200  # points; narrower text cannot be read
_MAX = 5_000
# The minimum in points; for a list, of each element.
_MIN = {Length: 0, Side: 100, Sizes: 1}

Path = tuple[str, ...]


@cache
def theme_schema() -> Schema:
    """The schema of `templates/theme.yaml`."""
    return schema_of(Theme, _schema_of)


def _schema_of(kind: type) -> Schema:
    points = {"type": "number", "minimum": _MIN[kind], "maximum": _MAX}
    return {"type": "array", "minItems": 1, "items": points} if kind is Sizes else points


def _made(kind: type, value: Any) -> Length | Sizes:
    """The points of the file as EMU, and its sizes from the largest. Raises ValueError."""
    points = value if kind is Sizes else [value]
    if not isinstance(points, list):
        raise ValueError(value)
    numbers = [one for one in points if isinstance(one, (int, float)) and not isinstance(one, bool)]
    if not numbers or len(numbers) < len(points) or min(numbers) < _MIN[kind] or max(numbers) > _MAX:
        raise ValueError(value)
    if kind is Sizes:
        return Sizes(sorted(map(float, numbers), reverse=True))
    return Side(round(numbers[0] * EMU)) if kind is Side else Length(round(numbers[0] * EMU))


def theme_of(source: Source) -> Result[Theme]:
    """The theme of a file; None if one of its values is wrong."""
    read = read_typed(source, Theme, theme_schema, _made)
    return Result(read.value, (*read.problems, *(_misplaced(read.value, source) if read.value else ())))


def _misplaced(theme: Theme, source: Source) -> Iterator[Problem]:
    """The boxes that leave the page, or overlap the one under them."""
    boxes: dict[Path, Box] = {
        ("title", "top"): theme.title_box,
        ("body", "top"): theme.body_box,
        ("footer", "top"): theme.footer_box,
    }
    downwards = [*boxes.items()]
    boxes["horizon", "top"] = theme.above_horizon
    boxes["horizon", "below"] = theme.below_horizon
    for path, box in boxes.items():
        yield from _off_the_page(path, box, theme, source)
    code = Box(0, theme.qr.top, theme.qr.size, theme.qr.size)
    for (path, upper), (below, lower) in [*pairwise(downwards), ((("qr", "size"), code), downwards[1])]:
        if upper.bottom > lower.y:
            told = f"the part that begins at `{'.'.join(path)}` reaches below `{'.'.join(below)}`"
            yield Problem(at(source, [*path]).origin, "bad-theme", told, f"end it at {lower.y / EMU:g} or above")


def _off_the_page(path: Path, box: Box, theme: Theme, source: Source) -> Iterator[Problem]:
    page = theme.page_box
    begins = f"the part that begins at `{'.'.join(path)}`"
    if box.width < MIN_WIDTH * EMU:
        told = f"{begins} is left {box.width / EMU:g} pt of width"
        yield Problem(
            at(source, ["page", "margin"]).origin, "bad-theme", told, "make the margin smaller, or the page wider"
        )
    elif box.height <= 0 or box.x + box.width > page.width or box.bottom > page.height:
        hint = f"the page is {page.width / EMU:g} wide and {page.height / EMU:g} high"
        yield Problem(at(source, [*path]).origin, "bad-theme", f"{begins} is not inside the page", hint)
