"""Source -> Figure: a picture with its caption."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from deckgen.deck.kinds.common import PICTURED, Common, read_picture
from deckgen.deck.model import Picture, Text
from deckgen.deck.read import Reader
from deckgen.schema.declare import TEXT, Declaration, list_of
from deckgen.source import Source


class Figure(Common, kw_only=True):
    """A picture with its caption; while the picture is missing, the caption alone."""

    kind: ClassVar = Declaration(
        "figure",
        "a picture with its caption",
        {
            **PICTURED,
            "caption": list_of(
                TEXT,
                "Lines under the picture, or in its stead while it is missing.",
                6,
                examples=[["Reviews of the Security Directorate"]],
            ),
        },
        first=("picture", "alt"),
    )
    picture: Picture | None = None
    caption: tuple[Text, ...] = ()

    @classmethod
    def read(cls, reader: Reader, source: Source, common: dict[str, Any]) -> Figure:
        """The slide that `source` describes. Raises DeckError."""
        picture = read_picture(reader, source, common["title"].words or common["id"])
        return cls(**common, picture=picture, caption=reader.texts(source, "caption"))

    @property
    def bare(self) -> bool:
        """Whether the picture is missing, even if there is a caption."""
        return self.picture is None

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The picture, if it is there."""
        return (self.picture,) if self.picture else ()

    def content(self) -> Iterator[Text]:
        """What it shows under its title, in reading order."""
        yield from self.caption
