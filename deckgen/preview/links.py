"""SVG of a page -> its links, each with its box: a browser shows a picture, in which no link can be clicked."""

from __future__ import annotations

import re
from xml.parsers import expat

from deckgen.base import Frozen

# The matrix of an affine transformation in the notation of SVG: x' = a x + c y + e, y' = b x + d y + f.
_Matrix = tuple[float, float, float, float, float, float]
_SAME: _Matrix = (1, 0, 0, 1, 0, 0)
_TRANSFORM = re.compile(r"(translate|scale|matrix)\(([^)]*)\)")


class Link(Frozen):
    """A link, and its box in percent of the page."""

    address: str
    left: float
    top: float
    width: float
    height: float


def links_of(svg: str) -> tuple[Link, ...]:
    """The links of an SVG that Typst drew, in reading order."""
    if "<a " not in svg:
        return ()
    found = _Links()
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = found.begin, found.end
    parser.Parse(svg, True)
    return tuple(found.links)


class _Links:
    """Collects links from the elements in order: `_at` has the matrix of each open element."""

    def __init__(self) -> None:
        self.links: list[Link] = []
        self._at = [_SAME]
        self._address = ""
        self._page = (1.0, 1.0)

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._at.append(_times(self._at[-1], _matrix(attributes.get("transform", ""))))
        if name == "svg":
            _, _, width, height = attributes["viewBox"].split()
            self._page = float(width), float(height)
        elif name == "a":
            self._address = attributes["href"]
        elif name == "rect" and self._address:
            self.links.append(self._link(float(attributes["width"]), float(attributes["height"])))

    def end(self, name: str) -> None:
        """An element ends."""
        self._at.pop()
        if name == "a":
            self._address = ""

    def _link(self, width: float, height: float) -> Link:
        a, b, c, d, e, f = self._at[-1]
        xs = [a * x + c * y + e for x in (0, width) for y in (0, height)]
        ys = [b * x + d * y + f for x in (0, width) for y in (0, height)]
        left, top = min(xs), min(ys)
        across, down = (100 / length for length in self._page)
        box = left * across, top * down, (max(xs) - left) * across, (max(ys) - top) * down
        return Link(self._address, *(round(length, 3) for length in box))


def _matrix(text: str) -> _Matrix:
    found = _TRANSFORM.search(text)
    if found is None:
        return _SAME
    values = [float(value) for value in found[2].replace(",", " ").split()]
    match found[1], values:
        case "translate", [x, *rest]:
            return (1, 0, 0, 1, x, rest[0] if rest else 0)
        case "scale", [x, *rest]:
            return (x, 0, 0, rest[0] if rest else x, 0, 0)
        case _, [a, b, c, d, e, f]:
            return (a, b, c, d, e, f)
    return _SAME


def _times(outer: _Matrix, inner: _Matrix) -> _Matrix:
    """The matrix that applies `inner` first, then `outer`."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)
