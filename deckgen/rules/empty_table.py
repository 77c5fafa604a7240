"""Deck -> Findings: a table or an agenda without a row.

What: a table with its header only, or with rows in which every cell is empty.
Why: it looks as if something was forgotten, and it was.
Bad: `rows: []`
Good: `when: proposals` in the template, so that the slide is there only with something to show
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.deck.kinds.agenda import Agenda
from deckgen.deck.kinds.table import Table
from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every table with nothing in it."""
    for slide in subject.deck.slides:
        if isinstance(slide, Table):
            empty = not slide.empty and not any(cell.text.words for row in slide.rows for cell in row.cells)
        else:
            empty = isinstance(slide, Agenda) and not slide.items
        if empty:
            hint = f"`slides: {{{slide.id}: null}}` leaves it out"
            yield Finding(slide.origin, f"the table of slide `{slide.id}` is empty", hint, slide=slide.id)
