"""Source of a slide -> Problems: its kind, and the keys and values of that kind."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from deckgen.deck.kinds import KINDS
from deckgen.deck.kinds.common import COMMON
from deckgen.deck.tried import meant_by, what_to_do
from deckgen.problems import Problem, nearest, nearest_word
from deckgen.schema.check import Checker
from deckgen.schema.declare import DEFS, Schema, record
from deckgen.source import Source, text_of


def check_slide(slide: Source, own: str) -> list[Problem]:
    """The problems of a slide, checked as the kind that was meant; `own` is the path of the meeting's file."""
    kind = slide.get("kind")
    misspelt = "" if kind else next((key for key, _ in slide.items() if _means_kind(key)), "")
    kind = kind or slide.get(misspelt)
    if kind is None:
        hint = f"add `kind: ...`, one of {', '.join(KINDS)}"
        return [Problem(slide.origin, "missing-key", "the slide has no `kind`", hint)]
    faults = []
    if misspelt:
        text = f"unknown key `{misspelt}`"
        faults.append(Problem(slide.key_origin(misspelt), "unknown-key", text, "did you mean `kind`?"))
        slide = _with_kind(slide.without(misspelt), kind)
    name = text_of(kind)
    meant = name if name in KINDS else nearest_word(name, KINDS)
    if name not in KINDS:
        hint = nearest(name, KINDS) or f"one of {', '.join(KINDS)}"
        message = f"`{name}` is not a kind of slide" if name else "`kind` is empty"
        faults.append(Problem(kind.origin, "unknown-kind", message, hint))
    return [*faults, *_faults_of_kind(slide, kind, meant, own)] if meant else faults


def _means_kind(key: str) -> bool:
    return "kind" in (nearest_word(key, ["kind"]), *meant_by(key))


def _with_kind(slide: Source, kind: Source) -> Source:
    return Source({**dict(slide.items()), "kind": kind}, slide.origin, slide.keys, slide.document)


def _faults_of_kind(slide: Source, kind: Source, meant: str, own: str) -> Iterator[Problem]:
    """The problems of a slide of this kind; a template's keys of another kind are reported where the kind changes."""
    known = {*COMMON.keys, *KINDS[meant].kind.keys}
    changed = kind.origin.path == own
    strange = [key for key, _ in slide.items() if changed and key not in known and slide.key_origin(key).path != own]
    for key in strange:
        message = f"a slide of kind `{meant}` has no `{key}`, which {slide.key_origin(key).path} gives it"
        yield Problem(kind.origin, "unknown-key", message, f"write `{key}: null` beside `kind`")
    yield from _checker(meant).check(slide.without(*strange))


def check_keys(slide: Source, own: str) -> list[Problem]:
    """The problems of the kind and the keys of a slide whose values are unknown."""
    origins = [origin for key, child in slide.items() for origin in (slide.key_origin(key), child.origin)]
    return [f for f in check_slide(slide, own) if f.rule in ("unknown-key", "unknown-kind") and f.origin in origins]


def check_nulls(patch: Source, kind: str) -> list[Problem]:
    """The unknown keys that a meeting sets to null on a slide of this kind: the merge removes them unseen."""
    nulls = {key: child for key, child in patch.items() if child.value is None and not key.endswith("+")}
    if not nulls or kind not in KINDS:
        return []
    slide = Source(nulls, patch.origin, patch.keys, patch.document)
    return [problem for problem in _checker(kind).check(slide) if problem.rule == "unknown-key"]


@cache
def _checker(kind: str) -> Checker:
    of_kinds = {name: [*slide.kind.keys] for name, slide in KINDS.items() if name != kind}
    return Checker(_schema(kind), lambda key, known, mapping: what_to_do(key, known, mapping, of_kinds))


def _schema(kind: str) -> Schema:
    """The schema of a slide of this kind, after its values are filled in."""
    own = KINDS[kind].kind
    return {**record({**own.keys, **COMMON.keys}, (*COMMON.required, *own.required)), "$defs": DEFS}
