"""Tree of Jinja × names -> value: walks what Jinja's parser made of an expression.

Jinja compiles each template to a module of Python, which takes longer than all expressions of a
deck do; and what is never compiled cannot run. A node that is not named here is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from operator import eq, floordiv, ge, gt, le, lt, mod, mul, ne, sub, truediv
from typing import Any, cast

from jinja2 import nodes
from jinja2.tests import TESTS

from deckgen.expressions.filters import bounded, joined, worded
from deckgen.expressions.located import origin_of
from deckgen.problems import Origin, nearest

Names = Mapping[str, Any]
Filters = Mapping[str, Callable[..., Any]]

_METHODS = frozenset({"items", "keys", "values", "get"})
# Of Jinja's tests, those that ask of facts and do nothing to them but compare; `%` would write out a text.
_JINJAS_TESTS = (
    *("==", "eq", "equalto", "!=", "ne", "in", ">", "gt", "greaterthan", ">=", "ge", "<", "lt", "lessthan", "<=", "le"),
    *("boolean", "false", "true", "none", "float", "integer", "number", "string", "iterable", "mapping", "sequence"),
)
_TESTS: Mapping[str, Callable[..., Any]] = {
    **{name: cast(Callable[..., Any], TESTS[name]) for name in _JINJAS_TESTS},
    "divisibleby": lambda value, by: _number(value) % _number(by) == 0,
    "even": lambda value: _number(value) % 2 == 0,
    "odd": lambda value: _number(value) % 2 == 1,
    "lower": lambda value: worded(value).islower(),
    "upper": lambda value: worded(value).isupper(),
}
_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    **{"eq": eq, "ne": ne, "gt": gt, "gteq": ge, "lt": lt, "lteq": le},
    "in": lambda left, right: left in right,
    "notin": lambda left, right: left not in right,
}
_RECKONED: dict[type[nodes.BinExpr], Callable[[Any, Any], Any]] = {
    nodes.Sub: sub,
    nodes.Mul: mul,
    nodes.Div: truediv,
    nodes.FloorDiv: floordiv,
    nodes.Mod: mod,
}


class RefusedError(Exception):
    """An expression asks for what no template may have."""


class UnknownError(Exception):
    """There is no filter or test of that name; `hint` is the nearest."""

    def __init__(self, what: str, name: str, known: Mapping[str, object]) -> None:
        super().__init__(f"there is no {what} `{name[:80]}`")
        self.hint = nearest(name, known) or f"one of {', '.join(sorted(known))}"


class UndefinedError(Exception):
    """A name that is not defined, the value in which it was sought, and `under` which name that one stands."""

    def __init__(self, name: str, owner: object) -> None:
        super().__init__(f"`{name[:80]}` is not defined")
        self.name, self.owner, self.under = name[:80], owner, ""


class UndecidedError(Exception):
    """An expression hangs on `facts` that nobody knows."""

    def __init__(self, facts: Collection[str]) -> None:
        super().__init__(", ".join(facts))
        self.facts = tuple(dict.fromkeys(facts))


class Walk:
    """Evaluates expressions and texts with one set of names; those in `absent` there may be, and are not.

    What is `unknown`, a name or the `name: key` of one that there is, is taken as if it could have any value: what
    hangs on it is an UndecidedError.
    """

    def __init__(
        self, names: Names, filters: Filters, absent: Collection[str] = (), unknown: Collection[str] = ()
    ) -> None:
        self._names = names
        self._absent = absent
        self._unknown = unknown
        self._filters = filters
        self.used: list[Origin] = []

    def text(self, body: Sequence[nodes.Node]) -> Iterator[str]:
        """The pieces of a text; `used` gathers the places of the values it shows."""
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
        """Whether the condition of a text holds; a fact that the meeting may leave out, and does, counts as no."""
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
        """The value of an expression.

        Raises UndefinedError, UnknownError, RefusedError, and what Python raises for values of a wrong type.
        """
        match node:
            case nodes.Const():
                return bounded(node.value)
            case nodes.Name() | nodes.Getattr() | nodes.Getitem():
                return _defined(self._perhaps(node))
            case nodes.Call():
                return self._call(node)
            case nodes.Filter():
                return bounded(self._filter(node))
            case nodes.Test():
                return self._test(node)
            case nodes.List() | nodes.Tuple():
                return [self.value(item) for item in node.items]
            case nodes.Dict():
                return {self.value(pair.key): self.value(pair.value) for pair in node.items}
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
                return bounded(self._reckoned(node))
            case nodes.Neg():
                return -_number(self.value(node.node))
            case nodes.Pos():
                return _number(self.value(node.node))
            case _:
                raise _refused(node)

    def _decided(self, node: nodes.And | nodes.Or, enough: bool) -> Any:
        """The value of `and` or `or`: a side that is `enough` decides, even where the other one is undecided."""
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
        """The value of an expression; the error itself, where the last name of a path is not defined."""
        match node:
            case None:
                raise RefusedError("a filter or a test needs a value before it")
            case nodes.Name():
                if node.name in self._unknown:
                    raise UndecidedError([node.name])
                return _found(self._names, node.name)
            case nodes.Getattr():
                return _sought(node, self._attribute(self.value(node.node), node.attr))
            case nodes.Getitem():
                return _sought(node, self._item(self.value(node.node), node.arg))
            case _:
                return self.value(node)

    def _attribute(self, owner: Any, name: str) -> Any:
        if not isinstance(owner, Mapping):
            raise RefusedError(f"`.{name[:80]}` is for mappings; this is {_kind(owner)}")
        if name in _METHODS and name not in owner:
            raise TypeError(f"`{name}` is written `{name}()`")
        return self._found_in(owner, name)

    def _item(self, owner: Any, argument: nodes.Expr) -> Any:
        if not isinstance(owner, (Mapping, list, tuple, str)):
            raise TypeError(f"`[...]` is for lists, mappings and texts; this is {_kind(owner)}")
        if not isinstance(argument, nodes.Slice):
            return self._found_in(owner, self.value(argument))
        start, stop, step = (
            None if end is None else self.value(end) for end in (argument.start, argument.stop, argument.step)
        )
        return owner[slice(start, stop, step)]

    def _call(self, node: nodes.Call) -> Any:
        method = node.node
        if not isinstance(method, nodes.Getattr):
            self.value(method)  # a name that is not defined is the likelier mistake
            raise RefusedError("only `items()`, `keys()`, `values()` and `get(...)` of a mapping can be called")
        owner = self.value(method.node)
        if method.attr not in _METHODS or not isinstance(owner, Mapping):
            raise RefusedError(f"`{method.attr[:80]}()` cannot be called on {_kind(owner)}")
        if node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise RefusedError(f"`{method.attr}()` takes plain values")
        arguments = [self.value(argument) for argument in node.args]
        if method.attr == "get" and arguments and self._unknown:
            self._found_in(owner, arguments[0])
        return getattr(owner, method.attr)(*arguments)

    def _found_in(self, owner: Any, key: Any) -> Any:
        """A part of a value. Raises UndecidedError where it is a part of a fact that is not known."""
        if self._unknown and isinstance(key, str):
            part = next((f"{name}: {key}" for name, value in self._names.items() if value is owner), "")
            if part in self._unknown:
                raise UndecidedError([part])
        return _found(owner, key)

    def _filter(self, node: nodes.Filter) -> Any:
        arguments, named = self._arguments(node)
        if node.name == "default":
            return _default(self._perhaps(node.node), *arguments, **named)
        if node.name not in self._filters:
            raise UnknownError("filter", node.name, {**self._filters, "default": None})
        return self._filters[node.name](_defined(self._perhaps(node.node)), *arguments, **named)

    def _test(self, node: nodes.Test) -> bool:
        arguments, named = self._arguments(node)
        value = self._perhaps(node.node)
        if node.name in ("defined", "undefined"):
            return isinstance(value, UndefinedError) == (node.name == "undefined")
        if node.name not in _TESTS:
            raise UnknownError("test", node.name, _TESTS)
        return bool(_TESTS[node.name](_defined(value), *arguments, **named))

    def _arguments(self, node: nodes.Filter | nodes.Test) -> tuple[list[Any], dict[str, Any]]:
        if node.dyn_args or node.dyn_kwargs:
            raise RefusedError("`*` is not allowed here")
        named: Sequence[Any] = node.kwargs  # Keywords, which Jinja's types take for Pairs
        return [self.value(argument) for argument in node.args], {pair.key: self.value(pair.value) for pair in named}

    def _chosen(self, node: nodes.CondExpr) -> Any:
        if self.value(node.test):
            return self.value(node.expr1)
        if node.expr2 is None:
            raise ValueError("the `if` has no `else`")
        return self.value(node.expr2)

    def _compared(self, node: nodes.Compare) -> bool:
        left = self.value(node.expr)
        for operand in node.ops:
            right = self.value(operand.expr)
            if not _COMPARED[operand.op](left, right):
                return False
            left = right
        return True

    def _reckoned(self, node: nodes.BinExpr) -> Any:
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(node, nodes.Add):
            joins = any(isinstance(left, kind) and isinstance(right, kind) for kind in (str, list))
            return left + right if joins else _number(left) + _number(right)
        if type(node) not in _RECKONED:
            raise RefusedError("`**` is not allowed")
        return _RECKONED[type(node)](_number(left), _number(right))


def _refused(node: nodes.Node) -> RefusedError:
    return RefusedError(f"`{type(node).__name__.lower()}` is not allowed here")


def _sought(node: nodes.Getattr | nodes.Getitem, value: Any) -> Any:
    if isinstance(value, UndefinedError) and isinstance(node.node, nodes.Name):
        value.under = node.node.name
    return value


def _defined(value: Any) -> Any:
    if isinstance(value, UndefinedError):
        raise value
    return value


def _found(owner: Any, key: Any) -> Any:
    try:
        return owner[key]
    except (LookupError, TypeError):
        return UndefinedError(str(key) if isinstance(key, (str, int, float)) else _kind(key), owner)


def _number(value: Any) -> Any:
    if not isinstance(value, (int, float)):
        raise TypeError(f"{_kind(value)} is no number to reckon with")
    return value


def _kind(value: Any) -> str:
    match value:
        case None:
            return "nothing"
        case str():
            return "a text"
        case int() | float():
            return "a number"
        case Mapping():
            return "a mapping"
        case _:
            return "a list"


def _default(value: Any, instead: Any = "", empty: bool = False) -> Any:
    """The value, or `instead` where it is not defined (or, if told so, empty)."""
    return instead if isinstance(value, UndefinedError) or (empty and not value) else value
