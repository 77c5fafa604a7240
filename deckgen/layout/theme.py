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
    """The page."""

    width: Annotated[Side, Meta(description="How wide the page is.")]
    height: Annotated[Side, Meta(description="How high the page is.")]
    margin: Annotated[Length, Meta(description="The empty space on the left and on the right.")]


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

    paper: Annotated[Colour, Meta(description="The ground of a slide, and text on a dark one.")]
    ink: Annotated[Colour, Meta(description="Text, and the ground of a dark slide.")]
    muted: Annotated[Colour, Meta(description="Secondary text: headers, captions, footnotes.")]
    tint: Annotated[Colour, Meta(description="The ground of a call to action, of a highlighted row and of code.")]
    accent: Annotated[Colour, Meta(description="Links, headings, bullets and what is highlighted.")]
    accent_on_ink: Annotated[Colour, Meta(description="The same on a dark ground.")]
    muted_on_ink: Annotated[Colour, Meta(description="Secondary text on a dark ground.")]
    bars: Annotated[Colour, Meta(description="The bars of a chart.")]
    rule: Annotated[Colour, Meta(description="The lines between the rows of a table.")]


class GapStyle(_Style):
    """The space between bullets, in em."""

    least: Annotated[Em, Meta(description="The minimum; if it does not fit, the slide is split.")]
    most: Annotated[Em, Meta(description="The maximum, if there is room.")]
    under: Annotated[Em, Meta(description="The share of it over the bullets under another one.")]


class TextStyle(_Style):
    """Bullets and the lines of all text."""

    line_distance: Annotated[float, Meta(ge=0.7, le=3, description="The distance of two lines, as a share of a line.")]
    slack: Annotated[
        float,
        Meta(ge=0, le=0.5, description="The share of the width that stays free, for programs that kern differently."),
    ]
    sizes: Annotated[Sizes, Meta(description="Sizes of bullets: the largest that fits.")]
    gap: GapStyle
    indent: Annotated[Length, Meta(description="How far each level of bullets is indented.")]


class TitleStyle(_Style):
    """The title of a slide."""

    top: Annotated[Length, Meta(description="Its upper edge.")]
    height: Annotated[Length, Meta(description="How high its box is.")]
    sizes: Annotated[Sizes, Meta(description="Sizes of the title: the largest that fits.")]


class TitleRuleStyle(_Style):
    """The short rule under the title."""

    top: Annotated[Length, Meta(description="Its upper edge.")]
    width: Annotated[Length, Meta(description="How long it is.")]
    height: Annotated[Length, Meta(description="How thick it is.")]


class BodyStyle(_Style):
    """The area for the content of a slide."""

    top: Annotated[Length, Meta(description="Its upper edge.")]
    bottom: Annotated[Length, Meta(description="Its lower edge.")]
    column_gap: Annotated[Length, Meta(description="The space between lists side by side.")]


class FootnoteStyle(_Style):
    """The line at the foot of a slide."""

    size: Annotated[Size, Meta(description="The size of its text.")]
    gap: Annotated[Length, Meta(description="The space over it.")]


class CalloutStyle(_Style):
    """The call to action in its tinted bar."""

    size: Annotated[Size, Meta(description="The size of its text.")]
    padding: Annotated[Length, Meta(description="The space between its text and its edge.")]


class FooterStyle(_Style):
    """The name of the meeting and the page number under every slide."""

    top: Annotated[Length, Meta(description="Its upper edge.")]
    height: Annotated[Length, Meta(description="How high its box is.")]
    size: Annotated[Size, Meta(description="The size of its text.")]


class QrStyle(_Style):
    """The QR code in the upper right corner."""

    top: Annotated[Length, Meta(description="Its upper edge.")]
    size: Annotated[Length, Meta(description="How wide and high it is.")]


class AirStyle(_Style):
    """The space above and below the text of a row."""

    least: Annotated[Length, Meta(description="The minimum; if it does not fit, the table is split.")]
    most: Annotated[Length, Meta(description="The maximum, if there is room.")]


