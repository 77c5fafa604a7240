"""Deck -> Findings: a draft that one table lists twice.

What: two cells of one table with the name of the same draft.
Why: one of the two rows was meant for another draft.
Bad: two proposals with `draft: draft-wang-ppm-ecdh-psi`
Good: each draft in one row
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.deck.kinds.table import Table
from deckgen.deck.model import Text
from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every repetition."""
    for slide in subject.deck.slides:
        seen: dict[str, Text] = {}
        for row in slide.rows if isinstance(slide, Table) else ():
            for text in (text for cell in row.cells for text in (cell.text, cell.sub) if text):
                name = text.words.strip()
                if name.startswith("draft-") and " " not in name:
                    if name in seen:
                        message = f"`{name}` is in this table twice, first on line {seen[name].origin.line}"
                        yield Finding(text.origin, message, "keep one of the two", slide=slide.id)
                    seen.setdefault(name, text)
