"""Package -> Contents: the texts of the slides of any presentation; pure data, in reading order."""

from __future__ import annotations

from typing import Literal

from deckgen.base import Frozen

Bullet = Literal["", "dot", "number"]


class Run(Frozen):
    """A text of one look; a line feed in it ends a line. `link` is an address, or `#` and the title of a slide.

    `code` is set in a font of fixed width.
    """

    text: str
    link: str = ""
    bold: bool = False
    italic: bool = False
    struck: bool = False
    code: bool = False


class Paragraph(Frozen):
    """Runs under one bullet, or under none; `level` counts from 0, and `number` is that of a numbered list."""

    runs: tuple[Run, ...]
    level: int = 0
    bullet: Bullet = ""
    number: int = 0


class Text(Frozen):
    """The paragraphs of a shape."""

    paragraphs: tuple[Paragraph, ...]


class Table(Frozen):
    """The cells of a table; one that a merged cell covers has no paragraph."""

    rows: tuple[tuple[tuple[Paragraph, ...], ...], ...]


class Chart(Frozen):
    """The numbers of a chart as its file has them; each table has the series that share their categories."""

    title: str
    alt: str
    tables: tuple[tuple[tuple[str, ...], ...], ...]


class Picture(Frozen):
    """A shape whose only words are its alt text: a picture, media, a drawing, or an object of another program.

    `member` is the file of a picture in the archive.
    """

    what: str
    alt: str
    link: str = ""
    member: str = ""


Block = Text | Table | Chart | Picture


class Slide(Frozen):
    """A slide; if it cannot be read, `readable` is false and all other fields are empty.

    `id` is its number in the file, and `layout` the name of its layout.
    """

    title: tuple[Paragraph, ...] = ()
    section: str = ""
    hidden: bool = False
    blocks: tuple[Block, ...] = ()
    notes: tuple[Paragraph, ...] = ()
    readable: bool = True
    id: int = 0
    layout: str = ""


class Contents(Frozen):
    """A presentation: the title of the file, the footers of its slides, each once, and the slides."""

    title: str
    footers: tuple[str, ...]
    slides: tuple[Slide, ...]
