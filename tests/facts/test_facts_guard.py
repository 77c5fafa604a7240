"""No wrong fact in silence: filters that the server ignores, and answers of another shape."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from support.facts_server import Area, Reply, area_fetched, fetched_once

once = pytest.fixture(fetched_once, scope="module")
area = pytest.fixture(area_fetched)

FILTERS = (
    "acronym",
    "acronym__in",
    "ad__in",
    "address__in",
    "assigned_on__gte",
    "assigned_on__lt",
    "charter__states__slug__in",
    "charter__states__type",
    "completed_on__gte",
    "completed_on__lt",
    "doc__type",
    "group__acronym",
    "group__group__id__in",
    "group__id__in",
    "group__parent__acronym",
    "group__state",
    "group__time__gte",
    "group__type",
    "id__in",
    "name",
    "name__in",
    "number__in",
    "parent__acronym",
    "review_request__team__acronym__in",
    "states",
    "time__gte",
    "time__lt",
    "type",
    "type__in",
)


def without_sources(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts less where they are from."""
    return {key: value for key, value in facts.items() if key != "fetched"}


def test_these_are_all_filters_of_a_fetch(area: Area) -> None:
    """A filter that is asked for and not tried below would be one that nobody watches."""
    area.fetch()
    asked = {key for target in area.server.asked for key, _ in parse_qsl(urlsplit(target).query)}

    assert asked - {"format", "limit", "offset"} == set(FILTERS)


@pytest.mark.sweep(8)
@pytest.mark.parametrize("ignored", FILTERS)
def test_an_ignored_filter_makes_no_wrong_fact(area: Area, ignored: str) -> None:
    """Where the server ignores a filter, a part is right all the same or it fails; none is wrong in silence."""
    right = area.forget()
    area.server.deaf_to = {ignored}
    facts, _ = area.fetch()

    assert {key: value for key, value in without_sources(facts).items() if value != right[key]} == {}


def test_a_deaf_server_makes_no_fact_at_all(area: Area) -> None:
    """A server that answers everything to everything is refused by each part that filters."""
    right = area.forget()
    area.server.deaf = True
    facts, _ = area.fetch()

    assert set(without_sources(facts)) <= {"documents", "lists", "errata", "errata_snapshot", "session"}
    assert facts["documents"] == right["documents"]


@pytest.mark.parametrize("shape", [b"[]", b"{}", b"null", b"7", b'"text"', b'{"125": null}', b'{"125": [7]}'])
def test_an_agenda_of_another_shape_is_a_failure(area: Area, shape: bytes) -> None:
    """What cannot be understood is said to be so, and no traceback."""
    area.server.world.files["/meeting/125/agenda.json"] = shape

    assert list(area.fetch(only=("session",))[1].failed) == ["session"]


def test_broken_objects_are_failures(area: Area) -> None:
    """Objects that lack everything but their address make no fact and no traceback."""
    for model, objects in area.server.world.objects.items():
        page = {"meta": {"next": None, "total_count": 1}, "objects": [{"resource_uri": objects[0]["resource_uri"]}]}
        area.server.always[f"/api/v1/{model}/"] = Reply(body=json.dumps(page).encode())
    area.server.world.files["/errata.json"] = b'[{"errata_id": "x"}]'
    _, report = area.fetch()

    assert set(report.failed) == {
        "meeting",
        "session",
        "directors",
        "groups",
        "wg-changes",
        "chair-changes",
        "sponsored-drafts",
        "related-groups",
        "reviews",
        "errata",
        "new-lists",
    }


FAULTS = {
    "500": Reply(500),
    "502": Reply(502, b"<html>Bad gateway</html>"),
    "429, and a second": Reply(429, headers={"Retry-After": "1"}),
    "429, and an hour": Reply(429, headers={"Retry-After": "3600"}),
    "HTML": Reply(body=b"<!DOCTYPE html><title>Down for maintenance</title>"),
    "cut": Reply(body=b'{"meta": {', cut=True),
    "a login": Reply(302, headers={"Location": "/accounts/login/?next=/"}),
    "404": Reply(404, b"<!DOCTYPE html><title>Not found</title>"),
}


ADDRESSES = ("/api/v1/group/group/", "/api/v1/person/person/", "/meeting/124/agenda.json", "/errata.json")
# While there is no agenda yet, 404 is the answer.
FAULTY = [(fault, path) for fault in FAULTS for path in ADDRESSES if (fault, path) != ("404", ADDRESSES[2])]


@pytest.mark.sweep(5)
@pytest.mark.parametrize(("fault", "path"), FAULTY)
def test_what_cannot_be_had_stays_as_it_was(area: Area, fault: str, path: str) -> None:
    """Whatever is wrong with an address, each fact is right or fails with a reason, and the old facts stay."""
    right = area.facts()
    area.server.always[path] = FAULTS[fault]
    facts, report = area.fetch()

    assert report.failed
    assert {key: value for key, value in without_sources(facts).items() if value != right[key]} == {}
    assert set(facts) == set(right)


def test_a_page_that_cannot_be_had_is_no_end(area: Area) -> None:
    """The second page of a list is 404, as where a row is broken: the part fails, and half a list is no fact."""
    area.forget()
    area.server.page_size = 3
    second = area.server.answer("/api/v1/mailinglists/nonwgmailinglist/?format=json&limit=200")[1]
    area.server.planned["/api/v1/mailinglists/nonwgmailinglist/"] = [Reply(body=second), Reply(404)]
    facts, report = area.fetch(only=("new-lists",))

    assert "lists" not in facts
    assert report.failed["new-lists"].startswith("mailinglists/nonwgmailinglist, page 2: HTTP 404")


BROKEN = [
    ("group/group", {"acronym": "quic"}, "parent"),
    ("group/group", {"acronym": "acme"}, "name"),
    ("group/group", {"acronym": "acme"}, "time"),
    ("group/groupevent", {"id": 87}, "desc"),
    ("group/groupevent", {"id": 87}, "time"),
    ("group/changestategroupevent", {"id": 91}, "state"),
    ("group/grouphistory", {"id": 22}, "state"),
    ("group/rolehistory", {"id": 1}, "person"),
    ("group/role", {"id": 12}, "person"),
    ("doc/docevent", {"id": 207}, "rev"),
    ("review/reviewassignment", {"id": 100}, "result"),
    ("review/reviewassignment", {"id": 100}, "reviewer"),
    ("review/reviewrequest", {"id": 60}, "deadline"),
    ("person/person", {"name": "Eyal Dor"}, "name"),
    ("mailinglists/nonwgmailinglist", {"name": "pqc"}, "description"),
]


@pytest.mark.sweep(8)
@pytest.mark.parametrize(("model", "which", "key"), BROKEN)
@pytest.mark.parametrize("strange", [False, True])
def test_a_broken_entry_costs_that_entry_alone(
    area: Area, model: str, which: dict[str, Any], key: str, strange: bool
) -> None:
    """A missing or strange key of one object loses no fact, and the groups that it is not about stay as they are."""
    right = area.forget()
    one = dict(area.server.one(model, **which))
    shape = {"of": "another shape"} if strange else None
    garbled = {**one, key: shape} if shape else {k: v for k, v in one.items() if k != key}
    area.server.garbled = {one["resource_uri"]: garbled}
    facts, report = area.fetch()

    assert report.failed == {}
    assert set(facts) == set(right)
    changes = facts["wg_changes"]
    assert changes["moved"] == right["wg_changes"]["moved"]
    assert set(right["chair_changes"]) - set(facts["chair_changes"]) <= {"acme"}
    assert set(right["groups"]) - set(facts["groups"]) <= {"acme"}
