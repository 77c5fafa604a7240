"""Filled slides -> Deck: an ordered list of a closed set of kinds; pure data, no font, no file."""

from __future__ import annotations

from typing import Literal

from deckgen.base import Frozen
from deckgen.problems import Origin


class Run(Frozen):
    """A stretch of text in one style; `link` is an http(s) or mailto address, or nothing."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""


class Text(Frozen):
    """One paragraph, and where its words were written."""

    runs: tuple[Run, ...]
    origin: Origin

    @property
    def words(self) -> str:
        """The text without its styles."""
        return "".join(run.text for run in self.runs)


class Bullet(Frozen):
    """An item of a list with the items under it; with `plain`, a paragraph that introduces what follows."""

    text: Text
    items: tuple[Bullet, ...] = ()
    plain: bool = False


class Group(Frozen):
    """A labelled list."""

    heading: Text | None
    items: tuple[Bullet, ...]


class Cell(Frozen):
    """A table cell: its text and, smaller under it, a second line."""

    text: Text
    sub: Text | None = None


class Row(Frozen):
    """A row of a table; `highlight` tints it."""

    cells: tuple[Cell, ...]
    highlight: bool
    origin: Origin


class Series(Frozen):
    """Named values of a chart, one for each category; None where a value is not known."""

    name: str
    values: tuple[float | None, ...]


class Chart(Frozen):
    """A bar or line chart; the category `highlight` is drawn in the accent colour."""

    type: Literal["bar", "line"]
    title: Text
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    highlight: str
    origin: Origin


class Picture(Frozen):
    """The bytes of a PNG, JPEG or SVG, its size in pixels, and the words for who cannot see it."""

    data: bytes
    format: Literal["png", "jpg", "svg"]
    width: int
    height: int
    alt: str
    origin: Origin


class AgendaItem(Frozen):
    """A topic: who speaks, the minutes it takes, and when it starts, in minutes after midnight.

    `minutes` is None for what takes the remaining time; `start` is None where nothing says
    when the session begins; `slide` is the id of the slide it is about, if it says so.
    """

    topic: Text
    who: Text | None
    minutes: int | None
    label: str
    start: int | None
    origin: Origin
    slide: str = ""


class KeyFigure(Frozen):
    """A number in large type and what it counts."""

    value: Text
    label: Text


class Common(Frozen, kw_only=True):
    """What every slide has, whatever its kind."""

    id: str
    section: str
    title: Text
    origin: Origin
    notes: str = ""
    footnote: Text | None = None
    qr: Picture | None = None
    wanted: Text | None = None
    ask: Text | None = None


class TitleSlide(Common, kw_only=True):
    """The first slide: the name of the meeting, who leads it and when."""

    subtitle: Text | None = None
    lines: tuple[Text, ...] = ()


class Statement(Common, kw_only=True):
    """A slide with one thing to say, such as the start of a talk or the end."""

    lines: tuple[Text, ...] = ()


class Bullets(Common, kw_only=True):
    """Lists side by side: one without a heading, or two or three labelled groups."""

    groups: tuple[Group, ...]
    callout: Text | None = None


class Columns(Common, kw_only=True):
    """Short entries filled down one to four columns, in labelled groups or none."""

    groups: tuple[Group, ...]
    columns: int
    callout: Text | None = None


class Table(Common, kw_only=True):
    """Rows under a header; a chart may stand beside them."""

    header: tuple[Text, ...]
    align: tuple[Literal["left", "right"], ...]
    rows: tuple[Row, ...]
    chart: Chart | None = None


class Agenda(Common, kw_only=True):
    """Topics with a running clock."""

    items: tuple[AgendaItem, ...]


class Figure(Common, kw_only=True):
    """A picture with its caption, or, while it is missing, the caption alone."""

    picture: Picture | None = None
    caption: tuple[Text, ...] = ()


class KeyFigures(Common, kw_only=True):
    """One to four numbers in large type."""

    figures: tuple[KeyFigure, ...]


class ChartSlide(Common, kw_only=True):
    """A chart on its own."""

    chart: Chart


Slide = TitleSlide | Statement | Bullets | Columns | Table | Agenda | Figure | KeyFigures | ChartSlide


class Deck(Frozen):
    """The slides of one meeting, and what the files say of themselves.

    `timestamp` is the date both files bear, in seconds after 1970-01-01 UTC.
    """

    name: str
    title: str
    subject: str
    author: str
    language: str
    footer: str
    timestamp: int
    upload: str
    slides: tuple[Slide, ...]
