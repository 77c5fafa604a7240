"""Deck -> Findings: a picture without text for people who cannot see it.

What: a `picture` without `alt`, or with the name of its file as `alt`.
Why: a screen reader has nothing else to read aloud.
Bad: `picture: meetings/figures/124-reviews.png`
Good: the same, with `alt: Reviews a month, 2020 to 2025`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject
from deckgen.source import text_of

_FILE = re.compile(r"\S*\.(?:png|jpe?g|svg)", re.IGNORECASE)


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every such picture."""
    for slide, picture in subject.pictures():
        source = subject.meeting.slides.get(slide.id)
        alt = text_of(source.get("alt")).strip() if source else ""
        if not alt:
            message = f"the picture of slide `{slide.id}` has no `alt`"
            yield Finding(picture.origin, message, "add `alt: what it shows`", slide=slide.id)
        elif _FILE.fullmatch(alt):
            place = subject.key_of(slide, "alt")
            yield Finding(place, f"`{alt}` is the name of a file", "describe what the picture shows", slide=slide.id)
