"""Runs -> the text of a scalar: inline Markdown that reads back as the same runs, with its expressions kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from deckgen.base import replace
from deckgen.deck.addresses import is_safe
from deckgen.deck.inline import Linker, read_text
from deckgen.deck.model import Run
from deckgen.edits.sheets import joined
from deckgen.problems import DeckError, Origin
from deckgen.source import Source

_OPENING = re.compile(r"\{\{|\{%|\{#")
_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_SIGNS = re.compile(r"([\\`*_\[\]<>&$#!|~])")
_NOWHERE = Origin("")


def is_expression(text: str) -> bool:
    """Whether a text has anything that is filled in."""
    return bool(_OPENING.search(text))


def markdown(runs: Sequence[Run], linker: Linker | None) -> str | None:
    """The text that makes these runs, with as few signs as possible; None if no text does.

    A link to an unsafe address is left out.
    """
    runs = [
        run if not run.link or run.link.startswith("#") or is_safe(run.link) else replace(run, link="") for run in runs
    ]
    for escaping in (False, True):
        text = "".join(_marked(run, escaping, linker) for run in runs)
        if _alike(parsed(text, linker), runs):
            return _OPENING.sub(lambda sign: "{{ '" + sign[0] + "' }}", text)
    return None


def parsed(text: str, linker: Linker | None) -> tuple[Run, ...]:
    """The runs that a text makes, as they are compared; none if it has a problem."""
    try:
        return joined(iter(read_text(Source(text, _NOWHERE), linker).runs))
    except DeckError:
        return ()


def _alike(made: Sequence[Run], asked: Sequence[Run]) -> bool:
    """Whether the runs are those asked for, but for links that the templates make of names."""
    bare = [joined(replace(run, link="") for run in runs) for runs in (made, asked)]
    links = {run.link for run in asked if run.link}
    return bare[0] == bare[1] and links <= {run.link for run in made}


def _marked(run: Run, escaping: bool, linker: Linker | None) -> str:
    words = run.text.strip()
    if not words:
        return run.text
    lead, _, tail = run.text.partition(words)
    if run.code:
        fence = "``" if "`" in words else "`"
        words = f"{fence} {words} {fence}" if "`" in words else f"{fence}{words}{fence}"
    elif escaping:
        words = _SIGNS.sub(r"\\\1", words)
    if run.link and not _links_itself(run, linker):
        words = f"[{words}]({run.link})"
    sign = "*" * (2 * run.bold + run.italic)
    return f"{lead}{sign}{words}{sign}{tail}"


def _links_itself(run: Run, linker: Linker | None) -> bool:
    return linker is not None and [*linker.link(run.text.strip())] == [(run.text.strip(), run.link)]


def reworded(text: str, before: Sequence[Run], after: Sequence[Run], linker: Linker | None) -> str | None:
    """The text of a scalar that made the runs `before`, changed so that it makes the runs `after`.

    The scalar may be a part of what is drawn, such as a fact between other words, or have expressions in it. None if
    the words come from more than this scalar, or are computed.
    """
    if is_expression(text):
        return _around_expressions(text, before, after)
    made = parsed(text, linker)
    if _alike(made, before) or _alike(parsed(text, None), before):
        return markdown(after, linker)
    own, old, new = (_words(runs) for runs in (made, before, after))
    if not own or old.count(own) != 1:
        return None
    start = old.index(own)
    rest = len(old) - start - len(own)
    if not new.startswith(old[:start]) or not new.endswith(old[len(old) - rest :]) or len(new) < start + rest:
        return None
    inside = [_cut(runs, start, len(_words(runs)) - rest) for runs in (before, after)]
    look = {(run.bold, run.italic, run.code) for run in inside[0]}
    if len(look) != 1 or any(run.link for run in inside[0]) != any(run.link for run in made):
        return None
    bold, italic, code = look.pop()
    plain = [replace(run, bold=run.bold and not bold, italic=run.italic and not italic) for run in inside[1]]
    return markdown(joined(replace(run, code=run.code and not code) for run in plain), linker)


def _around_expressions(text: str, before: Sequence[Run], after: Sequence[Run]) -> str | None:
    """The change made in the words between the expressions of a text, if it is nowhere else."""
    literal = _EXPRESSION.split(text)
    looks = {replace(run, text="", link="") for run in (*before, *after)}
    links = [[run.link for run in runs if run.link] for runs in (before, after)]
    if any(_SIGNS.search(part) or _OPENING.search(part) for part in literal) or len(looks) > 1 or links[0] != links[1]:
        return None
    old, new = _words(before), _words(after)
    pattern = "(.+?)".join(re.escape(part) for part in literal)
    found = re.fullmatch(pattern, old, re.DOTALL)
    if found is None:
        return None
    expressions = _EXPRESSION.findall(text)
    spans = [found.span(number) for number in range(1, len(expressions) + 1)]
    pieces, at = [], 0
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    for (start, end), expression in zip(spans, expressions, strict=True):
        block = next((b for b in blocks if b.a <= start and end <= b.a + b.size), None)
        if block is None:
            return None
        moved = start - block.a + block.b
        pieces += [_escaped(new[at:moved]), expression]
        at = moved + end - start
    return "".join([*pieces, _escaped(new[at:])])


def _escaped(words: str) -> str:
    return _OPENING.sub(lambda sign: "{{ '" + sign[0] + "' }}", _SIGNS.sub(r"\\\1", words))


def _words(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


def _cut(runs: Sequence[Run], start: int, end: int) -> list[Run]:
    """The runs of the words between two positions."""
    found, at = [], 0
    for run in runs:
        piece = run.text[max(0, start - at) : max(0, end - at)]
        found += [replace(run, text=piece)] if piece else []
        at += len(run.text)
    return found
