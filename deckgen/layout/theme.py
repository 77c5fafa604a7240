"""The look of a deck as typed data -> the boxes of a page; lengths in EMU, sizes of text in points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from deckgen.base import Frozen, Meta, to_builtins

EMU = 12_700  # English Metric Units in a point (ECMA-376, part 1, 20.1.10.16)


class Box(Frozen):
    """A rectangle on the page, in EMU from its upper left corner."""

    x: int
    y: int
    width: int
    height: int

    @property
    def bottom(self) -> int:
        """The y of its lower edge."""
        return self.y + self.height


class Length(int):
    """A length in EMU; the file of the theme gives it in points."""


class Side(Length):
    """The width or the height of a page."""


class Sizes(tuple[float, ...]):
    """Sizes of text in points, the largest first."""

    __slots__ = ()


Size = Annotated[float, Meta(ge=6, le=200)]
Em = Annotated[float, Meta(ge=0, le=10)]
_HEXADECIMAL = {"patternErrorMessage": "six hexadecimal digits between quotes, without `#`"}
Colour = Annotated[str, Meta(pattern="^[0-9A-Fa-f]{6}$", examples=["303030"], extra_json_schema=_HEXADECIMAL)]


class _Style(Frozen, rename="kebab", forbid_unknown_fields=True):
    """A part of the theme: its keys are the fields, with a hyphen for each underscore."""


class PageStyle(_Style):
    """The page and its grid."""

    width: Annotated[Side, Meta(description="How wide the page is.")]
    height: Annotated[Side, Meta(description="How high the page is.")]
    margin: Annotated[Length, Meta(description="The empty space on the left and on the right.")]
    columns: Annotated[int, Meta(ge=1, le=24, description="The columns of the grid between the margins.")]
    gutter: Annotated[Length, Meta(description="The space between two columns of the grid.")]


class CodeFontStyle(_Style):
    """The fixed-width fonts of both files, for code; PowerPoint and the PDF must set them alike too."""

    powerpoint: Annotated[str, Meta(min_length=1, description="The font that the PowerPoint names for code.")]
    pdf: Annotated[Literal["Liberation Mono"], Meta(description="Its metric twin, which comes with deckgen.")]
    share: Annotated[float, Meta(ge=0.5, le=1, description="The size of code, as a share of the text around it.")]
    least: Annotated[Size, Meta(description="The least size of a block of code, where its longest line needs it.")]


class FontStyle(_Style):
    """The fonts of both files, and the measures of a line in em."""

    powerpoint: Annotated[str, Meta(min_length=1, description="The font that the PowerPoint names.")]
    pdf: Annotated[Literal["Carlito"], Meta(description="The font of the PDF, which comes with deckgen.")]
    line: Annotated[float, Meta(ge=0.5, le=3, description="The height of one line at 100 %.")]
    ascent: Annotated[Em, Meta(description="How far the first baseline is below the top.")]
    code: CodeFontStyle


class Colours(_Style):
    """The colours by their role, each as six hexadecimal digits."""

    paper: Annotated[Colour, Meta(description="The ground of a slide.")]
    ink: Annotated[Colour, Meta(description="Text.")]
    muted: Annotated[Colour, Meta(description="Secondary text: headers, captions, footnotes, and the signs of lists.")]
    accent: Annotated[Colour, Meta(description="Links, and what is highlighted.")]
    mark: Annotated[Colour, Meta(description="The bars of a chart, and outlines.")]
    tint: Annotated[Colour, Meta(description="The ground of a call to action and of code.")]
    rule: Annotated[Colour, Meta(description="The lines between the rows of a table.")]
    opener: Annotated[Colour, Meta(description="The ground of an opener: the title, the start of a talk, the end.")]
    on_opener: Annotated[Colour, Meta(description="Text on an opener.")]
    muted_on_opener: Annotated[Colour, Meta(description="Secondary text on an opener.")]
    accent_on_opener: Annotated[Colour, Meta(description="Links and the line on an opener.")]


class GapStyle(_Style):
    """The space between bullets."""

    least: Annotated[Length, Meta(description="The minimum; if it does not fit, the slide is split.")]
    most: Annotated[Length, Meta(description="The maximum, if there is room.")]
    under: Annotated[Em, Meta(description="The share of it over the bullets under another one.")]


class TextStyle(_Style):
    """Bullets and the lines of all text."""

    line_distance: Annotated[float, Meta(ge=0.7, le=3, description="The distance of two lines, as a share of a line.")]
    slack: Annotated[
        float,
        Meta(ge=0, le=0.5, description="The share of the width that stays free, for programs that kern differently."),
    ]
    sizes: Annotated[Sizes, Meta(description="The size of bullets, and smaller ones for a page that does not fit.")]
    official: Annotated[Size, Meta(description="The least size of a text whose words are fixed.")]
    gap: GapStyle
    indent: Annotated[Length, Meta(description="How far a bullet is indented.")]
    under: Annotated[Length, Meta(description="How much further a bullet under another one is indented.")]
    number: Annotated[Length, Meta(description="How far a numbered item is indented.")]


class TitleStyle(_Style):
    """The title of a slide."""

    top: Annotated[Length, Meta(description="Its upper edge.")]
    height: Annotated[Length, Meta(description="How high its box is.")]
    sizes: Annotated[Sizes, Meta(description="Sizes of the title: the largest that fits.")]


class HeadsStyle(_Style):
    """The heads of columns and groups, and the rule under them."""

    size: Annotated[Size, Meta(description="The size of the heads of a table.")]
    top: Annotated[Length, Meta(description="The upper edge of their boxes.")]
    rule: Annotated[Length, Meta(description="Where the rule under them is.")]
    above: Annotated[Length, Meta(description="The space between their words and the rule.")]
    below: Annotated[Length, Meta(description="The space between the rule and the list under it.")]


class BodyStyle(_Style):
    """The area for the content of a slide."""

    top: Annotated[Length, Meta(description="Its upper edge.")]
    bottom: Annotated[Length, Meta(description="Its lower edge.")]
    air: Annotated[Length, Meta(description="What stays free at its foot, unless the page is full.")]


class FootnoteStyle(_Style):
    """The line at the foot of a slide."""

    size: Annotated[Size, Meta(description="The size of its text.")]
    gap: Annotated[Length, Meta(description="The space over it.")]


class CalloutStyle(_Style):
    """The call to action in its tinted panel."""

    size: Annotated[Size, Meta(description="The size of its text.")]
    height: Annotated[Length, Meta(description="How high it is with one line.")]
    overhang: Annotated[Length, Meta(description="How far it reaches beyond the text on both sides.")]
    gap: Annotated[Length, Meta(description="The space over it.")]


class FooterStyle(_Style):
    """The page number and the name of the meeting under every slide."""

    top: Annotated[Length, Meta(description="Its upper edge.")]
    height: Annotated[Length, Meta(description="How high its box is.")]
    size: Annotated[Size, Meta(description="The size of its text.")]
    number: Annotated[Length, Meta(description="How wide the box of the page number is.")]


class QrStyle(_Style):
    """The QR code in the upper right corner."""

    top: Annotated[Length, Meta(description="Its upper edge.")]
    size: Annotated[Length, Meta(description="How wide and high it is.")]


class AirStyle(_Style):
    """The space above and below the text of a row."""

    least: Annotated[Length, Meta(description="The minimum; if it does not fit, a smaller size is taken.")]
    most: Annotated[Length, Meta(description="The maximum, if there is room.")]


class FewStyle(_Style):
    """A table of few rows, each with a short head in large type."""

    rows: Annotated[int, Meta(ge=0, le=20, description="The maximum of rows.")]
    heights: Annotated[Sizes, Meta(description="How high a row is where there is one, two and so on.")]
    sizes: Annotated[Sizes, Meta(description="Sizes of the heads: the largest that fits.")]


class TableStyle(_Style):
    """Tables."""

    sizes: Annotated[Sizes, Meta(description="The size of the text, and smaller ones for a page that does not fit.")]
    under: Annotated[Size, Meta(description="The size of the second line of a cell.")]
    gutter: Annotated[Length, Meta(description="The space right of a column.")]
    air: AirStyle
    rule: Annotated[Length, Meta(description="How thick the line between two rows is.")]
    header_rule: Annotated[Length, Meta(description="How thick the line under the heads is.")]
    few: FewStyle


class ColumnsStyle(_Style):
    """Entries that are filled down columns."""

    gap: Annotated[Length, Meta(description="The space between two columns.")]
    pitch: Annotated[Length, Meta(description="The distance of two entries of one line, at the first size of a text.")]


class ChartStyle(_Style):
    """Charts."""

    title: Annotated[Size, Meta(description="The size of the title over the chart.")]
    labels: Annotated[Sizes, Meta(description="Sizes of the labels: the largest at which none touches the next.")]
    share: Annotated[float, Meta(ge=0.1, le=0.9, description="The chart's share of the width beside a table.")]


class KeyFiguresStyle(_Style):
    """Numbers in large type."""

    values: Annotated[Sizes, Meta(description="Sizes of the numbers: the largest at which all of a page fit.")]
    above: Annotated[Length, Meta(description="The space between the foot of the numbers and the line under them.")]
    below: Annotated[Length, Meta(description="The space between that line and what they count.")]


class QuoteStyle(_Style):
    """A person's words."""

    sizes: Annotated[Sizes, Meta(description="Sizes of the words: the largest that fits.")]


