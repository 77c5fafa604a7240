"""Pages -> an empty .pptx: master, layouts and table style, so that a slide added by hand looks the same."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from html import escape
from zipfile import ZipFile

from deckgen.layout.layouts import Edge, foot, table_edges
from deckgen.layout.levels import Level, levels, size_at
from deckgen.layout.pages import Layout, Pages, RuleBlock, Slot
from deckgen.layout.theme import EMU, Box, Theme

# Which entry of the colour scheme holds a role (ECMA-376, part 1, 20.1.6.2); what is not in it is written literally.
SCHEME = {
    "ink": "dk1",
    "paper": "lt1",
    "opener": "dk2",
    "tint": "lt2",
    "accent": "accent1",
    "mark": "accent2",
    "muted": "accent3",
    "rule": "accent4",
    "accent-on-opener": "accent5",
    "muted-on-opener": "accent6",
}
TABLE_STYLE = "{6E0C7A52-2D3B-4B7E-9C55-1D1E2F3A4B5C}"
FOOTER_INDEX, NUMBER_INDEX = 90, 91
_MAP = (
    'bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
    'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"'
)
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NS = f'xmlns:a="{_A}" xmlns:r="{_R}" xmlns:p="{_P}"'
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_MIME = "application/vnd.openxmlformats-officedocument.presentationml"
_GROUND = "paper"  # of the master; a layout says its own where it is another
_NUMBER_FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def skeleton(pages: Pages, theme: Theme) -> bytes:
    """A presentation without slides, with every layout there is."""
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, text in _parts(pages, theme):
            archive.writestr(name, _HEAD + text)
    return stream.getvalue()


def placeholder_index(layout: Layout, slot: Slot) -> int:
    """The `idx` of a slot's placeholder: 0 for the title, then counted from 1."""
    return 0 if slot.kind == "title" else layout.slots.index(slot)


def solid(role: str, theme: Theme) -> str:
    """The fill of a role's colour inside a slide, where the map of the master renames four of them."""
    return f"<a:solidFill>{colour_of(role, theme)}</a:solidFill>"


def colour_of(role: str, theme: Theme) -> str:
    """The colour of a role inside a slide."""
    if role not in SCHEME:
        return f'<a:srgbClr val="{theme.colour(role)}"/>'
    name = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}.get(SCHEME[role], SCHEME[role])
    return f'<a:schemeClr val="{name}"/>'


def _parts(pages: Pages, theme: Theme) -> Iterator[tuple[str, str]]:
    language, footer = pages.language, pages.footer
    numbers = range(1, len(pages.layouts) + 1)
    yield "[Content_Types].xml", _content_types([f"/ppt/slideLayouts/slideLayout{n}.xml" for n in numbers])
    yield from _relation_parts(numbers)
    yield "ppt/presentation.xml", _presentation(theme, language)
    yield (
        "docProps/app.xml",
        f'<Properties xmlns="{_OFFICE}/extended-properties"><Application>deckgen</Application></Properties>',
    )
    yield "ppt/presProps.xml", f"<p:presentationPr {_NS}/>"
    yield "ppt/viewProps.xml", f"<p:viewPr {_NS}/>"
    yield "ppt/tableStyles.xml", _table_styles(theme)
    yield "ppt/theme/theme1.xml", _theme_part(theme)
    yield "ppt/slideMasters/slideMaster1.xml", _master(theme, language, footer, len(pages.layouts))
    for number, layout in zip(numbers, pages.layouts, strict=True):
        yield f"ppt/slideLayouts/slideLayout{number}.xml", _layout(layout, theme, language, footer)


def _relation_parts(numbers: range) -> Iterator[tuple[str, str]]:
    """Which part belongs to which: the package, the presentation, the master and its numbered layouts."""
    relations = f"{_OFFICE}/relationships"
    yield (
        "_rels/.rels",
        _relations(
            f"{relations}/officeDocument ppt/presentation.xml", f"{relations}/extended-properties docProps/app.xml"
        ),
    )
    yield (
        "ppt/_rels/presentation.xml.rels",
        _relations(
            f"{relations}/slideMaster slideMasters/slideMaster1.xml",
            f"{relations}/presProps presProps.xml",
            f"{relations}/viewProps viewProps.xml",
            f"{relations}/theme theme/theme1.xml",
            f"{relations}/tableStyles tableStyles.xml",
        ),
    )
    yield (
        "ppt/slideMasters/_rels/slideMaster1.xml.rels",
        _relations(
            *(f"{relations}/slideLayout ../slideLayouts/slideLayout{n}.xml" for n in numbers),
            f"{relations}/theme ../theme/theme1.xml",
        ),
    )
    master = _relations(f"{relations}/slideMaster ../slideMasters/slideMaster1.xml")
    for number in numbers:
        yield f"ppt/slideLayouts/_rels/slideLayout{number}.xml.rels", master


