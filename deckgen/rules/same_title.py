"""Deck -> Findings: two slides with one title.

What: the title of an earlier slide once more.
Why: in the outline, in the slide sorter and to a screen reader the two are one.
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
            told = f"slides `{first[title]}` and `{slide.id}` have one title"
            yield Finding(slide.origin, told, "say what is new on this one", slide=slide.id)
        first.setdefault(title, slide.id)
