"""Meeting -> Meeting: each slide with an `each` as one slide for each element of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from deckgen.base import Frozen, replace
from deckgen.expressions import Filler, list_of_each, names_in
from deckgen.meeting import Meeting
from deckgen.problems import DeckError, Origin, Problem, Result, errors_of, fatal, nearest
from deckgen.source import Source, text_of
from deckgen.source.merge import merge

_KEYED = "`each: name, group in groups.items()` takes the keys of a mapping"
_Ids = Mapping[str, tuple[str, ...]]


class _Copy(Frozen):
    """One of the slides that a slide becomes; `key` is the origin of its id, `names` are those of its expressions."""

    slide: Source
    key: Origin
    names: Mapping[str, Any]


class _Repeated(Frozen):
    """The slides that a slide becomes, by id; `all` has those that are left out, too, and is None if unknown."""

    copies: Mapping[str, _Copy]
    all: tuple[str, ...] | None = None


def repeat(meeting: Meeting) -> Result[Meeting]:
    """The meeting with a slide `ID-KEY` for each element of the `each` of a slide `ID`; the key is its first name.

    By this id, a meeting changes, moves or leaves out one of these slides. `before: ID` is before all of them,
    `after: ID` after all.
    """
    repeated = [id for id, slide in meeting.slides.items() if slide.get("each") is not None]
    if not repeated:
        return Result(meeting)
    filler = Filler(meeting.facts, dict(meeting.declared.items()), meeting.missing)
    problems: list[Problem] = []
    found: dict[str, _Repeated] = {}
    for id in repeated:
        try:
            found[id] = _repeated(meeting, id, filler)
            problems += _unknown(meeting, id, found[id])
        except DeckError as error:
            found[id] = _Repeated({})
            problems += error.problems
    return Result(_with_copies(meeting, found, bool(errors_of(problems))), tuple(problems))


def _repeated(meeting: Meeting, id: str, filler: Filler) -> _Repeated:
    """The slides that a slide becomes. Raises DeckError."""
    slide = meeting.slides.get(id) or meeting.slides
    each, key = slide.get("each") or slide, meeting.slides.key_origin(id)
    listed = list_of_each(each)
    if not meeting.holds(slide):
        return _Repeated({id: _Copy(slide, key, {})})
    if listed and id in meeting.known_slides and not filler.within(slide).test(listed).value:
        # What a template repeats may be unknown, as the facts in its `when`: then that is why it is left out.
        left_out = Source({**dict(slide.items()), "when": listed}, slide.origin, slide.keys, slide.document)
        return _Repeated({id: _Copy(left_out, key, {})}, None if filler.depends_on(listed, meeting.unset) else ())
    scopes = filler.scopes(slide)
    if scopes.value is None:
        if meeting.unsound.isdisjoint(names_in(slide)):
            raise DeckError(scopes.problems)
        return _Repeated({})  # the problem of the fact is reported already
    copies: dict[str, _Copy] = {}
    for names in scopes.value:
        copy = f"{id}-{_key(next(iter(names.values())), each)}"
        if copy in copies or copy in meeting.known_slides:
            text = f"`each` makes a second slide `{copy}`"
            raise fatal(each.origin, "bad-each", text, "each key may occur once, and no template may have this name")
        copies[copy] = _Copy(slide, key, names)
    return _Repeated(_patched(meeting, copies), tuple(copies))


def _key(value: Any, each: Source) -> str:
    """The end of an id, made of the key of an element. Raises DeckError."""
    if not isinstance(value, (str, int)):
        raise fatal(
            each.origin, "bad-each", "an element of `each` is not a text, which the id of its slide needs", _KEYED
        )
    key = "-".join(re.findall(r"[^\W_]+", str(value).lower()))
    if not key:
        raise fatal(each.origin, "bad-each", f"`{str(value)[:40]}` cannot be a part of the id of a slide", _KEYED)
    return key


def _patched(meeting: Meeting, copies: Mapping[str, _Copy]) -> dict[str, _Copy]:
    """The slides with what the layers change by their ids, without those that are left out. Raises DeckError."""
    patched: dict[str, _Copy] = {}
    problems: list[Problem] = []
    last = ""  # each follows the one before it
    for id, copy in copies.items():
        patches = [(layer, patch) for layer in _changes(meeting) if (patch := layer.get(id)) is not None]
        if patches and patches[-1][1].value is None:
            continue
        follow = {"after": Source(last, copy.slide.origin)} if last and copy.slide.get("after") else {}
        base = Source({**dict(copy.slide.items()), **follow}, copy.slide.origin, copy.slide.keys, copy.slide.document)
        merged = merge(base, *(patch for _, patch in patches))
        problems += merged.problems
        key = patches[-1][0].key_origin(id) if patches else copy.key
        patched[id] = replace(copy, slide=merged.value or base, key=key)
        last = last if any(patch.get("after") or patch.get("before") for _, patch in patches) else id
    if problems:
        raise DeckError(problems)
    return patched


def _changes(meeting: Meeting) -> Iterator[Source]:
    """What each layer has under `slides`."""
    yield from filter(None, (layer.get("slides") for layer in meeting.layers))


def _unknown(meeting: Meeting, id: str, made: _Repeated) -> Iterator[Problem]:
    """The changes of slides that `each` does not make."""
    for layer in _changes(meeting) if made.all is not None else ():
        for key, patch in layer.items():
            known = {*(made.all or ()), *meeting.known_slides}
            if key.startswith(f"{id}-") and key not in known and not patch.get("kind"):
                hint = nearest(key, made.all or ())
                yield Problem(layer.key_origin(key), "unknown-slide", f"the slide `{key}` does not exist", hint)


def _with_copies(meeting: Meeting, found: Mapping[str, _Repeated], faulty: bool) -> Meeting:
    """The meeting with the slides that others become, in their places."""
    slides: dict[str, Source] = {}
    keys = dict(meeting.slides.keys)
    made = {copy for one in found.values() for copy in one.copies}
    for id, slide in meeting.slides.items():
        if id in found:
            slides |= {copy: one.slide for copy, one in found[id].copies.items()}
            keys |= {copy: one.key for copy, one in found[id].copies.items()}
        elif id not in made and (slide.get("kind") or not any(id.startswith(f"{one}-") for one in found)):
            slides[id] = slide
    ids = {id: tuple(one.copies) for id, one in found.items()}
    recurring = (copy for id in ids if id in meeting.known_slides for copy in ids[id])
    return replace(
        meeting,
        slides=Source({id: _beside(slide, ids) for id, slide in slides.items()}, meeting.slides.origin, keys),
        settings=_listed(meeting.settings, ids),
        known_slides=tuple(dict.fromkeys((*meeting.known_slides, *recurring))),
        scopes={id: copy.names for one in found.values() for id, copy in one.copies.items()},
        faulty=meeting.faulty or faulty,
    )


def _beside(slide: Source, ids: _Ids) -> Source:
    """A slide that is before or after another one, which may be several."""
    changed = {}
    for key, at in (("before", 0), ("after", -1)):
        target = slide.get(key)
        if target is not None and ids.get(text_of(target)):
            changed[key] = replace(target, value=ids[text_of(target)][at])
    return Source({**dict(slide.items()), **changed}, slide.origin, slide.keys, slide.document) if changed else slide


def _listed(settings: Source, ids: _Ids) -> Source:
    """The order of the deck, with the slides that others become."""

    def section(source: Source) -> Source:
        listed = source.get("slides")
        if listed is None or not isinstance(listed.value, tuple):
            return source
        names = [replace(name, value=id) for name in listed for id in ids.get(text_of(name)) or (text_of(name),)]
        return replace(source, value={**dict(source.items()), "slides": replace(listed, value=tuple(names))})

    sections = settings.get("sections")
    if sections is None:
        return settings
    whole = replace(sections, value=tuple(map(section, sections)))
    return replace(settings, value={**dict(settings.items()), "sections": whole})
