"""Source -> Statement: one statement in large type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from deckgen.deck.kinds.common import ASIDE, LINES, Common
from deckgen.deck.model import Text
from deckgen.deck.read import Reader
from deckgen.schema.declare import Declaration
from deckgen.source import Source


class Statement(Common, kw_only=True):
    """A slide with one statement, such as the start of a talk or the end.

    `slot` is when the agenda has it, and for how long.
    """

    kind: ClassVar = Declaration(
        "statement", "one statement, such as the start of a talk, in large type", {"lines": LINES, "aside": ASIDE}
    )
    lines: tuple[Text, ...] = ()
    aside: tuple[Text, ...] = ()
    slot: Text | None = None

    @classmethod
    def read(cls, reader: Reader, source: Source, common: dict[str, Any]) -> Statement:
        """The slide that `source` describes. Raises DeckError."""
        return cls(**common, lines=reader.texts(source, "lines"), aside=reader.texts(source, "aside"))

    def content(self) -> Iterator[Text]:
        """What it shows under its title, in reading order."""
        yield from self.lines
        yield from self.aside
        if self.slot:
            yield self.slot
