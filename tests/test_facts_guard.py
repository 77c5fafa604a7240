"""No wrong fact in silence: filters that the server ignores, and answers of another shape."""

from __future__ import annotations

import json

import pytest
from facts_server import (
    Area,
    Reply,
    Server,
    area_at,
    chairs_event,
    event,
    group,
    name,
    person,
    review,
    state_event,
    uri,
)

area = pytest.fixture(area_at)


def elsewhere(server: Server) -> None:
    """Of every model, what no filter that is asked lets through."""
    server.put(
        "group/group", group(70, "genart", "review", 14), group(85, "httpbis", "wg", 14), group(86, "sec2", "area", 1)
    )
    server.one("group/group", acronym="httpbis")["charter"] = uri("doc/document", "charter-ietf-httpbis")
    server.one("group/group", acronym="tls")["charter"] = uri("doc/document", "charter-ietf-tls")
    draft = server.one("doc/document", type=name("doctypename", "draft"))
    other = {
        "ad": uri("person/person", 500),
        "stream": name("streamname", "ise"),
        "group": uri("group/group", 22),
        "states": [uri("doc/state", 2)],
    }
    variants = [{**draft, "resource_uri": None, "name": f"draft-x-{key}", key: value} for key, value in other.items()]
    server.put("doc/document", *({k: v for k, v in one.items() if v is not None} for one in variants))
    server.put(
        "doc/document",
        {"name": "charter-ietf-httpbis", "type": name("doctypename", "charter"), "states": [uri("doc/state", 86)]},
        {"name": "charter-ietf-tls", "type": name("doctypename", "charter"), "states": [uri("doc/state", 88)]},
        {"name": "rfc4999", "type": name("doctypename", "rfc"), "group": uri("group/group", 85)},
    )
    server.put(
        "group/role",
        *(
            {
                "id": 800 + i,
                "name": name("rolename", role),
                "group": uri("group/group", of),
                "person": uri("person/person", 500),
            }
            for i, (role, of) in enumerate(
                (("chair", 85), ("secr", 22), ("ad", 85), ("secr", 16), ("ad", 14), ("chair", 54))
            )
        ),
    )
    server.put(
        "group/changestategroupevent",
        *(
            state_event(i, *one)
            for i, one in enumerate(
                (
                    (85, "2025-05-01T00:00:00Z", "active"),
                    (22, "2019-05-01T00:00:00Z", "conclude"),
                    (23, "2025-10-01T00:00:00Z", "conclude"),
                ),
                800,
            )
        ),
    )
    server.put(
        "group/groupevent",
        *(
            chairs_event(i, *one, "Ann Lee", "Bo Kim")
            for i, one in enumerate(
                (
                    (85, "2025-05-01T00:00:00Z"),
                    (22, "2019-05-01T00:00:00Z"),
                    (24, "2025-10-01T00:00:00Z"),
                ),
                800,
            )
        ),
    )
    server.put("group/groupevent", event(810, 24, "2025-05-01T00:00:00Z", type="added_comment", desc="Chairs changed"))
    server.put(
        "doc/docevent",
        *(
            {"id": 800 + i, "doc": uri("doc/document", doc), "time": when, "type": kind, "rev": "03"}
            for i, (doc, when, kind) in enumerate(
                (
                    ("draft-x-ad", "2025-05-01T00:00:00Z", "iesg_approved"),
                    ("charter-ietf-tls", "2019-05-01T00:00:00Z", "iesg_approved"),
                    ("charter-ietf-tls", "2025-05-01T00:00:00Z", "changed_document"),
                    ("charter-ietf-ace", "2025-10-01T00:00:00Z", "iesg_approved"),
                )
            )
        ),
    )
    for id, team, when in (
        (801, 70, "2025-05-01T00:00:00Z"),
        (802, 69, "2019-05-01T00:00:00Z"),
        (803, 69, "2025-10-01T00:00:00Z"),
    ):
        review(server, id, when, when, "2025-05-10")
        server.one("review/reviewrequest", id=id)["team"] = uri("group/group", team)
    server.put(
        "meeting/meeting",
        {
            **server.one("meeting/meeting", number="123"),
            "id": 990,
            "number": "interim-2025-x-01",
            "type": name("meetingtypename", "interim"),
            "resource_uri": "/x/",
        },
    )
    server.put("person/person", person(990, "Nobody Asked"))
    server.put("person/email", {"address": "nobody@example.org", "person": uri("person/person", 990)})


FILTERS = (
    "acronym",
    "acronym__in",
    "ad__name",
    "address__in",
    "charter__states__slug__in",
    "completed_on__gte",
    "completed_on__lt",
    "assigned_on__gte",
    "assigned_on__lt",
    "desc__contains",
    "doc__type",
    "group__acronym",
    "group__parent__acronym",
    "group__state",
    "group__type",
    "id__in",
    "name",
    "name__in",
    "number__in",
    "parent__acronym",
    "review_request__team__acronym",
    "states",
    "stream",
    "time__gte",
    "time__lt",
    "type",
)


@pytest.mark.parametrize("ignored", FILTERS)
def test_an_ignored_filter_makes_no_wrong_fact(area: Area, ignored: str) -> None:
    """Where the server ignores a filter, a part is right all the same or it fails; none is wrong in silence."""
    elsewhere(area.server)
    (area.root / "meetings" / "122.yaml").write_text("related_groups: {httpbis: HTTPBIS}\n")
    right, report = area.fetch()
    assert report.failed == {}
    report.path.unlink()
    area.server.deaf_to = {ignored}
    facts, report = area.fetch()

    assert {k: v for k, v in facts.items() if k != "fetched" and v != right[k]} == {}
    assert ignored in ("charter__states__slug__in", "group__state") or report.failed


def test_a_deaf_server_makes_no_fact_at_all(area: Area) -> None:
    """A server that answers everything to everything is refused by each part that filters."""
    elsewhere(area.server)
    right, report = area.fetch()
    report.path.unlink()
    area.server.deaf = True
    facts, report = area.fetch()

    assert set(facts) - {"fetched"} <= {"documents", "lists"}
    assert facts["documents"] == right["documents"]


@pytest.mark.parametrize("shape", [b"[]", b"{}", b"null", b"7", b'"text"', b'{"123": null}', b'{"123": [7]}'])
def test_an_agenda_of_another_shape_is_a_failure(area: Area, shape: bytes) -> None:
    """What cannot be understood is said to be so, and no traceback."""
    area.server.files["/meeting/123/agenda.json"] = shape

    assert list(area.fetch(only=("session",))[1].failed) == ["session"]


def test_broken_objects_are_failures(area: Area) -> None:
    """Objects that lack everything but their address make no fact and no traceback."""
    for model, objects in area.server.models.items():
        area.server.always[f"/api/v1/{model}/"] = Reply(
            body=json.dumps(
                {
                    "meta": {"next": None, "total_count": 1},
                    "objects": [{"resource_uri": objects[0]["resource_uri"]}],
                }
            ).encode()
        )
    area.server.files["/errata.json"] = b'[{"errata_id": "x"}]'
    _, report = area.fetch()

    assert set(report.failed) == {
        "meeting",
        "session",
        "directors",
        "groups",
        "wg-changes",
        "chair-changes",
        "sponsored-drafts",
        "reviews",
        "errata",
        "new-lists",
    }
