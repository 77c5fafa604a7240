"""The source of every module -> faults of the house: who imports whom, who owns a library, how long a room may be.

Each check is a function of a module's name and text, so each is also shown to find a fault in a made-up text.
"""

from __future__ import annotations

import ast
import graphlib
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from support.repository import ROOT

# The way of the data. A room may import only from the rooms above its own line; inside a room the way must not
# lead in a circle.
ROOMS = (
    "deckgen",
    "base",
    "problems",
    "source",
    "schema",
    "expressions",
    "meeting",
    "deck",
    "layout",
    "writers",
    "proof",
    "rules",
    "facts",
    "build",
    "review",
    "edits",
    "preview",
    "api",
    "cli",
    "__main__",
)

# The modules that alone import a library; a package stands for all of its modules.
DOORS = {
    "argcomplete": ("cli.completion",),
    "msgspec": ("base.frozen",),
    "yaml": ("source",),
    "jinja2": ("expressions.parse", "expressions.evaluate", "review.html"),
    "jsonschema_rs": ("schema",),
    "markdown_it": ("deck.inline", "deck.addresses"),
    "segno": ("deck.qr",),
    "typst": ("layout.faces", "layout.measure", "layout.drawing", "writers.pdf"),
    "pptx": ("writers.pptx", "proof.read_pptx"),
    "pypdfium2": ("proof.read_pdf", "review.images"),
    "PIL": ("deck.rasters", "review"),
    "lxml": ("deck.svg", "proof"),
    "httpx": ("facts.client",),
    "starlette": ("preview.server",),
    "uvicorn": ("preview.server",),
    "watchfiles": ("preview.watch",),
}

# Modules of these packages stand side by side and never import each other.
SIBLINGS = ("writers", "rules")
# What those of a package share, and may import.
SHARED = ("rules.subject", "rules.options", "rules.finding", "rules.check")

# What the templates know and the program must not. The rooms that may say it: `facts` asks the
# datatracker, `cli` says what a command does.
IETF_WORDS = ("saag", "secdir", "note well", "note really well", "datatracker", "iesg", "dispatch", "meetecho")
IETF_ROOMS = ("facts", "cli")

MAX_LINES = 400
MAX_BODY = 40

Check = Callable[[str, str], Iterator[str]]


def modules() -> Iterator[tuple[str, str]]:
    """Every module of the program: its name inside `deckgen`, and its text."""
    for path in sorted((ROOT / "deckgen").rglob("*.py")):
        parts = path.relative_to(ROOT / "deckgen").with_suffix("").parts
        yield ".".join(parts).removesuffix("__init__").removesuffix(".") or "deckgen", path.read_text("utf-8")


@cache
def parsed(text: str) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(text)


