"""Expression × names -> value: Jinja within limits, for untrusted files.

An expression can reach only the values of the meeting. Its length, its depth, its result, and the work of all
expressions of a deck have limits.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

from deckgen.expressions.errors import ExpressionError, mistake
from deckgen.expressions.evaluate import Evaluator, Walk
from deckgen.expressions.meter import Meter, bounded, joined, values_in
from deckgen.expressions.parse import Tree, too_deep, tree_of
from deckgen.problems import Origin, nearest

T = TypeVar("T")
# Steps for each expression, for each node of its tree, and for each value of its result, which becomes part of a
# slide.
_COST, _NODE, _VALUE = 400, 25, 100
_PARSING, _CHARACTER = 4_000, 40  # steps in which Jinja parses an expression, and each of its characters
# Steps to compare a misspelt name with a known one, and 2 more for each pair of their characters; of a known name only
# so many characters are compared.
_NEAREST, _MAX_COMPARED, _MAX_KNOWN = 200, 200, 1_000
_STRAY = (ArithmeticError, LookupError, TypeError, ValueError, AttributeError)


class Sandbox:
    """The expressions of one deck; parses each text once, and counts the work until it is `exhausted`.

    An `if` in text takes facts that are `absent` as false.
    """

    def __init__(self, absent: Collection[str] = ()) -> None:
        self._absent = absent
        self.meter = Meter()
        self.exhausted = False
        self._evaluator = Evaluator(self.meter)
        self._read: set[str] = set()

    def evaluate(self, expression: str, names: Mapping[str, Any], unknown: Collection[str] = ()) -> Any:
        """The value of an expression. Raises ExpressionError, and UndecidedError if it depends on unknown facts."""
        tree = self._tree("{{ " + expression + " }}")
        if tree.whole is None:
            raise mistake("one expression is expected", "write it without `{{` and `}}`")
        return self._value(tree, names, unknown)

    def fill(
        self, text: str, names: Mapping[str, Any], unknown: Collection[str] = ()
    ) -> tuple[Any, list[Origin] | None]:
        """The filled text: the value of its only expression, or text and the origins of the values it shows.

        Raises ExpressionError, and UndecidedError if it depends on unknown facts.
        """
        tree = self._tree(text)
        if tree.blank:
            what = "a text with only a comment" if "{#" in text else "a text with only an empty `{% raw %}`"
            raise mistake(f"{what} shows nothing", "use a YAML comment, which begins with `# `, or `null`")
        if tree.whole is not None:
            return self._value(tree, names, unknown), None
        walk = Walk(self._evaluator, names, self._absent, unknown)
        filled = _guarded(lambda: joined(walk.text(tree.body)))
        self.meter.spend(len(filled))
        return filled, walk.used

    def nearest(self, name: str, known: Collection[Any]) -> str:
        """A hint with the nearest known name; empty if the search would take too long."""
        if len(known) > _MAX_KNOWN:
            return ""
        words = [str(word) for word in known]
        self.meter.spend(sum(_NEAREST + 2 * len(name) * min(len(word), _MAX_COMPARED) for word in words))
        return nearest(name, words)

    def _value(self, tree: Tree, names: Mapping[str, Any], unknown: Collection[str]) -> Any:
        walk = Walk(self._evaluator, names, unknown=unknown)
        result = _guarded(lambda: bounded(walk.value(tree.whole)) if tree.whole else None)
        self.meter.spend(_VALUE * values_in(result) + (len(result) if isinstance(result, str) else 0))
        return result

    def _tree(self, text: str) -> Tree:
        if text not in self._read:
            self.meter.spend(_PARSING + _CHARACTER * len(text))
            self._read.add(text)
        tree = tree_of(text)
        if isinstance(tree, ExpressionError):
            self.meter.spend(_COST)
            raise tree.with_traceback(None)
        self.meter.spend(_COST + _NODE * tree.count)
        return tree


def _guarded(action: Callable[[], T]) -> T:
    """The result of an action. Raises ExpressionError."""
    try:
        return action()
    except RecursionError:
        raise too_deep() from None
    except _STRAY:
        raise mistake(
            "this expression cannot be used with these values", "is a value text instead of a number?"
        ) from None