class PhotographStyle(_Style):
    """A picture from edge to edge, and the band under it."""

    band: Annotated[Length, Meta(description="Where the picture ends and the band begins.")]
    below: Annotated[Length, Meta(description="The space under the text in the band.")]
    sizes: Annotated[Sizes, Meta(description="Sizes of the title: the largest that fits.")]


class CodeStyle(_Style):
    """A page of code."""

    sizes: Annotated[Sizes, Meta(description="Sizes of the code: the largest at which its longest line fits.")]


class CaptionStyle(_Style):
    """The lines under a picture."""

    sizes: Annotated[Sizes, Meta(description="Sizes of the caption: the largest that fits.")]
    gap: Annotated[Length, Meta(description="The space over it.")]


class HorizonStyle(_Style):
    """The line that large text stands on, and who, when and where hang under."""

    rule: Annotated[Length, Meta(description="Where the line is.")]
    thickness: Annotated[Length, Meta(description="How thick it is.")]
    top: Annotated[Length, Meta(description="The upper edge of the text above it.")]
    above: Annotated[Length, Meta(description="The lower edge of the text above it.")]
    below: Annotated[Length, Meta(description="The upper edge of the text under it.")]
    bottom: Annotated[Length, Meta(description="The lower edge of the text under it.")]
    opening: Annotated[Sizes, Meta(description="Sizes of the title of the first slide: the largest that fits.")]
    statement: Annotated[Sizes, Meta(description="Sizes of a statement on one line, on two, on three and so on.")]


