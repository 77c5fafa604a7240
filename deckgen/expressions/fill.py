"""Source × names -> Source: expressions in text become the values that a meeting supplies.

Jinja sees single strings, after YAML has been parsed, so no name can break a file.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from deckgen.base import replace
from deckgen.base.letters import REFUSED
from deckgen.expressions.bounds import ExpressionError, Sandbox
from deckgen.expressions.filters import Exhausted
from deckgen.expressions.located import native, sourced
from deckgen.problems import DeckError, Origin, Problem, nearest
from deckgen.source import Source, refused_character

_EXPRESSION = re.compile(r"\s*\{\{-?((?:(?!\{\{|\}\}).)*?)-?\}\}\s*", re.DOTALL)
_MARKER = re.compile(r"\{\{|\{%|\{#")
_MARKED = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
# The expressions of a text: those that are shown, and those that are only tested.
_PART = re.compile(r"\{\{-?(?P<shown>.*?)-?\}\}|\{%-?\s*(?:el)?if\s(?P<tested>.*?)-?%\}", re.DOTALL)
_EACH = re.compile(r"\s*(\w+)\s*(?:,\s*(\w+)\s*)?in\s+(.+)", re.DOTALL)
_LEAF_COST = 100  # steps that a leaf costs, whether it has an expression or not
_Names = Mapping[str, Any]


class Filler:
    """Fills the templates of one deck from one set of names.

    `declared` are the names that a meeting may leave out: a `when`, and an `if` in a text, takes those for no.
    """

    def __init__(self, names: Source, declared: Collection[str] = ()) -> None:
        self._names: dict[str, Any] = {key: native(child) for key, child in names.items()}
        self._declared = frozenset(declared)
        self._sandbox = Sandbox(self._names, self._declared - self._names.keys())
        self._exhausted = False
        self._blamed: dict[tuple[str, str], int] = {}

    def fill(self, source: Source) -> Source:
        """`source` with every text filled and every `each` unrolled. Raises DeckError."""
        filled, problems = self.fill_what_can_be(source)
        if problems:
            raise DeckError(problems)
        return filled

    def fill_what_can_be(self, source: Source) -> tuple[Source, list[Problem]]:
        """The same, with nothing where an expression fails, and the problems of those that do."""
        problems: list[Problem] = []
        return self._fill(source, self._names, problems), problems

    def test(self, condition: Source) -> bool:
        """Whether the expression of a `when` holds; a fact that the meeting lacks counts as no. Raises DeckError."""
        try:
            return bool(self._sandbox.evaluate(str(condition.value), self._names))
        except ExpressionError as error:
            if error.name in self._declared:
                return False
            problem = self._problem(condition, error)
            raise DeckError([replace(problem, hint=problem.hint or nearest(error.name, self._declared))]) from None

    def hangs_on(self, condition: Source, unknown: Collection[str]) -> tuple[str, ...]:
        """The unknown facts (or `fact: key`) for want of which a `when` does not hold; none where it never would."""
        try:
            return self._sandbox.hangs_on(str(condition.value), self._names, unknown)
        except ExpressionError:  # a fact that was left out on purpose
            return ()

    def _fill(self, source: Source, names: _Names, problems: list[Problem]) -> Source:
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
            told, hint = "`of` stands without `each`", "such as `each: wg in groups`"
            problems.append(Problem(source.key_origin("of"), "bad-each", told, hint))
            return Source(None, source.origin)
        if "each" in value:
            return Source(tuple(self._element(source, names, problems)), source.origin)
        filled = {key: self._fill(child, names, problems) for key, child in value.items()}
        return Source(filled, source.origin, source.keys, source.document)

    def _spend(self, source: Source, problems: list[Problem]) -> bool:
        letters = len(source.value) if isinstance(source.value, str) else 0
        try:
            self._sandbox.meter.spend(_LEAF_COST + letters)
        except Exhausted as error:
            self._tell(ExpressionError("unsafe-template", str(error), last=True), source, problems)
        return not self._exhausted

    def _tell(self, error: ExpressionError, source: Source, problems: list[Problem], marker: int = 0) -> None:
        if not self._exhausted:
            problems.append(self._problem(source, error, marker))
        self._exhausted = self._exhausted or error.last

    def _element(self, source: Source, names: _Names, problems: list[Problem]) -> Iterable[Source]:
        """The elements that one element of a list becomes: many, when it has `each`; none, if `when` says so."""
        each = source.get("each")
        if each is None:
            body = source.without("when") if source.get("when") else source
            return [self._fill(body, names, problems)] if self._wanted(source, names, problems) else []
        body = source.get("of") or source.without("each", "when")
        fault = _fault_of_each(source, body)
        if fault:
            problems.append(fault)
            return []
        scopes = [{**names, **scope} for scope in self._loop(each, names, problems) if self._spend(each, problems)]
        chosen = [scope for scope in scopes if self._wanted(source, scope, problems)]
        return [element for scope in chosen for element in self._element(body, scope, problems)]

    def _wanted(self, source: Source, names: _Names, problems: list[Problem]) -> bool:
        when = source.get("when")
        return when is None or bool(self._evaluate(str(when.value), when, names, problems))

    def _loop(self, each: Source, names: _Names, problems: list[Problem]) -> Iterable[dict[str, Any]]:
        match = _EACH.fullmatch(str(each.value))
        if match is None:
            hint = "such as `each: wg in groups`"
            problems.append(Problem(each.origin, "bad-each", "not of the form `name in list`", hint))
            return []
        first, second, expression = match.groups()
        if re.search(r"\sif\s", expression) and " else " not in expression:
            problems.append(Problem(each.origin, "bad-each", "`each` has no `if`", "write `when: ...` beside it"))
            return []
        elements = self._evaluate(expression, each, names, problems)
        if elements is None:
            return []
        if isinstance(elements, (str, int, float)) or (second and any(not _is_pair(pair) for pair in elements)):
            wanted = "no list of pairs" if second else "no list"
            problems.append(Problem(each.origin, "bad-each", f"`{expression.strip()}` is {wanted}"))
            return []
        if second is None:
            return [{first: element} for element in elements]
        return [{first: pair[0], second: pair[1]} for pair in elements]

    def _evaluate(self, expression: str, source: Source, names: _Names, problems: list[Problem]) -> Any:
        try:
            return self._sandbox.evaluate(expression, names)
        except ExpressionError as error:
            self._tell(error, source, problems)
            return None

    def _text(self, source: Source, names: _Names, problems: list[Problem]) -> Source:
        text = str(source.value)
        whole = _EXPRESSION.fullmatch(text)
        if not whole and not _MARKER.search(text):
            return source
        try:
            filled = self._whole(whole[1], source, names) if whole else self._mixed(source, names)
        except ExpressionError as error:
            marker = 0 if whole else self._to_blame(text, error, names)
            self._tell(error, source, problems, marker)
            return Source(None, source.origin)
        found = REFUSED.search(filled.value) if isinstance(filled.value, str) else None
        if found:
            problems.append(refused_character(found[0], filled.origin))
        return filled

    def _whole(self, expression: str, source: Source, names: _Names) -> Source:
        try:
            return sourced(self._sandbox.evaluate(expression, names), source.origin)
        except TypeError as error:
            raise ExpressionError("bad-template", str(error)) from None

    def _mixed(self, source: Source, names: _Names) -> Source:
        rendered, used = self._sandbox.render(str(source.value), names)
        return Source(rendered, used[0].passed_through(source.origin) if used else source.origin)

    def _to_blame(self, text: str, error: ExpressionError, names: _Names) -> int:
        """Which marker of a text has the expression that fails as the whole text does; sought once for each text."""
        if (text, error.text) not in self._blamed:
            self._blamed[text, error.text] = self._sought(text, error, names)
        return self._blamed[text, error.text]

    def _sought(self, text: str, error: ExpressionError, names: _Names) -> int:
        starts = [match.start() for match in _MARKER.finditer(text)]
        for part in _PART.finditer(text):
            try:
                self._sandbox.evaluate(part["shown"] or part["tested"] or "", names)
            except ExpressionError as own:
                if own.text == error.text and part.start() in starts:
                    return starts.index(part.start())
        return 0

    def _problem(self, source: Source, error: ExpressionError, marker: int = 0) -> Problem:
        hint = error.hint
        if error.under in self._declared:
            hint = hint or f"add `{error.name}: ...` under `{error.under}:` in the meeting's file"
        elif error.name in self._declared:  # a fact that the meeting lacks is more likely meant than one that it has
            hint = f"add `{error.name}: ...` to the meeting's file"
        elif error.name and not error.under:
            hint = hint or nearest(error.name, self._declared)
        return Problem(_place(source, marker), error.rule, error.text, hint)


def _fault_of_each(source: Source, body: Source) -> Problem | None:
    """What is wrong with the keys beside an `each`."""
    if body.value == {}:
        return Problem(source.key_origin("each"), "bad-each", "`each` says not what to repeat", "add `of: ...`")
    beside = [key for key, _ in source.items() if source.get("of") and key not in ("each", "of", "when")]
    if beside:
        hint = nearest(beside[0], ("each", "of", "when")) or "what is repeated stands under `of`"
        return Problem(source.key_origin(beside[0]), "unknown-key", f"unknown key `{beside[0]}`", hint)
    return None


def _is_pair(value: Any) -> bool:
    return isinstance(value, (tuple, list)) and len(value) == 2


def _place(source: Source, marker: int) -> Origin:
    """Where the marker with this number stands in the file: its own line and column inside the text."""
    for index, (line, column, width) in enumerate(_markers(source)):
        if index == marker:
            return Origin(source.origin.path, line, column, width)
    return source.origin


def _markers(source: Source) -> Iterator[tuple[int, int, int]]:
    """Line, column and width of each marker of a text, as it was written: quoted, folded or plain."""
    origin = source.origin
    if source.document is None:
        return
    for offset, line in enumerate(source.document.leaf(origin.line)):
        start = origin.column - 1 if offset == 0 else 0
        for match in _MARKER.finditer(line, start):
            end = re.compile(r"\}\}|%\}|#\}").search(line, match.end())
            yield origin.line + offset, match.start() + 1, (end.end() if end else len(line)) - match.start()


def names_in(source: Source, expression: bool = False) -> Iterator[str]:
    """Every word of the expressions of a template, for whoever asks which facts it uses."""
    if isinstance(source.value, str):
        for said in [source.value] if expression else _MARKED.findall(source.value):
            yield from re.findall(r"\w+", _QUOTED.sub(" ", said))
    for child in source:
        yield from names_in(child)
    for key, child in source.items():
        yield from names_in(child, key in ("when", "each"))
