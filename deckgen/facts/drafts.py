"""Window -> sponsored_drafts: active drafts without a group that a current or future director of the area sponsors."""

from __future__ import annotations

from deckgen.facts.datatracker import Datatracker, Object, each, heeded, slug
from deckgen.facts.gathered import Gathered, Sources, area_roles, people, states
from deckgen.facts.names import full_name
from deckgen.facts.window import Window
from deckgen.facts.words import is_name, neutral
from deckgen.source import Plain

ACTIVE = "1"  # The id of the state draft:active; type and slug cannot be a filter beside other states.


def gather_drafts(sources: Sources, window: Window) -> Gathered:
    """The drafts by name, with the area director and the state in words."""
    tracker = sources.tracker
    persons = people(tracker, (role["person"] for role in area_roles(tracker, window)))
    drafts = _sponsored(tracker, persons)
    words = _states(tracker) if drafts else {}
    found = each(drafts, lambda draft: _fact_of(draft, persons, words), "drafts", tracker.strange)
    return Gathered({"sponsored_drafts": dict(sorted(found))})


def _sponsored(tracker: Datatracker, persons: dict[str, Object]) -> list[Object]:
    """Their drafts of the IETF stream, or of no stream yet; the API can filter for only one of the two."""
    if not persons:
        return []
    filters = {
        "type": "draft",
        "group__type": "individ",
        "states": ACTIVE,
        "ad__in": ",".join(sorted(map(slug, persons))),
    }
    found = tracker.objects("doc/document", filters, related=lambda draft: bool(draft["group"]), max_objects=500)
    groups = tracker.look_up("group/group", "id", {slug(draft["group"]) for draft in found})
    individual = all(slug(group["type"]) == "individ" for group in groups.values())
    heeded(individual, "doc/document", "group__type")
    return [draft for draft in found if slug(draft.get("stream") or "ietf") == "ietf"]


def _fact_of(draft: Object, persons: dict[str, Object], words: dict[str, str]) -> tuple[str, Plain]:
    if not is_name(draft["name"]):
        raise ValueError("has no name")
    status = next((words[uri] for uri in draft["states"] if uri in words), "active")
    return draft["name"], {"ad": full_name(persons[draft["ad"]]), "status": status}


def _states(tracker: Datatracker) -> dict[str, str]:
    return {state["resource_uri"]: neutral(state["name"], 60) for state in states(tracker, "draft-iesg")}
