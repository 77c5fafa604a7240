"""Source -> Code: lines of code on a panel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from deckgen.deck.code import code_block, whole
from deckgen.deck.kinds.common import CAPTION, Common
from deckgen.deck.model import Bullet, Text
from deckgen.deck.read import Reader
from deckgen.schema.declare import Declaration, text
from deckgen.source import Source


class Code(Common, kw_only=True):
    """Code in a font of fixed width, each line as it is, with a caption under it."""

    kind: ClassVar = Declaration(
        "code",
        "lines of code, each as it is",
        {
            "code": text("The lines, each as it is.", "make deck MEETING=124"),
            "caption": {**CAPTION, "description": "Lines under the code.", "examples": [["RFC 8446, section 4.1.2"]]},
        },
        ("code",),
    )
    lines: tuple[Bullet, ...]
    caption: tuple[Text, ...] = ()

    @classmethod
    def read(cls, reader: Reader, source: Source, common: dict[str, Any]) -> Code:
        """The slide that `source` describes. Raises DeckError."""
        lines = code_block(whole(source.get("code") or source))
        return cls(**common, lines=lines, caption=reader.texts(source, "caption"))

    def content(self) -> Iterator[Text]:
        """What it shows under its title, in reading order."""
        yield from (line.text for line in self.lines)
        yield from self.caption
