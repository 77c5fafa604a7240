"""Source -> Quote: a person's words in large type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from deckgen.base import replace
from deckgen.deck.kinds.common import Common
from deckgen.deck.model import Run, Text
from deckgen.deck.read import Reader
from deckgen.problems import fatal
from deckgen.schema.declare import OPTIONAL, Declaration, text
from deckgen.source import Source

_OPENING, _CLOSING = '"“„”«»「『', '"”“»«」』'


class Quote(Common, kw_only=True):
    """A person's words in large type, between quotation marks, with who said them and where."""

    kind: ClassVar = Declaration(
        "quote",
        "a person's words in large type, with who said them and where",
        {
            "quote": text("The words; quotation marks are put around them.", "We believe in running code."),
            "who": {**OPTIONAL, "description": "Who said them.", "examples": ["David D. Clark"]},
            "where": {**OPTIONAL, "description": "Where, and when.", "examples": ["Plenary, July 1992"]},
        },
        ("quote",),
    )
    words: Text
    who: Text | None = None
    where: Text | None = None

    @classmethod
    def read(cls, reader: Reader, source: Source, common: dict[str, Any]) -> Quote:
        """The slide that `source` describes. Raises DeckError."""
        words = reader.text(source.get("quote") or source)
        if not words.runs:
            raise fatal(words.origin, "missing-key", "the quote has no words", "add `quote: ...`")
        return cls(**common, words=_quoted(words), who=reader.maybe(source, "who"), where=reader.maybe(source, "where"))

    def content(self) -> Iterator[Text]:
        """What it shows under its title, in reading order."""
        yield from filter(None, (self.words, self.who, self.where))


def _quoted(words: Text) -> Text:
    """The words between quotation marks: their own, such as those of another language, or else English ones."""
    if words.words[0] in _OPENING and words.words[-1] in _CLOSING:
        return words
    return replace(words, runs=(Run("“"), *words.runs, Run("”")))
