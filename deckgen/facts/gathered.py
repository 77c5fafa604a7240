"""Facts as plain data × remarks -> Gathered: what one subject yields; and what several subjects look up."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from deckgen.base import Frozen
from deckgen.facts.asking import NoAnswer
from deckgen.facts.client import Client
from deckgen.facts.datatracker import Datatracker, Object, slug
from deckgen.facts.window import Window
from deckgen.facts.words import neutral
from deckgen.source import Plain


class Sources(Frozen):
    """The servers of one run. The RFC Editor's has files only, so the client is enough for it."""

    tracker: Datatracker
    client: Client
    rfc_editor: str


class Gathered(Frozen):
    """The facts of one subject, by their key in a facts file, and what a person should look at."""

    facts: dict[str, Plain]
    human: tuple[str, ...] = ()


Gatherer = Callable[[Sources, Window], Gathered]


def area_group(tracker: Datatracker, acronym: str) -> Object:
    """The datatracker's entry of an area. Raises NoAnswer."""
    return _one_group(tracker, acronym, "area")


def team_group(tracker: Datatracker, acronym: str) -> Object:
    """The datatracker's entry of a review team. Raises NoAnswer."""
    return _one_group(tracker, acronym, "review")


def _one_group(tracker: Datatracker, acronym: str, kind: str) -> Object:
    found = tracker.objects("group/group", {"acronym": acronym, "type": kind}, most=1)
    if not found:
        raise NoAnswer(f"the datatracker knows no group `{acronym}` of type {kind}")
    return found[0]


def area_groups(tracker: Datatracker, window: Window) -> dict[str, Object]:
    """The groups that the area has or had, of every type and state, by URI. Raises NoAnswer."""
    uri = area_group(tracker, window.area)["resource_uri"]
    filters = {"parent__acronym": window.area}
    found = tracker.objects("group/group", filters, related=lambda group: bool(group["parent"] == uri), most=1000)
    return {group["resource_uri"]: group for group in found}


def working_groups(tracker: Datatracker, window: Window) -> dict[str, Object]:
    """Of these, the working groups; a BoF is one too. Raises NoAnswer."""
    return {uri: group for uri, group in area_groups(tracker, window).items() if slug(group["type"]) == "wg"}


def area_directors(tracker: Datatracker, window: Window) -> dict[str, Object]:
    """The area directors, by the URI of the person. Raises NoAnswer."""
    area = area_group(tracker, window.area)["resource_uri"]
    filters = {"group__acronym": window.area, "name": "ad"}
    roles = tracker.objects("group/role", filters, related=lambda role: bool(role["group"] == area), most=10)
    if not roles:
        raise NoAnswer(f"the datatracker knows no director of the area {window.area}")
    return people(tracker, (role["person"] for role in roles))


def people(tracker: Datatracker, uris: Iterable[str]) -> dict[str, Object]:
    """Persons by URI. Raises NoAnswer."""
    found = tracker.look_up("person/person", "id", {slug(uri) for uri in uris})
    return {one["resource_uri"]: one for one in found.values()}


def name_of(person: Object) -> str:
    """A person's name as a slide shows it."""
    return neutral(person["name"], 80)


def label_of(group: Object) -> str:
    """A group's acronym as a slide shows it."""
    return str(group["acronym"]).upper()
