"""Expression × names -> value: Jinja within bounds, for files of strangers.

Nothing can be reached but the values of the meeting; and what an expression may take and give is bounded: its length,
its depth, its result, and the work of all expressions of a deck together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

from deckgen.expressions.evaluate import Evaluator, Walk
from deckgen.expressions.faults import ExpressionError, mistake
from deckgen.expressions.meter import Meter, bounded, joined, values_in
from deckgen.expressions.parse import Tree, too_deep, tree_of
from deckgen.problems import Origin, nearest

T = TypeVar("T")
# Steps that evaluating any expression takes at least, each node of its tree, and each value of its result, which
# becomes part of a slide.
_COST, _NODE, _VALUE = 400, 25, 100
_READING, _LETTER = 4_000, 40  # steps that Jinja takes to read an expression, and for each letter of it
# Steps to compare a misspelt name with one that is known, and twice for each pair of their letters; those of a word
# that is much longer are not looked at.
_NEAREST, _LONG, _MOST_KNOWN = 200, 200, 1_000
_STRAY = (ArithmeticError, LookupError, TypeError, ValueError, AttributeError)


class Sandbox:
    """The expressions of one deck; reads each text once, and counts the work until it is `exhausted`.

    Facts that are `absent` count as no where an `if` asks for them.
    """

    def __init__(self, absent: Collection[str] = ()) -> None:
        self._absent = absent
        self.meter = Meter()
        self.exhausted = False
        self._evaluator = Evaluator(self.meter)
        self._read: set[str] = set()

    def evaluate(self, expression: str, names: Mapping[str, Any], unknown: Collection[str] = ()) -> Any:
        """The value of an expression. Raises ExpressionError, and UndecidedError where it hangs on what is unknown."""
        tree = self._tree("{{ " + expression + " }}")
        if tree.whole is None:
            raise mistake("one expression is expected", "without `{{` and `}}`")
        return self._value(tree, names, unknown)

    def fill(
        self, text: str, names: Mapping[str, Any], unknown: Collection[str] = ()
    ) -> tuple[Any, list[Origin] | None]:
        """What a text becomes: the value of the one expression that it consists of, or a text and the places it shows.

        Raises ExpressionError, and UndecidedError where it hangs on what is unknown.
        """
        tree = self._tree(text)
        if tree.blank:
            told = "a comment alone shows nothing" if "{#" in text else "`{% raw %}` with nothing in it shows nothing"
            raise mistake(told, "a comment of YAML begins with `# `; `null` leaves a value out")
        if tree.whole is not None:
            return self._value(tree, names, unknown), None
        walk = Walk(self._evaluator, names, self._absent, unknown)
        filled = _guarded(lambda: joined(walk.text(tree.body)))
        self.meter.spend(len(filled))
        return filled, walk.used

    def nearest(self, name: str, known: Collection[Any]) -> str:
        """A hint with the known name that is nearest; none, where it would take too long to find."""
        if len(known) > _MOST_KNOWN:
            return ""
        words = [str(word) for word in known]
        self.meter.spend(sum(_NEAREST + 2 * len(name) * min(len(word), _LONG) for word in words))
        return nearest(name, words)

    def _value(self, tree: Tree, names: Mapping[str, Any], unknown: Collection[str]) -> Any:
        walk = Walk(self._evaluator, names, unknown=unknown)
        result = _guarded(lambda: bounded(walk.value(tree.whole)) if tree.whole else None)
        self.meter.spend(_VALUE * values_in(result) + (len(result) if isinstance(result, str) else 0))
        return result

    def _tree(self, text: str) -> Tree:
        if text not in self._read:
            self.meter.spend(_READING + _LETTER * len(text))
            self._read.add(text)
        tree = tree_of(text)
        if isinstance(tree, ExpressionError):
            self.meter.spend(_COST)
            raise tree.with_traceback(None)
        self.meter.spend(_COST + _NODE * tree.count)
        return tree


def _guarded(action: Callable[[], T]) -> T:
    """What an action returns. Raises ExpressionError."""
    try:
        return action()
    except RecursionError:
        raise too_deep() from None
    except _STRAY:
        raise mistake("this expression does not suit its values", "is a value text where a number is needed?") from None
