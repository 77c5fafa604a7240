"""Window -> wg_changes: groups that began, closed, moved or were chartered since the meeting before."""

from __future__ import annotations

import re
from collections.abc import Iterable

from deckgen.facts.datatracker import Datatracker, Object, heeded, slug
from deckgen.facts.gathered import Gathered, Sources, area_group, label_of, working_groups
from deckgen.facts.meeting import agenda_entries
from deckgen.facts.times import moment
from deckgen.facts.window import Window, within
from deckgen.facts.words import clean, is_acronym, neutral
from deckgen.source import Plain

AT_IESG = ("infrev", "intrev", "extrev", "iesgrev")
_MOVED = re.compile(r"IETF Area changed to <b>(.*?)</b>(?: from (.*))?", re.DOTALL)
Labels = dict[str, str]


def gather_changes(sources: Sources, window: Window) -> Gathered:
    """What became of the area's groups, each by its acronym with the text to show."""
    tracker = sources.tracker
    groups = working_groups(tracker, window)
    began, closed, bofs = collapse(_state_events(tracker, window, groups))
    chartering, rechartering = _at_iesg(tracker, window, groups)
    here, elsewhere = _agenda_bofs(sources, window)
    kinds: dict[str, Labels] = {
        "bofs": _labels(groups[uri] for uri in bofs) | here,
        "chartering": _labels(chartering),
        "new": _labels(groups[uri] for uri in began),
        "closed": _labels(groups[uri] for uri in closed),
        "rechartered": _labels(_rechartered(tracker, window, groups, began)),
        "rechartering": _labels(rechartering),
        "moved": _moved(tracker, window, groups),
    }
    fact: dict[str, Plain] = {kind: dict(sorted(labels.items())) for kind, labels in kinds.items()}
    human = (f"wg_changes: BoFs of other areas, is one about security? {', '.join(elsewhere)}",) if elsewhere else ()
    return Gathered({"wg_changes": fact}, human)


def collapse(events: Iterable[Object]) -> tuple[list[str], list[str], list[str]]:
    """Of the changes of state in a window: the groups that began, those that closed, and the BoFs, by URI."""
    states: dict[str, list[str]] = {}
    for event in sorted(events, key=lambda event: (moment(event["time"]), event["id"])):
        states.setdefault(event["group"], []).append(slug(event["state"]))
    began, closed, bofs = [], [], []
    for uri, passed in states.items():
        if passed[-1] == "active":
            began.append(uri)
        elif passed[-1] in ("conclude", "replaced") and "bof" not in passed:
            closed.append(uri)
        elif "bof" in passed:
            # Only `bof-conc` is left of a BoF that met at the meeting before.
            bofs.append(uri)
    return began, closed, bofs


def _state_events(tracker: Datatracker, window: Window, groups: dict[str, Object]) -> list[Object]:
    filters = {"group__type": "wg", "group__parent__acronym": window.area, **within(window, "time")}
    return tracker.objects("group/changestategroupevent", filters, related=lambda event: event["group"] in groups)


def _at_iesg(tracker: Datatracker, window: Window, groups: dict[str, Object]) -> tuple[list[Object], list[Object]]:
    """Groups whose charter is on its way now: those that are no working group yet, and those that are."""
    filters = {
        "type": "wg",
        "parent__acronym": window.area,
        "charter__states__type": "charter",
        "charter__states__slug__in": ",".join(AT_IESG),
    }
    found = tracker.objects("group/group", filters, related=lambda group: group["resource_uri"] in groups, most=200)
    _check_charters(tracker, found)
    states = {group["resource_uri"]: slug(group["state"]) for group in found}
    chartering = [group for group in found if states[group["resource_uri"]] in ("proposed", "bof")]
    return chartering, [group for group in found if states[group["resource_uri"]] == "active"]


def _check_charters(tracker: Datatracker, found: list[Object]) -> None:
    """Raise NoAnswer if the charter of a group is not at the IESG: a filter was ignored."""
    if not found:
        return
    states = tracker.objects("doc/state", {"type": "charter"}, most=100)
    at_iesg = {state["resource_uri"] for state in states if state["slug"] in AT_IESG}
    names = {slug(group["charter"]) for group in found if group["charter"]}
    charters = tracker.look_up("doc/document", "name", names)
    on_the_way = all(at_iesg & set(charter["states"]) for charter in charters.values())
    heeded(on_the_way and len(names) == len(found), "group/group", "charter__states__slug__in")


def _rechartered(tracker: Datatracker, window: Window, groups: dict[str, Object], began: list[str]) -> Iterable[Object]:
    """Active groups with a charter approved that is not their first."""
    filters = {"doc__type": "charter", "type": "iesg_approved", **within(window, "time")}
    events = tracker.objects(
        "doc/docevent", filters, related=lambda event: slug(event["doc"]).startswith("charter-"), most=500
    )
    approved = {
        slug(event["doc"]) for event in events if re.fullmatch(r"\d\d", str(event["rev"])) and event["rev"] > "01"
    }
    return [
        group
        for uri, group in groups.items()
        if f"charter-ietf-{group['acronym']}" in approved and uri not in began and slug(group["state"]) == "active"
    ]


def _agenda_bofs(sources: Sources, window: Window) -> tuple[Labels, list[str]]:
    """The BoFs on the meeting's agenda, which knows the areas as of then: this area's, and the others'."""
    groups = [one["group"] for one in agenda_entries(sources, window) if one.get("is_bof")]
    here = _labels(group for group in groups if group["parent"] == window.area)
    other = {f"{label_of(group)} ({clean(group['parent'], 10)})" for group in groups if group["parent"] != window.area}
    return here, sorted(other)


def _moved(tracker: Datatracker, window: Window, groups: dict[str, Object]) -> Labels:
    """Groups that came from another area or went to one; each search above files them under today's area."""
    filters = {"type": "info_changed", "desc__contains": "IETF Area changed", **within(window, "time")}
    events = tracker.objects("group/groupevent", filters, most=300)
    name = clean(area_group(tracker, window.area)["name"])
    ways: dict[str, tuple[str, str]] = {}
    for event in sorted(events, key=lambda event: (moment(event["time"]), event["id"])):
        match = _MOVED.search(str(event["desc"]))
        if match and match[2]:
            ways[event["group"]] = (ways.get(event["group"], (clean(match[2]), ""))[0], clean(match[1]))
    about = {uri: way for uri, way in ways.items() if way[0] != way[1] and name in way}
    unknown = {slug(uri) for uri in about if uri not in groups}
    known = groups | {one["resource_uri"]: one for one in tracker.look_up("group/group", "id", unknown).values()}
    return {
        known[uri]["acronym"]: f"{label_of(known[uri])} ({_way(way, name)})"
        for uri, way in about.items()
        if is_acronym(known[uri]["acronym"])
    }


def _way(way: tuple[str, str], name: str) -> str:
    return f"from {neutral(way[0], 60)}" if way[1] == name else f"to {neutral(way[1], 60)}"


def _labels(groups: Iterable[Object]) -> Labels:
    return {group["acronym"]: label_of(group) for group in groups if is_acronym(group["acronym"])}
