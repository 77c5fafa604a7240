"""Window -> Roster: the working groups that an area has or had, and the state of each at any instant.

GroupHistory has copies of a group, each made just before an edit, with the time of the previous save. So a copy is
valid from its time to that of the next, and the group itself from its own time. A save without a copy changes the
time; the time of the edit is then in its event.
"""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

from deckgen.base import Frozen
from deckgen.facts.datatracker import MAX_OBJECTS, Datatracker, Object, each, slug
from deckgen.facts.gathered import area_group, area_groups, working_groups
from deckgen.facts.sentences import PARENT, Sentence, is_known, sentence
from deckgen.facts.times import moment, stamp
from deckgen.facts.window import Window

Moments = tuple[datetime, ...]


class Version(Frozen):
    """A group from `time` on, or before its first copy. `uri` is that of the copy."""

    uri: str
    time: datetime
    parent: str | None
    state: str


class Change(Frozen):
    """A change of a group's state."""

    time: datetime
    state: str
    created: bool


class Roster(Frozen):
    """The working groups of an area, by URI: all that belong to it now, or did once.

    The `edited` groups have `versions`, `changes` and `sentences`, the oldest first; the others have not changed.
    """

    area: str
    groups: dict[str, Object]
    edited: tuple[str, ...]
    copies: frozenset[str]
    versions: dict[str, tuple[Version, ...]]
    changes: dict[str, tuple[Change, ...]]
    sentences: dict[str, tuple[Sentence, ...]]

    def version(self, uri: str, when: datetime, about: str) -> Version:
        """The version that was valid just before an instant, for the subjects `about` of sentences."""
        edits = tuple(one.time for one in self.sentences.get(uri, ()) if one.about == about)
        return _held(self.versions[uri], when, edits)

    def is_ours(self, uri: str, when: datetime) -> bool:
        """Whether a group belonged to the area just before an instant."""
        if uri not in self.versions:
            return bool(self.groups[uri]["parent"] == self.area)
        return self.version(uri, when, PARENT).parent == self.area

    def state(self, uri: str, when: datetime) -> str:
        """The slug of a group's state just before an instant; empty if the group did not exist."""
        changes = self.changes.get(uri, ())
        passed = [change.state for change in changes if change.time < when]
        if passed:
            return passed[-1]
        if changes and changes[0].created:
            return ""
        if uri not in self.versions:
            return slug(self.groups[uri]["state"])
        return _held(self.versions[uri], when, tuple(change.time for change in changes)).state

    def passed(self, uri: str, window: Window) -> list[str]:
        """The states that a group changed to in the window, the oldest first."""
        return [one.state for one in self.changes.get(uri, ()) if window.since <= one.time < window.until]


def _held(versions: tuple[Version, ...], when: datetime, edits: Moments) -> Version:
    held = versions[0]
    for earlier, later in pairwise(versions):
        # The edit that made `later` also made the copy of `earlier`.
        began = next((edit for edit in edits if earlier.time < edit <= later.time), later.time)
        if began < when:
            held = later
    return held


def roster(tracker: Datatracker, window: Window) -> Roster:
    """The working groups of the window's area. Raises NoAnswer."""
    since = window.since
    ours, area = area_groups(tracker, window), area_group(tracker, window.area)["resource_uri"]
    elsewhere = {slug(uri) for uri in _had(tracker, window, area) if uri not in ours}
    there = {one["resource_uri"]: one for one in tracker.look_up("group/group", "id", elsewhere).values()}
    groups = working_groups(tracker, ours | there)
    changed = _changed_since(tracker, window, ours)
    edited = tuple(uri for uri, group in groups.items() if uri in changed or moment(group["time"]) >= since)
    wanted = set(edited)
    copies = tracker.of_groups("group/grouphistory", "group", edited, {}, lambda one: one["group"] in wanted)
    return Roster(
        area=area,
        groups=groups,
        edited=edited,
        copies=frozenset(one["resource_uri"] for one in copies),
        versions=_versions(tracker, groups, edited, copies),
        changes=_changes(tracker, edited),
        sentences=_sentences(tracker, edited, since),
    )


def _had(tracker: Datatracker, window: Window, area: str) -> set[str]:
    """The groups saved since the window began that once belonged to the area; some have moved to another one."""
    filters = {"parent__acronym": window.area, "group__time__gte": stamp(window.since)}
    copies = tracker.objects(
        "group/grouphistory", filters, lambda one: bool(one["parent"] == area), max_objects=20 * MAX_OBJECTS
    )
    return {one["group"] for one in copies}


def _changed_since(tracker: Datatracker, window: Window, ours: dict[str, Object]) -> set[str]:
    """The groups that were edited since the window began, regardless of their own times."""
    filters = {"type": "info_changed", "time__gte": stamp(window.since), "group__parent__acronym": window.area}
    found = tracker.objects("group/groupevent", filters, related=lambda event: event["group"] in ours)
    return {event["group"] for event in found}


def _sentences(tracker: Datatracker, edited: tuple[str, ...], since: datetime) -> dict[str, tuple[Sentence, ...]]:
    """All edits of these groups: an edit before the window shows which copy was valid when it began."""
    wanted, filters = set(edited), {"type": "info_changed"}
    events = tracker.of_groups("group/groupevent", "group", edited, filters, lambda one: one["group"] in wanted)
    timed = each(events, lambda event: (moment(event["time"]), event), "events", tracker.strange)
    # The datatracker wrote other sentences ten years ago; only newer ones must all be understood.
    telling = [event for when, event in timed if when >= since or is_known(event)]
    found: dict[str, list[Sentence]] = {}
    for one in each(telling, sentence, "events", tracker.strange):
        found.setdefault(one.group, []).append(one)
    return {uri: tuple(sorted(listed, key=lambda one: (one.time, one.id))) for uri, listed in found.items()}


def _versions(
    tracker: Datatracker, groups: dict[str, Object], edited: tuple[str, ...], copies: list[Object]
) -> dict[str, tuple[Version, ...]]:
    read = each(
        copies, lambda one: (int(one["id"]), one["group"], _version(one)), "rows of grouphistory", tracker.strange
    )
    found: dict[str, list[Version]] = {uri: [] for uri in edited}
    for _, uri, version in sorted(read, key=lambda row: (row[2].time, row[0])):
        found[uri].append(version)
    return {uri: (*versions, _version(groups[uri])) for uri, versions in found.items()}


def _version(one: Object) -> Version:
    return Version(one["resource_uri"], moment(one["time"]), one["parent"], slug(one["state"]))


def _changes(tracker: Datatracker, edited: tuple[str, ...]) -> dict[str, tuple[Change, ...]]:
    """All changes of state of these groups: the first shows whether it created the group."""
    wanted = set(edited)
    model = "group/changestategroupevent"
    events = tracker.of_groups(model, "group", edited, {}, lambda one: one["group"] in wanted)
    read = each(events, lambda one: (int(one["id"]), one["group"], _change(one)), "changes of state", tracker.strange)
    found: dict[str, list[Change]] = {}
    for _, uri, change in sorted(read, key=lambda row: (row[2].time, row[0])):
        found.setdefault(uri, []).append(change)
    return {uri: tuple(changes) for uri, changes in found.items()}


def _change(event: Object) -> Change:
    return Change(moment(event["time"]), slug(event["state"]), "created" in str(event["desc"]).lower())
