"""Pages -> Findings: a picture that will look coarse.

What: a PNG or JPEG with fewer pixels per inch of the slide than `least` in templates/rules.yaml.
Why: a projector shows every one of them.
Bad: a screenshot 300 pixels wide across the slide
Good: one 1600 pixels wide, or an SVG
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from deckgen.base import Meta
from deckgen.layout.pages import PictureBlock
from deckgen.layout.theme import EMU
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    least: Annotated[float, Meta(ge=0, description="Pixels per inch of the slide, at least.")] = 96


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every such picture."""
    least = options.least
    for page, block in subject.blocks():
        if not isinstance(block, PictureBlock) or block.box.width == 0:
            continue
        if block.picture.format == "svg" or block.picture.words:  # a drawing, which may be shown as pixels of our own
            continue
        left, _, right, _ = block.cut
        density = 72 * block.picture.width * (1 - left - right) * EMU / block.box.width
        if density < least:
            picture = block.picture
            message = f"{picture.width} × {picture.height} pixels are {density:.0f} per inch of the slide"
            wanted = f"at least {least * block.box.width / EMU / 72 / (1 - left - right):.0f} pixels wide"
            yield Finding(picture.origin, message, wanted, slide=page.slide)
