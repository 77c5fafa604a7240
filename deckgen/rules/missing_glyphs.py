"""Deck -> Findings: letters that the font does not have.

What: a character that is in none of the faces that come with deckgen: Latin, Greek and Cyrillic letters are.
Why: the PDF takes such a letter from another font, if the machine has one, and shows a box if it has not.
Bad: a name in Arabic or Chinese letters, or an emoji
Good: the name in Latin letters as well
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.deck.glyphs import missing_glyphs
from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every text with such letters."""
    for slide, text in subject.texts():
        missing = missing_glyphs(text.words)
        if missing:
            told = f"the font lacks {' '.join(f'`{letter}` (U+{ord(letter):04X})' for letter in missing[:5])}"
            yield Finding(text.origin, told, "write it in other letters", slide=slide.id)
