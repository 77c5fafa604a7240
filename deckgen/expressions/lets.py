"""The `let` of a slide × the facts -> Problems; template -> the names that its expressions use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from keyword import iskeyword

from deckgen.base import replace
from deckgen.expressions.markers import expressions_in
from deckgen.problems import Problem
from deckgen.source import Source

EACH = re.compile(r"\s*(\w+)\s*(?:,\s*(\w+)\s*)?in\s+(.+)", re.DOTALL)
# Text in quotes; or a word, with a prefix if it names a part, a filter or a test, or a `=` if it names an argument.
_WORD = re.compile(r"'[^']*'|\"[^\"]*\"|([.|]\s*|\bis\s+(?:not\s+)?)?([^\W\d]\w*+)(\s*+=(?!=))?")
_WORDS = ("true", "false", "none", "not", "and", "or", "in", "is", "if", "else")  # reserved by Jinja
_ANOTHER = "choose another name"
_SUCH_AS = "such as `let: {topics: '{{ agenda | length }}'}`"


def check_lets(slide: Source, facts: Collection[str]) -> Iterator[Problem]:
    """The problems of the names that a slide defines; an unused name is a warning."""
    let = slide.get("let")
    if let is None or let.value is None:
        return
    if not isinstance(let.value, dict):
        yield Problem(let.origin, "bad-let", "`let` is not a mapping", _SUCH_AS)
        return
    used = Counter(names_in(slide))
    for name, value in let.items():
        origin = let.key_origin(name)
        if not name.isidentifier() or name.lower() in _WORDS or iskeyword(name):
            hint = f"such as `{re.sub(r'[^a-z0-9]+', '_', name.lower()).strip('_') or 'shown'}`"
            hint = _ANOTHER if name.isidentifier() else hint
            yield Problem(origin, "bad-let", f"`{name[:40]}` cannot be a name in expressions", hint)
        elif name in facts:
            yield Problem(origin, "bad-let", f"`{name}` is a fact, which this `let` would hide", _ANOTHER)
        elif used[name] == [*names_in(value)].count(name) and _is_alone(slide, origin.path):
            text = f"nothing on the slide uses `{name}`"
            yield Problem(origin, "unused-let", text, f"delete it, or write `{{{{ {name} }}}}`", "warning")
    yield from _hidden(slide, {name for name, _ in let.items()})


def list_of_each(each: Source) -> Source | None:
    """The expression of the list that an `each` repeats; None if the `each` has not its form."""
    match = EACH.fullmatch(str(each.value))
    return replace(each, value=match[3]) if match else None


def _is_alone(slide: Source, path: str) -> bool:
    """Whether one file has the whole slide: a meeting that changes a template need not use its names."""
    return all(slide.key_origin(key).path == path for key, _ in slide.items())


def _hidden(source: Source, names: Collection[str]) -> Iterator[Problem]:
    """The problems of each `each` that defines one of these names again."""
    each = source.get("each")
    match = EACH.fullmatch(str(each.value)) if each is not None else None
    for name in match.groups()[:2] if match else ():
        if each is not None and name in names:
            yield Problem(each.origin, "bad-let", f"`let` already has the name `{name}`", _ANOTHER)
    for child in (*source, *(child for _, child in source.items())):
        yield from _hidden(child, names)


def names_in(source: Source) -> Iterator[str]:
    """The names that the expressions of a template use, wrong expressions included; keywords are among them."""
    if isinstance(source.value, str):
        for expression in expressions_in(source.value):
            yield from _names_of(expression)
    for child in source:
        yield from names_in(child)
    for key, child in source.items():
        if key in ("when", "each") and isinstance(child.value, str):
            match = EACH.fullmatch(child.value) if key == "each" else None
            yield from _names_of(match[3] if match else child.value)
        else:
            yield from names_in(child)


def _names_of(expression: str) -> Iterator[str]:
    for word in _WORD.finditer(expression):
        if word[2] and not word[1] and not word[3]:
            yield word[2]
