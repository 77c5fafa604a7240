"""The code of the program -> the templates of all messages and hints that it can print, by module."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from support.repository import ROOT

PROGRAM = ROOT / "deckgen"
# Functions that print or report their arguments: the positions of these, or their names.
_SINKS: dict[str, set[int | str]] = {
    "fatal": {2, 3},
    "mistake": {0, 1},
    "refused": {0, 1},
    "ExpressionError": {1, 2},
    "UndefinedError": {2},
    "RevisionError": {0},
    "ArgumentTypeError": {0},
    "ValueError": {0},
    "usage_error": {0},
    "say": {0},
    "replace": {"hint", "text"},
}
# Folders and modules that print documents, not messages, and functions that declare keys; both have tests of their own.
_DOCUMENTS = (
    *("writers/", "build/formats/", "layout/typst/", "layout/drawing.py", "layout/layouts.py", "rules/manual.py"),
    *("review/html.py", "review/markdown.py", "meeting/keys.py", "meeting/editor_schema.py", "schema/declare.py"),
)
_DECLARING = {"text", "list_of", "record", "_described"}
_NAMES = ("text", "hint")
_WORDS = re.compile(r"[A-Za-z]{2,}.* |[ ].*[A-Za-z]{2,}", re.DOTALL)


class _Module:
    """A module, its functions, and what each name in them may be."""

    def __init__(self, path: Path) -> None:
        self.name = str(path.relative_to(ROOT))
        self.tree = ast.parse(path.read_text("utf-8"))
        self.owners: dict[ast.AST, ast.FunctionDef | None] = {}
        self.values: dict[tuple[ast.AST | None, str], list[ast.expr]] = defaultdict(list)
        self._walk(self.tree, None)

    def _walk(self, node: ast.AST, owner: ast.FunctionDef | None) -> None:
        self.owners[node] = owner
        for target, value in _bound(node):
            self._bind(owner, target, value)
        inner = node if isinstance(node, ast.FunctionDef) else owner
        for child in ast.iter_child_nodes(node):
            self._walk(child, inner)

    def _bind(self, owner: ast.FunctionDef | None, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self.values[owner, target.id].append(value)
        elif isinstance(target, ast.Tuple):
            same = isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts)
            for index, one in enumerate(target.elts):
                self._bind(owner, one, value.elts[index] if same and isinstance(value, ast.Tuple) else value)


def _bound(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """The targets that a statement gives a value, with the value."""
    match node:
        case ast.Assign(targets, value):
            yield from ((target, value) for target in targets)
        case ast.AnnAssign(target, _, ast.expr() as value):
            yield target, value
        case ast.AugAssign(target, _, value) | ast.NamedExpr(target, value):
            yield target, value
        case ast.For(target, iterable) | ast.comprehension(target, iterable):
            yield target, iterable


class _Extractor:
    """Follows the arguments of the sinks back to the strings in the code."""

    def __init__(self, modules: list[_Module]) -> None:
        self._sinks = {(name, one) for name, positions in _SINKS.items() for one in positions}
        self._functions: dict[str, list[tuple[_Module, ast.FunctionDef]]] = defaultdict(list)
        self._calls: dict[str, list[tuple[_Module, ast.Call]]] = defaultdict(list)
        for module in modules:
            for node in ast.walk(module.tree):
                if isinstance(node, ast.ClassDef):
                    self._sinks.update((node.name, one) for one in _positions(node))
                elif isinstance(node, ast.FunctionDef):
                    self._functions[node.name].append((module, node))
                elif isinstance(node, ast.Call):
                    self._calls[_called(node)].append((module, node))
        self._seen: set[ast.AST] = set()
        self._todo: list[tuple[str, int | str]] = []
        self.found: dict[str, set[str]] = defaultdict(set)

    def run(self) -> None:
        """Follow every sink, and the functions that hand a parameter to one."""
        self._todo = [*self._sinks, *((name, word) for name in {name for name, _ in self._sinks} for word in _NAMES)]
        done: set[tuple[str, int | str]] = set()
        while self._todo:
            name, position = self._todo.pop()
            for module, call in () if (name, position) in done or name in _DECLARING else self._calls[name]:
                for argument in _argument(call, position):
                    self._follow(module, argument)
            done.add((name, position))

    def _follow(self, module: _Module, node: ast.AST) -> None:
        if node in self._seen:
            return
        self._seen.add(node)
        match node:
            case ast.Constant(str(value)):
                self._emit(module, value)
            case ast.JoinedStr(values):
                self._emit(module, "".join(map(_piece, values)))
                self._all(module, [one.value for one in values if isinstance(one, ast.FormattedValue)])
            case ast.Name(name):
                self._name(module, node, name)
            case ast.IfExp(_, body, other):
                self._all(module, (body, other))
            case ast.Compare() | ast.UnaryOp():
                return
            case ast.Subscript(value):
                self._follow(module, value)
            case ast.Dict(keys, values):
                pairs = zip(keys, values, strict=True)
                self._all(module, [value for key, value in pairs if not _is_word(key, "description", "examples")])
            case ast.Call():
                self._call(module, node)
            case _:
                self._all(module, ast.iter_child_nodes(node))

    def _all(self, module: _Module, nodes: Iterable[ast.AST]) -> None:
        for node in nodes:
            self._follow(module, node)

    def _name(self, module: _Module, node: ast.Name, name: str) -> None:
        owner = module.owners.get(node)
        while owner is not None:
            if (owner, name) in module.values:
                self._all(module, module.values[owner, name])
            names = [one.arg for one in owner.args.args]
            if name in names:
                method = names[:1] == ["self"]
                self._todo += [(owner.name, names.index(name) - method), (owner.name, name)]
            owner = module.owners.get(owner)
        self._all(module, module.values.get((None, name), ()))

    def _call(self, module: _Module, node: ast.Call) -> None:
        if _called(node) in _DECLARING or ast.unparse(node.func) == "re.compile":
            return
        known = self._functions.get(_called(node), ())
        for other, function in known:
            self._all(other, _results(function))
        if isinstance(node.func, ast.Attribute):
            self._follow(module, node.func.value)
        self._all(module, () if known else [*node.args, *(word.value for word in node.keywords)])

    def _emit(self, module: _Module, text: str) -> None:
        if _WORDS.search(re.sub(r"\{[^{}]*\}", "", text)):
            self.found[module.name].add(text)


def _is_document(path: Path) -> bool:
    return path.relative_to(PROGRAM).as_posix().startswith(_DOCUMENTS)


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _is_word(node: ast.expr | None, *words: str) -> bool:
    return isinstance(node, ast.Constant) and node.value in words


def _positions(node: ast.ClassDef) -> Iterator[int]:
    """The positions of the text and the hint in the fields of a class that has both."""
    fields = [one.target.id for one in node.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)]
    if {*_NAMES} <= {*fields}:
        yield from map(fields.index, _NAMES)


def _argument(call: ast.Call, position: int | str) -> Iterator[ast.expr]:
    if isinstance(position, str):
        yield from (word.value for word in call.keywords if word.arg == position)
    elif 0 <= position < len(call.args):
        yield call.args[position]
    yield from (one for one in call.args if isinstance(one, ast.Starred))


def _results(function: ast.FunctionDef) -> Iterator[ast.expr]:
    """What a function returns and yields."""
    for node in ast.walk(function):
        if isinstance(node, (ast.Return, ast.Yield, ast.YieldFrom)) and node.value is not None:
            yield node.value


def _piece(value: ast.expr) -> str:
    """A part of an f-string: its text, or its field by the last name in it."""
    if isinstance(value, ast.Constant):
        return str(value.value)
    names = [getattr(one, "attr", getattr(one, "id", "")) for one in ast.walk(value)]
    return "{" + next(filter(None, names), "...") + "}"


@cache
def messages() -> dict[str, list[str]]:
    """The templates of each module; a field in braces is filled in."""
    extractor = _Extractor([_Module(path) for path in sorted(PROGRAM.rglob("*.py")) if not _is_document(path)])
    extractor.run()
    return {name: sorted(texts) for name, texts in sorted(extractor.found.items())}


def page() -> str:
    """`tests/goldens/messages.txt`."""
    groups = ("\n".join([name, *(f"  {text!r}" for text in texts)]) for name, texts in messages().items())
    return "\n\n".join(groups) + "\n"
