"""Chart part -> Chart: the numbers that a chart keeps beside its workbook."""

from __future__ import annotations

from itertools import groupby

from deckgen.proof.contents import Chart
from deckgen.proof.package import A, C, Element, number
from deckgen.proof.readback import cleaned, decoded

Points = dict[int, str]


def read_chart(root: Element, alt: str) -> Chart:
    """The chart with its numbers, as they are written in the file."""
    titles = root.findall(f"{C}chart/{C}title")
    title = cleaned(" ".join(found.text or "" for one in titles for found in one.iter(f"{A}t")))
    series = [(_points(one, "cat") or _points(one, "xVal"), one) for one in root.iter(f"{C}ser")]
    alike = groupby(series, key=lambda pair: pair[0])
    return Chart(title, alt, tuple(_table(categories, [one for _, one in group]) for categories, group in alike))


def _table(categories: Points, series: list[Element]) -> tuple[tuple[str, ...], ...]:
    """A row for each category, and a column for each series; bubbles have one more for their sizes."""
    named = [(_words(one.find(f"{C}tx")), one) for one in series]
    columns = [(name, _points(one, "val") or _points(one, "yVal")) for name, one in named]
    columns += [(f"{name} (size)", sizes) for name, one in named if (sizes := _points(one, "bubbleSize"))]
    rows = sorted({*categories, *(index for _, points in columns for index in points)})
    body = ((categories.get(row, ""), *(points.get(row, "") for _, points in columns)) for row in rows)
    return (("", *(name for name, _ in columns)), *body)


def _points(series: Element, kind: str) -> Points:
    """The values of a series by their index; categories of several levels are joined, the outermost first."""
    found: Points = {}
    for point in series.iterfind(f"{C}{kind}//{C}pt"):
        index = number(point.get("idx"))
        if index is not None:
            found[index] = f"{_words(point)} {found.get(index, '')}".strip()
    return found


def _words(element: Element | None) -> str:
    return "" if element is None else cleaned(decoded(" ".join(found.text or "" for found in element.iter(f"{C}v"))))
