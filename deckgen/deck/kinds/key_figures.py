"""Source -> KeyFigures: a few numbers in large type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from deckgen.base import Frozen
from deckgen.deck.kinds.common import Common
from deckgen.deck.model import Text
from deckgen.deck.read import Reader
from deckgen.schema.declare import Declaration, list_of, record, text
from deckgen.source import Source


class KeyFigure(Frozen):
    """A number in large type and what it counts."""

    value: Text
    label: Text


class KeyFigures(Common, kw_only=True):
    """One to four numbers in large type."""

    kind: ClassVar = Declaration(
        "key-figures",
        "one to four numbers in large type",
        {
            "figures": list_of(
                record(
                    {"value": text("The number.", "285"), "label": text("What it counts.", "documents")},
                    ("value", "label"),
                ),
                "One to four numbers in large type.",
                4,
                minItems=1,
            )
        },
        ("figures",),
    )
    figures: tuple[KeyFigure, ...]

    @classmethod
    def read(cls, reader: Reader, source: Source, common: dict[str, Any]) -> KeyFigures:
        """The slide that `source` describes. Raises DeckError."""

        def figure(child: Source) -> KeyFigure:
            value, label = child.get("value") or child, child.get("label") or child
            return KeyFigure(reader.text(value), reader.text(label))

        return cls(**common, figures=reader.each(source.get("figures") or (), figure))

    def content(self) -> Iterator[Text]:
        """What it shows under its title, in reading order."""
        for figure in self.figures:
            yield figure.value
            yield figure.label
