"""Blank -> Page: the title, and the empty placeholder of a list to type into."""

from __future__ import annotations

from deckgen.deck.kinds.blank import Blank
from deckgen.layout.frame import Part, frame, inside
from deckgen.layout.levels import levels
from deckgen.layout.measure import Placing
from deckgen.layout.pages import Page, TextBlock
from deckgen.layout.theme import Theme


def place(slide: Blank, theme: Theme) -> Placing[list[Page]]:
    """One page, of the layout of a list. Raises DeckError if the title does not fit."""
    box = yield from inside(slide, theme)
    empty = TextBlock("body-1", box, (), levels=levels(theme, theme.text.sizes[0]))
    return (yield from frame(slide, [Part("Bullets", (empty,))], theme))
