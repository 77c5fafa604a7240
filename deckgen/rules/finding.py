"""Origin × text -> Finding: what a rule yields; `rules.check` makes it a Problem of the rule's id and severity."""

from __future__ import annotations

from deckgen.base import Frozen
from deckgen.problems import Origin


class Finding(Frozen):
    """What a rule finds: where, what, what to type instead, and on which slide."""

    origin: Origin
    text: str
    hint: str = ""
    slide: str = ""
