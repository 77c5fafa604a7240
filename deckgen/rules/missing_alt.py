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

_FILE = re.compile(r"\S*\.(?:png|jpe?g|svg)", re.IGNORECASE)


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every such picture."""
    for slide, picture in subject.pictures():
        if not picture.described:
            message = f"{'the' if len(slide.pictures) == 1 else 'a'} picture of slide `{slide.id}` has no `alt`"
            yield Finding(picture.origin, message, "add `alt: what it shows`", slide=slide.id)
        elif _FILE.fullmatch(picture.alt):
            source = subject.meeting.slides.get(slide.id)
            alt = source.get("alt") if source else None
            place = alt.origin if alt else picture.origin
            message = f"`{picture.alt}` is the name of a file"
            yield Finding(place, message, "describe what the picture shows", slide=slide.id)
