"""Source -> TitleSlide: the first slide of the deck."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from deckgen.deck.kinds.common import ASIDE, LINES, Common
from deckgen.deck.model import Picture, Text
from deckgen.deck.read import Reader
from deckgen.schema.declare import Declaration, text
from deckgen.source import Source


class TitleSlide(Common, kw_only=True):
    """The first slide: the name of the meeting, its chairs and its date, and the logo of the theme."""

    kind: ClassVar = Declaration(
        "title",
        "the first slide: the name of the meeting, its chairs and its date",
        {"subtitle": text("A line under the title.", "Spring meeting, Montréal"), "lines": LINES, "aside": ASIDE},
    )
    subtitle: Text | None = None
    lines: tuple[Text, ...] = ()
    aside: tuple[Text, ...] = ()
    logo: Picture | None = None

    @classmethod
    def read(cls, reader: Reader, source: Source, common: dict[str, Any]) -> TitleSlide:
        """The slide that `source` describes. Raises DeckError."""
        lines, aside = reader.texts(source, "lines"), reader.texts(source, "aside")
        return cls(**common, subtitle=reader.maybe(source, "subtitle"), lines=lines, aside=aside)

    def content(self) -> Iterator[Text]:
        """What it shows under its title, in reading order."""
        if self.subtitle:
            yield self.subtitle
        yield from self.lines
        yield from self.aside
