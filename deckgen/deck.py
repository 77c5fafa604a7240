"""Filled slides -> Deck: an ordered list of a closed set of kinds; pure data, no font, no file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from deckgen.problems import Origin


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; `link` is an http(s) or mailto address, or nothing."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph, and where its words were written."""

    runs: tuple[Run, ...]
    origin: Origin

    @property
    def words(self) -> str:
        """The text without its styles."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Bullet:
    """An item of a list with the items under it; with `plain`, a paragraph that introduces what follows."""

    text: Text
    items: tuple[Bullet, ...] = ()
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A labelled list."""

    heading: Text | None
    items: tuple[Bullet, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its text and, smaller under it, a second line."""

    text: Text
    sub: Text | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `highlight` tints it."""

    cells: tuple[Cell, ...]
    highlight: bool
    origin: Origin


@dataclass(frozen=True, slots=True)
class Series:
    """Named values of a chart, one for each category; None where a value is not known."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar or line chart; the category `highlight` is drawn in the accent colour."""

    type: Literal["bar", "line"]
    title: Text
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    highlight: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Picture:
    """The bytes of a PNG, JPEG or SVG, its size in pixels, and the words for who cannot see it."""

    data: bytes
    format: Literal["png", "jpg", "svg"]
    width: int
    height: int
    alt: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class AgendaItem:
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


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number in large type and what it counts."""

    value: Text
    label: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleSlide(Common):
    """The first slide: the name of the meeting, who leads it and when."""

    subtitle: Text | None = None
    lines: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Common):
    """A slide with one thing to say, such as the start of a talk or the end."""

    lines: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets(Common):
    """Lists side by side: one without a heading, or two or three labelled groups."""

    groups: tuple[Group, ...]
    callout: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns(Common):
    """Short entries filled down one to four columns, in labelled groups or none."""

    groups: tuple[Group, ...]
    columns: int
    callout: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Common):
    """Rows under a header; a chart may stand beside them."""

    header: tuple[Text, ...]
    align: tuple[Literal["left", "right"], ...]
    rows: tuple[Row, ...]
    chart: Chart | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda(Common):
    """Topics with a running clock."""

    items: tuple[AgendaItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Common):
    """A picture with its caption, or, while it is missing, the caption alone."""

    picture: Picture | None = None
    caption: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigures(Common):
    """One to four numbers in large type."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSlide(Common):
    """A chart on its own."""

    chart: Chart


Slide = TitleSlide | Statement | Bullets | Columns | Table | Agenda | Figure | KeyFigures | ChartSlide


@dataclass(frozen=True, slots=True)
class Deck:
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
