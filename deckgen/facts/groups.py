"""Window -> groups, working_groups: the area's groups, their chairs and who is responsible for each."""

from __future__ import annotations

from deckgen.facts.datatracker import Datatracker, Object, slug
from deckgen.facts.gathered import Gathered, Sources, label_of, name_of, people, working_groups
from deckgen.facts.window import Window
from deckgen.facts.words import is_acronym, neutral
from deckgen.source import Plain


def gather_groups(sources: Sources, window: Window) -> Gathered:
    """The active working groups: the text to show, and name, chairs and area director of each."""
    tracker = sources.tracker
    active = {
        uri: group
        for uri, group in working_groups(tracker, window).items()
        if slug(group["state"]) == "active" and is_acronym(group["acronym"])
    }
    chairs = _holders(tracker, window, "chair", active)
    directors = _holders(tracker, window, "ad", active)
    ordered = sorted(active.items(), key=lambda pair: str(pair[1]["acronym"]))
    labels: dict[str, Plain] = {group["acronym"]: label_of(group) for _, group in ordered}
    told: dict[str, Plain] = {
        group["acronym"]: _told(group, chairs.get(uri, []), directors.get(uri, [])) for uri, group in ordered
    }
    return Gathered({"groups": labels, "working_groups": told})


def _told(group: Object, chairs: list[str], directors: list[str]) -> Plain:
    told: dict[str, Plain] = {"name": neutral(group["name"], 120), "chairs": [*chairs]}
    return told | ({"ad": " and ".join(directors)} if directors else {})


def _holders(tracker: Datatracker, window: Window, role: str, groups: dict[str, Object]) -> dict[str, list[str]]:
    """Who holds a role, by the URI of the group, names in order."""
    filters = {"name": role, "group__type": "wg", "group__state": "active", "group__parent__acronym": window.area}
    roles = tracker.objects("group/role", filters, related=lambda one: one["group"] in groups, most=1000)
    persons = people(tracker, (one["person"] for one in roles))
    held: dict[str, set[str]] = {}
    for one in roles:
        held.setdefault(one["group"], set()).add(name_of(persons[one["person"]]))
    return {uri: sorted(names) for uri, names in held.items()}
