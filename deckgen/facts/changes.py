"""Window -> wg_changes: groups that began, closed, moved or were chartered since the previous meeting."""

from __future__ import annotations

import re
from collections.abc import Iterable

from deckgen.facts.agenda import agenda_entries
from deckgen.facts.bofs import bofs_of
from deckgen.facts.datatracker import Datatracker, Object, each, heeded, slug
from deckgen.facts.gathered import Gathered, Labels, Sources, area_groups, label_of, labels, states, working_groups
from deckgen.facts.roster import Roster, roster
from deckgen.facts.sentences import PARENT
from deckgen.facts.times import stamp
from deckgen.facts.window import Window
from deckgen.facts.words import neutral
from deckgen.source import Plain

AT_IESG = ("infrev", "intrev", "extrev", "iesgrev")
GROUP = ("active", "dormant")
OVER = ("conclude", "replaced")


def gather_changes(sources: Sources, window: Window) -> Gathered:
    """The changes of the area's groups, each by its acronym with the text to show."""
    tracker = sources.tracker
    groups = roster(tracker, window)
    began, closed, human = _began_and_closed(groups, window)
    chartering, rechartering = _at_iesg(tracker, window)
    bofs, remarks = bofs_of(agenda_entries(tracker, window.number), groups, window, tracker.strange)
    kinds: dict[str, Labels] = {
        "bofs": bofs,
        "chartering": labels(chartering),
        "new": began,
        "closed": closed,
        "rechartered": labels(one for one in _rechartered(tracker, groups, window) if one["acronym"] not in began),
        "rechartering": labels(rechartering),
        "moved": _moved(tracker, groups, window),
    }
    fact: dict[str, Plain] = {kind: dict(sorted(each_label.items())) for kind, each_label in kinds.items()}
    return Gathered({"wg_changes": fact}, (*human, *remarks))


def _began_and_closed(groups: Roster, window: Window) -> tuple[Labels, Labels, list[str]]:
    """Groups that became working groups, groups that ceased to be, and remarks."""
    began, closed, human = {}, {}, []
    for uri in groups.edited:
        group = groups.groups[uri]
        if not groups.is_ours(uri, window.until):
            continue
        before, after = groups.state(uri, window.since), groups.state(uri, window.until)
        label = label_of(group)
        if after == "active" and before not in GROUP:
            began[group["acronym"]] = f"{label} (reopened)" if before in OVER else label
        elif before in GROUP and after in OVER:
            closed[group["acronym"]] = label
        elif after in GROUP and set(groups.passed(uri, window)) & set(OVER):
            human.append(f"wg_changes: {label} was closed and reopened since IETF {window.previous}")
        last = groups.changes.get(uri, ())[-1:]
        if last and last[0].state != slug(group["state"]):
            human.append(f"wg_changes: {label} is {slug(group['state'])}, but its last event shows {last[0].state}")
    return began, closed, human


def _at_iesg(tracker: Datatracker, window: Window) -> tuple[list[Object], list[Object]]:
    """Groups whose charter is in review now: those that are not yet working groups, and those that are."""
    ours = area_groups(tracker, window)
    filters = {
        "type": "wg",
        "parent__acronym": window.area,
        "charter__states__type": "charter",
        "charter__states__slug__in": ",".join(AT_IESG),
    }
    found = tracker.objects(
        "group/group", filters, related=lambda group: group["resource_uri"] in ours, max_objects=200
    )
    _check_charters(tracker, found)
    known = working_groups(tracker, {group["resource_uri"]: group for group in found}).values()
    chartering = [group for group in known if slug(group["state"]) in ("proposed", "bof")]
    return chartering, [group for group in known if slug(group["state"]) == "active"]


def _check_charters(tracker: Datatracker, found: list[Object]) -> None:
    """Raise NoAnswer unless the charters of the groups found are in review."""
    at_iesg = {state["resource_uri"] for state in states(tracker, "charter") if state["slug"] in AT_IESG}
    names = {slug(group["charter"]) for group in found if group["charter"]}
    charters = tracker.look_up("doc/document", "name", names)
    on_the_way = all(at_iesg & set(charter["states"]) for charter in charters.values())
    heeded(on_the_way and len(names) == len(found), "group/group", "charter__states__slug__in")


def _rechartered(tracker: Datatracker, groups: Roster, window: Window) -> Iterable[Object]:
    """Active groups with an approved charter that is not their first."""
    within = {"time__gte": stamp(window.since), "time__lt": stamp(window.until)}
    filters = {"doc__type": "charter", "type": "iesg_approved", **within}
    # If the server ignores the filter on the type of document, the approved drafts are not the charter of any group.
    events = tracker.objects("doc/docevent", filters, related=lambda event: bool(event["doc"]), max_objects=1000)
    read = each(events, lambda event: (event["doc"], _is_again(event)), "approvals of charters", tracker.strange)
    again = {charter for charter, is_again in read if is_again}
    for uri, group in groups.groups.items():
        ours = group["charter"] in again and groups.is_ours(uri, window.until)
        if ours and groups.state(uri, window.until) == "active":
            yield group


def _is_again(event: Object) -> bool:
    """Whether an approval recharters: its revision is the one before, `01-02`; `00-03` is a first charter."""
    match = re.fullmatch(r"(\d\d)(-\d\d)?", str(event["rev"]))
    if match is None:
        raise ValueError(f"{event['rev']!r} is not a revision")
    return match[1] > ("00" if match[2] else "01")


def _moved(tracker: Datatracker, groups: Roster, window: Window) -> Labels:
    """Groups that came from another area or went to one, with that area."""
    ways: dict[str, tuple[str | None, bool]] = {}
    for uri in groups.edited:
        parents = [groups.version(uri, when, PARENT).parent for when in (window.since, window.until)]
        existed = bool(groups.state(uri, window.since))
        if existed and parents[0] != parents[1] and groups.area in parents:
            came = parents[1] == groups.area
            ways[uri] = (parents[0] if came else parents[1], came)
    areas = tracker.look_up("group/group", "id", {slug(parent) for parent, _ in ways.values() if parent})
    names = {area["resource_uri"]: neutral(area["name"], 60) for area in areas.values()}
    return {
        groups.groups[uri]["acronym"]: f"{label_of(groups.groups[uri])} "
        f"({'from' if came else 'to'} {names.get(parent or '', 'no area')})"
        for uri, (parent, came) in ways.items()
    }
