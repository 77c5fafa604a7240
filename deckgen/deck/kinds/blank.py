"""Source -> Blank: a title over an empty page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from deckgen.deck.kinds.common import Common
from deckgen.deck.model import Text
from deckgen.deck.read import Reader
from deckgen.schema.declare import Declaration
from deckgen.source import Source


class Blank(Common, kw_only=True):
    """A page to write on, such as for the minutes of a discussion."""

    kind: ClassVar = Declaration("blank", "a title over an empty page to write on", {}, first=())

    @classmethod
    def read(cls, _reader: Reader, _source: Source, common: dict[str, Any]) -> Blank:
        """The slide, which has only what every slide has."""
        return cls(**common)

    def content(self) -> Iterator[Text]:
        """Nothing is under its title."""
        yield from ()
