"""Source -> Figure: a picture with its caption."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from deckgen.deck.kinds.common import Common
from deckgen.deck.model import Picture, Text
from deckgen.deck.read import Reader
from deckgen.schema.declare import TEXT, Declaration, list_of, text
from deckgen.source import Source, text_of


class Figure(Common, kw_only=True):
    """A picture with its caption; while the picture is missing, the caption alone."""

    kind: ClassVar = Declaration(
        "figure",
        "a picture with its caption",
        {
            "picture": {
                "type": ["string", "null"],
                "description": "A PNG, JPEG or SVG, from the folder of the repository.",
                "examples": ["meetings/figures/124-reviews.png"],
            },
            "alt": text("The alt text, for those who cannot see the picture.", "Reviews a month, 2020 to 2025"),
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
        picture = source.get("picture")
        caption = reader.texts(source, "caption")
        if picture is None or not text_of(picture):
            return cls(**common, caption=caption)
        # Rule `missing-alt` reports a picture without an alt text; PDF/UA requires one in any case.
        alt = text_of(source.get("alt")).strip() or common["title"].words or common["id"]
        return cls(**common, picture=reader.picture(picture, alt), caption=caption)

    @property
    def bare(self) -> bool:
        """Whether the picture is missing, even if there is a caption."""
        return self.picture is None

    def content(self) -> Iterator[Text]:
        """What it shows under its title, in reading order."""
        yield from self.caption