def imports(text: str) -> Iterator[str]:
    """The dotted names that a module imports, wherever in it, for types only as well."""
    for node in ast.walk(parsed(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            # What comes from a package may be one of its modules.
            yield from (f"{base}.{alias.name}" if base in PACKAGES else base for alias in node.names)


PACKAGES = {".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "deckgen").rglob("__init__.py")}


def room_of(name: str) -> str:
    """The room that a name of `deckgen` belongs to; what is none of its modules belongs to the package itself."""
    first = name.partition(".")[0]
    return first if first in ROOMS else "deckgen"


def ours(text: str) -> Iterator[str]:
    """The names below `deckgen` that a module imports; the package itself is `deckgen`."""
    for name in imports(text):
        if name.partition(".")[0] == "deckgen":
            yield name.partition(".")[2] or "deckgen"


def wrong_way(name: str, text: str) -> Iterator[str]:
    """A room imports from one further on."""
    room = name.partition(".")[0]
    if room not in ROOMS:
        yield f"{name} has no line in ROOMS"
        return
    for other in ours(text):
        if ROOMS.index(room_of(other)) > ROOMS.index(room):
            yield f"{name} imports {other}, which comes after it"


def second_door(name: str, text: str) -> Iterator[str]:
    """A library is imported by a module that is not its door."""
    for imported in imports(text):
        library = imported.partition(".")[0]
        if library == "deckgen" or library in sys.stdlib_module_names:
            continue
        if library not in DOORS:
            yield f"{name} imports {library}, which has no line in DOORS"
        elif not any(name == door or name.startswith(f"{door}.") for door in DOORS[library]):
            yield f"{name} imports {library}, which belongs to {' and '.join(DOORS[library])}"


def sibling(name: str, text: str) -> Iterator[str]:
    """A writer imports another writer, or a rule another rule."""
    package, _, rest = name.partition(".")
    if package not in SIBLINGS or not rest:
        return
    own = rest.partition(".")[0]
    for other in ours(text):
        other_package, _, other_rest = other.partition(".")
        named = other_rest.partition(".")[0]
        known = f"{package}.{named}"
        if other_package == package and named not in ("", own) and known in MODULES and known not in SHARED:
            yield f"{name} imports its sibling {package}.{named}"


def no_arrow(name: str, text: str) -> Iterator[str]:
    """The first line of a module does not say what it takes and what it gives."""
    first = (ast.get_docstring(parsed(text)) or "").partition("\n")[0]
    if not re.search(r" <?-> ", first):
        yield f"{name} begins with `{first}`, without an arrow"


def too_long(name: str, text: str) -> Iterator[str]:
    """A module of more lines than fit in a head."""
    lines = len(text.splitlines())
    if lines > MAX_LINES:
        yield f"{name} has {lines} lines; {MAX_LINES} are the most"


def long_body(name: str, text: str) -> Iterator[str]:
    """A function whose body, its docstring aside, is too long."""
    for node in ast.walk(parsed(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            if lines > MAX_BODY:
                yield f"{name}.{node.name} has a body of {lines} lines; {MAX_BODY} are the most"


def ietf_word(name: str, text: str) -> Iterator[str]:
    """A text of the program knows which slides the IETF shows. Docstrings and examples may."""
    if name.partition(".")[0] in IETF_ROOMS:
        return
    tree = parsed(text)
    allowed = {id(node) for node in _said_as_example(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in allowed:
            found = [word for word in IETF_WORDS if re.search(rf"\b{word}\b", node.value.lower())]
            if found:
                yield f"{name}:{node.lineno} says {' and '.join(found)}"


def _said_as_example(tree: ast.AST) -> Iterator[ast.AST]:
    """Docstrings, what stands under `examples`, the example of a described text, and a hint `such as ...`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield node.value
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "examples":
                    yield from ast.walk(value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "text":
            yield from node.args[1:]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("such as "):
            yield node


def prints(name: str, text: str) -> Iterator[str]:
    """A room other than the command line prints or ends the program."""
    if name.partition(".")[0] in ("cli", "__main__"):
        return
    for node in ast.walk(parsed(text)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("print", "sys.exit", "exit"):
            yield f"{name}:{node.lineno} calls {ast.unparse(node.func)}"


MODULES = dict(modules())
# Each check with the name and the text of a made-up module that it must find fault with.
CHECKS: dict[Check, tuple[str, str]] = {
    wrong_way: ("deck", "from deckgen.build.one import build"),
    second_door: ("deck.compose", "import yaml"),
    sibling: ("rules.doubled_word", "from deckgen.rules.same_title import check"),
    no_arrow: ("deck", '"""Slides."""'),
    too_long: ("deck", "x = 1\n" * (MAX_LINES + 1)),
    long_body: ("deck", "def f():\n" + "    x = 1\n" * (MAX_BODY + 1)),
    ietf_word: ("deck.compose", "if id == 'Note Well': pass"),
    prints: ("deck.compose", "print('composed')"),
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_no_module_has_this_fault(check: Check) -> None:
    """The rule of the house holds for every module."""
    assert [fault for name, text in MODULES.items() for fault in check(name, text)] == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_check_finds_its_fault(check: Check) -> None:
    """A made-up module with the fault is found out, once."""
    assert len(list(check(*CHECKS[check]))) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("layout.frame", "from deckgen.layout.flow import set_lines"),
        ("build", "from deckgen import rules, __version__"),
        ("writers.pptx", "from deckgen.writers.pptx.text import TextWriter\nimport pptx"),
        ("deck.compose", '"""Note Well -> datatracker."""\nx = {"examples": ["saag"]}'),
        ("deck", "def f():\n" + "    x = 1\n" * MAX_BODY),
    ],
)
def test_what_is_allowed_is_not_found(name: str, text: str) -> None:
    """A room's own modules, a library's own door, an example, and the longest body there may be."""
    assert [fault for check in CHECKS if check is not no_arrow for fault in check(name, text)] == []


def test_a_room_without_a_row_is_found() -> None:
    """A new room must be given its place."""
    assert list(wrong_way("helpers", "")) == ["helpers has no line in ROOMS"]


def test_a_library_without_a_door_is_found() -> None:
    """A new dependency must be given its door."""
    assert list(second_door("build", "import numpy.linalg")) == ["build imports numpy, which has no line in DOORS"]


def test_no_imports_lead_in_a_circle() -> None:
    """Inside a package, too, every module has what it builds on before it."""
    assert circle(MODULES) == []


def test_a_circle_is_found() -> None:
    """Two modules that import each other."""
    made_up = {"layout.flow": "import deckgen.layout.split", "layout.split": "from deckgen.layout.flow import stack"}

    assert sorted(set(circle(made_up))) == ["layout.flow", "layout.split"]


def circle(texts: dict[str, str]) -> list[str]:
    """The modules of a circle of imports, or none."""
    graph = {name: {known for other in ours(text) if (known := _known(other, texts))} for name, text in texts.items()}
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        return list(error.args[1])
    return []


def _known(name: str, texts: dict[str, str]) -> str:
    """The module that a name is, or is in."""
    return name if name in texts else name.rpartition(".")[0] if name.rpartition(".")[0] in texts else ""


def test_every_library_of_the_project_has_a_door() -> None:
    """What pyproject.toml depends on is what the doors let in, and nothing more."""
    import tomllib

    project = tomllib.loads(Path(ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [name for extra in project.get("optional-dependencies", {}).values() for name in extra]
    named = {_distribution(line) for line in [*project["dependencies"], *extras]}
    imported = {library for text in MODULES.values() for name in imports(text) if (library := name.partition(".")[0])}

    assert {_IMPORTED_AS.get(name, name) for name in named} == imported & set(DOORS)


_IMPORTED_AS = {
    "jinja2": "jinja2",
    "pyyaml": "yaml",
    "jsonschema-rs": "jsonschema_rs",
    "markdown-it-py": "markdown_it",
    "pillow": "PIL",
    "python-pptx": "pptx",
}


def _distribution(line: str) -> str:
    return line.partition(">")[0].partition("[")[0].strip().lower()
