"""Folder × meeting -> Meeting: the layers read, merged, and checked against the declared facts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from deckgen.base import Frozen, field
from deckgen.meeting.areas import DECK, area_of, list_meetings
from deckgen.meeting.declaration import check_declarations, example_of, fact_hint, first_lines, line_of
from deckgen.meeting.found import Found, found_at
from deckgen.meeting.history import History
from deckgen.meeting.ids import MEETINGS, TEMPLATES, Id, Order, id_of, value_of
from deckgen.meeting.layers import Layers, holds
from deckgen.meeting.tables import check_meetings
from deckgen.problems import DeckError, Origin, Problem, Result, errors_of, in_order, nearest, nearest_word
from deckgen.schema.check import BadSchemaError, Hint, check_facts
from deckgen.schema.declare import Schema
from deckgen.source import Document, Source, at, plain, text_of

RULES = f"{TEMPLATES}/rules.yaml"
FACTS = f"{TEMPLATES}/facts.yaml"
LINKS = f"{TEMPLATES}/links.yaml"
NOT_FACTS = ("slides", "deck", "theme")  # the other keys of a meeting file


class Meeting(Frozen):
    """One meeting: its facts, its slides by id, and the settings of its deck.

    `layers` are the files unmerged, lowest first: the table of meetings, the defaults, the fetched facts, and the
    file written by hand. `declared` are the facts that are allowed. Nothing more is reported about slides that use
    an `unsound` fact, or that are `unreadable`; if a file is `faulty`, other problems may follow from it. `history`
    is what earlier meetings have. `unset` are the facts, and as `fact: key` the parts of facts, that no file sets,
    not even to null. `scopes` are the names that the expressions of a repeated slide may use, by its id. `theme` is
    what it chooses: a name, or the values that differ.
    """

    name: str
    facts: Source
    slides: Source
    settings: Source
    links: Source
    layers: tuple[Source, ...]
    known_slides: tuple[str, ...]
    declared: Source = field(default_factory=lambda: Source({}, Origin(FACTS)))
    unset: frozenset[str] = frozenset()
    unsound: frozenset[str] = frozenset()
    unreadable: frozenset[str] = frozenset()
    documents: Mapping[str, Document] = field(default_factory=dict)
    rules: Source = field(default_factory=lambda: Source({}, Origin(RULES)))
    history: History = field(default_factory=History)
    order: Order = field(default_factory=Order)
    faulty: bool = False
    scopes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    theme: Source | None = None

    @property
    def id(self) -> str:
        """The id of the meeting, without the folder of its area."""
        return id_of(self.name)

    def file_of(self, id: str) -> str:
        """The path of the file of another meeting, in the same folder."""
        return f"{MEETINGS}/{self.name.removesuffix(self.id)}{id}.yaml"

    @property
    def label(self) -> str:
        """What people call the meeting, such as `Spring 2026`."""
        own = self.facts.get("meeting")
        return text_of(own.get("label") if own else None, self.order.label(self.id))

    def holds(self, source: Source) -> bool:
        """Whether `from` and `until` of a template include the meeting."""
        return holds(source, self.id, self.order)

    def found(self, name: str) -> tuple[Found, ...]:
        """From where and when the remaining fetched values of a fact are; empty if all are written by hand."""
        fetched, fact = self.layers[-2], self.facts.get(name)
        if fact is None:
            return ()
        return tuple(dict.fromkeys(one for value in _values(fact) if (one := found_at(fetched, value.origin))))

    def missing(self, fact: str, part: str = "") -> Problem | None:
        """The problem of a declared fact, or of a part of it, that no file has; its origin is in the meeting file.

        None if the templates do not declare it.
        """
        declared, own = self.declared.get(fact), self.layers[-1]
        if declared and part:
            declared = (declared.get("properties") or Source({}, declared.origin)).get(part)
        if declared is None:
            return None
        holder = (own.get(fact) if part else None) or own
        name, state = (
            f"`{part}` of `{fact}`" if part else f"`{fact}`",
            "null" if holder.get(part or fact) else "missing",
        )
        text = f"{name} is {state}; a template needs it"
        line = line_of(self.declared, fact, self.facts.get("meeting") or own)
        hint = f"in `{fact}`, write `{part}: {example_of(declared)}`" if part else f"write a line such as `{line}`"
        return Problem(holder.key_origin(part or fact), "missing-fact", text, hint)


def load(root: Path, meeting: Id) -> Result[Meeting]:
    """A meeting of the folder `root`, with the problems of all its files.

    The value is None if its own file, or one that every slide needs, cannot be read.
    """
    try:
        files = Layers(root, area_of(root, str(meeting)))
    except DeckError as error:
        return Result(None, error.problems)
    return _loaded(files, str(meeting))


def _loaded(files: Layers, name: str) -> Result[Meeting]:
    id, own_file = id_of(name), f"{MEETINGS}/{name}.yaml"
    own = files.read(own_file, lambda: _no_meeting_hint(files.root))
    fetched, links = files.read_if_there(f"{MEETINGS}/{name}.facts.yaml"), files.links()
    table, facts_schema, settings, defaults = map(files.template, ("meetings", "facts", "deck", "defaults"))
    if not fetched.value and _is_empty(own):
        return Result(None, in_order([*files.problems, _empty(own, facts_schema, table.get(id))]))
    order, lost = files.order(table), frozenset(files.lost)
    slides, rules = files.slides(id, order, settings, own), files.template_if_there("rules")
    known = tuple(key for key, _ in slides.items() if key not in files.borrowed)
    history = files.history(id, facts_schema, order)
    layers = (_from_table(table, id, facts_schema, own.origin), defaults, fetched, own)
    recurring = Source({"slides": slides}, slides.origin)
    merged = files.merged(*layers[:2], recurring, history.facts, *layers[2:]) or own
    facts = history.as_of(id, merged.without(*NOT_FACTS), (fetched, own))
    problems = _check_id(facts, id)
    problems += [] if FACTS in lost else _check_facts(facts, facts_schema, known, own, table)
    unknown, unreadable = _check_slide_ids(layers, slides, merged.get("slides") or slides)
    files.problems += [*problems, *unknown]
    if not lost.isdisjoint((own_file, FACTS, DECK, LINKS)):
        return Result(None, in_order(files.problems))
    found = Meeting(
        name,
        facts,
        merged.get("slides") or slides,
        files.settings(settings, merged.get("deck")),
        links,
        layers=layers,
        theme=merged.get("theme"),
        known_slides=known,
        declared=facts_schema,
        unset=frozenset(_unset(facts_schema, facts, (defaults, own))),
        unsound=frozenset(dict(facts_schema.items()) if lost else _unsound(facts, problems)),
        unreadable=frozenset([*unreadable, *(Path(name).stem for name in files.lost - lost)]),
        documents=files.documents,
        rules=rules,
        history=history,
        order=order,
        faulty=bool(errors_of(files.problems)),
    )
    return Result(found, tuple(files.problems))


def _empty(own: Source, declared: Source, row: Source | None) -> Problem:
    hint = f"begin with these lines:\n{first_lines(declared, row or Source({}, own.origin))}"
    return Problem(own.origin, "empty-file", "the file is empty", hint)


def _is_empty(source: Source) -> bool:
    """Whether a file has only comments."""
    lines = source.document.lines if source.document else ("?",)
    return not any(line.partition("#")[0].strip(" \t-.") for line in lines)


def _check_facts(facts: Source, declared: Source, slides: Collection[str], own: Source, table: Source) -> list[Problem]:
    """The problems of the facts, of the nulls in the meeting file, of the table of meetings and of the declarations."""
    hint = fact_hint(declared, slides)
    bad, nulls = [*check_declarations(declared)], [*_check_nulls(own, declared, hint)]
    try:
        return [
            *bad,
            *check_facts(facts, cast(Schema, plain(declared)), hint),
            *check_meetings(table, declared, hint),
            *nulls,
        ]
    except BadSchemaError as error:
        invalid = Problem(at(declared, error.path).origin, "bad-declaration", f"not a JSON Schema: {error.text}")
        return [*(bad or [invalid]), *nulls]


def _check_nulls(own: Source, declared: Source, hint: Hint) -> Iterator[Problem]:
    """A key with null must be a known one; it is checked before the merge, which removes it."""
    pairs = [(own.without(*NOT_FACTS), declared)]
    for key, fact in own.items():
        parts = (declared.get(key) or declared).get("properties")
        pairs += [(fact, parts)] if parts else []
    for mapping, known in pairs:
        for key, child in mapping.items():
            if child.value is None and known.get(key.removesuffix("+")) is None:
                text = f"unknown key `{key}`"
                yield Problem(mapping.key_origin(key), "unknown-key", text, hint(key, [*dict(known.items())], mapping))


def _check_id(facts: Source, id: str) -> list[Problem]:
    """The number in a meeting file must be that of its name, by which other meetings find it."""
    meeting = facts.get("meeting")
    own = meeting.get("number") if meeting else None
    if own is None or own.value == value_of(id):
        return []
    return [Problem(own.origin, "wrong-value", f"this is the file of meeting {id}", "delete `number`")]


def _unset(declared: Source, facts: Source, by_hand: tuple[Source, ...]) -> Iterator[str]:
    """The facts, and the parts of known facts, that no file sets, not even by hand to null."""
    for key, schema in declared.items():
        fact = facts.get(key)
        set_by_hand = [one for layer in by_hand if (one := layer.get(key))]
        if fact is None:
            yield from [] if any(one.value is None for one in set_by_hand) else [key]
            continue
        parts = schema.get("properties") or Source({}, schema.origin)
        yield from (
            f"{key}: {part}" for part, _ in parts.items() if not any(one.get(part) for one in (fact, *set_by_hand))
        )


def _unsound(facts: Source, problems: list[Problem]) -> Iterator[str]:
    """The facts that have a problem."""
    origins = {problem.origin for problem in problems}
    for key, fact in facts.items():
        if origins & {facts.key_origin(key), *_origins(fact)}:
            yield key


def _values(source: Source) -> Iterator[Source]:
    """The texts and numbers of a fact, nested ones included."""
    children = [*source, *(child for _, child in source.items())]
    if not children:
        yield source
    for child in children:
        yield from _values(child)


def _origins(source: Source) -> Iterator[Origin]:
    yield source.origin
    yield from source.keys.values()
    for child in (*source, *(child for _, child in source.items())):
        yield from _origins(child)


def _from_table(table: Source, id: str, declared: Source, own: Origin) -> Source:
    """The row of this meeting in the table of meetings, with what is derived from its id."""
    order, row = Order.of(table), table.get(id) or Source({}, own)
    if not isinstance(row.value, dict):
        row = Source({}, row.origin)
    fact = declared.get("meeting")
    parts = fact.get("properties") if fact else None
    values = {"number": value_of(id), "previous": value_of(order.before(id)), "label": order.label(id)}
    derived = {key: Source(one, row.origin) for key, one in values.items() if one and parts and parts.get(key)}
    known = Source({**dict(row.items()), **derived}, row.origin, {**row.keys, **dict.fromkeys(derived, row.origin)})
    return Source({"meeting": known}, row.origin)


def _check_slide_ids(layers: tuple[Source, ...], slides: Source, merged: Source) -> tuple[list[Problem], list[str]]:
    """Slides that a meeting changes or leaves out must exist; a slide of its own needs a kind.

    Returns the problems, and the unknown ids.
    """
    known = [key for key, _ in slides.items()]
    repeated = tuple(f"{id}-" for id, slide in merged.items() if slide.get("each"))
    problems = []
    wrong = []
    for layer in layers:
        patches = layer.get("slides")
        if patches and not isinstance(patches.value, (dict, type(None))):
            problems.append(Problem(patches.origin, "wrong-value", "`slides` is not a mapping (`id: ...`)"))
        for key, patch in patches.items() if patches else ():
            if key in known or _is_own(patch, near := nearest(key, known)):
                continue
            if key.startswith(repeated):  # checked when these slides are made
                continue
            lacks = " and ".join(f"`{need}`" for need in ("kind", "title") if not patch.get(need))
            own = f"a slide of your own needs {lacks}"
            hint = "; ".join(filter(None, (near, own)))
            origin = (patches or layer).key_origin(key)
            problems.append(Problem(origin, "unknown-slide", f"the slide `{key}` does not exist", hint))
            wrong.append(key)
    return problems, wrong


def _is_own(patch: Source, near: str) -> bool:
    """Whether a slide without a template is one of the meeting's own, which has a kind."""
    meant = {nearest_word(key, ("kind", "title")) for key, _ in patch.items()}
    return "kind" in meant and ("title" in meant or not near)


def _no_meeting_hint(root: Path) -> str:
    found = list_meetings(root)
    return f"the meetings here are {', '.join(found)}" if found else f"run it in a folder with `{MEETINGS}/`"
