"""Pages × Theme -> .pptx bytes: native placeholders, tables and charts; the only import of pptx but the reader's."""

from __future__ import annotations

import io
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import count, groupby
from typing import Any, assert_never

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.parts.slide import SlidePart

from deckgen.base import replace
from deckgen.deck.model import Picture, Run, Text
from deckgen.layout.layouts import table_edges
from deckgen.layout.pages import (
    Block,
    ChartBlock,
    Layout,
    Page,
    Pages,
    PictureBlock,
    RuleBlock,
    Slot,
    TableBlock,
    TableRow,
    TextBlock,
)
from deckgen.layout.theme import Box, Theme
from deckgen.writers.pptx.archive import restamp
from deckgen.writers.pptx.chart import chart_part
from deckgen.writers.pptx.identity import add_identity
from deckgen.writers.pptx.ids import slide_ids
from deckgen.writers.pptx.skeleton import (
    PH_TYPES,
    TABLE_STYLE,
    foot_shape,
    placeholder_index,
    rule_shape,
    skeleton,
    solid,
)
from deckgen.writers.pptx.text import TextWriter, attribute

_NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
# By this a program recognizes a slide in another file (MS-PPTX, 2.2.1.2).
_CREATION_ID = (
    '<p:extLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">'
    '<p:ext uri="{{BB962C8B-B14F-4D97-AF65-F5344CB8AC3E}}"><p14:creationId '
    'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main" val="{}"/></p:ext></p:extLst>'
)
_TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_SPAN = {0: ' hMerge="1"', 1: ""}  # of a cell that another spans, and of one in its own column
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


def write_pptx(pages: Pages, theme: Theme, rasterize: Callable[[Picture], bytes]) -> bytes:
    """The presentation of all pages. `rasterize` makes a PNG of an SVG that is not drawn yet."""
    presentation = Presentation(io.BytesIO(skeleton(pages, theme)))
    package: Any = presentation.part.package
    package.next_partname = _part_names(package)  # python-pptx's own looks through all parts there are, for each name
    by_name = {own.name: (own, layout) for own, layout in zip(presentation.slide_layouts, pages.layouts, strict=True)}
    ids = slide_ids(pages.pages)
    names = _part_names_of(pages, ids)
    slides = [
        _add_slide(presentation, by_name[page.layout][0], id, name)
        for page, id, name in zip(pages.pages, ids, names, strict=True)
    ]
    pairs = [(page, slide) for page, slide in zip(pages.pages, slides, strict=True) if page.part == 1]
    targets = {id: slide for page, slide in pairs for id in (page.slide, *page.also)}
    for page, slide in zip(pages.pages, slides, strict=True):
        _SlideWriter(slide, page, by_name[page.layout][1], pages, theme, rasterize, targets).write()
    _properties(presentation.core_properties, pages)
    _notes_master(presentation)
    _sections(presentation, pages, ids)
    if pages.identity:
        add_identity(presentation, pages.identity)
    stream = io.BytesIO()
    presentation.save(stream)
    return restamp(stream.getvalue(), pages.timestamp)


def _part_names(package: Any) -> Callable[[str], PackURI]:
    """The next free name for a template such as `/ppt/charts/chart%d.xml`."""
    taken = {str(part.partname) for part in package.iter_parts()}
    numbers: defaultdict[str, Iterator[int]] = defaultdict(lambda: count(1))

    def next_name(template: str) -> PackURI:
        names = (template % number for number in numbers[template])
        return PackURI(next(name for name in names if name not in taken))

    return next_name


def _part_names_of(pages: Pages, ids: Sequence[int]) -> list[str]:
    """The part of each page: by its id, or by its position in a deck with links between slides.

    LibreOffice takes the number in the name of the part as the position of the slide that a link leads to.
    """
    linked = any(target.startswith("#") for page in pages.pages for target in _links(page))
    return [f"/ppt/slides/slide{page.number if linked else id}.xml" for page, id in zip(pages.pages, ids, strict=True)]


def _links(page: Page) -> Iterator[str]:
    for block in page.blocks:
        match block:
            case TextBlock():
                paragraphs = block.paragraphs
            case TableBlock():
                paragraphs = tuple(one for row in block.rows for cell in row.cells for one in cell)
            case _:
                continue
        yield from (run.link for paragraph in paragraphs for run in paragraph.text.runs)


def _add_slide(presentation: Any, layout: Any, id: int, name: str) -> Any:
    """An empty slide.

    Not by `slides.add_slide`, which copies every placeholder of the layout and looks through all slides before it.
    The property `slides` itself gives all parts other names.
    """
    part = SlidePart.new(PackURI(name), presentation.part.package, layout.part)  # type: ignore[no-untyped-call]
    relation = presentation.part.rels._add_relationship(RELATIONSHIP_TYPE.SLIDE, part)
    presentation.part._element.get_or_add_sldIdLst()._add_sldId(id=id, rId=relation)
    part.slide._element.find(qn("p:cSld")).append(parse_xml(_CREATION_ID.format(id)))
    return part.slide


