"""Theme file -> Theme: page, boxes, sizes, colours and fonts; points in the file, EMU inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from deckgen.base import Frozen, field
from deckgen.deck.glyphs import FONTS
from deckgen.problems import DeckError, Origin, Problem, nearest
from deckgen.source import Source, read

EMU = 12_700  # English Metric Units in a point (ECMA-376, part 1, 20.1.10.16)


class Box(Frozen):
    """A rectangle on the page, in EMU from its upper left corner."""

    x: int
    y: int
    width: int
    height: int

    @property
    def bottom(self) -> int:
        """The y of its lower edge."""
        return self.y + self.height


class Theme(Frozen):
    """The values of a theme file, each under its dotted path. Read them by the methods below."""

    values: dict[str, float | str | tuple[float, ...]]
    origin: Origin
    places: dict[str, Origin] = field(default_factory=dict)

    def place(self, path: str) -> Origin:
        """Where the file says a value."""
        return self.places.get(path, self.origin)

    def points(self, path: str) -> float:
        """A length or a size in points, or a plain number."""
        value = self.values[path]
        assert isinstance(value, (int, float)), path
        return value

    def emu(self, path: str) -> int:
        """A length in EMU."""
        return round(self.points(path) * EMU)

    def sizes(self, path: str) -> tuple[float, ...]:
        """Sizes in points, the largest first."""
        value = self.values[path]
        assert isinstance(value, tuple), path
        return value

    def word(self, path: str) -> str:
        """A name, such as that of a font."""
        return str(self.values[path])

    def colour(self, role: str) -> str:
        """The colour of a role as six hexadecimal digits."""
        return self.word(f"colours.{role}")

    @property
    def roles(self) -> list[str]:
        """The names of the colours."""
        return [path.removeprefix("colours.") for path in self.values if path.startswith("colours.")]

    @property
    def page(self) -> Box:
        """The whole page."""
        return Box(0, 0, self.emu("page.width"), self.emu("page.height"))

    @property
    def title(self) -> Box:
        """Where the title of a slide stands, over its rule."""
        return self.across("title.top", "title.height")

    @property
    def title_rule(self) -> Box:
        """The short rule under a title."""
        at = "title-rule"
        return Box(self.emu("page.margin"), self.emu(f"{at}.top"), self.emu(f"{at}.width"), self.emu(f"{at}.height"))

    @property
    def body(self) -> Box:
        """What is left for the content of a slide."""
        top = self.emu("body.top")
        return Box(self.emu("page.margin"), top, self._inner_width, self.emu("body.bottom") - top)

    @property
    def footer(self) -> Box:
        """The line at the foot: the name of the meeting, and at its right end the page number."""
        return self.across("footer.top", "footer.height")

    def across(self, top: str, height: str) -> Box:
        """A box from margin to margin."""
        return Box(self.emu("page.margin"), self.emu(top), self._inner_width, self.emu(height))

    def dark_box(self, top: str, height: str = "", bottom: str = "") -> Box:
        """A box on a dark slide, as high as said or down to `bottom`."""
        y = self.emu(top)
        end = y + self.emu(height) if height else self.emu(bottom)
        return Box(self.emu("dark.left"), y, self.emu("dark.width"), end - y)

    @property
    def _inner_width(self) -> int:
        return self.emu("page.width") - 2 * self.emu("page.margin")

    def line_height(self, size: float) -> int:
        """The distance of two lines of this size, in EMU."""
        return round(self.points("fonts.line") * self.points("text.line-distance") * size * EMU)

    def set_width(self, width: int) -> int:
        """The part of a width that text is broken to; the rest is slack for other renderers."""
        return round(width * (1 - self.points("text.slack")))


def load_theme(path: Path, name: str) -> Theme:
    """The theme file at `path`, its places called `name`. Raises DeckError."""
    source = read(path, name)
    values: dict[str, float | str | tuple[float, ...]] = {}
    problems: list[Problem] = []
    _flatten(source, "", values, problems)
    places = dict(_places(source, ""))
    missing = [path for path in _EXPECTED if path not in values]
    problems += [Problem(source.origin, "bad-theme", f"`{path}` is missing") for path in missing]
    unknown = [path for path in values if path not in _EXPECTED]
    problems += [
        Problem(places[path], "bad-theme", f"no value of the theme is called `{path}`", nearest(path, _EXPECTED))
        for path in unknown
    ]
    theme = Theme(values, source.origin, places)
    problems = problems or list(_misplaced(theme))
    if problems:
        raise DeckError(problems)
    return theme


def _misplaced(theme: Theme) -> Iterator[Problem]:
    """The boxes that leave the page, or that what stands under them begins above."""
    boxes = {
        **{"title.top": theme.title, "title-rule.top": theme.title_rule, "body.top": theme.body},
        "footer.top": theme.footer,
        "dark.opening.top": theme.dark_box("dark.opening.top", "dark.opening.height"),
        "dark.statement.top": theme.dark_box("dark.statement.top", "dark.statement.height"),
    }
    page = theme.page
    for path, box in boxes.items():
        if box.width < _LEAST_WIDTH * EMU and path != "title-rule.top":
            told = f"what begins at `{path}` is left {box.width / EMU:g} pt of width"
            yield Problem(theme.place("page.margin"), "bad-theme", told, "a smaller margin, or a wider page")
        elif box.height <= 0 or box.x + box.width > page.width or box.bottom > page.height:
            told = f"what begins at `{path}` does not stand on the page"
            hint = f"the page is {page.width / EMU:g} wide and {page.height / EMU:g} high"
            yield Problem(theme.place(path), "bad-theme", told, hint)
    qr = Box(0, theme.emu("qr.top"), theme.emu("qr.size"), theme.emu("qr.size"))
    downwards = [("title.top", theme.title), ("title-rule.top", theme.title_rule), ("body.top", theme.body)]
    downwards.append(("footer.top", theme.footer))
    for (path, upper), (below, lower) in [*pairwise(downwards), (("qr.size", qr), downwards[2])]:
        if upper.bottom > lower.y:
            told = f"what begins at `{path}` reaches below `{below}`"
            yield Problem(theme.place(path), "bad-theme", told, f"down to {lower.y / EMU:g} at most")


def _places(source: Source, prefix: str) -> Iterator[tuple[str, Origin]]:
    for key, child in source.items():
        yield f"{prefix}{key}", child.origin
        yield from _places(child, f"{prefix}{key}.")


def _flatten(
    source: Source, prefix: str, values: dict[str, float | str | tuple[float, ...]], problems: list[Problem]
) -> None:
    for key, child in source.items():
        path = f"{prefix}{key}"
        if isinstance(child.value, dict):
            _flatten(child, f"{path}.", values, problems)
            continue
        expected = _expected(path, child)
        if expected:
            problems.append(Problem(child.origin, "bad-theme", f"`{path}` is not {expected}"))
        values[path] = tuple(sorted(_numbers(child), reverse=True)) if path.endswith(_LISTS) else _value(child)


def _value(source: Source) -> float | str:
    return source.value if isinstance(source.value, (int, float, str)) else 0


def _numbers(source: Source) -> list[float]:
    return [n.value for n in source if isinstance(n.value, (int, float)) and 1 <= n.value <= _MOST]


def _expected(path: str, source: Source) -> str:
    """What a value of the theme has to be, if it is not."""
    value = source.value
    if path.startswith("colours."):
        told = "six hexadecimal digits between quotes, without `#`"
        return "" if isinstance(value, str) and _COLOUR.fullmatch(value) else told
    if path == "fonts.pdf":
        faces = sorted({face.name.partition("-")[0] for face in FONTS.glob("*.ttf")})
        return "" if value in faces else f"a font that comes with deckgen: {', '.join(faces)}"
    if path.startswith(_WORDS):
        return "" if isinstance(value, str) and value else "the name of a font"
    if path.endswith(_LISTS):
        sizes = _numbers(source)
        return "" if sizes and len(sizes) == len(list(source)) else f"a list of sizes from 1 to {_MOST}"
    whole = isinstance(value, (int, float)) and not isinstance(value, bool)
    least, most = _BOUNDS.get(path, (0, _MOST))
    return "" if whole and least <= float(str(value)) <= most else f"a number from {least} to {most}"


_MOST = 5_000
_LEAST_WIDTH = 200  # points, for a text to be read
_BOUNDS: dict[str, tuple[float, float]] = {
    **dict.fromkeys(("page.width", "page.height"), (100, _MOST)),
    **dict.fromkeys(("footnote.size", "callout.size", "footer.size", "table.header", "chart.title"), (6, 200)),
    **dict.fromkeys(("title.lines", "table.lines"), (1, 20)),
    "text.slack": (0, 0.5),
    "text.line-distance": (0.7, 3),
    "fonts.line": (0.5, 3),
    "chart.share": (0.1, 0.9),
}
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_LISTS = ("sizes", "chart.labels", "key-figures.values")
_WORDS = ("fonts.powerpoint",)
_EXPECTED = (
    *("page.width", "page.height", "page.margin", "fonts.powerpoint", "fonts.pdf", "fonts.line", "fonts.ascent"),
    *(f"colours.{role}" for role in ("paper", "ink", "muted", "tint", "accent", "accent-on-ink", "muted-on-ink")),
    *("colours.bars", "colours.rule", "text.line-distance", "text.slack", "text.sizes", "text.indent"),
    *("text.gap.least", "text.gap.most", "text.gap.under", "title.top", "title.height", "title.sizes", "title.lines"),
    *("title-rule.top", "title-rule.width", "title-rule.height", "body.top", "body.bottom", "body.column-gap"),
    *("footnote.size", "footnote.gap", "callout.size", "callout.padding", "footer.top", "footer.height"),
    *(
        "footer.size",
        "qr.top",
        "qr.size",
        "table.sizes",
        "table.unwrapped",
        "table.lines",
        "table.header",
        "table.padding",
        "table.air.least",
    ),
    *("table.air.most", "table.rule", "table.header-rule", "columns.gap", "chart.title", "chart.labels"),
    *("chart.share", "chart.gap", "key-figures.values", "key-figures.label", "caption.sizes", "dark.left"),
    *("dark.width", "dark.bar.left", "dark.bar.width", "dark.opening.sizes", "dark.opening.top"),
    *("dark.opening.height", "dark.opening.subtitle", "dark.opening.subtitle-top", "dark.opening.lines"),
    *("dark.opening.lines-top", "dark.opening.bottom", "dark.statement.sizes", "dark.statement.top"),
    *("dark.statement.height", "dark.statement.lines", "dark.statement.lines-top", "dark.statement.bottom"),
)
