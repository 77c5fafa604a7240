"""A PowerPoint × the deck it was -> Problems: what is not carried, because the build owns the look."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import chain

from deckgen.build.one import Typeset
from deckgen.edits.matching import Slides
from deckgen.edits.sheets import Sheet
from deckgen.layout.drawing import draw
from deckgen.layout.pages import Page, Paragraph, PictureBlock, RuleBlock, TableBlock, TextBlock
from deckgen.layout.theme import Box
from deckgen.problems import Origin, Problem
from deckgen.proof.edited import Edited
from deckgen.proof.package import A, Element, P, number
from deckgen.proof.presentation import slides as slide_parts
from deckgen.writers.pptx.skeleton import colour_of

_NEAR = 25_400  # EMU: two points, as LibreOffice rounds lengths
_FEET = ("ftr", "sldNum", "dt")
_MOVES = tuple(f"{P}{name}" for name in ("anim", "animEffect", "animMotion", "animClr", "animScale", "set", "cmd"))
_OWN = "the look of all slides is set in templates/theme.yaml"


def look_problems(edited: Edited, ready: Typeset, before: Sequence[Sheet], slides: Slides) -> Iterator[Problem]:
    """A problem for each slide with a moved box, another colour or size, another picture, an animation or comments."""
    pages = {sheet.id: page for sheet, page in zip(before, ready.pages.pages, strict=True)}
    ids = {(sheet.slide, sheet.part): sheet.id for sheet in before}
    parts = [*slide_parts(edited.package)]
    counts: dict[str, int] = {}
    for (slide, _), part in zip(slides.order, parts, strict=False):
        counts[slide] = counts.get(slide, 0) + 1
        page = pages.get(ids.get((slide, counts[slide]), 0))
        root = edited.package.roots.get(part)
        if page is None or root is None:
            continue
        for what in dict.fromkeys(_Looks(edited, ready, page, part, root).found()):
            yield Problem(page.origin, "not-carried", f"{what} in the PowerPoint", _OWN, "warning", slide)
    known = {" ".join(page.foot.split()) for page in ready.pages.pages} | {ready.pages.footer}
    for foot in edited.contents.footers:
        if foot and not any(foot in " ".join(one.split()) or " ".join(one.split()) in foot for one in known if one):
            text = f"the footer `{foot[:60]}` is not carried"
            yield Problem(
                Origin(edited.package.name), "not-carried", text, "it is set in templates/deck.yaml", "warning"
            )


class _Looks:
    """What of the look of one slide was edited."""

    def __init__(self, edited: Edited, ready: Typeset, page: Page, part: str, root: Element) -> None:
        self._edited = edited
        self._ready = ready
        self._page = page
        self._part = part
        self._root = root

    def found(self) -> Iterator[str]:
        """The edits, in words."""
        yield from self._moved()
        yield from self._sizes()
        yield from self._colours()
        yield from self._pictures()
        effects = (one for found in self._root.iter(f"{P}transition") for one in found)  # LibreOffice writes empty ones
        if next(chain(self._root.iter(*_MOVES), effects), None) is not None:
            yield "an animation is not carried: it stays"
        if self._edited.package.related(self._part, "comments"):
            yield "comments are not carried: they stay"

    def _shapes(self) -> list[Element]:
        tree = self._root.find(f"{P}cSld/{P}spTree")
        wanted = (f"{P}sp", f"{P}graphicFrame", f"{P}pic")
        shapes = [one for one in (() if tree is None else tree) if one.tag in wanted]
        return [one for one in shapes if not any(ph.get("type") in _FEET for ph in one.iter(f"{P}ph"))]

    def _moved(self) -> Iterator[str]:
        blocks = [block for block in self._page.blocks if not isinstance(block, RuleBlock)]
        placed = [one for one in self._shapes() if one.tag != f"{P}sp" or next(one.iter(f"{P}ph"), None) is not None]
        if len(blocks) != len(placed):
            return
        for block, shape in zip(blocks, placed, strict=True):
            box = _box(shape)
            if box and _differs(box, block.box):
                yield "a moved or resized box is not carried: it stays"

    def _sizes(self) -> Iterator[str]:
        known = {round(100 * size) for size in self._known_sizes()}
        for properties in self._root.iter(f"{A}rPr"):
            size = number(properties.get("sz"))
            if size is not None and not any(abs(size - one) <= 50 for one in known):
                yield "another size of letters is not carried: it stays"

    def _known_sizes(self) -> Iterator[float]:
        share = self._ready.theme.fonts.code.share
        for paragraph in self._paragraphs():
            yield from (paragraph.size, paragraph.size * share)
        yield from (self._ready.theme.footnote.size, *self._ready.theme.title.sizes)
        feet = (
            one.get("sz") for shape in self._root.iter(f"{P}sp") if _is_foot(shape) for one in shape.iter(f"{A}rPr")
        )
        yield from (size / 100 for size in map(number, feet) if size is not None)

    def _paragraphs(self) -> Iterator[Paragraph]:
        for block in self._page.blocks:
            if isinstance(block, TextBlock):
                yield from block.paragraphs
            elif isinstance(block, TableBlock):
                yield from (one for row in block.rows for cell in row.cells for one in cell)

    def _colours(self) -> Iterator[str]:
        theme = self._ready.theme
        roles = {run.colour for paragraph in self._paragraphs() for run in paragraph.runs}
        known = {value for role in roles for value in re.findall('val="([^"]*)"', colour_of(role, theme))}
        known |= {theme.colour(role).upper() for role in roles} | {"hlink", "phClr"}
        for shape in self._shapes():
            for fill in shape.iterfind(f".//{A}rPr/{A}solidFill"):
                if fill.getparent().find(f"{A}hlinkClick") is not None:
                    continue  # that of a new link
                values = {one.get("val", "") for one in fill}
                if values and not any(value in known or value.upper() in known for value in values):
                    yield "another colour of letters is not carried: it stays"

    def _pictures(self) -> Iterator[str]:
        if self._edited.program.startswith("LibreOffice"):
            return  # it may write the same picture in another way
        relations = self._edited.package.relations.get(self._part, ())
        there = {_hash(self._edited.read(one.part)) for one in relations if one.kind == "image" and one.part}
        blocks = [block.picture for block in self._page.blocks if isinstance(block, PictureBlock)]
        drawn, family = self._ready.pages.drawn, self._ready.theme.fonts.pdf
        known = {_hash(drawn.get(one.data, one.data)) for one in blocks}
        if not there <= known:
            known |= {_hash(draw(one, family)) for one in blocks if one.format == "svg" and one.data not in drawn}
        if blocks and not there <= known:
            yield "another picture is not carried: it stays"
        cut = sum(any(block.cut) for block in self._page.blocks if isinstance(block, PictureBlock))
        if sum(bool(one.attrib) for one in self._root.iter(f"{A}srcRect")) != cut:
            yield "a cropped picture is not carried: it stays"


def _hash(data: bytes) -> bytes:
    return sha256(data).digest()


def _is_foot(shape: Element) -> bool:
    return any(ph.get("type") in _FEET for ph in shape.iter(f"{P}ph"))


def _box(shape: Element) -> tuple[int, int, int] | None:
    """Where a shape is and how wide; None if its layout says that."""
    for place in (*shape.iterfind(f"{P}spPr/{A}xfrm"), *shape.iterfind(f"{P}xfrm")):
        offset, extent = place.find(f"{A}off"), place.find(f"{A}ext")
        if offset is not None and extent is not None:
            values = [number(one) for one in (offset.get("x"), offset.get("y"), extent.get("cx"))]
            if all(value is not None for value in values):
                return values[0] or 0, values[1] or 0, values[2] or 0
    return None


def _differs(box: tuple[int, int, int], own: Box) -> bool:
    return any(abs(one - other) > _NEAR for one, other in zip(box, (own.x, own.y, own.width), strict=True))
