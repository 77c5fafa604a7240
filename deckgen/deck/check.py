"""Source of a slide -> Problems: its kind, and what a slide of that kind may say."""

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
    """What is wrong with a slide, taken for the kind that was meant; `own` is the path of the meeting's file."""
    kind = slide.get("kind")
    misspelt = "" if kind else next((key for key, _ in slide.items() if _means_kind(key)), "")
    kind = kind or slide.get(misspelt)
    if kind is None:
        hint = f"add `kind: ...`, one of {', '.join(KINDS)}"
        return [Problem(slide.origin, "missing-key", "the slide says not of what `kind` it is", hint)]
    faults = []
    if misspelt:
        text = f"unknown key `{misspelt}`"
        faults.append(Problem(slide.key_origin(misspelt), "unknown-key", text, "did you mean `kind`?"))
        slide = _with_kind(slide.without(misspelt), kind)
    said = text_of(kind)
    meant = said if said in KINDS else nearest_word(said, KINDS)
    if said not in KINDS:
        hint = nearest(said, KINDS) or f"one of {', '.join(KINDS)}"
        told = f"`{said}` is no kind of slide" if said else "`kind` names no kind of slide"
        faults.append(Problem(kind.origin, "unknown-kind", told, hint))
    return [*faults, *_faults_of_kind(slide, kind, meant, own)] if meant else faults


def _means_kind(key: str) -> bool:
    return "kind" in (nearest_word(key, ["kind"]), *meant_by(key))


def _with_kind(slide: Source, kind: Source) -> Source:
    return Source({**dict(slide.items()), "kind": kind}, slide.origin, slide.keys, slide.document)


def _faults_of_kind(slide: Source, kind: Source, meant: str, own: str) -> Iterator[Problem]:
    """What a slide of this kind may not say; what its template says of another kind is told where that is changed."""
    known = {*COMMON.keys, *KINDS[meant].kind.keys}
    changed = kind.origin.path == own
    strange = [key for key, _ in slide.items() if changed and key not in known and slide.key_origin(key).path != own]
    for key in strange:
        told = f"a slide of kind `{meant}` has no `{key}`, which {slide.key_origin(key).path} gives it"
        yield Problem(kind.origin, "unknown-key", told, f"write `{key}: null` beside `kind`")
    yield from _checker(meant).check(slide.without(*strange))


def check_keys(slide: Source, own: str) -> list[Problem]:
    """What is wrong with the kind and the keys of a slide whose values are not known."""
    places = [place for key, child in slide.items() for place in (slide.key_origin(key), child.origin)]
    return [f for f in check_slide(slide, own) if f.rule in ("unknown-key", "unknown-kind") and f.origin in places]


@cache
def _checker(kind: str) -> Checker:
    of_kinds = {name: [*slide.kind.keys] for name, slide in KINDS.items() if name != kind}
    return Checker(_schema(kind), lambda key, known, place: what_to_do(key, known, place, of_kinds))


def _schema(kind: str) -> Schema:
    """The schema of a slide of this kind, all values filled in."""
    own = KINDS[kind].kind
    return {**record({**own.keys, **COMMON.keys}, (*COMMON.required, *own.required)), "$defs": DEFS}
