"""Deck -> Findings: characters that the font does not have.

What: a character that is in none of the fonts of deckgen, which have Latin, Greek and Cyrillic.
Why: the PDF takes such a character from another font if the machine has one, and otherwise shows a box.
Bad: a name in Arabic or Chinese letters, or an emoji
Good: the name in Latin letters as well
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from deckgen.deck.glyphs import missing_glyphs, missing_in
from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every text, and every drawing, with such characters."""
    texts = ((slide.id, missing_in(text), text.origin) for slide, text in subject.texts())
    drawings = ((slide.id, missing_glyphs(picture.words), picture.origin) for slide, picture in subject.pictures())
    for id, missing, origin in chain(texts, drawings):
        if missing:
            told = f"the font lacks {' '.join(f'`{letter}` (U+{ord(letter):04X})' for letter in missing[:5])}"
            yield Finding(origin, told, "write it in other letters", slide=id)
