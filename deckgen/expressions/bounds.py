"""Expression × names -> value: Jinja within bounds, for files of strangers.

Only expressions and `{% if %}` are let through, never a loop; nothing can be reached but the
values of the meeting; and what an expression may take and give is bounded: its length, its depth,
its result, and the work of all expressions of a deck together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from jinja2 import Environment, TemplateError, TemplateSyntaxError, nodes

from deckgen.expressions.evaluate import RefusedError, UndecidedError, UndefinedError, UnknownError, Walk
from deckgen.expressions.filters import MAX_TEXT, Exhausted, Meter, bounded, filters, joined, steps_through, values_in
from deckgen.problems import Origin, nearest

T = TypeVar("T")
MAX_NODES = 400
MAX_DEPTH = 40
_COST = 400  # steps that evaluating any expression takes at least
_READING, _LETTER = 4_000, 40  # steps that Jinja takes to read one, and for each letter of it
_JINJA = Environment()
_VALUE = 100  # steps for each value of a result, which becomes part of a slide
_STATEMENTS = (nodes.Template, nodes.Output, nodes.If, nodes.TemplateData)
_SEARCHES = (nodes.Compare, nodes.Slice, nodes.Test)
_FAULTS = (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError)


# What Jinja says of a text it cannot read, what an author should be told instead, and what to type.
_UNREAD = (
    ("got '='", "one `=` compares nothing", "`==` for equal, `>=` for at least"),
    ("end of template, expected", "`{{` is not closed", "add `}}`"),
    (r"needs to be closed is '(\w+)'", r"`{% \1 %}` has no end", r"add `{% end\1 %}`"),
    ("end of comment", "`{#` is not closed", "add `#}`"),
    ("got 'end of print|unexpected 'end of print|name or number", "something is missing before `}}`", ""),
    (r"unexpected '}', expected '(.)'", r"`\1` is missing before `}}`", ""),
    ("unexpected '}'", "a brace too few", "an expression ends with `}}`"),
    ("unexpected char ['\"]['\"]", "a quote is not closed", ""),
    ("unexpected char '&'", "`&` means nothing here", "`and`"),
    (r"unexpected char '(.+)'", r"`\1` means nothing here", ""),
    (r"unknown tag '(\w+)'", r"there is no `{% \1 %}` here", "`{% if ... %}`, `{% else %}` and `{% endif %}`"),
    (r"got '(.+)'", r"`\1` does not belong here", "a filter follows `|`, a text stands between quotes"),
)


class ExpressionError(Exception):
    """An expression that cannot be evaluated: the kind of fault, what to say of it, and a hint.

    `name` is the name that is not defined, if that is the fault, and `under` the fact it was sought in; `last` says
    that every expression after this one would fail as well.
    """

    def __init__(
        self, rule: str, text: str, hint: str = "", name: str = "", under: str = "", last: bool = False
    ) -> None:
        super().__init__(text)
        self.rule, self.text, self.hint, self.name, self.under, self.last = rule, text, hint, name, under, last


class Sandbox:
    """The expressions of one deck; reads each text once, and counts the work."""

    def __init__(self, names: Mapping[str, Any], absent: Collection[str] = ()) -> None:
        self._absent = absent
        self.meter = Meter()
        self._filters = filters(self.meter)
        self._read: set[str] = set()
        self._search = steps_through(dict(names))  # what looking through the largest value takes

    def evaluate(self, expression: str, names: Mapping[str, Any]) -> Any:
        """The value of an expression. Raises ExpressionError."""
        return self._guarded(lambda: self._value(expression, names), names)

    def hangs_on(self, expression: str, names: Mapping[str, Any], unknown: Collection[str]) -> tuple[str, ...]:
        """Those of the unknown facts that a condition hangs on; none where it is decided. Raises ExpressionError."""

        def ask() -> tuple[str, ...]:
            try:
                self._value(expression, names, unknown)
            except UndecidedError as error:
                return error.facts
            return ()

        return self._guarded(ask, names)

    def render(self, text: str, names: Mapping[str, Any]) -> tuple[str, list[Origin]]:
        """A text with its expressions filled in, and the places of the values used. Raises ExpressionError."""
        return self._guarded(lambda: self._text(text, names), names)

    def _value(self, expression: str, names: Mapping[str, Any], unknown: Collection[str] = ()) -> Any:
        shown = [node for output in self._body("{{ " + expression + " }}") for node in output.iter_child_nodes()]
        if len(shown) != 1:
            raise ValueError("this is no single expression")
        result = bounded(Walk(names, self._filters, unknown=unknown).value(shown[0]))
        count = values_in(result)
        self._search = max(self._search, count)
        self.meter.spend(_COST + _VALUE * count + (len(result) if isinstance(result, str) else 0))
        return result

    def _text(self, text: str, names: Mapping[str, Any]) -> tuple[str, list[Origin]]:
        walk = Walk(names, self._filters, self._absent)
        filled = joined(walk.text(self._body(text)))
        self.meter.spend(_COST + len(filled))
        return filled, walk.used

    def _body(self, text: str) -> list[nodes.Node]:
        if text not in self._read:
            self.meter.spend(_READING + _LETTER * len(text))
            self._read.add(text)
        self.meter.spend(_COST)
        read = _tree(text)
        if isinstance(read, Exception):
            raise read
        body, searches = read
        self.meter.spend(searches * self._search)
        return body

    def _guarded(self, action: Callable[[], T], names: Mapping[str, Any]) -> T:
        try:
            return action()
        except UndefinedError as error:
            known = error.owner if isinstance(error.owner, Mapping) else names
            hint = nearest(error.name, map(str, known))
            raise ExpressionError("undefined-name", str(error), hint, error.name, error.under) from None
        except (RefusedError, OverflowError) as error:
            last = isinstance(error, Exhausted)
            raise ExpressionError("unsafe-template", _first_line(error), last=last) from None
        except RecursionError:
            raise ExpressionError("unsafe-template", "the expression is too long or nested too deep") from None
        except UnknownError as error:
            raise ExpressionError("bad-template", str(error), error.hint) from None
        except TemplateSyntaxError as error:
            raise _unread(error) from None
        except _FAULTS as error:
            raise ExpressionError("bad-template", _first_line(error)) from None


# A preview fills the same templates for each change of a file; what cannot be read may stand under an `each`.
@lru_cache(maxsize=1_000)
def _tree(text: str) -> tuple[list[nodes.Node], int] | Exception:
    """What Jinja reads in a text, and how many searches through a value are in it; or why it cannot."""
    try:
        return _read(text)
    except (TemplateError, OverflowError, RefusedError, RecursionError) as error:
        return error


def _read(text: str) -> tuple[list[nodes.Node], int]:
    if len(text) > MAX_TEXT or _depth(text) > MAX_DEPTH:
        raise OverflowError("the expression is too long or nested too deep")
    tree = _JINJA.parse(text)
    found = list(tree.find_all(nodes.Node))
    if len(found) > MAX_NODES:
        raise OverflowError("the expression has too many parts")
    statement = next((n for n in found if isinstance(n, nodes.Stmt) and not isinstance(n, _STATEMENTS)), None)
    if statement is not None:
        name = type(statement).__name__.lower()
        raise RefusedError(f"a `{name}` statement is not allowed; use `each` beside the value")
    return tree.body, sum(isinstance(node, _SEARCHES) for node in found)


def _depth(text: str) -> int:
    """How deep brackets are nested, those in quotes counted too."""
    depth = deepest = 0
    for letter in text:
        depth += (letter in "([{") - (letter in ")]}")
        deepest = max(deepest, depth)
    return deepest


def _unread(error: TemplateSyntaxError) -> ExpressionError:
    """What Jinja cannot read, in the words of an author."""
    said = _first_line(error)
    for pattern, told, hint in _UNREAD:
        found = re.search(pattern, said)
        if found:
            return ExpressionError(
                "bad-template", found.expand(told), found.expand(hint) or "such as `{{ meeting.city }}`"
            )
    return ExpressionError("bad-template", f"this cannot be read: {said}", "is a brace, a bracket or a quote missing?")


def _first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:200]
