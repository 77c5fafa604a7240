"""Expression × names -> value: Jinja within bounds, for files of strangers; the only import of jinja2.

Only expressions and `{% if %}` are let through, never a loop; nothing can be reached but the
values of the meeting; and what an expression may take and give is bounded: its length, its depth,
its result, and the work of all expressions of a deck together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from jinja2 import StrictUndefined, TemplateError, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateExpression
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from deckgen.filters import MAX_TEXT, Exhausted, Meter, bounded, filters, joined, largest, worded
from deckgen.located import origin_of
from deckgen.problems import Origin, nearest

MAX_EXPRESSIONS = 2_000  # different ones in a deck: each takes Jinja half a millisecond to compile
MAX_NODES = 400
MAX_DEPTH = 40
_COST = 400  # steps that evaluating any expression takes at least
_PATH = re.compile(r"\s*[a-z_]\w*(?:\.[a-z_]\w*)*\s*", re.ASCII)
_MARKED = re.compile(r"\{\{(\s*[a-z_][\w.]*\s*)\}\}", re.ASCII)
_NO_PATH = object()
_STATEMENTS = (nodes.Template, nodes.Output, nodes.If, nodes.TemplateData)
_METHODS = frozenset({"items", "keys", "values", "get"})
_FAULTS = (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError)
_EXHAUSTED = (RecursionError, SyntaxError, MemoryError)  # from Python's own compiler


class ExpressionError(Exception):
    """An expression that cannot be evaluated: the kind of fault, what to say of it, and a hint.

    `name` is the name that is not defined, if that is the fault; `last` says that every
    expression after this one would fail as well.
    """

    def __init__(self, rule: str, text: str, hint: str = "", name: str = "", last: bool = False) -> None:
        super().__init__(text)
        self.rule, self.text, self.hint, self.name, self.last = rule, text, hint, name, last


class Sandbox:
    """The expressions of one deck; compiles each text once, and counts the work."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        self.meter = Meter()
        self._environment = _Environment(self.meter)
        self._compiled: dict[str, tuple[Callable[[Mapping[str, Any]], Any], int]] = {}
        self._largest = largest(dict(names))

    def evaluate(self, expression: str, names: Mapping[str, Any]) -> Any:
        """The value of an expression. Raises ExpressionError."""
        return self._guarded(lambda: self._value(expression, names), names)

    def render(self, text: str, names: Mapping[str, Any]) -> tuple[str, list[Origin]]:
        """A text with its expressions filled in, and the places of the values used. Raises ExpressionError."""
        used: list[Origin] = []
        self._environment.used = used
        return str(self._guarded(lambda: self._text(text, names), names)), used

    def _value(self, expression: str, names: Mapping[str, Any]) -> Any:
        result = _looked_up(expression, names)
        if result is not _NO_PATH:
            self.meter.spend(_COST + (len(result) if isinstance(result, str) else 0))
            return bounded(result)
        result = self._run("{{" + expression + "}}", names, self._compile_expression)
        if isinstance(result, Undefined):
            str(result)  # StrictUndefined says what is missing
        return bounded(result)

    def _text(self, text: str, names: Mapping[str, Any]) -> Any:
        simple = _filled_with_paths(text, names)
        if simple is None:
            return bounded(self._run(text, names, self._compile_text))
        filled, origins = simple
        self._environment.used += origins
        self.meter.spend(_COST + len(filled))
        return bounded(filled)

    def _run(
        self, text: str, names: Mapping[str, Any], compiler: Callable[[nodes.Template], Callable[..., Any]]
    ) -> Any:
        if text not in self._compiled:
            tree, weight = self._checked(text)
            self._compiled[text] = compiler(tree), weight
        compiled, weight = self._compiled[text]
        self.meter.spend(_COST + weight * self._largest)
        result = compiled(names)
        self.meter.spend(len(result) if isinstance(result, str) else 0)
        return result

    def _compile_expression(self, tree: nodes.Template) -> Callable[..., Any]:
        """As Jinja's `compile_expression`, from what is parsed already."""
        [output] = tree.body
        [expression] = output.iter_child_nodes()
        result = nodes.Assign(nodes.Name("result", "store"), expression, lineno=1)
        return TemplateExpression(self._environment.from_string(nodes.Template([result], lineno=1)), False)

    def _compile_text(self, tree: nodes.Template) -> Callable[..., Any]:
        return self._environment.from_string(tree).render

    def _checked(self, text: str) -> tuple[nodes.Template, int]:
        """Refuse what is too much before it is compiled; what the rest may cost beside its filters."""
        if len(self._compiled) >= MAX_EXPRESSIONS:
            raise Exhausted(f"more than {MAX_EXPRESSIONS:,} different expressions")
        if len(text) > MAX_TEXT or _depth(text) > MAX_DEPTH:
            raise OverflowError("the expression is too long or nested too deep")
        tree = self._environment.parse(text)
        found = list(tree.find_all(nodes.Node))
        if len(found) > MAX_NODES:
            raise OverflowError("the expression has too many parts")
        statement = next((n for n in found if isinstance(n, nodes.Stmt) and not isinstance(n, _STATEMENTS)), None)
        if statement is not None:
            name = type(statement).__name__.lower()
            raise SecurityError(f"a `{name}` statement is not allowed; use `each` beside the value")
        return tree, sum(isinstance(node, (nodes.Compare, nodes.Slice)) for node in found)

    def _guarded(self, action: Callable[[], Any], names: Mapping[str, Any]) -> Any:
        try:
            return action()
        except _Missing as error:
            known = error.owner if isinstance(error.owner, Mapping) else names
            hint = nearest(error.name, map(str, known))
            raise ExpressionError("undefined-name", f"`{error.name}` is not defined", hint, error.name) from None
        except (SecurityError, OverflowError) as error:
            last = isinstance(error, Exhausted)
            raise ExpressionError("unsafe-template", _first_line(error), last=last) from None
        except _EXHAUSTED:
            raise ExpressionError("unsafe-template", "the expression is too long or nested too deep") from None
        except _FAULTS as error:
            raise ExpressionError("bad-template", _first_line(error), self._nearest_filter(error)) from None

    def _nearest_filter(self, error: Exception) -> str:
        found = re.match(r"No filter named '(\w+)'", str(error))
        return nearest(found[1], self._environment.filters) if found else ""


