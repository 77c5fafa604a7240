"""Package -> Problems: charts whose axes do not belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from deckgen.problems import Problem
from deckgen.proof.package import C, Element, Package, is_within, shown

_AXES = tuple(f"{C}{kind}" for kind in ("catAx", "valAx", "dateAx", "serAx"))


def check_charts(package: Package) -> Iterator[Problem]:
    """Axis ids are unsigned (ECMA-376 part 1, 21.2.2.9), and plots and axes refer to axes that exist."""
    for part, root in package.of_kind("chart"):
        for area in root.iter(f"{C}plotArea"):
            for rule, text in _faults(area):
                yield package.problem(part, rule, text)


def _faults(area: Element) -> Iterator[tuple[str, str]]:
    axes = [child for child in area if child.tag in _AXES]
    plots = [child for child in area if isinstance(child.tag, str) and child.tag.endswith("Chart")]
    own = Counter(_value(axis, "axId") for axis in axes)
    used = dict.fromkeys(_id(entry) for plot in plots for entry in plot.findall(f"{C}axId"))
    crossed = dict.fromkeys(_value(axis, "crossAx") for axis in axes)
    for name in dict.fromkeys([*own, *used, *crossed]):
        if not is_within(name, range(2**32)):
            yield "bad-axis-id", f"axis id {shown(name) or '(empty)'} is not within 0 to {2**32 - 1}"
    for name, count in own.items():
        if count > 1:
            yield "bad-axis", f"{count} axes have the id {shown(name)}"
        if name not in used:
            yield "bad-axis", f"axis {shown(name)} belongs to no plot"
    for name in dict.fromkeys([*used, *crossed]):
        if name not in own:
            yield "bad-axis", f"axis {shown(name)} is used but does not exist"
    for plot in plots:
        names = [_id(entry) for entry in plot.findall(f"{C}axId")]
        if len(names) != len(set(names)) or len(names) == 1:
            yield "bad-axis", f"{plot.tag.rpartition('}')[2]} names the axes {shown(', '.join(names))}"


def _value(axis: Element, name: str) -> str:
    return _id(axis.find(f"{C}{name}"))


def _id(element: Element | None) -> str:
    return "" if element is None else str(element.get("val", ""))
