"""Source -> Bullets: a list, or labelled lists side by side."""

from __future__ import annotations

from typing import Any, ClassVar

from deckgen.deck.kinds.common import CALLOUT, GROUP, Grouped
from deckgen.deck.read import Reader, is_set
from deckgen.schema.declare import NUMBERED, Declaration, list_of
from deckgen.source import Source


class Bullets(Grouped, kw_only=True):
    """Lists side by side: one without a heading, or two or three labelled groups."""

    kind: ClassVar = Declaration(
        "bullets",
        "a list, or two or three labelled lists side by side",
        {
            "items": {"$ref": "#/$defs/items"},
            "numbered": NUMBERED,
            "groups": list_of(GROUP, "Two or three labelled lists side by side, instead of `items`.", 3, minItems=1),
            "official": {
                "type": "boolean",
                "default": False,
                "description": "Whether the words are fixed; then they are set smaller before they are split.",
                "examples": [True],
            },
            "callout": CALLOUT,
        },
    )
    official: bool = False

    @classmethod
    def read(cls, reader: Reader, source: Source, common: dict[str, Any]) -> Bullets:
        """The slide that `source` describes. Raises DeckError."""
        return cls(
            **common,
            groups=reader.groups(source),
            callout=reader.maybe(source, "callout"),
            official=is_set(source, "official"),
        )