class _SlideWriter:
    """Draws the blocks of one page onto a slide, in the order they are read."""

    def __init__(
        self,
        slide: Any,
        page: Page,
        layout: Layout,
        pages: Pages,
        theme: Theme,
        rasterize: Callable[[Picture], bytes],
        targets: Mapping[str, Any],
    ) -> None:
        self._slide = slide
        self._page = page
        self._layout = layout
        self._pages = pages
        self._theme = theme
        self._rasterize = rasterize
        self._targets = targets
        self._tree = slide.shapes._spTree
        self._text = TextWriter(theme, pages.language, self._relate)
        self._last_id = 1

    def write(self) -> None:
        if self._page.hidden:
            self._slide._element.set("show", "0")
        for block in self._page.blocks:
            self._add(self._xml(block))
        if self._layout.foot:
            for field in (False, True):
                self._add(self._foot(field))
        if self._page.notes:
            self._write_notes(self._slide.notes_slide.notes_text_frame, self._page.notes)

    def _write_notes(self, frame: Any, notes: Text) -> None:
        paragraph = frame.paragraphs[0]
        for run in notes.runs:
            for number, line in enumerate(run.text.split("\n")):
                if number:
                    paragraph = frame.add_paragraph()
                if line:
                    self._write_run(paragraph.add_run(), replace(run, text=line))

    def _write_run(self, target: Any, run: Run) -> None:
        target.text = run.text
        target._r.get_or_add_rPr().set("lang", self._pages.language)
        target.font.bold, target.font.italic = run.bold or None, run.italic or None
        if run.code:
            target.font.name = self._theme.fonts.code.powerpoint
        if run.link:
            target.hyperlink.address = run.link

    def _add(self, xml: str) -> None:
        self._tree.append(parse_xml(xml.replace(">", f" {_NS}>", 1)))

    def _foot(self, field: bool) -> str:
        number = str(self._page.number)
        words, ground = self._page.foot, self._layout.ground
        return foot_shape(self._next_id(), self._theme, self._pages.language, words, ground, field, number)

    def _next_id(self) -> int:
        self._last_id += 1
        return self._last_id

    def _relate(self, address: str) -> str:
        part = self._slide.part
        if address.startswith("#"):
            return str(part.relate_to(self._targets[address[1:]].part, RELATIONSHIP_TYPE.SLIDE))
        return str(part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))

    def _xml(self, block: Block) -> str:
        match block:
            case TextBlock():
                return self._text_shape(block)
            case TableBlock():
                return self._table(block)
            case ChartBlock():
                return self._chart(block)
            case PictureBlock():
                return self._picture(block)
            case RuleBlock():
                return self._rule(block)
            case _:
                assert_never(block)

    def _slot(self, name: str) -> Slot:
        return next(slot for slot in self._layout.slots if slot.name == name)

    def _placeholder(self, name: str) -> str:
        if not name:
            return "<p:nvPr/>"
        slot = self._slot(name)
        index = placeholder_index(self._layout, slot)
        kind = PH_TYPES[slot.kind] if self._layout.name != "Title" or slot.kind != "title" else "ctrTitle"
        return f'<p:nvPr><p:ph type="{kind}"{f" idx={attribute(str(index))}" if index else ""}/></p:nvPr>'

    def _text_shape(self, block: TextBlock) -> str:
        slot = self._slot(block.slot)
        place = f"<p:spPr>{_xfrm(block.box)}</p:spPr>" if block.box != slot.box else "<p:spPr/>"
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{self._next_id()}" name="{_shape_name(block.slot)}"/><p:cNvSpPr>'
            f'<a:spLocks noGrp="1"/></p:cNvSpPr>{self._placeholder(block.slot)}</p:nvSpPr>{place}'
            f"{self._text.body(block, slot)}</p:sp>"
        )

    def _table(self, block: TableBlock) -> str:
        columns = "".join(f'<a:gridCol w="{width}"/>' for width in block.widths)
        rows = []
        for number, row in enumerate(block.rows):
            edges = self._edges(block, number)
            written = "".join(
                f"<a:tc{_SPAN.get(span, f' gridSpan={attribute(str(span))}')}>{self._text.cell(row.cells[column])}"
                f"{_cell(row, block.aside(column, max(1, span)), edges)}</a:tc>"
                for column, span in enumerate(row.spans)
            )
            rows.append(f'<a:tr h="{row.height}">{written}</a:tr>')
        table = (
            f'<a:tbl><a:tblPr firstRow="1"><a:tableStyleId>{TABLE_STYLE}</a:tableStyleId></a:tblPr>'
            f"<a:tblGrid>{columns}</a:tblGrid>{''.join(rows)}</a:tbl>"
        )
        return self._frame(block.slot, block.box, f"Table: {self._page.title}", _TABLE, table)

    def _edges(self, block: TableBlock, number: int) -> str:
        """The rules over and under a row that the style of the table does not have; two cells share an edge."""
        rule, strong = table_edges(self._theme)
        over = strong if number and block.rows[number - 1].strong else None
        closed = block.closed and number == len(block.rows) - 1
        under = strong if block.rows[number].strong else rule if closed else None
        return "".join(
            f'<a:{name} w="{edge.width}" cmpd="sng">{solid(edge.colour, self._theme)}</a:{name}>'
            for name, edge in (("lnT", over), ("lnB", under))
            if edge
        )

    def _chart(self, block: ChartBlock) -> str:
        part = chart_part(block, self._slide.part.package)
        relation = self._slide.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
        chart = f'<c:chart xmlns:c="{_CHART}" r:id="{relation}"/>'
        return self._frame(block.slot, block.box, block.alt, _CHART, chart)

    def _frame(self, slot: str, box: Box, alt: str, uri: str, content: str) -> str:
        return (
            f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{self._next_id()}" name="{_shape_name(slot)}" '
            f'descr={attribute(alt)}/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr>'
            f"{self._placeholder(slot)}</p:nvGraphicFramePr>{_xfrm(box, 'p')}"
            f'<a:graphic><a:graphicData uri="{uri}">{content}</a:graphicData></a:graphic></p:graphicFrame>'
        )

    def _picture(self, block: PictureBlock) -> str:
        picture = block.picture
        data = picture.data
        if picture.format == "svg":
            data = self._pages.drawn.get(data) or self._rasterize(picture)
        _, relation = self._slide.part.get_or_add_image_part(io.BytesIO(data))
        # Nobody reads the words in a picture; as its title they are there for who looks for them.
        words = f" title={attribute(picture.words)}" if picture.words else ""
        return (
            f'<p:pic><p:nvPicPr><p:cNvPr id="{self._next_id()}" name="Picture" descr={attribute(picture.alt)}{words}/>'
            f'<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr>{self._placeholder(block.slot)}</p:nvPicPr>'
            f'<p:blipFill><a:blip r:embed="{relation}"/>{_cropped(block.cut)}'
            "<a:stretch><a:fillRect/></a:stretch></p:blipFill>"
            f'<p:spPr>{_xfrm(block.box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
        )

    def _rule(self, block: RuleBlock) -> str:
        return rule_shape(self._next_id(), block, self._theme, _DECORATIVE)


