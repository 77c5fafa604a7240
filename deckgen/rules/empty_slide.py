"""Deck -> Findings: a slide with nothing under its title, or a heading with nothing under it.

What: bullets, columns or a figure without any content, or a group without entries.
Why: the audience waits for something that does not come.
Bad: `items: []`
Good: leave the slide out: `slides: {helping-out: null}`
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.deck.kinds.common import Grouped
from deckgen.deck.kinds.figure import Figure
from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every slide, and every group, with nothing in it."""
    for slide in subject.deck.slides:
        groups = slide.groups if isinstance(slide, Grouped) else ()
        filled = [group for group in groups if any(item.text.words or item.items for item in group.items)]
        bare = isinstance(slide, Figure) and not (slide.picture or slide.caption)
        if bare or (groups and not filled):
            hint = f"`slides: {{{slide.id}: null}}` leaves it out"
            yield Finding(slide.origin, f"slide `{slide.id}` is empty", hint, slide=slide.id)
            continue
        for group in groups:
            if group not in filled and group.heading:
                yield Finding(group.heading.origin, "nothing is under this heading", slide=slide.id)