class TableStyle(_Style):
    """Tables."""

    sizes: Annotated[Sizes, Meta(description="Sizes of the text: the largest that fits.")]
    unwrapped: Annotated[Size, Meta(description="Above this size, a smaller size is chosen before a cell wraps.")]
    lines: Annotated[
        float, Meta(ge=1, le=20, description="The maximum of lines in a cell, as long as a smaller size helps.")
    ]
    header: Annotated[Size, Meta(description="The size of the header.")]
    padding: Annotated[Length, Meta(description="The space left and right of a cell's text.")]
    air: AirStyle
    rule: Annotated[Length, Meta(description="How thick the line between two rows is.")]
    header_rule: Annotated[Length, Meta(description="How thick the line under the header is.")]


class ColumnsStyle(_Style):
    """Entries that are filled down columns."""

    gap: Annotated[Length, Meta(description="The space between two columns.")]


class ChartStyle(_Style):
    """Charts."""

    title: Annotated[Size, Meta(description="The size of the title over the chart.")]
    labels: Annotated[Sizes, Meta(description="Sizes of the labels: the largest at which none touches the next.")]
    share: Annotated[float, Meta(ge=0.1, le=0.9, description="The chart's share of the width beside a table.")]
    gap: Annotated[Length, Meta(description="The space between the table and the chart.")]


class KeyFiguresStyle(_Style):
    """Numbers in large type."""

    values: Annotated[Sizes, Meta(description="Sizes of the numbers: the largest that fits.")]
    label: Annotated[Size, Meta(description="The size of what they count.")]


class CaptionStyle(_Style):
    """The lines under a picture."""

    sizes: Annotated[Sizes, Meta(description="Sizes of the caption: the largest that fits.")]


class DarkBarStyle(_Style):
    """The bar beside the title of a dark slide."""

    left: Annotated[Length, Meta(description="Its left edge.")]
    width: Annotated[Length, Meta(description="How thick it is.")]


class StatementStyle(_Style):
    """A slide with one statement."""

    sizes: Annotated[Sizes, Meta(description="Sizes of the title: the largest that fits.")]
    top: Annotated[Length, Meta(description="The upper edge of the title.")]
    height: Annotated[Length, Meta(description="How high the box of the title is.")]
    lines: Annotated[Size, Meta(description="The size of the lines under it.")]
    lines_top: Annotated[Length, Meta(description="The upper edge of those lines.")]
    bottom: Annotated[Length, Meta(description="The lower edge of those lines.")]


class OpeningStyle(StatementStyle):
    """The first slide."""

    subtitle: Annotated[Size, Meta(description="The size of the subtitle.")]
    subtitle_top: Annotated[Length, Meta(description="The upper edge of the subtitle.")]


class DarkStyle(_Style):
    """Slides on a dark ground: the first, the start of a talk, the end."""

    left: Annotated[Length, Meta(description="The left edge of all text.")]
    width: Annotated[Length, Meta(description="How wide all text is.")]
    bar: DarkBarStyle
    opening: OpeningStyle
    statement: StatementStyle


class Theme(_Style):
    """The look of the deck: every length and size in points."""

    page: PageStyle
    fonts: FontStyle
    colours: Colours
    text: TextStyle
    title: TitleStyle
    title_rule: TitleRuleStyle
    body: BodyStyle
    footnote: FootnoteStyle
    callout: CalloutStyle
    footer: FooterStyle
    qr: QrStyle
    table: TableStyle
    columns: ColumnsStyle
    chart: ChartStyle
    key_figures: KeyFiguresStyle
    caption: CaptionStyle
    dark: DarkStyle

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
    def title_rule_box(self) -> Box:
        """The short rule under a title."""
        rule = self.title_rule
        return Box(self.page.margin, rule.top, rule.width, rule.height)

    @property
    def body_box(self) -> Box:
        """The area for the content of a slide."""
        return self._across(self.body.top, self.body.bottom - self.body.top)

    @property
    def footer_box(self) -> Box:
        """The line at the foot: the name of the meeting, and at its right end the page number."""
        return self._across(self.footer.top, self.footer.height)

    def dark_box(self, top: int, height: int) -> Box:
        """A box on a dark slide."""
        return Box(self.dark.left, top, self.dark.width, height)

    def _across(self, top: int, height: int) -> Box:
        """A box from margin to margin."""
        return Box(self.page.margin, top, self.page.width - 2 * self.page.margin, height)

    def line_height(self, size: float) -> int:
        """The distance of two lines of this size, in EMU."""
        return round(self.fonts.line * self.text.line_distance * size * EMU)

    def set_width(self, width: int) -> int:
        """The part of a width that lines are broken to; the rest is slack for other programs."""
        return round(width * (1 - self.text.slack))
