"""Theme file -> Theme: held by the JSON Schema that its classes make, and every box on the page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from deckgen.base import convert, json_schema
from deckgen.layout.theme import EMU, Box, Length, Sizes, Theme
from deckgen.problems import Problem, Result
from deckgen.schema.check import check
from deckgen.source import Source, at, plain

LEAST_WIDTH = 200  # points, for a text to be read
_MOST = 5_000
_POINTS = {"type": "number", "minimum": 0, "maximum": _MOST}
_LIST = {"type": "array", "minItems": 1, "maxItems": 20, "items": {**_POINTS, "minimum": 1}}

Path = tuple[str, ...]


@cache
def theme_schema() -> dict[str, Any]:
    """What `templates/theme.yaml` may say."""
    return json_schema(Theme, schema_hook=lambda kind: {Length: _POINTS, Sizes: _LIST}[kind])


def theme_of(source: Source) -> Result[Theme]:
    """The theme that a file says; none where a value of it is wrong."""
    problems = tuple(check(source, theme_schema()))
    if problems:
        return Result(None, problems)
    theme = convert(plain(source), Theme, dec_hook=_made)
    return Result(theme, tuple(_misplaced(theme, source)))


def _made(kind: type, value: Any) -> Length | Sizes:
    """The points of the file as EMU, and its sizes with the largest first."""
    return Length(round(value * EMU)) if kind is Length else Sizes(sorted(map(float, value), reverse=True))


def _misplaced(theme: Theme, source: Source) -> Iterator[Problem]:
    """The boxes that leave the page, or that what stands under them begins above."""
    opening, statement = theme.dark.opening, theme.dark.statement
    boxes: dict[Path, Box] = {
        ("title", "top"): theme.title_box,
        ("title-rule", "top"): theme.title_rule_box,
        ("body", "top"): theme.body_box,
        ("footer", "top"): theme.footer_box,
    }
    downwards = [*boxes.items()]
    boxes["dark", "opening", "top"] = theme.dark_box(opening.top, opening.height)
    boxes["dark", "statement", "top"] = theme.dark_box(statement.top, statement.height)
    for path, box in boxes.items():
        yield from _off_the_page(path, box, theme, source)
    code = Box(0, theme.qr.top, theme.qr.size, theme.qr.size)
    for (path, upper), (below, lower) in [*pairwise(downwards), ((("qr", "size"), code), downwards[2])]:
        if upper.bottom > lower.y:
            told = f"what begins at `{'.'.join(path)}` reaches below `{'.'.join(below)}`"
            yield Problem(at(source, [*path]).origin, "bad-theme", told, f"down to {lower.y / EMU:g} at most")


def _off_the_page(path: Path, box: Box, theme: Theme, source: Source) -> Iterator[Problem]:
    page = theme.page_box
    begins = f"what begins at `{'.'.join(path)}`"
    if box.width < LEAST_WIDTH * EMU and box != theme.title_rule_box:
        told = f"{begins} is left {box.width / EMU:g} pt of width"
        yield Problem(at(source, ["page", "margin"]).origin, "bad-theme", told, "a smaller margin, or a wider page")
    elif box.height <= 0 or box.x + box.width > page.width or box.bottom > page.height:
        hint = f"the page is {page.width / EMU:g} wide and {page.height / EMU:g} high"
        yield Problem(at(source, [*path]).origin, "bad-theme", f"{begins} does not stand on the page", hint)
