"""Package -> Contents: the slides of a presentation from any program, with all their words."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.base import replace
from deckgen.problems import DeckError, Origin, Problem, Result
from deckgen.proof.contents import Block, Bullet, Contents, Paragraph, Picture, Run, Slide, Table, Text
from deckgen.proof.numbering import Numbering
from deckgen.proof.package import MC, P14, A, C, Element, P, Package, R, number, read_package, true
from deckgen.proof.read_chart import read_chart
from deckgen.proof.readback import cleaned

_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_TITLES = ("title", "ctrTitle")
_FOOT = ("ftr", "sldNum", "dt", "hdr", "sldImg")
_LINKS = (f"{A}hlinkClick", f"{A}hlinkMouseOver", f"{A}hlinkHover")
_BULLETS: dict[str, Bullet] = {
    f"{A}buNone": "",
    f"{A}buChar": "dot",
    f"{A}buBlip": "dot",
    f"{A}buAutoNum": "number",
}
Styles = dict[tuple[str, str], dict[int, Bullet]]
_OF_MASTER = ("master", "")


def read_contents(data: bytes, name: str) -> Result[Contents]:
    """The contents of a presentation, with the parts that cannot be read; without comments and looks."""
    try:
        return contents_of(read_package(data, name))
    except DeckError as error:
        return Result(None, error.problems)


def contents_of(package: Package) -> Result[Contents]:
    """The same of a package that was read."""
    if not package.presentation:
        hint = "save it as a PowerPoint presentation (.pptx)"
        problem = Problem(Origin(package.name), "no-presentation", "not a PowerPoint presentation", hint)
        return Result(None, (*package.unreadable, problem))
    reader = _Reader(package)
    core = (package.roots[part] for part in package.related("", _CORE) if part in package.roots)
    title = next((cleaned(found.text or "") for root in core for found in root.iter(_TITLE)), "")
    slides = tuple(reader.slides())
    return Result(Contents(title, tuple(dict.fromkeys(reader.footers)), slides), package.unreadable)


class _Reader:
    """Reads the slides of one package."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.footers: list[str] = []
        self.titles = {part: _title(root) for part, root in package.of_kind("slide")}
        self._styles: dict[str, Styles] = {}
        self._left = dict(package.roots)

    def take(self, part: str) -> Element | None:
        """The root of a part, once: a part that is led to a thousand times is not read a thousand times."""
        return self._left.pop(part, None)

    def slides(self) -> Iterator[Slide]:
        """The slides in the order of the show."""
        name = self.package.presentation
        root = self.package.roots[name]
        parts = {relation.id: relation.part for relation in self.package.relations.get(name, ())}
        sections = {
            entry.get("id"): cleaned(section.get("name", ""))
            for section in root.iter(f"{P14}section")
            for entry in section.iter(f"{P14}sldId")
        }
        for entry in root.iter(f"{P}sldId"):
            part = parts.get(entry.get(f"{R}id"), "")
            section = sections.get(entry.get("id"), "")
            slide = self.take(part)
            if slide is None:
                yield Slide(section=section, readable=False)
            else:
                yield replace(self._slide(part, slide, section), id=number(entry.get("id")) or 0)

    def _slide(self, part: str, root: Element, section: str) -> Slide:
        sheet = _Sheet(self, part)
        blocks = tuple(sheet.blocks(root))
        self.footers += sheet.footers
        notes = [
            paragraph
            for other in self.package.related(part, "notesSlide")
            if (found := self.take(other)) is not None
            for block in _Sheet(self, other).blocks(found)
            if isinstance(block, Text)
            for paragraph in block.paragraphs
        ]
        hidden = root.get("show") is not None and not true(root.get("show"))
        return Slide(sheet.title, section, hidden, blocks, tuple(notes), layout=sheet.layout)

    def styles(self, part: str) -> Styles:
        """The bullets of the placeholders of a layout, by their index and by their kind, or those of a master."""
        if part not in self._styles:
            root = self.package.roots[part]
            own = root.find(f"{P}txStyles/{P}bodyStyle")
            found: Styles = {} if own is None else {_OF_MASTER: _levels(own)}
            for placeholder in root.iter(f"{P}ph"):
                shape = next(placeholder.iterancestors(f"{P}sp"), placeholder)
                for style in shape.findall(f"{P}txBody/{A}lstStyle")[:1]:
                    for key in _keys(placeholder):
                        found.setdefault(key, _levels(style))
            self._styles[part] = found
        return self._styles[part]


