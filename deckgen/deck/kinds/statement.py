"""Source -> Statement: one statement in large type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from deckgen.deck.kinds.common import LINES, Common
from deckgen.deck.model import Text
from deckgen.deck.read import Reader
from deckgen.schema.declare import Declaration
from deckgen.source import Source


class Statement(Common, kw_only=True):
    """A slide with one statement, such as the start of a talk or the end."""

    kind: ClassVar = Declaration(
        "statement", "one statement, such as the start of a talk, in large type", {"lines": LINES}
    )
    lines: tuple[Text, ...] = ()

    @classmethod
    def read(cls, reader: Reader, source: Source, common: dict[str, Any]) -> Statement:
        """The slide that `source` describes. Raises DeckError."""
        return cls(**common, lines=reader.texts(source, "lines"))

    def content(self) -> Iterator[Text]:
        """What it shows under its title, in reading order."""
        yield from self.lines
