"""Source -> Comparison: two pictures side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from deckgen.base import Frozen
from deckgen.deck.kinds.common import PICTURED, Common, read_picture
from deckgen.deck.model import Picture, Text
from deckgen.deck.read import Reader
from deckgen.problems import fatal
from deckgen.schema.declare import OPTIONAL, Declaration, list_of, record, text
from deckgen.source import Source


class Compared(Frozen):
    """A picture, what it is, and a sentence about it."""

    picture: Picture
    label: Text
    text: Text | None = None


class Comparison(Common, kw_only=True):
    """Two pictures in boxes of one size, each with its label."""

    kind: ClassVar = Declaration(
        "comparison",
        "two pictures side by side",
        {
            "pictures": list_of(
                record(
                    {
                        **PICTURED,
                        "label": text("What it is.", "Before"),
                        "text": {**OPTIONAL, "description": "A sentence about it.", "examples": ["Two round trips"]},
                    },
                    ("picture", "label"),
                ),
                "The two pictures.",
                2,
                minItems=2,
                examples=[
                    [
                        {"picture": "meetings/figures/124-reviews.png", "alt": "Two trips", "label": "Before"},
                        {"picture": "meetings/figures/124-reviews.png", "alt": "One trip", "label": "After"},
                    ]
                ],
            )
        },
        ("pictures",),
    )
    compared: tuple[Compared, ...]

    @classmethod
    def read(cls, reader: Reader, source: Source, common: dict[str, Any]) -> Comparison:
        """The slide that `source` describes. Raises DeckError."""

        def compared(child: Source) -> Compared:
            label = reader.text(child.get("label") or child)
            if not label.runs:
                raise fatal(label.origin, "missing-key", "the picture has no label", "add `label: ...`")
            picture = read_picture(reader, child, label.words)
            if picture is None:
                raise fatal(child.origin, "missing-key", "there is no picture", "add `picture: meetings/figures/...`")
            return Compared(picture, label, reader.maybe(child, "text"))

        return cls(**common, compared=reader.each(source.get("pictures") or (), compared))

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The two pictures."""
        return tuple(one.picture for one in self.compared)

    def content(self) -> Iterator[Text]:
        """What it shows under its title, in reading order."""
        for one in self.compared:
            yield one.label
            if one.text:
                yield one.text
