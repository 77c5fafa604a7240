"""Deck -> Findings: two slides with the same title.

What: a slide has the title of an earlier slide.
Why: the outline, the slide sorter and a screen reader cannot tell them apart.
Bad: `title: Next steps` twice
Good: `title: Next steps for HPKE`
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem at the second slide of each pair."""
    first: dict[str, str] = {}
    for slide in subject.deck.slides:
        title = slide.title.words.casefold()
        if title in first:
            message = f"slides `{first[title]}` and `{slide.id}` have the same title"
            yield Finding(slide.origin, message, "name what is new on this one", slide=slide.id)
        first.setdefault(title, slide.id)