def _cropped(cut: tuple[float, float, float, float]) -> str:
    """What is left out of a picture, in thousandths of a percent (ECMA-376, part 1, 20.1.8.55)."""
    if not any(cut):
        return ""
    sides = zip("ltrb", cut, strict=True)
    return f"<a:srcRect {' '.join(f'{side}={attribute(str(round(share * 100_000)))}' for side, share in sides)}/>"


def _cell(row: TableRow, aside: tuple[int, int], edges: str) -> str:
    """The properties of a table cell."""
    left, right = aside
    anchor = {"top": "", "middle": ' anchor="ctr"', "bottom": ' anchor="b"'}[row.anchor]
    margins = f'marL="{left}" marR="{right}" marT="{row.above}" marB="{row.below}"'
    return f"<a:tcPr {margins}{anchor}>{edges}</a:tcPr>" if edges else f"<a:tcPr {margins}{anchor}/>"


def _shape_name(slot: str) -> str:
    return slot.replace("-", " ").capitalize()


def _xfrm(box: Box, prefix: str = "a") -> str:
    return f'<{prefix}:xfrm><a:off x="{box.x}" y="{box.y}"/><a:ext cx="{box.width}" cy="{box.height}"/></{prefix}:xfrm>'


def _properties(core: Any, pages: Pages) -> None:
    """Every property python-pptx would fill with its own name or the clock."""
    day = datetime.fromtimestamp(pages.timestamp, UTC).replace(tzinfo=None)
    core.title, core.subject, core.author = pages.title, pages.subject, pages.author
    core.last_modified_by, core.language = pages.author, pages.language
    core.created = core.modified = day
    core.revision = 1


def _notes_master(presentation: Any) -> None:
    """List the master of the notes, which python-pptx makes and leaves out of the list."""
    part = presentation.part
    relation = next((r.rId for r in part.rels.values() if r.reltype == RELATIONSHIP_TYPE.NOTES_MASTER), "")
    if relation:
        entry = f'<p:notesMasterIdLst {_NS}><p:notesMasterId r:id="{relation}"/></p:notesMasterIdLst>'
        part._element.find(qn("p:sldMasterIdLst")).addnext(parse_xml(entry))


def _sections(presentation: Any, pages: Pages, slide_ids: Sequence[int]) -> None:
    """The sections of the slide sorter (MS-PPTX, 2.6.3); their ids are made of their names, so they stay the same."""
    ids = iter(slide_ids)
    written = []
    for number, (name, group) in enumerate(groupby(pages.pages, key=lambda page: page.section)):
        guid = str(uuid.uuid5(uuid.NAMESPACE_URL, f"deckgen:{number}:{name}")).upper()
        members = "".join(f'<p14:sldId id="{next(ids)}"/>' for _ in group)
        written.append(
            f'<p14:section name={attribute(name)} id="{{{guid}}}"><p14:sldIdLst>{members}</p14:sldIdLst></p14:section>'
        )
    extension = (
        f'<p:extLst {_NS}><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}"><p14:sectionLst '
        'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">'
        f"{''.join(written)}</p14:sectionLst></p:ext></p:extLst>"
    )
    presentation.part._element.append(parse_xml(extension))
