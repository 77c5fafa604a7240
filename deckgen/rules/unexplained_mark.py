"""Deck -> Findings: a mark such as `[*]` that nothing on the slide explains.

What: `[*]`, `[†]` or the like in a text, and no line of the slide that begins with it.
Why: the audience looks for the legend and misses the next sentence.
Bad: `ohai: OHAI [*]`
Good: the same, with `footnote: "[*] about to close"`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.deck.kinds import texts
from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject

_MARK = re.compile(r"\[[*†‡§¹²³]{1,3}\]")


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every mark without a legend on its slide."""
    for slide in subject.deck.slides:
        lines = texts(slide)
        legends = {found[0] for line in lines if (found := _MARK.match(line.words))}
        for line in lines:
            for mark in _MARK.findall(line.words):
                if mark not in legends:
                    hint = f'add to the slide `footnote: "{mark} ..."`'
                    yield Finding(line.origin, f"nothing on the slide explains `{mark}`", hint, slide=slide.id)