class Theme(_Style):
    """The look of the deck: every length and size in points."""

    page: PageStyle
    fonts: FontStyle
    colours: Colours
    text: TextStyle
    title: TitleStyle
    heads: HeadsStyle
    body: BodyStyle
    footnote: FootnoteStyle
    callout: CalloutStyle
    footer: FooterStyle
    qr: QrStyle
    table: TableStyle
    columns: ColumnsStyle
    chart: ChartStyle
    key_figures: KeyFiguresStyle
    quote: QuoteStyle
    code: CodeStyle
    caption: CaptionStyle
    photograph: PhotographStyle
    horizon: HorizonStyle
    logo: Annotated[
        str,
        Meta(
            description="A picture for the title slide, from the folder of the repository.",
            examples=["templates/logo.svg"],
        ),
    ] = ""

    @property
    def colours_by_role(self) -> Mapping[str, str]:
        """Six hexadecimal digits for each role that a paragraph may name."""
        return to_builtins(self.colours)  # type: ignore[no-any-return]

    def colour(self, role: str) -> str:
        """The colour of a role."""
        return str(getattr(self.colours, role.replace("-", "_")))

    @property
    def page_box(self) -> Box:
        """The whole page."""
        return Box(0, 0, self.page.width, self.page.height)

    @property
    def title_box(self) -> Box:
        """The box of the title of a slide, over its rule."""
        return self._across(self.title.top, self.title.height)

    @property
    def body_box(self) -> Box:
        """The area for the content of a slide."""
        return self._across(self.body.top, self.body.bottom - self.body.top)

    @property
    def footer_box(self) -> Box:
        """The line at the foot: the page number, the name of the meeting and the section."""
        return self._across(self.footer.top, self.footer.height)

    @property
    def above_horizon(self) -> Box:
        """The area for what is large and stands alone."""
        return self._across(self.horizon.top, self.horizon.above - self.horizon.top)

    @property
    def below_horizon(self) -> Box:
        """The area under it, for who, when and where."""
        return self._across(self.horizon.below, self.horizon.bottom - self.horizon.below)

    def grid_line(self, number: int) -> int:
        """Where a column of the grid begins, counted from 0."""
        page = self.page
        inner = page.width - 2 * page.margin
        return page.margin + round(number * (inner + page.gutter) / page.columns)

    def span(self, start: int, end: int, box: Box) -> Box:
        """The part of a box from the left edge of column `start` to the right edge of the column before `end`."""
        left = self.grid_line(start)
        return Box(left, box.y, self.grid_line(end) - self.page.gutter - left, box.height)

    def _across(self, top: int, height: int) -> Box:
        """A box from margin to margin."""
        return Box(self.page.margin, top, self.page.width - 2 * self.page.margin, height)

    def line_height(self, size: float) -> int:
        """The distance of two lines of this size, in EMU."""
        return round(self.fonts.line * self.text.line_distance * size * EMU)

    def set_width(self, width: int) -> int:
        """The part of a width that lines are broken to; the rest is slack for other programs."""
        return round(width * (1 - self.text.slack))
