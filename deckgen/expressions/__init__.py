"""Source × names -> Source: the expressions in texts evaluated within bounds, `each` repeated, `when` asked."""

from deckgen.expressions.fill import Filler
from deckgen.expressions.lets import names_in

__all__ = ["Filler", "names_in"]