class _Sheet:
    """Reads the shapes of one slide, or of its notes; afterwards it knows the title and the footers."""

    def __init__(self, reader: _Reader, part: str) -> None:
        self.title: tuple[Paragraph, ...] = ()
        self.footers: list[str] = []
        self._reader = reader
        self._package = reader.package
        self._relations = {relation.id: relation for relation in self._package.relations.get(part, ())}
        self._layout = self._above(part, "slideLayout")
        self._master = self._above(self._layout, "slideMaster")

    def _above(self, part: str, kind: str) -> str:
        """The part that a slide or a layout inherits from; empty if it cannot be read."""
        return next((above for above in self._package.related(part, kind) if above in self._package.roots), "")

    @property
    def layout(self) -> str:
        """The name of its layout."""
        root = self._package.roots.get(self._layout)
        shown = None if root is None else root.find(f"{P}cSld")
        return "" if shown is None else str(shown.get("name", ""))

    def blocks(self, tree: Element) -> Iterator[Block]:
        """The contents of the shapes under an element."""
        for shape in _chosen(tree):
            if shape.tag == f"{P}sp":
                yield from self._shape(shape)
            elif shape.tag == f"{P}graphicFrame":
                yield self._frame(shape)
            elif shape.tag == f"{P}pic":
                media = next(shape.iter(f"{A}videoFile", f"{A}audioFile"), None)
                yield self._picture(shape, "Picture" if media is None else "Media")
            elif shape.tag in (f"{P}cxnSp", f"{P}contentPart"):
                yield from self._drawing(shape)
            else:
                yield from self._drawing(shape) if shape.tag == f"{P}grpSp" else ()
                yield from self.blocks(shape)

    def _shape(self, shape: Element) -> Iterator[Block]:
        placeholder = next(shape.iter(f"{P}ph"), None)
        kind = "" if placeholder is None else placeholder.get("type", "obj")
        paragraphs = tuple(self._paragraphs(shape.find(f"{P}txBody"), placeholder))
        if kind in _FOOT:
            self.footers += [cleaned("".join(run.text for run in p.runs)) for p in paragraphs if kind == "ftr"]
        elif kind in _TITLES and not self.title:
            self.title = paragraphs
        elif paragraphs:
            yield Text(paragraphs)
            yield from self._drawing(shape, alt=False)
        else:
            yield from self._drawing(shape)

    def _frame(self, frame: Element) -> Block:
        """A table, a chart, the words of a diagram, or an object of another program."""
        table = next(frame.iter(f"{A}tbl"), None)
        if table is not None:
            return Table(tuple(tuple(map(self._cell, row.findall(f"{A}tc"))) for row in table.findall(f"{A}tr")))
        alt = _alt(frame)
        for reference in frame.iter(f"{C}chart", f"{_DIAGRAM}relIds"):
            relation = self._relations.get(reference.get(f"{R}id") or reference.get(f"{R}dm") or "")
            root = self._reader.take(relation.part) if relation else None
            if root is not None and reference.tag == f"{C}chart":
                return read_chart(root, alt)
            if root is not None:
                words = (p for text in root.iter(f"{_DIAGRAM}t") for p in self._paragraphs(text, None))
                return Text(tuple(Paragraph(p.runs, p.level, "dot") for p in words))
        return self._picture(frame, "Object")

    def _cell(self, cell: Element) -> tuple[Paragraph, ...]:
        covered = true(cell.get("hMerge")) or true(cell.get("vMerge"))
        return () if covered else tuple(self._paragraphs(cell.find(f"{A}txBody"), None))

    def _picture(self, shape: Element, what: str) -> Picture:
        image = next(shape.iter(f"{A}blip"), None)
        relation = None if image is None else self._relations.get(image.get(f"{R}embed", ""))
        link = self._link(next(shape.iter(f"{P}cNvPr"), None))
        return Picture(what, _alt(shape), link, relation.part if relation else "")

    def _drawing(self, shape: Element, alt: bool = True) -> Iterator[Picture]:
        """A shape without words that has an alt text or a link."""
        picture = self._picture(shape, "Drawing")
        if picture.link or (alt and picture.alt):
            yield picture

    def _paragraphs(self, body: Element | None, placeholder: Element | None) -> Iterator[Paragraph]:
        """The paragraphs that have words, and the blank lines of code."""
        if body is None:
            return
        styles = list(self._styles(body, placeholder))
        numbering = Numbering()
        for found in body.iter(f"{A}p"):
            number_here = numbering.of(found)
            runs = tuple(self._runs(found)) or tuple(_blank_code(found))
            if any(run.text.strip() or run.code for run in runs):
                properties = found.find(f"{A}pPr")
                found = None if properties is None else number(properties.get("lvl"))
                level = min(max(0, found or 0), 8)
                inherited = (style[level] for style in styles if level in style)
                bullet = _bullet(properties)
                yield Paragraph(runs, level, next(inherited, "") if bullet is None else bullet, number_here)

    def _styles(self, body: Element, placeholder: Element | None) -> Iterator[dict[int, Bullet]]:
        """The bullets that a text inherits, the nearest first (ECMA-376 part 1, 19.3.1.36)."""
        yield from map(_levels, body.findall(f"{A}lstStyle")[:1])
        if placeholder is None:
            return
        if self._layout:
            known = self._reader.styles(self._layout)
            yield from [known[key] for key in _keys(placeholder) if key in known][:1]
        if self._master and placeholder.get("type") not in _TITLES:
            yield self._reader.styles(self._master).get(_OF_MASTER, {})

    def _runs(self, element: Element) -> Iterator[Run]:
        for child in _chosen(element):
            if child.tag in (f"{A}r", f"{A}fld"):
                properties = child.find(f"{A}rPr")
                text = "".join(found.text or "" for found in child.iter(f"{A}t"))
                yield Run(text.replace("\v", "\n"), self._link(properties), *_look(properties))
            elif child.tag == f"{A}br":
                yield Run("\n")
            elif words := "".join(found.text or "" for found in child.iter(_MATH)):
                yield Run(words)

    def _link(self, properties: Element | None) -> str:
        """The target of a run or a shape: an address, `#` and the title of a slide, or the name of an action."""
        for link in properties.iterchildren(*_LINKS) if properties is not None else ():
            relation = self._relations.get(link.get(f"{R}id", ""))
            if relation is None:
                return str(link.get("action", ""))
            title = self._reader.titles.get(relation.part)
            return relation.target if title is None else f"#{title}"
        return ""


