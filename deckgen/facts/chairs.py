"""Window -> chair_changes: the chairs who left and joined, from the role at both ends of the window."""

from __future__ import annotations

from datetime import datetime

from deckgen.facts.datatracker import Datatracker, Object
from deckgen.facts.gathered import Gathered, Sources, label_of, people
from deckgen.facts.names import full_name
from deckgen.facts.roster import Roster, roster
from deckgen.facts.sentences import CHAIR, amount_to_a_change
from deckgen.facts.window import Window
from deckgen.source import Plain

Holders = dict[str, frozenset[str]]


def gather_chairs(sources: Sources, window: Window) -> Gathered:
    """Chairs who left and who joined, by the acronym of the group; and remarks where the events differ."""
    tracker = sources.tracker
    groups = roster(tracker, window)
    ours = [uri for uri in groups.edited if groups.is_ours(uri, window.until)]
    holders = _holders(tracker, groups, ours)
    changes = {uri: _change(groups, holders, uri, window) for uri in ours}
    persons = people(tracker, {person for sides in changes.values() for side in sides for person in side})
    fact: dict[str, Plain] = {}
    human = []
    for uri in sorted(ours, key=lambda uri: str(groups.groups[uri]["acronym"])):
        group = groups.groups[uri]
        sides = zip(("departures", "additions"), changes[uri], strict=True)
        change: dict[str, Plain] = {key: names for key, side in sides if (names := _names(persons, side))}
        if change:
            fact[group["acronym"]] = change
        human += _doubt(groups, group, bool(change), window)
    return Gathered({"chair_changes": fact}, tuple(human))


def _change(groups: Roster, holders: Holders, uri: str, window: Window) -> tuple[frozenset[str], frozenset[str]]:
    """Those who left and those who joined, by URI. The first chairs of a group without a charter did not join."""
    before, after = (_at(groups, holders, uri, when) for when in (window.since, window.until))
    if not before and groups.state(uri, window.until) != "active":
        return frozenset(), frozenset()
    return before - after, after - before


def _at(groups: Roster, holders: Holders, uri: str, when: datetime) -> frozenset[str]:
    existed = bool(groups.state(uri, when))
    return holders.get(groups.version(uri, when, CHAIR).uri, frozenset()) if existed else frozenset()


def _holders(tracker: Datatracker, groups: Roster, ours: list[str]) -> Holders:
    """The chairs now by the URI of each group, and the chairs then by the URI of each copy of it."""
    chair, here = {"name": "chair"}, set(ours)
    now = tracker.of_groups("group/role", "group", ours, chair, lambda one: one["group"] in here)
    of_copy = groups.copies.__contains__
    then = tracker.of_groups("group/rolehistory", "group__group", ours, chair, lambda one: of_copy(one["group"]))
    held: dict[str, set[str]] = {}
    for one in (*now, *then):
        held.setdefault(one["group"], set()).add(one["person"])
    return {uri: frozenset(persons) for uri, persons in held.items()}


def _names(persons: dict[str, Object], uris: frozenset[str]) -> list[Plain]:
    # A person without a name in the datatracker is reported where persons are looked up.
    return [*sorted(full_name(persons[uri]) for uri in uris if uri in persons)]


def _doubt(groups: Roster, group: Object, changed: bool, window: Window) -> list[str]:
    """A remark if the roles and the events disagree about a change."""
    sentences = [
        one
        for one in groups.sentences.get(group["resource_uri"], ())
        if one.about == CHAIR and window.since <= one.time < window.until
    ]
    if amount_to_a_change(sentences) == changed or groups.state(group["resource_uri"], window.until) != "active":
        return []
    roles, events = ("changed", "do not show it") if changed else ("are the same", "show a change")
    return [f"chair_changes: the chairs of {label_of(group)} {roles}, but the events of the group {events}"]