def _content_types(layout_names: list[str]) -> str:
    parts = {
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "/ppt/presentation.xml": f"{_MIME}.presentation.main+xml",
        "/ppt/presProps.xml": f"{_MIME}.presProps+xml",
        "/ppt/viewProps.xml": f"{_MIME}.viewProps+xml",
        "/ppt/tableStyles.xml": f"{_MIME}.tableStyles+xml",
        "/ppt/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "/ppt/slideMasters/slideMaster1.xml": f"{_MIME}.slideMaster+xml",
        **dict.fromkeys(layout_names, f"{_MIME}.slideLayout+xml"),
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(*targets: str) -> str:
    rows = []
    for number, entry in enumerate(targets, 1):
        kind, target = entry.split(" ")
        rows.append(f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>')
    return f'<Relationships xmlns="{_REL}">{"".join(rows)}</Relationships>'


def _presentation(theme: Theme, language: str) -> str:
    page = theme.page_box
    return (
        f'<p:presentation {_NS}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst>'
        f'<p:sldSz cx="{page.width}" cy="{page.height}"/><p:notesSz cx="6858000" cy="9144000"/>'
        f'<p:defaultTextStyle><a:defPPr><a:defRPr lang="{language}"/></a:defPPr>{_other(theme)}</p:defaultTextStyle>'
        "</p:presentation>"
    )


def _theme_part(theme: Theme) -> str:
    by_entry = {entry: theme.colour(role) for role, entry in SCHEME.items()}
    by_entry |= {"hlink": theme.colour("accent"), "folHlink": theme.colour("accent")}
    order = ("dk1", "lt1", "dk2", "lt2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
    colours = "".join(f'<a:{entry}><a:srgbClr val="{by_entry[entry]}"/></a:{entry}>' for entry in order)
    font = f'<a:latin typeface="{escape(theme.fonts.powerpoint)}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme xmlns:a="{_A}" name="deckgen"><a:themeElements><a:clrScheme name="deckgen">{colours}</a:clrScheme>'
        f'<a:fontScheme name="deckgen"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont>'
        f'</a:fontScheme><a:fmtScheme name="deckgen"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )


def _table_styles(theme: Theme) -> str:
    """The style of every table: rules between the rows, a heavier one under the header, nothing else."""

    def edge(name: str, line: Edge) -> str:
        return f'<a:{name}><a:ln w="{line.width}" cmpd="sng">{solid(line.colour, theme)}</a:ln></a:{name}>'

    rule, header_rule = table_edges(theme)
    ink, muted = (f'<a:fontRef idx="minor"/>{colour_of(role, theme)}</a:tcTxStyle>' for role in ("ink", "muted"))
    return (
        f'<a:tblStyleLst xmlns:a="{_A}" def="{TABLE_STYLE}"><a:tblStyle styleId="{TABLE_STYLE}" styleName="deckgen">'
        f"<a:wholeTbl><a:tcTxStyle>{ink}<a:tcStyle><a:tcBdr>{edge('insideH', rule)}</a:tcBdr>"
        "<a:fill><a:noFill/></a:fill></a:tcStyle></a:wholeTbl>"
        f'<a:firstRow><a:tcTxStyle b="off">{muted}<a:tcStyle>'
        f"<a:tcBdr>{edge('bottom', header_rule)}</a:tcBdr></a:tcStyle></a:firstRow>"
        "</a:tblStyle></a:tblStyleLst>"
    )


def _master(theme: Theme, language: str, footer: str, layout_count: int) -> str:
    title_size, body_size = theme.title.sizes[0], theme.text.sizes[0]
    title = Slot("title", "title", theme.title_box, title_size, "Click to add a title", bold=True)
    body = Slot("body", "body", theme.body_box, body_size, "Click to add text", levels=levels(theme, body_size))
    shapes = [
        _shape(2, "Title", _ph("title", 0), title, theme, language),
        _shape(3, "Text", _ph("body", 1), body, theme, language),
        *_foot(4, theme, language, footer),
    ]
    ids = "".join(f'<p:sldLayoutId id="{2147483649 + n}" r:id="rId{n + 1}"/>' for n in range(layout_count))
    return (
        f"<p:sldMaster {_NS}><p:cSld>{_background(_GROUND, theme)}{_tree(shapes)}</p:cSld>"
        f"<p:clrMap {_MAP}/><p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst>"
        f'<p:hf hdr="0" dt="0"/><p:txStyles><p:titleStyle>{_title_style(theme)}</p:titleStyle>'
        f"<p:bodyStyle>{level_styles(theme, body.levels)}</p:bodyStyle>"
        f'<p:otherStyle><a:defPPr><a:defRPr lang="{language}"/></a:defPPr>{_other(theme)}</p:otherStyle>'
        "</p:txStyles></p:sldMaster>"
    )


def _layout(layout: Layout, theme: Theme, language: str, footer: str) -> str:
    shapes = []
    for number, slot in enumerate(layout.slots, 2):
        kind = "ctrTitle" if layout.name == "Title" and slot.kind == "title" else PH_TYPES[slot.kind]
        index = placeholder_index(layout, slot)
        shapes.append(_shape(number, slot.name.capitalize(), _ph(kind, index), slot, theme, language))
    number = len(layout.slots) + 2
    shapes += [rule_shape(number + index, mark, theme) for index, mark in enumerate(layout.marks)]
    number += len(layout.marks)
    shapes += _foot(number, theme, language, footer, layout.ground) if layout.foot else []
    background = "" if layout.ground == _GROUND else _background(layout.ground, theme)
    kind = ' type="title"' if layout.name == "Title" else ""
    return (
        f'<p:sldLayout {_NS}{kind} preserve="1"><p:cSld name="{layout.name}">{background}{_tree(shapes)}</p:cSld>'
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


PH_TYPES = {
    "title": "title",
    "subtitle": "subTitle",
    "body": "body",
    "text": "body",
    "table": "tbl",
    "chart": "chart",
    "picture": "pic",
}


def _ph(kind: str, index: int) -> str:
    place = f' idx="{index}"' if index else ""
    size = ' sz="quarter"' if kind in ("ftr", "sldNum") else ""
    return f'<p:ph type="{kind}"{size}{place}/>'


def _shape(number: int, name: str, ph: str, slot: Slot, theme: Theme, language: str) -> str:
    """A placeholder of a master or a layout."""
    anchor = {"top": "t", "middle": "ctr", "bottom": "b"}[slot.anchor]
    inset = slot.padding
    fill = solid(slot.fill, theme) if slot.fill else ""
    if slot.levels:
        style = level_styles(theme, slot.levels, levels(theme, theme.text.sizes[0]))
    else:
        style = _plain_style(slot, theme)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr>{ph}</p:nvPr></p:nvSpPr><p:spPr>{_xfrm(slot.box)}"
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}</p:spPr><p:txBody>'
        f'<a:bodyPr vert="horz" wrap="square" lIns="{inset}" tIns="0" rIns="{inset}" bIns="0" anchor="{anchor}">'
        f"<a:noAutofit/></a:bodyPr><a:lstStyle>{style}</a:lstStyle>"
        f'<a:p><a:r><a:rPr lang="{language}"/><a:t>{escape(slot.prompt)}</a:t></a:r></a:p></p:txBody></p:sp>'
    )


def _foot(number: int, theme: Theme, language: str, footer: str, ground: str = _GROUND) -> list[str]:
    """The page number and the footer, which PowerPoint copies to a new slide."""
    return [
        foot_shape(number, theme, language, footer, ground, field=False),
        foot_shape(number + 1, theme, language, footer, ground, field=True),
    ]


def foot_shape(
    number: int, theme: Theme, language: str, footer: str, ground: str, field: bool, page: str = "‹#›"
) -> str:
    """The footer, or with `field` the page number, of a master, a layout or a slide."""
    at = foot(theme, ground)
    ph = _ph("sldNum", NUMBER_INDEX) if field else _ph("ftr", FOOTER_INDEX)
    name = "Slide Number" if field else "Footer"
    size = round(at.size * 100)
    font = f'{solid(at.colour, theme)}<a:latin typeface="+mn-lt"/>'
    style = f'<a:lvl1pPr algn="l"><a:defRPr sz="{size}" b="{int(field)}">{font}</a:defRPr></a:lvl1pPr>'
    text = (
        f'<a:fld id="{_NUMBER_FIELD}" type="slidenum"><a:rPr lang="{language}"/><a:t>{page}</a:t></a:fld>'
        if field
        else f'<a:r><a:rPr lang="{language}"/><a:t>{escape(footer)}</a:t></a:r>'
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr>{ph}</p:nvPr></p:nvSpPr><p:spPr>{_xfrm(at.number if field else at.name)}"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody>'
        '<a:bodyPr vert="horz" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/>'
        f"<a:lstStyle>{style}</a:lstStyle><a:p>{text}</a:p></p:txBody></p:sp>"
    )


def _background(role: str, theme: Theme) -> str:
    return f"<p:bg><p:bgPr>{solid(role, theme)}<a:effectLst/></p:bgPr></p:bg>"


def rule_shape(number: int, rule: RuleBlock, theme: Theme, more: str = "") -> str:
    """A rectangle of a layout or a slide: `more` marks it as decorative, so a screen reader passes it over."""
    if rule.outline:
        half = rule.outline // 2
        box = Box(rule.box.x + half, rule.box.y + half, rule.box.width - rule.outline, rule.box.height - rule.outline)
        dash = '<a:prstDash val="dash"/>' if rule.dashed else ""
        drawn = f'<a:noFill/><a:ln w="{rule.outline}">{solid(rule.colour, theme)}{dash}</a:ln>'
    else:
        box, drawn = rule.box, f"{solid(rule.colour, theme)}<a:ln><a:noFill/></a:ln>"
    own = f"{more}</p:cNvPr><p:cNvSpPr/><p:nvPr/>" if more else '</p:cNvPr><p:cNvSpPr/><p:nvPr userDrawn="1"/>'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Rule">{own}</p:nvSpPr><p:spPr>{_xfrm(box)}'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{drawn}</p:spPr></p:sp>'
    )


def _tree(shapes: list[str]) -> str:
    return (
        '<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
        f"{''.join(shapes)}</p:spTree>"
    )


def _xfrm(box: Box) -> str:
    return f'<a:xfrm><a:off x="{box.x}" y="{box.y}"/><a:ext cx="{box.width}" cy="{box.height}"/></a:xfrm>'


def _line_spacing(theme: Theme) -> str:
    percent = round(theme.text.line_distance * 100_000)
    return f'<a:lnSpc><a:spcPct val="{percent}"/></a:lnSpc>'


def _other(theme: Theme) -> str:
    """The style of text in tables, and of text boxes that a person adds."""
    return f'<a:lvl1pPr><a:defRPr{size_of(theme.table.sizes[0])}><a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr>'


def size_of(size: float, inherited: float = 0) -> str:
    """The attribute of a size in points; none where it is the inherited one, so that the master can change it."""
    return "" if size == inherited else f' sz="{round(size * 100)}"'


def _master_size(slot: Slot, level: int, theme: Theme) -> float:
    """The size that the styles of the master give to a level of a placeholder."""
    return theme.title.sizes[0] if slot.kind == "title" else size_at(level, theme.text.sizes[0], theme)


def _run_style(size: str, role: str, theme: Theme, bold: bool = False, font: str = "mn") -> str:
    # Kerning from 1 pt on, as Typst sets it: without it lines break at other words.
    return (
        f'<a:defRPr{size} b="{int(bold)}" kern="100">{solid(role, theme)}'
        f'<a:latin typeface="+{font}-lt"/><a:ea typeface="+{font}-ea"/><a:cs typeface="+{font}-cs"/></a:defRPr>'
    )


def _title_style(theme: Theme) -> str:
    style = _run_style(size_of(theme.title.sizes[0]), "ink", theme, bold=True, font="mj")
    return f'<a:lvl1pPr algn="l">{_line_spacing(theme)}<a:buNone/>{style}</a:lvl1pPr>'


def _plain_style(slot: Slot, theme: Theme) -> str:
    size = size_of(slot.size, _master_size(slot, 0, theme))
    style = _run_style(size, slot.colour, theme, slot.bold, "mj" if slot.kind == "title" else "mn")
    spacing = f'{_line_spacing(theme)}<a:spcBef><a:spcPts val="0"/></a:spcBef>'
    return f'<a:lvl1pPr marL="0" indent="0">{spacing}<a:buNone/>{style}</a:lvl1pPr>'


def level_styles(theme: Theme, levels: Sequence[Level], inherited: Sequence[Level] = ()) -> str:
    """The styles of the levels of a list: sign, hanging indent, the space over each bullet, and a size of its own."""
    sizes = [level.size for level in inherited] or [0.0] * len(levels)
    pairs = zip(levels, sizes, strict=True)
    return "".join(_level_style(theme, number, *pair) for number, pair in enumerate(pairs, 1))


def _level_style(theme: Theme, number: int, level: Level, inherited: float) -> str:
    style = _run_style(size_of(level.size, inherited), "ink", theme)
    return (
        f'<a:lvl{number}pPr marL="{level.indent}" indent="{-level.hang}" algn="l">{_line_spacing(theme)}'
        f'<a:spcBef><a:spcPts val="{round(level.before / EMU * 100)}"/></a:spcBef>'
        f'<a:buClr>{colour_of(level.sign.colour, theme)}</a:buClr><a:buFont typeface="+mn-lt"/>'
        f'<a:buChar char="{level.sign.letter}"/>{style}</a:lvl{number}pPr>'
    )
