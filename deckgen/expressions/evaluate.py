"""Tree of Jinja × names -> value.

Jinja compiles each template to a Python module, which takes longer than evaluating all expressions of a deck; and
what is never compiled cannot run as Python. A node that is not named here is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from operator import floordiv, mod, mul, sub, truediv
from typing import Any

from jinja2 import nodes

from deckgen.expressions.conditions import Conditions
from deckgen.expressions.errors import (
    ExpressionError,
    UndecidedError,
    UndefinedError,
    called,
    kind,
    mistake,
    number,
    refused,
    whole,
)
from deckgen.expressions.filters import Filters
from deckgen.expressions.located import origin_of
from deckgen.expressions.lookup import Group, found, sound
from deckgen.expressions.meter import CHARACTERS_A_STEP, Meter, bounded, joined, worded
from deckgen.problems import Origin

Names = Mapping[str, Any]

_METHODS = frozenset({"items", "keys", "values", "get"})
_ARITHMETIC: dict[type[nodes.BinExpr], Callable[[Any, Any], Any]] = {
    nodes.Sub: sub,
    nodes.Mul: mul,
    nodes.Div: truediv,
    nodes.FloorDiv: floordiv,
    nodes.Mod: mod,
}


class Deferred:
    """A value that is made once, on first use."""

    def __init__(self, name: str, make: Callable[[], Any]) -> None:
        self._name, self._make = name, make
        self._made: Any = None
        self._state = "new"

    def value(self) -> Any:
        """The value, or the UndefinedError of a fact that it needs. Raises ExpressionError."""
        if self._state == "making":
            raise ExpressionError("bad-let", f"{called(self._name)} uses itself", "break the circle of names")
        if self._state == "new":
            self._state = "making"
            try:
                self._made = self._make()
            except ExpressionError as error:
                self._made = error
            except RecursionError:
                self._state = "new"
                raise
            self._state = "made"
        if isinstance(self._made, ExpressionError) and not isinstance(self._made, UndefinedError):
            raise self._made.with_traceback(None)
        return self._made


class Evaluator:
    """Evaluates the expressions of one deck, and counts their work."""

    def __init__(self, meter: Meter) -> None:
        self.meter = meter
        self.conditions = Conditions(meter)
        self.filters = Filters(meter, self.conditions)


class Walk:
    """Evaluates expressions and text with one set of names; `absent` are facts that the meeting may omit, and does.

    An `unknown` name, or `name: key` of a known name, may have any value: an expression that depends on it raises
    UndecidedError.
    """

    def __init__(
        self, evaluator: Evaluator, names: Names, absent: Collection[str] = (), unknown: Collection[str] = ()
    ) -> None:
        self._names = names
        self._absent = absent
        self._unknown = unknown
        self._meter = evaluator.meter
        self._filters = evaluator.filters
        self._conditions = evaluator.conditions
        self.used: list[Origin] = []

    def text(self, body: Sequence[nodes.Node]) -> Iterator[str]:
        """The pieces of a text; `used` gets the origins of the values it shows."""
        for node in body:
            match node:
                case nodes.Output():
                    yield from self.text(node.nodes)
                case nodes.TemplateData():
                    yield node.data
                case nodes.If():
                    branches = [node, *node.elif_]
                    chosen = next((branch.body for branch in branches if self._holds(branch.test)), node.else_)
                    yield from self.text(chosen)
                case nodes.Expr():
                    yield self._shown(self.value(node))
                case _:
                    raise _refused(node)

    def _holds(self, test: nodes.Node) -> bool:
        """Whether the condition of an `if` holds; an absent fact counts as false."""
        try:
            return bool(self.value(test))
        except UndefinedError as error:
            if error.under or error.name not in self._absent:
                raise
            return False

    def _shown(self, value: Any) -> str:
        origin = origin_of(value)
        if origin:
            self.used.append(origin)
        return worded(value)

    def value(self, node: nodes.Node) -> Any:
        """The value of an expression. Raises ExpressionError."""
        match node:
            case nodes.Const():
                return bounded(node.value)
            case nodes.Name() | nodes.Getattr() | nodes.Getitem() | nodes.Filter():
                return sound(self._perhaps(node))
            case nodes.Call():
                return self._call(node)
            case nodes.Test():
                given, named = self._arguments(node)
                return self._conditions.holds(node.name, self._perhaps(node.node), given, named)
            case nodes.List():
                return [self.value(item) for item in node.items]
            case nodes.Tuple():
                return tuple(self.value(item) for item in node.items)
            case nodes.Dict():
                return {self._key(pair.key): self.value(pair.value) for pair in node.items}
            case _:
                return self._operation(node)

    def _operation(self, node: nodes.Node) -> Any:
        match node:
            case nodes.And():
                return self._decided(node, enough=False)
            case nodes.Or():
                return self._decided(node, enough=True)
            case nodes.Not():
                return not self.value(node.node)
            case nodes.CondExpr():
                return self._chosen(node)
            case nodes.Compare():
                return self._compared(node)
            case nodes.Concat():
                return joined(self.value(part) for part in node.nodes)
            case nodes.BinExpr():
                return bounded(self._calculated(node))
            case nodes.Neg():
                return -number(self.value(node.node))
            case nodes.Pos():
                return +number(self.value(node.node))
            case _:
                raise _refused(node)

    def _decided(self, node: nodes.And | nodes.Or, enough: bool) -> Any:
        """The value of `and` or `or`: a side that is `enough` decides, even if the other one is undecided."""
        value: Any = None
        undecided: list[str] = []
        for side in (node.left, node.right):
            try:
                value = self.value(side)
            except UndecidedError as error:
                undecided += error.facts
                continue
            if bool(value) == enough:
                return value
        if undecided:
            raise UndecidedError(undecided)
        return value

    def _perhaps(self, node: nodes.Node | None) -> Any:
        """The value of an expression; an UndefinedError if the last name of a path is not defined."""
        match node:
            case None:
                raise refused("a filter or a test needs a value before it")
            case nodes.Name():
                if node.name in self._unknown:
                    raise UndecidedError([node.name])
                value = found(self._names, node.name)
                return value.value() if isinstance(value, Deferred) else value
            case nodes.Getattr():
                return _under(node, self._attribute(self.value(node.node), node.attr))
            case nodes.Getitem():
                return _under(node, self._item(self.value(node.node), node.arg))
            case nodes.Filter():
                given, named = self._arguments(node)
                return self._filters.apply(node.name, self._perhaps(node.node), given, named)
            case _:
                return self.value(node)

    def _attribute(self, owner: Any, name: str) -> Any:
        if not isinstance(owner, (Mapping, Group)):
            raise refused(f"`.{name[:80]}` needs a mapping, not {kind(owner)}")
        if name in _METHODS and isinstance(owner, Mapping) and name not in owner:
            raise mistake(f"`{name}` needs brackets: `{name}()`")
        return self._part(owner, name)

    def _item(self, owner: Any, argument: nodes.Expr) -> Any:
        if not isinstance(owner, (Mapping, list, tuple, str)):
            raise mistake(f"`[...]` needs a list, a mapping or text, not {kind(owner)}")
        if not isinstance(argument, nodes.Slice):
            if isinstance(argument, nodes.Tuple) and not argument.items:
                raise mistake("`[]` is empty", "such as `session['start']` or `agenda[0]`")
            return self._part(owner, self._key(argument))
        if isinstance(owner, Mapping):
            raise mistake("`[:]` needs a list or text, not a mapping", "`dictsort` makes a list of pairs")
        ends = (argument.start, argument.stop, argument.step)
        start, stop, step = (None if end is None else whole(self.value(end), "an end of `[:]`") for end in ends)
        if step == 0:
            raise mistake("a step of `[::]` cannot be 0")
        part = owner[slice(start, stop, step)]
        self._meter.spend(len(part) // (CHARACTERS_A_STEP if isinstance(part, str) else 10))
        return part

    def _part(self, owner: Any, key: Any) -> Any:
        """A part of a value. Raises UndecidedError if it is an unknown part of a fact."""
        if self._unknown and isinstance(key, str):
            part = next((f"{name}: {key}" for name, value in self._names.items() if value is owner), "")
            if part in self._unknown:
                raise UndecidedError([part])
        return found(owner, key)

    def _key(self, node: nodes.Node) -> Any:
        """The key of a mapping, or the number of a value in a list."""
        key = self.value(node)
        if not isinstance(key, (str, int, float, type(None))):
            raise mistake(f"{kind(key)} cannot be a key")
        return key

    def _call(self, node: nodes.Call) -> Any:
        method = node.node
        if not isinstance(method, nodes.Getattr):
            self.value(method)  # an undefined name is the likelier mistake
            raise refused("only `items()`, `keys()`, `values()` and `get(...)` of a mapping can be called")
        owner = self.value(method.node)
        if method.attr not in _METHODS or not isinstance(owner, Mapping):
            hint = f"use the filter `| {method.attr}`" if method.attr in self._filters.names else ""
            raise refused(f"`{method.attr[:80]}()` cannot be called on {kind(owner)}", hint)
        if node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise refused(f"`{method.attr}()` takes values without names or `*`")
        if method.attr == "get" and 1 <= len(node.args) <= 2:
            key, *instead = (self._key(node.args[0]), *map(self.value, node.args[1:]))
            self._part(owner, key)
            return owner.get(key, *instead)
        if method.attr == "get" or node.args:
            takes = "a key and an optional default" if method.attr == "get" else "no values in brackets"
            raise mistake(f"`{method.attr}()` takes {takes}", "such as `documents.get('note', '')`")
        listed = [*getattr(owner, method.attr)()]
        self._meter.spend(len(listed))
        return listed

    def _arguments(self, node: nodes.Filter | nodes.Test) -> tuple[list[Any], dict[str, Any]]:
        if node.dyn_args or node.dyn_kwargs:
            raise refused("`*` is not allowed here")
        named: Sequence[Any] = node.kwargs  # Keywords, which Jinja types as Pairs
        return [self.value(argument) for argument in node.args], {pair.key: self.value(pair.value) for pair in named}

    def _chosen(self, node: nodes.CondExpr) -> Any:
        if self.value(node.test):
            return self.value(node.expr1)
        if node.expr2 is None:
            raise mistake("the `if` has no `else`", "such as `'a' if agenda else 'b'`")
        return self.value(node.expr2)

    def _compared(self, node: nodes.Compare) -> bool:
        left = self.value(node.expr)
        for operand in node.ops:
            right = self.value(operand.expr)
            if not self._conditions.compare(operand.op, left, right):
                return False
            left = right
        return True

    def _calculated(self, node: nodes.BinExpr) -> Any:
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(node, nodes.Add):
            return self._added(left, right)
        if type(node) not in _ARITHMETIC:
            raise refused("`**` is not allowed")
        number(left)
        if number(right) == 0 and not isinstance(node, (nodes.Sub, nodes.Mul)):
            raise mistake("a number cannot be divided by 0")
        return _ARITHMETIC[type(node)](left, right)

    def _added(self, left: Any, right: Any) -> Any:
        if any(isinstance(left, like) and isinstance(right, like) for like in (str, list, tuple)):
            self._meter.spend((len(left) + len(right)) // 10)
            return left + right
        if isinstance(left, str) != isinstance(right, str):
            raise mistake(f"`+` cannot add {kind(right)} to {kind(left)}", "`~` joins text and numbers")
        return number(left) + number(right)


def _refused(node: nodes.Node) -> Exception:
    return refused(f"`{type(node).__name__.lower()}` is not allowed here")


def _under(node: nodes.Getattr | nodes.Getitem, value: Any) -> Any:
    if isinstance(value, UndefinedError) and isinstance(node.node, nodes.Name):
        value.under = node.node.name
    return value