def _blank_code(paragraph: Element) -> Iterator[Run]:
    look = _look(paragraph.find(f"{A}endParaRPr"))
    if look[-1]:
        yield Run("", "", *look)


def _chosen(element: Element) -> Iterator[Element]:
    """The children of an element; of alternatives the first, which newer programs show."""
    for child in element:
        if child.tag == f"{MC}AlternateContent":
            for choice in child[:1]:
                yield from _chosen(choice)
        elif isinstance(child.tag, str):
            yield child


def _title(slide: Element) -> str:
    """The words of the title of a slide."""
    for placeholder in slide.iter(f"{P}ph"):
        if placeholder.get("type") in _TITLES:
            shape = next(placeholder.iterancestors(f"{P}sp"), placeholder)
            return cleaned("".join(found.text or "" if found.tag == f"{A}t" else " " for found in shape.iter(*_WORDS)))
    return ""


_WORDS = (f"{A}t", f"{A}br", f"{A}p")


def _keys(placeholder: Element | None) -> Iterator[tuple[str, str]]:
    """The key by which a placeholder is found in the layout: its index, or else its kind."""
    if placeholder is not None:
        if placeholder.get("idx") is not None:
            yield "idx", placeholder.get("idx")
        yield "type", placeholder.get("type") or "obj"


def _levels(style: Element) -> dict[int, Bullet]:
    """The bullets that a list style sets, by level."""
    found = {level: _bullet(style.find(f"{A}lvl{level + 1}pPr")) for level in range(9)}
    return {level: bullet for level, bullet in found.items() if bullet is not None}


def _bullet(properties: Element | None) -> Bullet | None:
    """The bullet that the properties of a paragraph set, or None; an empty one means no bullet."""
    for child in properties if properties is not None else ():
        if child.tag in _BULLETS:
            return _BULLETS[child.tag]
    return None


def _look(properties: Element | None) -> tuple[bool, bool, bool, bool]:
    """Bold, italic, struck through, and of fixed width, which the two lowest bits of a font's pitch show (MS-WMF)."""
    if properties is None:
        return False, False, False, False
    struck = properties.get("strike", "noStrike") != "noStrike"
    font = properties.find(f"{A}latin")
    pitch = None if font is None else number(font.get("pitchFamily"))
    return true(properties.get("b")), true(properties.get("i")), struck, (pitch or 0) & 3 == 1


def _alt(shape: Element) -> str:
    properties = next(shape.iter(f"{P}cNvPr"), None)
    return "" if properties is None else cleaned(properties.get("descr") or properties.get("title") or "")
