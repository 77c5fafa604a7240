"""Source -> Photograph: a picture over the whole width of the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from deckgen.deck.kinds.common import FOCUS, PICTURED, Common, read_focus, read_picture
from deckgen.deck.model import Picture, Text
from deckgen.deck.read import Reader
from deckgen.problems import fatal
from deckgen.schema.declare import OPTIONAL, Declaration
from deckgen.source import Source


class Photograph(Common, kw_only=True):
    """A picture from edge to edge, with the title in a band under it."""

    kind: ClassVar = Declaration(
        "photograph",
        "a picture from edge to edge, with the title in a band under it",
        {
            **PICTURED,
            "focus": FOCUS,
            "line": {**OPTIONAL, "description": "A line under the title.", "examples": ["Montréal, 7 November 2025"]},
        },
        ("picture",),
        ("picture", "alt"),
    )
    picture: Picture
    focus: tuple[float, float]
    line: Text | None = None

    @classmethod
    def read(cls, reader: Reader, source: Source, common: dict[str, Any]) -> Photograph:
        """The slide that `source` describes. Raises DeckError."""
        picture = read_picture(reader, source, common["title"].words)
        if picture is None:
            raise fatal(source.origin, "missing-key", "there is no picture", "add `picture: meetings/figures/...`")
        for key in ("footnote", "qr"):
            if common[key]:
                text = f"a photograph has no room for a `{key}`"
                raise fatal(source.key_origin(key), "wrong-value", text, "write a `line`, or use `kind: figure`")
        return cls(**common, picture=picture, focus=read_focus(source), line=reader.maybe(source, "line"))

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The picture."""
        return (self.picture,)

    def content(self) -> Iterator[Text]:
        """What it shows under its title, in reading order."""
        yield from filter(None, (self.line,))
