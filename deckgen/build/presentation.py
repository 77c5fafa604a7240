"""Order -> Presentation: the PowerPoint written and read back, here or in a process beside the build."""

from __future__ import annotations

from functools import partial

from deckgen.base import Frozen
from deckgen.layout.drawing import draw
from deckgen.layout.pages import Pages
from deckgen.layout.theme import Theme
from deckgen.proof.readback import ReadPage


class Order(Frozen):
    """What a presentation is made of."""

    pages: Pages
    theme: Theme


class Presentation(Frozen):
    """A presentation, and its slides as a reader finds them."""

    data: bytes
    slides: tuple[ReadPage, ...]


def make(order: Order) -> Presentation:
    """The presentation of all pages."""
    from deckgen.proof.read_pptx import read_pptx
    from deckgen.writers.pptx.write import write_pptx

    data = write_pptx(order.pages, order.theme, partial(draw, family=order.theme.fonts.pdf))
    return Presentation(data, tuple(read_pptx(data)))
