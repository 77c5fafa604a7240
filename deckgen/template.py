"""Source x names -> Source: Jinja expressions in text become the values that a meeting supplies.

Jinja sees single strings, after YAML has been parsed, so no name can break a file. A meeting
file comes from a stranger: only expressions and `{% if %}` are let through, never a loop, and
no operation can make a value much larger than those it was given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateError, Undefined, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from deckgen.dates import long_date
from deckgen.problems import DeckError, Origin, Problem, fatal, nearest
from deckgen.source import Source, Value

MAX_TEXT = 20_000
_EXPRESSION = re.compile(r"\s*\{\{((?:(?!\{\{|\}\}).)*)\}\}\s*", re.DOTALL)
_EACH = re.compile(r"\s*(\w+)\s*(?:,\s*(\w+)\s*)?in\s+(.+)", re.DOTALL)
_STATEMENTS = (nodes.Template, nodes.Output, nodes.If, nodes.TemplateData)
_METHODS = frozenset({"items", "keys", "values", "get"})


class Located(str):
    """Text that knows where it came from, through any number of lookups."""

    __slots__ = ("origin",)
    origin: Origin

    def __new__(cls, text: str, origin: Origin) -> Located:
        located = super().__new__(cls, text)
        located.origin = origin
        return located


class Filler:
    """Fills the templates of one deck from one set of names; compiles each text once."""

    def __init__(self, names: Source) -> None:
        self._names = {key: _native(child) for key, child in names.items()}
        self._environment = _Environment()
        self._compiled: dict[str, Callable[[Mapping[str, Any]], Any]] = {}

    def fill(self, source: Source, extra: Mapping[str, Any] | None = None) -> Source:
        """`source` with every text filled and every `each` unrolled. Raises DeckError."""
        names = {**self._names, **extra} if extra else self._names
        problems: list[Problem] = []
        filled = self._fill(source, names, problems)
        if problems:
            raise DeckError(problems)
        return filled

    def _fill(self, source: Source, names: Mapping[str, Any], problems: list[Problem]) -> Source:
        value = source.value
        if isinstance(value, str):
            return self._text(source, names, problems) if "{" in value else source
        if isinstance(value, tuple):
            elements = [filled for child in value for filled in self._element(child, names, problems)]
            return Source(tuple(elements), source.origin)
        if not isinstance(value, dict):
            return source
        if "each" in value:
            return Source(tuple(self._element(source, names, problems)), source.origin)
        filled = {key: self._fill(child, names, problems) for key, child in value.items()}
        return Source(filled, source.origin, source.keys)

    def _element(self, source: Source, names: Mapping[str, Any], problems: list[Problem]) -> Iterable[Source]:
        """The elements that one element of a list becomes: many, when it has `each`; none, if `when` says so."""
        each = source.get("each")
        if each is None:
            wanted = self._wanted(source, names, problems)
            return (
                [self._fill(source.without("when") if source.get("when") else source, names, problems)]
                if wanted
                else []
            )
        body = source.get("of") or source.without("each", "when")
        scopes = [{**names, **scope} for scope in self._loop(each, names, problems)]
        chosen = [scope for scope in scopes if self._wanted(source, scope, problems)]
        return [element for scope in chosen for element in self._element(body, scope, problems)]

    def _wanted(self, source: Source, names: Mapping[str, Any], problems: list[Problem]) -> bool:
        when = source.get("when")
        return when is None or bool(self._evaluate(str(when.value), when, names, problems))

    def _loop(self, each: Source, names: Mapping[str, Any], problems: list[Problem]) -> Iterable[dict[str, Any]]:
        match = _EACH.fullmatch(str(each.value))
        if match is None:
            problems.append(
                Problem(each.origin, "bad-each", "not of the form `name in list`", "such as `each: wg in groups`")
            )
            return []
        first, second, expression = match.groups()
        elements = self._evaluate(expression, each, names, problems)
        if elements is None:
            return []
        if isinstance(elements, (str, int, float, bool)):
            problems.append(Problem(each.origin, "bad-each", f"`{expression.strip()}` is no list"))
            return []
        if second is None:
            return [{first: element} for element in elements]
        return [{first: pair[0], second: pair[1]} for pair in elements]

    def test(self, condition: Source) -> bool:
        """Whether the expression of a `when` holds; a name that the meeting lacks counts as no."""
        problems: list[Problem] = []
        result = self._evaluate(str(condition.value), condition, self._names, problems, missing_is_no=True)
        if problems:
            raise DeckError(problems)
        return bool(result)

    def _text(self, source: Source, names: Mapping[str, Any], problems: list[Problem]) -> Source:
        text = str(source.value)
        whole = _EXPRESSION.fullmatch(text)
        if whole:
            result = self._evaluate(whole[1], source, names, problems)
            return _sourced(result, source.origin)
        if not re.search(r"\{[{%#]", text):
            return source
        used: list[Origin] = []
        rendered = self._attempt(lambda: self._render(text, names, used), source, problems)
        origin = used[0].passed_through(source.origin) if used else source.origin
        return Source(rendered, origin)

    def _render(self, text: str, names: Mapping[str, Any], used: list[Origin]) -> str:
        if text not in self._compiled:
            _check_nodes(self._environment.parse(text))
            self._compiled[text] = self._environment.from_string(text).render
        self._environment.used = used
        return str(_bounded(self._compiled[text](names)))

    def _evaluate(
        self,
        expression: str,
        source: Source,
        names: Mapping[str, Any],
        problems: list[Problem],
        missing_is_no: bool = False,
    ) -> Any:
        def evaluate() -> Any:
            key = "{{" + expression + "}}"
            if key not in self._compiled:
                _check_nodes(self._environment.parse(key))
                compiled = self._environment.compile_expression(expression, undefined_to_none=False)
                self._compiled[key] = compiled
            result = self._compiled[key](names)
            if isinstance(result, Undefined):
                if missing_is_no:
                    return False
                str(result)  # StrictUndefined says what is missing
            return _bounded(result)

        return self._attempt(evaluate, source, problems)

    def _attempt(self, action: Callable[[], Any], source: Source, problems: list[Problem]) -> Any:
        try:
            return action()
        except UndefinedError as error:
            found = re.match(r"'(?:[^']* object' has no attribute ')?(\w+)'", str(error.message))
            hint = nearest(found[1], self._names) if found else ""
            problems.append(Problem(source.origin, "undefined-name", _first_line(error), hint))
        except SecurityError as error:
            problems.append(Problem(source.origin, "unsafe-template", _first_line(error)))
        except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, RecursionError) as error:
            problems.append(Problem(source.origin, "bad-template", _first_line(error)))
        return None


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja with the filters below, and nothing that reads, loops, or multiplies text."""

    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, finalize=self._note)
        self.used: list[Origin] = []
        kept = "default first float int last length list lower round sort sum title trim unique upper"
        self.filters = {name: self.filters[name] for name in kept.split()}
        self.filters |= {"commas": _commas, "date": _date, "names": _names, "number": _number}
        self.globals.clear()

    def _note(self, value: Any) -> Any:
        if isinstance(value, Located):
            self.used.append(value.origin)
        return "" if value is None else value

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002 (Jinja's signature)
        return isinstance(obj, dict) and attr in _METHODS

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "+" and isinstance(left, (str, list)):
            return _bounded(left + right)
        if operator == "**" or not all(isinstance(side, (int, float)) for side in (left, right)):
            raise SecurityError(f"`{operator}` is for numbers only")
        return _bounded(super().call_binop(context, operator, left, right))


def _check_nodes(tree: nodes.Template) -> None:
    statement = next((n for n in tree.find_all(nodes.Stmt) if not isinstance(n, _STATEMENTS)), None)
    if statement is not None:
        name = type(statement).__name__.lower()
        raise SecurityError(f"a `{name}` statement is not allowed; use `each` beside the value")


def _bounded(result: Any) -> Any:
    """The result, unless it is larger than a slide could be."""
    if isinstance(result, (str, list, tuple, dict)) and len(result) > MAX_TEXT:
        raise SecurityError(f"the result is longer than {MAX_TEXT:,}")
    if isinstance(result, int) and abs(result) > 10**18:
        raise SecurityError("the result is larger than 10^18")
    return result


def _native(source: Source) -> Any:
    """What Jinja sees: plain dicts and lists, and text that remembers its place."""
    value = source.value
    if isinstance(value, dict):
        return {Located(key, source.key_origin(key)): _native(child) for key, child in value.items()}
    if isinstance(value, tuple):
        return [_native(child) for child in value]
    return Located(value, source.origin) if isinstance(value, str) else value


def _sourced(result: Any, template: Origin) -> Source:
    """A result of Jinja as Source; what knows its place keeps it, the rest stands at the template leaf."""
    origin = result.origin.passed_through(template) if isinstance(result, Located) else template
    if isinstance(result, Mapping):
        children = {str(key): _sourced(child, template) for key, child in result.items()}
        return Source(children, template)
    if isinstance(result, (list, tuple)) or (hasattr(result, "__iter__") and not isinstance(result, str)):
        return Source(tuple(_sourced(child, template) for child in result), template)
    value: Value = result if isinstance(result, (bool, int, float)) or result is None else str(result)
    return Source(value, origin)


def _first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]


def _like(text: str, first: object) -> str:
    """`text` at the place of the value it was made from."""
    return Located(text, first.origin) if isinstance(first, Located) else text


def _commas(values: Iterable[Any]) -> str:
    """`a, b, c`."""
    listed = list(values)
    return _like(", ".join(map(str, listed)), listed[0] if listed else None)


def _names(values: Iterable[Any]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    listed = list(values)
    text = " and ".join(filter(None, (", ".join(map(str, listed[:-1])), *map(str, listed[-1:]))))
    return _like(text, listed[0] if listed else None)


def _number(value: float | str) -> str:
    """A number with commas between thousands; text as it is."""
    return value if isinstance(value, str) else f"{value:,}"


def _date(value: str) -> str:
    """`2025-07-25` as `Friday, 25 July 2025`."""
    return _like(long_date(value), value)


def fill_one(text: str, names: Source, origin: Origin) -> Source:
    """A single text filled, for whoever has only one. Raises DeckError."""
    if len(text) > MAX_TEXT:
        raise fatal(origin, "too-large", f"text longer than {MAX_TEXT:,} characters")
    return Filler(names).fill(Source(text, origin))
