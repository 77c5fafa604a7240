"""Paragraphs -> DrawingML: text that keeps its size in every program, and its manners when edited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from deckgen.layout.pages import DrawnRun, Paragraph, Slot, TextBlock
from deckgen.layout.theme import EMU, Theme
from deckgen.writers.pptx.skeleton import colour_of, level_styles, size_of, solid

# Without this extension PowerPoint draws a link in the colour of the theme, whatever its run says
# (MS-ODRAWXML, 2.4.1.1.1); on a dark ground that cannot be read.
_LINK_COLOUR = (
    '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr '
    'xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/></a:ext></a:extLst>'
)
_TO_SLIDE = ' action="ppaction://hlinksldjump"'  # ECMA-376, part 1, 21.1.2.3.5; MS-OE376, 2.1.1198
# A table cell and a footer inherit no font from the master.
_FONT = '<a:latin typeface="+mn-lt"/>'


class TextWriter:
    """Writes the text of one slide; `relate` gives the relation id of a link's address."""

    def __init__(self, theme: Theme, language: str, relate: Callable[[str], str]) -> None:
        self._theme = theme
        self._language = language
        self._relate = relate
        font = f'{attribute(theme.fonts.code.powerpoint)} pitchFamily="49"'  # of fixed width, modern (MS-WMF, 2.2.2.14)
        self._code_font = f"<a:latin typeface={font}/><a:ea typeface={font}/><a:cs typeface={font}/>"

    def body(self, block: TextBlock, slot: Slot) -> str:
        """The `p:txBody` of a placeholder; in one with levels, a new paragraph becomes a bullet like those there.

        What has the size of its level in the layout inherits it, so that a change of the master changes it too.
        """
        styled = bool(block.levels)
        if styled:
            style = level_styles(self._theme, block.levels, slot.levels)
            sizes = [block.levels[p.level if p.bullet else 0].size for p in block.paragraphs]
        else:
            style = self._plain_style(block.paragraphs, slot)
            sizes = [block.paragraphs[-1].size] * len(block.paragraphs)
        pairs = zip(block.paragraphs, sizes, strict=True)
        paragraphs = "".join(self.paragraph(p, styled, inherited=size) for p, size in pairs)
        written = paragraphs or f'<a:p><a:endParaRPr lang="{self._language}"/></a:p>'
        return f"<p:txBody><a:bodyPr><a:noAutofit/></a:bodyPr><a:lstStyle>{style}</a:lstStyle>{written}</p:txBody>"

    def cell(self, paragraphs: Sequence[Paragraph]) -> str:
        """The `a:txBody` of a table cell. It inherits nothing, so it says its line distance itself."""
        size = self._theme.table.sizes[0]
        written = "".join(self.paragraph(p, styled=False, spaced=True, inherited=size) for p in paragraphs)
        return f"<a:txBody><a:bodyPr/><a:lstStyle/>{written or '<a:p/>'}</a:txBody>"

    def paragraph(self, paragraph: Paragraph, styled: bool, spaced: bool = False, inherited: float = 0) -> str:
        """A paragraph; `styled` when its level has a style in the shape that brings the bullet."""
        font = _FONT if spaced else ""
        runs = "".join(self._run(run, paragraph, inherited, font) for run in paragraph.runs)
        end = f'<a:endParaRPr lang="{self._language}"{size_of(paragraph.size, inherited)}/>'
        if paragraph.line:
            end = end.replace("/>", f">{self._code_font}</a:endParaRPr>")
        return f"<a:p>{self._properties(paragraph, styled, spaced)}{runs}{end}</a:p>"

    def _properties(self, paragraph: Paragraph, styled: bool, spaced: bool) -> str:
        attributes = f' lvl="{paragraph.level}"' if paragraph.level and paragraph.bullet else ""
        if (not paragraph.bullet and (styled or paragraph.indent)) or paragraph.numbers:
            attributes += f' marL="{paragraph.indent}" indent="{-paragraph.hang}"'
        if paragraph.align == "right":
            attributes += ' algn="r"'
        distance = round(self._theme.text.line_distance * 100_000)
        inner = f'<a:lnSpc><a:spcPct val="{distance}"/></a:lnSpc>' if spaced else ""
        inner += f'<a:spcBef><a:spcPts val="{round(paragraph.before / EMU * 100)}"/></a:spcBef>'
        inner += "<a:buNone/>" if styled and not paragraph.bullet else ""
        inner += self._number(paragraph) if paragraph.number else ""
        return f"<a:pPr{attributes}>{inner}</a:pPr>"

    def _number(self, paragraph: Paragraph) -> str:
        """What PowerPoint counts by; a number has the weight of the words after it."""
        colour = colour_of(paragraph.bullet.colour, self._theme) if paragraph.bullet else ""
        start = f' startAt="{paragraph.start}"' if paragraph.start > 1 else ""
        font = '<a:buFont typeface="+mn-lt"/>'
        return f'<a:buClr>{colour}</a:buClr>{font}<a:buAutoNum type="arabicPeriod"{start}/>'

    def _run(self, run: DrawnRun, paragraph: Paragraph, inherited: float, font: str) -> str:
        bold = f' b="{int(run.bold)}"'
        italic = ' i="1"' if run.italic else ""
        fill = solid(run.colour, self._theme)
        mark = f"<a:highlight>{colour_of(run.fill, self._theme)}</a:highlight>" if run.fill else ""
        link = self._link(run.link) if run.link else ""
        size = paragraph.size * (self._theme.fonts.code.share if run.code and not paragraph.line else 1)
        properties = f'lang="{self._language}"{size_of(size, inherited)}{bold}{italic} kern="100"'
        inner = f"{fill}{mark}{self._code_font if run.code else font}{link}"
        lines = (
            f"<a:r><a:rPr {properties}>{inner}</a:rPr><a:t>{escape(line, quote=False)}</a:t></a:r>" if line else ""
            for line in run.text.split("\n")
        )
        return f"<a:br><a:rPr {properties}/></a:br>".join(lines)

    def _link(self, link: str) -> str:
        action = _TO_SLIDE if link.startswith("#") else ""
        return f'<a:hlinkClick r:id="{self._relate(link)}"{action}>{_LINK_COLOUR}</a:hlinkClick>'

    def _plain_style(self, paragraphs: Sequence[Paragraph], slot: Slot) -> str:
        last = paragraphs[-1]
        bold = f' b="{int(last.bold)}"'
        fill = solid(last.colour, self._theme)
        return f"<a:lvl1pPr><a:defRPr{size_of(last.size, slot.size)}{bold}>{fill}</a:defRPr></a:lvl1pPr>"


def attribute(text: str) -> str:
    """Text as an XML attribute, quotes included."""
    return f'"{escape(text)}"'
