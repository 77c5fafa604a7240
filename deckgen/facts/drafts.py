"""Window -> sponsored_drafts: active drafts of no group that a director of the area sponsors."""

from __future__ import annotations

from deckgen.facts.datatracker import Datatracker, Object, heeded, slug
from deckgen.facts.gathered import Gathered, Sources, area_directors, name_of
from deckgen.facts.window import Window
from deckgen.facts.words import is_name, neutral
from deckgen.source import Plain

ACTIVE = "1"  # The id of the state draft:active; by type and slug it could not be asked for beside others.


def gather_drafts(sources: Sources, window: Window) -> Gathered:
    """The drafts by name, with the area director and the state in words."""
    tracker = sources.tracker
    directors = area_directors(tracker, window)
    drafts = [draft for person in directors.values() for draft in _sponsored(tracker, person)]
    _check_groups(tracker, drafts)
    states = _states(tracker) if drafts else {}
    fact: dict[str, Plain] = {
        draft["name"]: {"ad": name_of(directors[draft["ad"]]), "status": _status(draft, states)}
        for draft in sorted(drafts, key=lambda draft: str(draft["name"]))
        if is_name(draft["name"])
    }
    return Gathered({"sponsored_drafts": fact})


def _sponsored(tracker: Datatracker, person: Object) -> list[Object]:
    """One director at a time: a comma in a name would end it in a filter that takes several."""
    filters = {
        "type": "draft",
        "group__type": "individ",
        "stream": "ietf",
        "states": ACTIVE,
        "ad__name": str(person["name"]),
    }
    uri = person["resource_uri"]
    return tracker.objects("doc/document", filters, related=lambda draft: bool(draft["ad"] == uri), most=200)


def _check_groups(tracker: Datatracker, drafts: list[Object]) -> None:
    groups = tracker.look_up("group/group", "id", {slug(draft["group"]) for draft in drafts})
    individual = all(slug(group["type"]) == "individ" for group in groups.values())
    heeded(individual, "doc/document", "group__type")


def _states(tracker: Datatracker) -> dict[str, str]:
    found = tracker.objects("doc/state", {"type": "draft-iesg"}, most=200)
    return {state["resource_uri"]: neutral(state["name"], 60) for state in found}


def _status(draft: Object, states: dict[str, str]) -> str:
    return next((states[uri] for uri in draft["states"] if uri in states), "active")
