"""Placed blocks -> Pages: the deck after layout, each block with its box, size and lines; pure data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from deckgen.base import Frozen, field, replace
from deckgen.deck.model import Chart, Picture, Run, Text
from deckgen.layout.levels import Level, Sign
from deckgen.layout.numbers import NumberFormat
from deckgen.layout.theme import Box
from deckgen.meeting.identity import Identity
from deckgen.problems import Origin

Align = Literal["left", "right"]
# The colours of text on an opener.
ON_OPENER = ("on-opener", "muted-on-opener", "accent-on-opener")


class DrawnRun(Frozen):
    """A run as it is drawn; `colour`, and `fill` under it, are roles of the theme, and `code` is of fixed width."""

    text: str
    bold: bool
    italic: bool
    link: str
    colour: str
    fill: str = ""
    code: bool = False


class Paragraph(Frozen):
    """A text as it is drawn: `size` in points, `colour` a role of the theme, `before` the space over it in EMU.

    `indent` is how far its words are from the left edge of the box, and `hang` how far before them its bullet
    is, both in EMU. `lines` is how many lines it takes; with `breakable`, a word too long for the width is broken
    between any two characters, as PowerPoint does. `line` is its number in a block of code, counted from 1; it is 0 if
    the text is not code. `number` is its number in a list, 0 if it has none; `start` is the first of the numbers that
    go on without anything between them. `numbers` is the width of the numbers that it is under, its own among them.
    """

    text: Text
    size: float
    colour: str = "ink"
    bold: bool = False
    level: int = 0
    bullet: Sign | None = None
    indent: int = 0
    hang: int = 0
    heading: bool = False
    before: int = 0
    align: Align = "left"
    lines: int = 1
    breakable: bool = False
    alone: bool = False
    line: int = 0
    number: int = 0
    start: int = 0
    numbers: int = 0

    @property
    def runs(self) -> tuple[DrawnRun, ...]:
        """The runs of the text, with the colours of links and of code."""
        return tuple(self._drawn(run) for run in self.text.runs)

    def _drawn(self, run: Run) -> DrawnRun:
        # Code has a light ground of its own, on an opener too.
        opener = self.colour in ON_OPENER and not run.code
        own = "ink" if run.code and self.colour in ON_OPENER else self.colour
        muted = "muted-on-opener" if opener else "muted"
        colour = ("accent-on-opener" if opener else "accent") if run.link else muted if run.muted else own
        fill = "tint" if run.code and not self.line else ""
        bold = run.bold or (self.bold and not run.muted)
        return DrawnRun(run.text, bold, run.italic, run.link, colour, fill, run.code)


class TextBlock(Frozen):
    """Paragraphs in a box. `slot` is the placeholder of the layout that holds them.

    `levels` are those of a list, for bullets that a person adds in PowerPoint.
    """

    slot: str
    box: Box
    paragraphs: tuple[Paragraph, ...]
    anchor: Literal["top", "middle", "bottom"] = "top"
    fill: str = ""
    padding: int = 0
    levels: tuple[Level, ...] = ()


class TableRow(Frozen):
    """A row of a table; each cell is a list of paragraphs, with `above` and `below` them so much space in EMU.

    A cell that the one before it spans has no paragraph.

    With `strong`, the rule under it is that of the header.
    """

    height: int
    cells: tuple[tuple[Paragraph, ...], ...]
    above: int
    below: int
    anchor: Literal["top", "middle", "bottom"] = "top"
    strong: bool = False

    @property
    def spans(self) -> tuple[int, ...]:
        """How many columns each cell has; 0 for one that another spans."""
        found = []
        for index, cell in enumerate(self.cells):
            more = next((n for n, other in enumerate(self.cells[index + 1 :]) if other), len(self.cells) - index - 1)
            found.append(more + 1 if cell else 0)
        return tuple(found)


class TableBlock(Frozen):
    """A table; its first row is the header, and `size` that of its text.

    `widths` are those of the columns, with the space left and right of their text, which is in `margins`. There is a
    rule between two rows, and under the last one if the table is `closed`.
    """

    slot: str
    box: Box
    widths: tuple[int, ...]
    margins: tuple[tuple[int, int], ...]
    rows: tuple[TableRow, ...]
    size: float
    closed: bool = False

    def aside(self, column: int, span: int) -> tuple[int, int]:
        """The space left and right of the text of a cell over so many columns."""
        return self.margins[column][0], self.margins[column + span - 1][1]

    def room(self, column: int, span: int) -> int:
        """The width of a cell over so many columns, without the space beside its text."""
        return sum(self.widths[column : column + span]) - sum(self.aside(column, span))


class PictureBlock(Frozen):
    """A picture in a box of its own proportions, or `cut`; a QR code has no slot.

    `cut` is how much is left out at the left, the top, the right and the bottom, as shares of the picture.
    """

    slot: str
    box: Box
    picture: Picture
    cut: tuple[float, float, float, float] = (0, 0, 0, 0)


class Bar(Frozen):
    """A bar of a chart."""

    box: Box
    colour: str


Shape = Literal["circle", "square", "diamond", "triangle"]


class Mark(Frozen):
    """The mark at each point of a line; `width` in EMU."""

    shape: Shape
    width: int


class Line(Frozen):
    """A line through points on the page, `width` wide in EMU; with a `mark` at each of them."""

    points: tuple[tuple[int, int], ...]
    colour: str
    width: int
    mark: Mark | None = None


class Label(Frozen):
    """Words centred in a box; `swatch` is the colour of the series that they name, with the `mark` of its line.

    `ground` is what they are on, a role of the theme, or an empty text for that of the page.
    A label that is `turned` reads upwards; the lines of one that `wraps` are broken to the width of the box.
    """

    text: str
    box: Box
    colour: str
    bold: bool = False
    swatch: str = ""
    mark: Mark | None = None
    ground: str = ""
    turned: bool = False
    wraps: bool = False
    align: Literal["left", "center", "right"] = "center"


Side = Literal["above", "below", "left", "right", "inside", "nowhere"]


class SeriesStyle(Frozen):
    """How a series is drawn: its colour and that of its labels, roles of the theme; `mark` and `width` are a line's.

    `sides` are where the labels of its values are, by category.
    """

    colour: str
    label: str
    sides: tuple[Side, ...]
    mark: Mark | None
    width: int


class ChartBlock(Frozen):
    """A chart: `plot` is the area of the bars or lines, `low` and `top` the values at its edges.

    `size` is that of the labels, and `format` how the values are written. `gap` is the space between bars as a share
    of a bar. Every `every`th category has its name, which reads upwards if `turned`; the values do if `values_turned`.
    `scale` is the distance of the lines of a scale, or None if the values stand at the bars and points. `legend` is the
    box of the names of the series. PowerPoint draws `chart` itself, into the same plot; the bars, lines and labels
    are for a writer that has no charts.
    """

    slot: str
    box: Box
    plot: Box
    low: float
    top: float
    size: float
    format: NumberFormat
    gap: float
    every: int
    turned: bool
    values_turned: bool
    scale: float | None
    legend: Box | None
    series: tuple[SeriesStyle, ...]
    chart: Chart
    alt: str
    axis: Line
    grid: tuple[Line, ...]
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]


class RuleBlock(Frozen):
    """A decorative rectangle, filled, or hollow with an outline that is so thick inside it, in EMU."""

    box: Box
    colour: str
    outline: int = 0
    dashed: bool = False


Block = TextBlock | TableBlock | PictureBlock | ChartBlock | RuleBlock


SlotKind = Literal["title", "subtitle", "body", "text", "table", "chart", "picture"]


class Slot(Frozen):
    """A placeholder: its name is unique in the layout; `prompt` is the text of an empty one."""

    name: str
    kind: SlotKind
    box: Box
    size: float
    prompt: str
    colour: str = "ink"
    bold: bool = False
    anchor: Literal["top", "middle", "bottom"] = "top"
    fill: str = ""
    padding: int = 0
    levels: tuple[Level, ...] = ()


class Layout(Frozen):
    """A kind of page: `marks` are its rules, `ground` is a role of the theme.

    With `foot`, the page number and the name of the meeting are under it.
    """

    name: str
    slots: tuple[Slot, ...]
    marks: tuple[RuleBlock, ...] = ()
    ground: str = "paper"
    foot: bool = True


class Page(Frozen):
    """One page: the slide it shows, or the part of it; `number` counts from 1, and `foot` is beside the number.

    `also` are the ids of other slides on it. A `hidden` page is only in the PowerPoint; it has a number there, so the
    PDF leaves out that number.
    """

    slide: str
    section: str
    number: int
    part: int
    parts: int
    layout: str
    title: str
    blocks: tuple[Block, ...]
    notes: Text | None
    origin: Origin
    foot: str = ""
    also: tuple[str, ...] = ()
    hidden: bool = False


class Pages(Frozen):
    """All pages of a deck, and the properties of the files.

    `layouts` are all layouts, in the order of PowerPoint's menu. `drawn` has the PNG of each untrusted SVG, drawn in
    a process with limits. `boxed` are the characters that no font here has. `identity` is that of the PowerPoint.
    """

    title: str
    subject: str
    author: str
    language: str
    footer: str
    timestamp: int
    pages: tuple[Page, ...]
    layouts: tuple[Layout, ...]
    drawn: dict[bytes, bytes] = field(default_factory=dict)
    boxed: str = ""
    identity: Identity | None = None

    @property
    def shown(self) -> Pages:
        """These pages without the hidden ones: those of the PDF."""
        return replace(self, pages=tuple(page for page in self.pages if not page.hidden))

    @property
    def with_drawings(self) -> frozenset[int]:
        """The positions, counted from 1, of the pages that have such an SVG, which may contain words."""
        return frozenset(
            position
            for position, page in enumerate(self.pages, 1)
            for block in page.blocks
            if isinstance(block, PictureBlock) and block.picture.data in self.drawn
        )

    def with_data(self, data: Mapping[bytes, bytes], format: Literal["png", "svg"]) -> Pages:
        """These pages with other bytes for the pictures that are in `data`."""

        def shown(block: Block) -> Block:
            if not isinstance(block, PictureBlock) or block.picture.data not in data:
                return block
            return replace(block, picture=replace(block.picture, data=data[block.picture.data], format=format))

        return replace(self, pages=tuple(replace(p, blocks=tuple(map(shown, p.blocks))) for p in self.pages))
