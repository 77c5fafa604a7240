"""Source -> KeyFigures: a few numbers in large type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from deckgen.base import Frozen, replace
from deckgen.deck.kinds.common import Common
from deckgen.deck.model import Text
from deckgen.deck.read import Reader
from deckgen.schema.declare import OPTIONAL, Declaration, list_of, record, text
from deckgen.source import Source

_NUMBER = re.compile(r"[+\N{MINUS SIGN}\N{EN DASH}-]?\s?\d[\d.,\N{THIN SPACE}]*(?:\s?%)?")


class KeyFigure(Frozen):
    """A number in large type, what it counts, and how it changed."""

    value: Text
    label: Text
    change: Text | None = None


class KeyFigures(Common, kw_only=True):
    """One to four numbers in large type."""

    kind: ClassVar = Declaration(
        "key-figures",
        "one to four numbers in large type",
        {
            "figures": list_of(
                record(
                    {
                        "value": text("The number.", "285"),
                        "label": text("What it counts.", "documents"),
                        "change": {
                            **OPTIONAL,
                            "description": "How it changed; the number at its beginning is stressed.",
                            "examples": ["+31 since spring"],
                        },
                    },
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
            return KeyFigure(reader.text(value), reader.text(label), _stressed(reader.maybe(child, "change")))

        return cls(**common, figures=reader.each(source.get("figures") or (), figure))

    def content(self) -> Iterator[Text]:
        """What it shows under its title, in reading order."""
        for figure in self.figures:
            yield figure.value
            yield figure.label
            if figure.change:
                yield figure.change


def _stressed(change: Text | None) -> Text | None:
    """A change with all but its number muted."""
    found = _NUMBER.match(change.runs[0].text) if change else None
    if change is None or found is None:
        return change
    first, *others = change.runs
    end = found.end()
    rest = (replace(first, text=first.text[end:], muted=True), *(replace(run, muted=True) for run in others))
    return replace(change, runs=(replace(first, text=first.text[:end]), *rest))
