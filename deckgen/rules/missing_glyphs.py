"""Deck, Pages -> Findings: characters that the font does not have.

What: a character that is in none of the fonts of deckgen, which have Latin, Greek and Cyrillic.
Why: the PDF takes such a character from another font of the machine, and shows an empty box if no font has it.
Bad: a name in Arabic or Chinese script, or an emoji
Good: the name in Latin script as well
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deckgen.base.characters import named
from deckgen.deck.glyphs import missing_in
from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject

_SHOWN = 5


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every text with such characters, those that no font has first."""
    boxed = subject.pages.boxed
    for id, text in subject.drawn():
        missing = missing_in(text)
        in_boxes = [letter for letter in missing if letter in boxed]
        if in_boxes:
            message = f"no font here has {_listed(in_boxes)}, and the PDF shows a box"
            yield Finding(
                text.origin,
                message,
                "install a font that has it, such as Noto, or write it in other characters",
                slide=id,
            )
        elif missing:
            yield Finding(text.origin, f"the font lacks {_listed(missing)}", "write it in other characters", slide=id)


def _listed(characters: Sequence[str]) -> str:
    return ", ".join(f"`{character}` ({named(character)})" for character in characters[:_SHOWN])
