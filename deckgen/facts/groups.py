"""Window -> groups, working_groups: the area's groups, with their chairs and responsible area directors."""

from __future__ import annotations

from deckgen.facts.datatracker import Datatracker, Object, slug
from deckgen.facts.gathered import Gathered, Sources, area_groups, label_of, people, working_groups
from deckgen.facts.names import full_name
from deckgen.facts.window import Window
from deckgen.facts.words import plain_words
from deckgen.source import Plain


def gather_groups(sources: Sources, window: Window) -> Gathered:
    """The active working groups: the text to show, and name, chairs and area director of each."""
    tracker = sources.tracker
    everyone = area_groups(tracker, window)
    active = {
        uri: group for uri, group in working_groups(tracker, everyone).items() if slug(group["state"]) == "active"
    }
    held = _holders(tracker, window, everyone)
    ordered = sorted(active.items(), key=lambda pair: str(pair[1]["acronym"]))
    labels: dict[str, Plain] = {group["acronym"]: label_of(group) for _, group in ordered}
    listed: dict[str, Plain] = {
        group["acronym"]: _facts_of(group, held.get((uri, "chair"), []), held.get((uri, "ad"), []))
        for uri, group in ordered
    }
    return Gathered({"groups": labels, "working_groups": listed})


def _facts_of(group: Object, chairs: list[str], directors: list[str]) -> Plain:
    facts: dict[str, Plain] = {"name": plain_words(group["name"], 120), "chairs": [*chairs]}
    return facts | ({"ad": " and ".join(directors)} if directors else {})


def _holders(tracker: Datatracker, window: Window, groups: dict[str, Object]) -> dict[tuple[str, str], list[str]]:
    """The names of those in a role, sorted, by the URI of the group and the slug of the role."""
    filters = {
        "name__in": "ad,chair",
        "group__type": "wg",
        "group__state": "active",
        "group__parent__acronym": window.area,
    }
    roles = tracker.objects("group/role", filters, related=lambda one: _is_of_active(one, groups), max_objects=1000)
    persons = people(tracker, (one["person"] for one in roles))
    held: dict[tuple[str, str], set[str]] = {}
    for one in roles:
        if one["person"] in persons:
            held.setdefault((one["group"], slug(one["name"])), set()).add(full_name(persons[one["person"]]))
    return {key: sorted(names) for key, names in held.items()}


def _is_of_active(role: Object, groups: dict[str, Object]) -> bool:
    group = groups.get(role["group"])
    return group is not None and slug(group.get("type")) == "wg" and slug(group.get("state")) == "active"
