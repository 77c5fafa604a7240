"""Deck -> Findings: a draft that one table lists twice.

What: two cells of one table with the name of the same draft.
Why: one of the two rows was meant for another draft.
Bad: two proposals with `draft: draft-wang-ppm-ecdh-psi`
Good: each draft in one row
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from deckgen.base import Meta
from deckgen.deck.kinds.table import Table
from deckgen.deck.model import Text
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    begins: Annotated[str, Meta(description="The first characters of such names.")] = ""


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every repetition."""
    for slide in subject.deck.slides:
        seen: dict[str, Text] = {}
        for row in slide.rows if isinstance(slide, Table) else ():
            for text in (text for cell in row.cells for text in (cell.text, cell.sub) if text):
                name = text.words.strip()
                if options.begins and name.startswith(options.begins) and " " not in name:
                    if name in seen:
                        message = f"`{name}` is in this table twice, first on line {seen[name].origin.line}"
                        yield Finding(text.origin, message, "keep one of the two", slide=slide.id)
                    seen.setdefault(name, text)
