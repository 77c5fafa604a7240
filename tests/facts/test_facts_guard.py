"""No wrong fact in silence: filters that the server ignores, and answers of another shape."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from support.facts_server import Area, Reply, area_at

area = pytest.fixture(area_at)

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
    "desc__contains",
    "doc__type",
    "group__acronym",
    "group__group__id__in",
    "group__id__in",
    "group__parent__acronym",
    "group__state",
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
)


def without_sources(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts less where they are from."""
    return {key: value for key, value in facts.items() if key != "fetched"}


def test_these_are_all_filters_of_a_fetch(area: Area) -> None:
    """A filter that is asked for and not tried below would be one that nobody watches."""
    area.fetch()
    asked = {key for target in area.server.asked for key, _ in parse_qsl(urlsplit(target).query)}

    assert asked - {"format", "limit", "offset"} == set(FILTERS)


@pytest.mark.parametrize("ignored", FILTERS)
def test_an_ignored_filter_makes_no_wrong_fact(area: Area, ignored: str) -> None:
    """Where the server ignores a filter, a part is right all the same or it fails; none is wrong in silence."""
    right, report = area.fetch()
    assert report.failed == {}
    report.path.unlink()
    area.server.deaf_to = {ignored}
    facts, _ = area.fetch()

    assert {key: value for key, value in without_sources(facts).items() if value != right[key]} == {}


def test_a_deaf_server_makes_no_fact_at_all(area: Area) -> None:
    """A server that answers everything to everything is refused by each part that filters."""
    right, report = area.fetch()
    report.path.unlink()
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
    ("review/reviewassignment", {"id": 1}, "result"),
    ("review/reviewrequest", {"id": 60}, "deadline"),
    ("person/person", {"name": "Eyal Dor"}, "name"),
    ("mailinglists/nonwgmailinglist", {"name": "pqc"}, "description"),
]


@pytest.mark.parametrize(("model", "which", "key"), BROKEN)
@pytest.mark.parametrize("strange", [False, True])
def test_a_broken_entry_costs_that_entry_alone(
    area: Area, model: str, which: dict[str, Any], key: str, strange: bool
) -> None:
    """A missing or strange key of one object loses no fact, and the groups that it is not about stay as they are."""
    right, report = area.fetch()
    report.path.unlink()
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
