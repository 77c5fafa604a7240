"""Package -> Problems: ids, sizes, backgrounds and texts of the shapes of every slide, layout and master."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from deckgen.problems import Problem
from deckgen.proof.package import MC, A, Element, P, Package, is_within, number, shown

SHEETS = ("slide", "slideLayout", "slideMaster", "notesSlide", "notesMaster")
_SHAPE_IDS = range(1, 2**31)
_BODIES = ("txBody", "txPr", "rich")
# How ECMA-376 part 1, 22.9.2.19, and python-pptx write a character that XML does not allow.
_ESCAPED = re.compile(r"_x00(?:0[0-8BCEF]|1[0-9A-F])_", re.I)


def sheets(package: Package) -> Iterator[tuple[str, Element]]:
    """Name and root of every part that has shapes."""
    for kind in SHEETS:
        yield from package.of_kind(kind)


def named(properties: Element | None) -> str:
    """How a message names a shape: by its id and its name in the selection pane."""
    if properties is None:
        return "a shape"
    return f"shape {shown(properties.get('id', ''))} `{shown(properties.get('name', ''))}`"


def drawn(root: Element, tag: str) -> list[Element]:
    """The elements of a tag, without those in a fallback, which repeats its shape for older programs, id included."""
    return [e for e in root.iter(tag) if next(e.iterancestors(f"{MC}Fallback"), None) is None]


def check_shape_ids(package: Package) -> Iterator[Problem]:
    """Every shape has a unique id on its slide, layout or master."""
    for part, root in sheets(package):
        shapes = drawn(root, f"{P}cNvPr")
        names: dict[str, list[str]] = defaultdict(list)
        for shape in shapes:
            names[shape.get("id", "")].append(f"`{shown(shape.get('name', ''))}`")
            if not is_within(shape.get("id"), _SHAPE_IDS):
                yield package.problem(
                    part, "bad-shape-id", f"{named(shape)}: the id is not a number from 1 to {_SHAPE_IDS.stop - 1}"
                )
        for shared, same in names.items():
            if len(same) > 1:
                text = f"{len(same)} shapes have the id {shown(shared)}: {shown(' and '.join(same))}"
                yield package.problem(part, "duplicate-shape-id", text, "give each its own id")


def check_extents(package: Package) -> Iterator[Problem]:
    """No shape, row or column has a negative size."""
    for part, root in sheets(package):
        for element in root.iter(f"{A}ext", f"{A}chExt", f"{A}gridCol", f"{A}tr"):
            for attribute in ("cx", "cy", "w", "h"):
                value = element.get(attribute)
                if value is not None and (number(value) is None or int(value) < 0):
                    text = f"{named(_owner(element))}: {attribute} is {shown(value)}, which is not a length from 0"
                    yield package.problem(part, "negative-extent", text)


def _owner(element: Element) -> Element | None:
    """The properties of the shape that contains an element."""
    for ancestor in element.iterancestors():
        for child in ancestor:
            found = child.find(f"{P}cNvPr") if isinstance(child.tag, str) else None
            if found is not None:
                return found
    return None


def check_backgrounds(package: Package) -> Iterator[Problem]:
    """A background lists its effects, even if there are none.

    The schema does not require the list, but without it PowerPoint repairs the file.
    """
    for part, root in sheets(package):
        for background in root.iter(f"{P}bgPr"):
            if background.find(f"{A}effectLst") is None and background.find(f"{A}effectDag") is None:
                text = "the background has no `a:effectLst`"
                yield package.problem(part, "no-effect-list", text, "add `<a:effectLst/>` after its fill")


def check_texts(package: Package) -> Iterator[Problem]:
    """Every text body has a paragraph, and no text contains an escaped control character."""
    charts = [*package.of_kind("chart")]
    for part, root in [*sheets(package), *charts]:
        for body in root.iter(*(f"{{*}}{name}" for name in _BODIES)):
            if body.find(f"{A}p") is None:
                text = f"{named(_owner(body))}: `{body.tag.rpartition('}')[2]}` without a paragraph"
                yield package.problem(part, "empty-text-body", text, "add `<a:p/>`")
        for text_element in root.iter(f"{A}t"):
            if escaped := _ESCAPED.search(text_element.text or ""):
                text = f"{named(_owner(text_element))}: `{escaped[0]}` is an escaped control character"
                yield package.problem(part, "control-character", text, "remove it", "warning")
