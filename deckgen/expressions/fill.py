"""Source × names -> Source: expressions in text become the values of a meeting.

Expressions are parsed in single strings, after YAML, so no name can break a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from copy import copy
from functools import partial
from typing import Any

from deckgen.base.characters import REFUSED
from deckgen.expressions.bounds import Sandbox
from deckgen.expressions.errors import ExhaustedError, ExpressionError, UndecidedError, UndefinedError, kind
from deckgen.expressions.evaluate import Deferred
from deckgen.expressions.lets import EACH, check_lets
from deckgen.expressions.located import native, sourced
from deckgen.expressions.markers import MARKER, expression_in, markers, origin_at
from deckgen.problems import Origin, Problem, Result, nearest
from deckgen.source import Source, refused_character

_LEAF_COST = 100  # steps for each text, with or without an expression
_Names = Mapping[str, Any]
_Missing = Callable[[str, str], Problem | None]
_Problems = dict[Problem, None]  # each once, in the order found


class Filler:
    """Fills the templates of one deck from one set of names.

    `declared` are the names that a meeting may omit: a `when`, and an `if` in text, takes a missing one as false.
    `missing` returns the problem of a missing name, or of a part of one, in the file that should have it.
    """

    def __init__(self, names: Source, declared: Collection[str] = (), missing: _Missing = lambda *_: None) -> None:
        self._names: dict[str, Any] = {key: native(child) for key, child in names.items()}
        self._declared = frozenset(declared)
        self._missing = missing
        self._sandbox = Sandbox(self._declared - self._names.keys())
        self._unknown: Collection[str] = ()
        self._let: Source | None = None
        self._reported: dict[tuple[Origin, str], Problem] = {}
        self._lacking: dict[Problem, str] = {}

    def fill(self, source: Source) -> Result[Source]:
        """`source` with every text filled and every `each` repeated; null if an expression fails."""
        problems: _Problems = {}
        return Result(self._fill(source, self._names, problems), tuple(problems))

    def test(self, condition: Source) -> Result[bool]:
        """Whether the expression of a `when` holds; a missing fact counts as false."""
        problems: _Problems = {}
        try:
            return Result(bool(self._sandbox.evaluate(str(condition.value), self._names)))
        except ExpressionError as error:
            if isinstance(error, UndefinedError) and error.name in self._declared:
                return Result(False)
            self._report(error, condition, problems, self._names)
            return Result(None, tuple(problems))

    def depends_on(self, condition: Source, unknown: Collection[str]) -> tuple[str, ...]:
        """The unknown facts (or `fact: key`) on which a `when` depends; none if it never holds."""
        other = copy(self)
        other._unknown = unknown
        other._names = other._with_lets(self._let)
        try:
            self._sandbox.evaluate(str(condition.value), other._names, unknown)
        except UndecidedError as error:
            return error.facts
        except ExpressionError:  # a fact that is null on purpose
            pass
        return ()

    def check_lets(self, slide: Source) -> Iterator[Problem]:
        """The problems of the names in the `let` of a slide."""
        yield from check_lets(slide, self._declared | self._names.keys())

    def scopes(self, slide: Source) -> Result[tuple[_Names, ...]]:
        """The names that the `each` of a slide has for each element of its list."""
        problems: _Problems = {}
        inner, each = self.within(slide), slide.get("each")
        found = tuple(inner._loop(each, inner._names, problems)) if each else ()
        return Result(None if problems else found, tuple(problems))

    def within(self, slide: Source, names: _Names | None = None) -> Filler:
        """This filler with more names, and those in the `let` of a slide: each value is made once, on first use."""
        inner = copy(self)
        inner._names = {**self._names, **(names or {})}
        inner._let = slide.get("let")
        inner._names = inner._with_lets(inner._let)
        return inner

    def _with_lets(self, let: Source | None) -> dict[str, Any]:
        given = {name: Deferred(name, partial(self._made, value)) for name, value in let.items()} if let else {}
        known = {name: value for name, value in self._names.items() if not isinstance(value, Deferred)}
        return {**given, **known}

    def _made(self, let: Source) -> Any:
        """The value of a `let`, or the UndefinedError of the fact that it needs. Raises ExpressionError."""
        problems: _Problems = {}
        filled = self._fill(let, self._names, problems)
        if not problems:
            return native(filled)
        lacking = [self._lacking.get(problem) for problem in problems]
        if lacking[0] and all(lacking):
            return UndefinedError(lacking[0], problems=problems)
        raise ExpressionError("bad-let", "this uses a value with a problem", problems=problems)

    def _fill(self, source: Source, names: _Names, problems: _Problems) -> Source:
        value = source.value
        if not self._spend(source, problems):
            return source
        if isinstance(value, str):
            return self._text(source, names, problems) if "{" in value else source
        if isinstance(value, tuple):
            elements = [filled for child in value for filled in self._element(child, names, problems)]
            return Source(tuple(elements), source.origin, document=source.document)
        if not isinstance(value, dict):
            return source
        if "of" in value and "each" not in value:
            text, hint = "`of` has no `each` beside it", "such as `each: item in agenda`"
            problems[Problem(source.key_origin("of"), "bad-each", text, hint)] = None
            return Source(None, source.origin)
        if "each" in value:
            return Source(tuple(self._element(source, names, problems)), source.origin)
        filled = {key: self._fill(child, names, problems) for key, child in value.items()}
        return Source(filled, source.origin, source.keys, source.document)

    def _spend(self, source: Source, problems: _Problems) -> bool:
        length = len(source.value) if isinstance(source.value, str) else 0
        try:
            self._sandbox.meter.spend(_LEAF_COST + length)
        except ExhaustedError as error:
            self._report(error, source, problems, self._names)
        return not self._sandbox.exhausted

    def _report(self, error: ExpressionError, source: Source, problems: _Problems, names: _Names) -> None:
        """Add the problem of a value, or those of the `let` that it uses."""
        problems.update(dict.fromkeys(error.problems))
        if error.problems or self._sandbox.exhausted:
            return
        self._sandbox.exhausted = isinstance(error, ExhaustedError)
        known = (source.origin, error.text)
        if known not in self._reported:
            self._reported[known] = problem = self._problem(source, error, names)
            if isinstance(error, UndefinedError) and error.name in self._declared and not error.under:
                self._lacking[problem] = error.name
        problems[self._reported[known]] = None

    def _element(self, source: Source, names: _Names, problems: _Problems) -> Iterable[Source]:
        """The elements that one element of a list becomes: many with `each`; none if its `when` is false."""
        each = source.get("each")
        if each is None:
            body = source.without("when") if source.get("when") else source
            return [self._fill(body, names, problems)] if self._wanted(source, names, problems) else []
        body = source.get("of") or source.without("each", "when")
        problem = _problem_of_each(source, body)
        if problem:
            problems[problem] = None
            return []
        scopes = [{**names, **scope} for scope in self._loop(each, names, problems) if self._spend(each, problems)]
        chosen = [scope for scope in scopes if self._wanted(source, scope, problems)]
        return [element for scope in chosen for element in self._element(body, scope, problems)]

    def _wanted(self, source: Source, names: _Names, problems: _Problems) -> bool:
        when = source.get("when")
        return when is None or bool(self._evaluate(str(when.value), when, names, problems))

    def _loop(self, each: Source, names: _Names, problems: _Problems) -> Iterable[dict[str, Any]]:
        match = EACH.fullmatch(str(each.value))
        if match is None:
            hint = "such as `each: item in agenda`"
            problems[Problem(each.origin, "bad-each", "`each` does not have the form `name in list`", hint)] = None
            return []
        first, second, expression = match.groups()
        if re.search(r"\sif\s", expression) and " else " not in expression:
            problems[Problem(each.origin, "bad-each", "`each` has no `if`", "write `when: ...` beside it")] = None
            return []
        elements = self._evaluate(expression, each, names, problems)
        if elements is None:
            return []
        if isinstance(elements, (str, int, float)) or (second and any(not _is_pair(pair) for pair in elements)):
            text = f"`{expression.strip()[:80]}` is not a list" + (" of pairs" if second else f", but {kind(elements)}")
            hint = 'write a list as `"{{ ... }}"` in `let`' if isinstance(elements, str) else ""
            problems[Problem(each.origin, "bad-each", text, hint)] = None
            return []
        if second is None:
            return [{first: element} for element in elements]
        return [{first: pair[0], second: pair[1]} for pair in elements]

    def _evaluate(self, expression: str, source: Source, names: _Names, problems: _Problems) -> Any:
        try:
            return self._sandbox.evaluate(expression, names, self._unknown)
        except ExpressionError as error:
            self._report(error, source, problems, names)
            return None

    def _text(self, source: Source, names: _Names, problems: _Problems) -> Source:
        text = str(source.value)
        if not MARKER.search(text):
            return source
        try:
            value, used = self._sandbox.fill(text, names, self._unknown)
            if used is None:
                filled = sourced(value, source.origin)
            else:
                filled = Source(value, used[0].passed_through(source.origin) if used else source.origin)
        except ExpressionError as error:
            self._report(error, source, problems, names)
            return Source(None, source.origin)
        found = REFUSED.search(filled.value) if isinstance(filled.value, str) else None
        if found:
            problems[refused_character(found[0], filled.origin)] = None
        return filled

    def _problem(self, source: Source, error: ExpressionError, names: _Names) -> Problem:
        if isinstance(error, UndefinedError):
            missing = self._missing(error.under or error.name, error.name if error.under else "")
            if missing and missing.origin.path != source.origin.path:
                return missing
        origin = origin_at(source, self._marker_of(source, error, names))
        try:
            hint = self._hint(error) if isinstance(error, UndefinedError) else ""
        except ExhaustedError:
            hint = ""  # the next expression reports this
        return Problem(origin, error.rule, error.text, hint or error.hint)

    def _hint(self, error: UndefinedError) -> str:
        """What to type instead of a name that is not defined."""
        name, under, known = error.name, error.under, error.known
        if known and name in known:
            return f"the keys of a mapping are text: `'{name}'`, or `| string` after a number"
        if name in self._declared and not under:  # a missing fact is a likelier cause than a misspelt one
            return f"add `{name}: ...` to the meeting file"
        near = self._sandbox.nearest(name, known) if name else ""
        if under in self._declared:
            return near or f"add `{name}: ...` under `{under}:` in the meeting file"
        return near if near or under or not name else self._sandbox.nearest(name, self._declared)

    def _marker_of(self, source: Source, error: ExpressionError, names: _Names) -> int:
        """The number of the marker whose expression fails as the whole text does."""
        text = str(source.value)
        found = markers(text)
        for index, marker in enumerate(found if len(found) > 1 else ()):
            try:
                self._sandbox.evaluate(expression_in(text, marker), names)
            except ExhaustedError:
                return 0
            except ExpressionError as own:
                if own.text == error.text:
                    return index
        return 0


def _problem_of_each(source: Source, body: Source) -> Problem | None:
    """The problem of the keys beside an `each`."""
    if body.value == {}:
        return Problem(source.key_origin("each"), "bad-each", "`each` has nothing to repeat", "add `of: ...`")
    beside = [key for key, _ in source.items() if source.get("of") and key not in ("each", "of", "when")]
    if beside:
        hint = nearest(beside[0], ("each", "of", "when")) or "put what is repeated under `of`"
        return Problem(source.key_origin(beside[0]), "unknown-key", f"unknown key `{beside[0]}`", hint)
    return None


def _is_pair(value: Any) -> bool:
    return isinstance(value, (tuple, list)) and len(value) == 2
