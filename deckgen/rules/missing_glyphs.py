"""Deck -> Problems: letters that the font does not have.

What: a character that is in none of the faces that come with deckgen: Latin, Greek and Cyrillic letters are.
Why: the PDF cannot show such a letter, and PDF/UA does not let it try.
Bad: a name in Arabic or Chinese letters, or an emoji
Good: the name in Latin letters as well
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.glyphs import missing_glyphs
from deckgen.pages import ChartBlock
from deckgen.problems import Origin, Problem
from deckgen.rules import Subject
from deckgen.source import Source


def check(subject: Subject, settings: Source) -> Iterator[Problem]:
    """A problem for every text with such letters."""
    for slide, text in subject.texts():
        yield from _judged(text.words, text.origin, slide.id)
    for page, block in subject.blocks():
        if isinstance(block, ChartBlock):
            yield from _judged("".join(label.text for label in block.labels), block.chart.origin, page.slide)
    yield from _judged(subject.deck.footer, subject.meeting.settings.key_origin("footer"), "")


def _judged(words: str, origin: Origin, slide: str) -> Iterator[Problem]:
    missing = missing_glyphs(words)
    if missing:
        told = f"the font lacks {' '.join(f'`{letter}` (U+{ord(letter):04X})' for letter in missing[:5])}"
        yield Problem(origin, "", told, "write it in other letters", slide=slide)
