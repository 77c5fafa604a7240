"""Package -> Problems: slides without a title and pictures without alt text, which a screen reader cannot announce."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.problems import Problem
from deckgen.proof.package import A, Element, P, Package, shown, true
from deckgen.proof.presentation import slides
from deckgen.proof.shapes import drawn, named

_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_FILE_NAME = re.compile(r"\S+\.(png|jpe?g|gif|svg|bmp|tiff?|emf|wmf)", re.I)


def check_titles(package: Package) -> Iterator[Problem]:
    """Every slide has a title, because a screen reader lists the slides by it."""
    for part in slides(package):
        root = package.roots.get(part)
        if root is not None and not any(_is_title(shape) and _words(shape) for shape in root.iter(f"{P}sp")):
            yield package.problem(part, "no-title", "has no title", "type one into its title placeholder", "warning")


def _is_title(shape: Element) -> bool:
    placeholder = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
    return placeholder is not None and placeholder.get("type") in ("title", "ctrTitle")


def _words(shape: Element) -> str:
    return "".join(text.text or "" for text in shape.iter(f"{A}t")).strip()


def check_alt_texts(package: Package) -> Iterator[Problem]:
    """Every picture, chart and table has an alt text or is marked as decorative."""
    for part in slides(package):
        root = package.roots.get(part)
        for tag, path in ((f"{P}pic", "nvPicPr"), (f"{P}graphicFrame", "nvGraphicFramePr")) if root is not None else ():
            for shape in drawn(root, tag):
                properties = shape.find(f"{P}{path}/{P}cNvPr")
                if properties is not None and (text := _fault(shape, properties)):
                    hint = "right-click it in PowerPoint and choose `View Alt Text`"
                    yield package.problem(part, "no-alt-text", f"{named(properties)} {text}", hint, "warning")


def _fault(shape: Element, properties: Element) -> str:
    words = _alt_text(properties)
    if any(true(mark.get("val")) for mark in properties.iter(_DECORATIVE)):
        return ""
    if _FILE_NAME.fullmatch(words):
        return f"has the file name `{shown(words)}` for an alt text"
    groups = shape.iterancestors(f"{P}grpSp")
    spoken = words or any(_alt_text(group.find(f"{P}nvGrpSpPr/{P}cNvPr")) for group in groups)
    return "" if spoken else "has no alt text"


def _alt_text(properties: Element | None) -> str:
    return "" if properties is None else (properties.get("descr") or properties.get("title") or "").strip()
