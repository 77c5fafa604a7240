"""Source × names -> Source: expressions in text evaluated within limits, `each` repeated, `when` tested."""

from deckgen.expressions.fill import Filler
from deckgen.expressions.lets import list_of_each, names_in

__all__ = ["Filler", "list_of_each", "names_in"]
