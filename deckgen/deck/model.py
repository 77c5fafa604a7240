"""Runs -> Text; Texts -> Group, Chart: what the slides of several kinds are made of; pure data, no font, no file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from deckgen.base import Frozen
from deckgen.problems import Origin


class Run(Frozen):
    """A piece of text in one style; a line feed breaks the line.

    `link` is a safe address, `#` and the id of a slide, or empty. What is `muted` is secondary to the text before it,
    such as the span of time in a title.
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""
    muted: bool = False


class Text(Frozen):
    """One paragraph, and the origin of its words; `whole` are phrases in it that no line breaks, such as names."""

    runs: tuple[Run, ...]
    origin: Origin
    whole: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The text without its styles, on one line."""
        words = self.runs[0].text if len(self.runs) == 1 else "".join([run.text for run in self.runs])
        return words.replace("\n", " ")

    @property
    def lines(self) -> list[str]:
        """The same, with the line breaks of the author."""
        return "".join(run.text for run in self.runs).split("\n")


class Bullet(Frozen):
    """An item of a list with the items under it; a `plain` one is a paragraph that introduces the next items.

    `number` is its number in a numbered list, and `line` that of a line in a block of code, both counted from 1; they
    are 0 for any other item.
    """

    text: Text
    items: tuple[Bullet, ...] = ()
    plain: bool = False
    line: int = 0
    number: int = 0

    def texts(self) -> Iterator[Text]:
        """Its text, and those of the items under it."""
        yield self.text
        for item in self.items:
            yield from item.texts()


class Group(Frozen):
    """A labelled list."""

    heading: Text | None
    items: tuple[Bullet, ...]

    def texts(self) -> Iterator[Text]:
        """Its label, and the texts of its items."""
        if self.heading:
            yield self.heading
        for item in self.items:
            yield from item.texts()


class Series(Frozen):
    """Named values of a chart, one for each category; None if a value is unknown."""

    name: str
    values: tuple[float | None, ...]


class Chart(Frozen):
    """A bar or line chart; the category at the index `highlight` is in the accent colour, `unit` follows each value.

    The bars of a category are side by side, or `stacked`; in a `horizontal` chart they go from left to right. `labels`
    are all words in it, with their origins.
    """

    type: Literal["bar", "line"]
    title: Text
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    highlight: int | None
    origin: Origin
    unit: str = ""
    stacked: bool = False
    horizontal: bool = False
    labels: tuple[Text, ...] = ()


class Picture(Frozen):
    """The bytes of a PNG, JPEG or SVG, its size in pixels, and its alt text.

    `target` is the address in a QR code, `words` is the text in a drawing. If nobody has `described` it, the alt text
    is another text of the slide.
    """

    data: bytes
    format: Literal["png", "jpg", "svg"]
    width: int
    height: int
    alt: str
    origin: Origin
    target: str = ""
    words: str = ""
    described: bool = True


# What a kind of slide shows under its title; both classes have `texts`.
Content = Text | Chart
