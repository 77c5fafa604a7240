"""Facts as plain data × remarks -> Gathered: what one subject yields; and what several subjects look up."""

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
    """The servers of one run, and when it began. The RFC Editor's has files only: the client is enough for it."""

    tracker: Datatracker
    client: Client
    rfc_editor: str
    now: datetime


class Gathered(Frozen):
    """The facts of one subject, by their key in a facts file, and what a person should look at."""

    facts: dict[str, Plain]
    human: tuple[str, ...] = ()


Gatherer = Callable[[Sources, Window], Gathered]


def area_group(tracker: Datatracker, acronym: str) -> Object:
    """The datatracker's entry of an area. Raises NoAnswer."""
    return _one_group(tracker, acronym, "area")


def states(tracker: Datatracker, kind: str) -> list[Object]:
    """The states that a charter, or a draft at the IESG, may be in. Raises NoAnswer."""
    found = tracker.objects("doc/state", {"type__in": "charter,draft-iesg"}, most=200)
    return [state for state in found if slug(state["type"]) == kind]


def team_group(tracker: Datatracker, acronym: str) -> Object:
    """The datatracker's entry of a review team. Raises NoAnswer."""
    return _one_group(tracker, acronym, "review")


def _one_group(tracker: Datatracker, acronym: str, kind: str) -> Object:
    filters = {"acronym": acronym, "type": kind}
    found = tracker.seen("group/group", **filters) or tracker.objects("group/group", filters, most=1)
    if not found:
        raise NoAnswer(f"the datatracker knows no group `{acronym}` of type {kind}")
    return found[0]


def area_groups(tracker: Datatracker, window: Window) -> dict[str, Object]:
    """The groups that the area has now, of every type and state, by URI. Raises NoAnswer."""
    uri = area_group(tracker, window.area)["resource_uri"]
    filters = {"parent__acronym": window.area}
    found = tracker.objects("group/group", filters, related=lambda group: bool(group["parent"] == uri), most=1000)
    if not found:
        raise NoAnswer(f"the datatracker knows no group of the area {window.area}")
    return {group["resource_uri"]: group for group in found}


def working_groups(tracker: Datatracker, groups: dict[str, Object]) -> dict[str, Object]:
    """Of some groups, the working groups that can be understood; a BoF is one too. Raises NoAnswer."""
    read = each(groups.values(), _kind_of, "groups", tracker.strange)
    return {group["resource_uri"]: group for kind, group in read if kind == "wg"}


def _kind_of(group: Object) -> tuple[str, Object]:
    moment(group["time"])
    if not all(isinstance(group[key], str) for key in ("acronym", "name", "state", "type")):
        raise ValueError("has no name, state or type")
    kind = slug(group["type"])
    if kind == "wg" and not is_acronym(group["acronym"]):
        raise ValueError(f"{group['acronym']!r} is no acronym")
    return kind, group


def area_roles(tracker: Datatracker, window: Window) -> list[Object]:
    """Who leads the area now, and who is to: `ad` and `pre-ad`. Raises NoAnswer."""
    area = area_group(tracker, window.area)["resource_uri"]
    filters = {"group__acronym": window.area, "name__in": "ad,pre-ad"}
    return tracker.objects("group/role", filters, related=lambda role: bool(role["group"] == area), most=20)


def people(tracker: Datatracker, uris: Iterable[str]) -> dict[str, Object]:
    """Persons by URI, less those who have no name; they are told. Raises NoAnswer."""
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
    """A group's acronym as a slide shows it."""
    return str(group["acronym"]).upper()
