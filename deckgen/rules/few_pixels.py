"""Pages -> Problems: a picture that will look coarse.

What: a PNG or JPEG with fewer pixels to the inch of the slide than `least` in templates/rules.yaml.
Why: a projector shows every one of them.
Bad: a screenshot 300 pixels wide across the slide
Good: one 1600 pixels wide, or an SVG
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.layout.pages import PictureBlock
from deckgen.layout.theme import EMU
from deckgen.problems import Problem
from deckgen.rules.subject import Subject, number_of
from deckgen.source import Source


def check(subject: Subject, settings: Source) -> Iterator[Problem]:
    """A problem for every such picture."""
    least = number_of(settings, "least")
    for page, block in subject.blocks():
        if not isinstance(block, PictureBlock) or block.picture.format == "svg" or block.box.width == 0:
            continue
        density = 72 * block.picture.width * EMU / block.box.width
        if density < least:
            picture = block.picture
            told = f"{picture.width} × {picture.height} pixels are {density:.0f} to the inch of the slide"
            wanted = f"at least {least * block.box.width / EMU / 72:.0f} pixels wide"
            yield Problem(picture.origin, "", told, wanted, slide=page.slide)
