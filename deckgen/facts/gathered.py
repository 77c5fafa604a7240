"""Facts as plain data × remarks -> Gathered, the result of one subject; and lookups that several subjects share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from deckgen.base import Frozen
from deckgen.facts.asking import NoAnswer
from deckgen.facts.client import Client
from deckgen.facts.datatracker import Datatracker, Object, each, slug
from deckgen.facts.times import moment
from deckgen.facts.window import Window
from deckgen.facts.words import is_acronym
from deckgen.source import Plain


class Sources(Frozen):
    """The servers of one run, and its start. The RFC Editor's server has only files, for which the client is enough."""

    tracker: Datatracker
    client: Client
    rfc_editor: str
    now: datetime


class Gathered(Frozen):
    """The facts of one subject by their key in a facts file, and remarks for a person."""

    facts: dict[str, Plain]
    human: tuple[str, ...] = ()


Gatherer = Callable[[Sources, Window], Gathered]


def area_group(tracker: Datatracker, acronym: str) -> Object:
    """The datatracker's entry of an area. Raises NoAnswer."""
    return _one_group(tracker, acronym, "area")


def states(tracker: Datatracker, kind: str) -> list[Object]:
    """The possible states of a charter, or of a draft at the IESG. Raises NoAnswer."""
    found = tracker.objects("doc/state", {"type__in": "charter,draft-iesg"}, max_objects=200)
    return [state for state in found if slug(state["type"]) == kind]


def team_group(tracker: Datatracker, acronym: str) -> Object:
    """The datatracker's entry of a review team. Raises NoAnswer."""
    return _one_group(tracker, acronym, "review")


def _one_group(tracker: Datatracker, acronym: str, kind: str) -> Object:
    filters = {"acronym": acronym, "type": kind}
    found = tracker.seen("group/group", **filters) or tracker.objects("group/group", filters, max_objects=1)
    if not found:
        raise NoAnswer(f"the datatracker has no group `{acronym}` of type {kind}")
    return found[0]


def area_groups(tracker: Datatracker, window: Window) -> dict[str, Object]:
    """The groups of the area now, of every type and state, by URI. Raises NoAnswer."""
    uri = area_group(tracker, window.area)["resource_uri"]
    filters = {"parent__acronym": window.area}
    found = tracker.objects(
        "group/group", filters, related=lambda group: bool(group["parent"] == uri), max_objects=1000
    )
    if not found:
        raise NoAnswer(f"the datatracker has no group of the area {window.area}")
    return {group["resource_uri"]: group for group in found}


def working_groups(tracker: Datatracker, groups: dict[str, Object]) -> dict[str, Object]:
    """The working groups among these groups, BoFs included. Raises NoAnswer."""
    read = each(groups.values(), _kind_of, "groups", tracker.strange)
    return {group["resource_uri"]: group for kind, group in read if kind == "wg"}


def _kind_of(group: Object) -> tuple[str, Object]:
    moment(group["time"])
    if not all(isinstance(group[key], str) for key in ("acronym", "name", "state", "type")):
        raise ValueError("has no name, state or type")
    kind = slug(group["type"])
    if kind == "wg" and not is_acronym(group["acronym"]):
        raise ValueError(f"{group['acronym']!r} is not an acronym")
    return kind, group


def area_roles(tracker: Datatracker, window: Window) -> list[Object]:
    """The current and future directors of the area: `ad` and `pre-ad`. Raises NoAnswer."""
    area = area_group(tracker, window.area)["resource_uri"]
    filters = {"group__acronym": window.area, "name__in": "ad,pre-ad"}
    return tracker.objects("group/role", filters, related=lambda role: bool(role["group"] == area), max_objects=20)


def people(tracker: Datatracker, uris: Iterable[str]) -> dict[str, Object]:
    """Persons by URI; those without a name are left out and reported. Raises NoAnswer."""
    found = tracker.look_up("person/person", "id", {slug(uri) for uri in uris})
    named = each(
        found.values(), lambda one: (one["resource_uri"], one, str.strip(one["name"])), "persons", tracker.strange
    )
    return {uri: one for uri, one, name in named if name}


Labels = dict[str, str]


def labels(groups: Iterable[Object]) -> Labels:
    """Groups by acronym, each with the text to show."""
    return {group["acronym"]: label_of(group) for group in groups}


def label_of(group: Object) -> str:
    """A group's acronym as text for a slide."""
    return str(group["acronym"]).upper()