def _looked_up(path: str, names: Mapping[str, Any]) -> Any:
    """The value of a dotted path such as `meeting.number`: most expressions are one, and need no compiler."""
    value: Any = names
    if not _PATH.fullmatch(path):
        return _NO_PATH
    for name in path.strip().split("."):
        if not isinstance(value, Mapping) or name not in value or hasattr(value, name):
            return _NO_PATH
        value = value[name]
    return value


def _filled_with_paths(text: str, names: Mapping[str, Any]) -> tuple[str, list[Origin]] | None:
    """A text in which every expression is a dotted path, filled in; None when Jinja is needed."""
    pieces = _MARKED.split(text)
    values = [_looked_up(path, names) for path in pieces[1::2]]
    if "{%" in text or "{#" in text or not all(isinstance(value, (str, int)) for value in values):
        return None
    pieces[1::2] = [str(worded(value)) for value in values]
    if any("{{" in piece or "}}" in piece for piece in pieces[::2]) or sum(map(len, pieces)) > MAX_TEXT:
        return None
    return "".join(pieces), [origin for value in values if (origin := origin_of(value))]


class _Missing(UndefinedError):
    """A name that is not defined, and the value in which it was sought."""

    def __init__(self, name: str, owner: Any) -> None:
        super().__init__(f"'{name}' is undefined")
        self.name, self.owner = name, owner


class _Strict(StrictUndefined):
    """Says which name was sought in what, for the nearest one to be offered."""

    __slots__ = ()

    def _fail_with_undefined_error(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ARG002 (Jinja's signature)
        raise _Missing(str(self._undefined_name)[:80], self._undefined_obj)

    __iter__ = __str__ = __len__ = __eq__ = __ne__ = __bool__ = __hash__ = _fail_with_undefined_error
    __contains__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _fail_with_undefined_error
    __truediv__ = __rtruediv__ = __floordiv__ = __mod__ = __pos__ = __neg__ = _fail_with_undefined_error
    __call__ = __getitem__ = __lt__ = __le__ = __gt__ = __ge__ = __int__ = __float__ = _fail_with_undefined_error


class _Code(CodeGenerator):
    """Python for `a ~ b` that bounds its result; Jinja's own joins texts of any length."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        self.write("environment.joined((")
        for child in node.nodes:
            self.visit(child, frame)
            self.write(", ")
        self.write("))")


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja with our filters, and nothing that reads, loops, or multiplies text."""

    intercepted_binops = frozenset({"*", "**", "%", "+", "-"})
    code_generator_class = _Code
    joined = staticmethod(joined)

    def __init__(self, meter: Meter) -> None:
        super().__init__(undefined=_Strict, finalize=self._note, optimized=False)
        self.used: list[Origin] = []
        self.filters = {"default": _default, **filters(meter)}
        self.globals.clear()

    def _note(self, value: Any) -> Any:
        origin = origin_of(value)
        if origin:
            self.used.append(origin)
        if isinstance(value, Undefined):
            str(value)
        return worded(value)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002 (Jinja's signature)
        return isinstance(obj, dict) and attr in _METHODS

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if isinstance(left, Undefined) or isinstance(right, Undefined):
            str(left), str(right)
        if operator == "+" and isinstance(left, (str, list)):
            return bounded(left + right)
        if operator == "**" or not all(isinstance(side, (int, float)) for side in (left, right)):
            raise SecurityError(f"`{operator}` is for numbers only")
        return bounded(super().call_binop(context, operator, left, right))


def _default(value: Any, instead: Any = "", empty: bool = False) -> Any:
    """The value, or `instead` where it is not defined (or, if told so, empty)."""
    return instead if isinstance(value, Undefined) or (empty and not value) else value


def _depth(text: str) -> int:
    """How deep brackets are nested, those in quotes counted too."""
    depth = deepest = 0
    for letter in text:
        depth += (letter in "([{") - (letter in ")]}")
        deepest = max(deepest, depth)
    return deepest


def _first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:200]
