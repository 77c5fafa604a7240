"""Source -> Bullets: a list, or labelled lists side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from deckgen.deck.kinds.common import CALLOUT, CAPTION, GROUP, PICTURED, Grouped, read_picture
from deckgen.deck.model import Picture, Text
from deckgen.deck.read import Reader, is_set
from deckgen.problems import fatal
from deckgen.schema.declare import NUMBERED, Declaration, list_of
from deckgen.source import Source, text_of

_ALONE = "make two slides of it"


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
            **PICTURED,
            "caption": CAPTION,
            "side": {
                "enum": ["left", "right"],
                "default": "right",
                "description": "Where the picture is beside the items.",
                "examples": ["left"],
            },
            "share": {
                "enum": ["half", "third"],
                "default": "half",
                "description": "How much of the width the picture has.",
                "examples": ["third"],
            },
        },
    )
    official: bool = False
    picture: Picture | None = None
    caption: tuple[Text, ...] = ()
    side: Literal["left", "right"] = "right"
    share: Literal["half", "third"] = "half"

    @classmethod
    def read(cls, reader: Reader, source: Source, common: dict[str, Any]) -> Bullets:
        """The slide that `source` describes. Raises DeckError."""
        groups = reader.groups(source)
        picture = read_picture(reader, source, common["title"].words)
        if picture and source.get("groups"):
            raise fatal(picture.origin, "wrong-value", "a picture is beside `items`, and not beside `groups`", _ALONE)
        beside = [key for key in ("alt", "caption", "side", "share") if source.get(key)]
        if beside and source.get("picture") is None:
            text = f"`{beside[0]}` has no `picture` beside it"
            raise fatal(source.key_origin(beside[0]), "missing-key", text, "add `picture: meetings/figures/...`")
        return cls(
            **common,
            groups=groups,
            callout=reader.maybe(source, "callout"),
            official=is_set(source, "official"),
            picture=picture,
            caption=reader.texts(source, "caption"),
            side="left" if text_of(source.get("side")) == "left" else "right",
            share="third" if text_of(source.get("share")) == "third" else "half",
        )

    @property
    def bare(self) -> bool:
        """Whether there is neither an item nor a picture."""
        return super().bare and self.picture is None

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The picture beside the items."""
        return (self.picture,) if self.picture else ()

    def content(self) -> Iterator[Text]:
        """What it shows under its title, in reading order."""
        yield from super().content()
        yield from self.caption
