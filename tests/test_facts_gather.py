"""The facts of meeting, groups, chairs and drafts, from a server with the shapes of the real ones."""

from __future__ import annotations

import json

import pytest
from facts_server import (
    Area,
    area_at,
    chairs_event,
    event,
    group,
    name,
    sample,
    state_event,
    uri,
)

area = pytest.fixture(area_at)


def test_the_changes_of_123_are_those_of_its_deck(area: Area) -> None:
    """What the samples say of IETF 123 is what the area's deck of then said."""
    facts, report = area.fetch()

    assert report.failed == {}
    assert facts["chair_changes"] == {
        "acme": {"departures": ["Tomofumi Okubo"], "additions": ["Mike Ounsworth"]},
        "hpke": {"additions": ["Martin Thomson", "Yaroslav Rosomakho"]},
    }
    assert facts["wg_changes"] == {
        "bofs": {"expat": "EXPAT"},
        "chartering": {},
        "new": {"hpke": "HPKE"},
        "closed": {},
        "rechartered": {"cose": "COSE", "lamps": "LAMPS"},
        "rechartering": {"lake": "LAKE"},
        "moved": {},
    }


def test_a_chair_who_left_and_came_back_is_no_change(area: Area) -> None:
    """Several edits count as the one they amount to, in the order of their time."""
    area.server.replace(
        "group/groupevent",
        chairs_event(3, 24, "2025-06-03T00:00:00Z", "Ann Lee, Cy Ode", "Bo Kim, Cy Ode"),
        chairs_event(1, 24, "2025-06-01T00:00:00Z", "Bo Kim", "Ann Lee, Bo Kim"),
        chairs_event(2, 24, "2025-06-02T00:00:00Z", "Bo Kim, Cy Ode", "Bo Kim"),
        chairs_event(4, 25, "2025-06-01T00:00:00Z", "Bo Kim", "Ann Lee, Bo Kim"),
        chairs_event(5, 25, "2025-06-09T00:00:00Z", "Ann Lee, Bo Kim", "Bo Kim"),
    )
    facts, _ = area.fetch(only=("chair-changes",))

    assert facts["chair_changes"] == {"cose": {"departures": ["Bo Kim"], "additions": ["Cy Ode"]}}


def test_a_comma_in_a_name_is_no_second_chair(area: Area) -> None:
    """`John Smith, Jr.` is one person."""
    edit = chairs_event(1, 24, "2025-06-01T00:00:00Z", "John Smith, Jr., Al Fa", "Al Fa")
    area.server.replace("group/groupevent", edit)
    facts, _ = area.fetch(only=("chair-changes",))

    assert facts["chair_changes"] == {"cose": {"additions": ["John Smith, Jr."]}}


@pytest.mark.parametrize(
    ("when", "counts"),
    [
        ("2025-03-20T23:59:59", False),
        ("2025-03-21T00:00:00", True),
        ("2025-03-20T23:00:00-08:00", True),
        ("2025-07-18T23:59:59Z", True),
        ("2025-07-19T00:00:00Z", False),
        ("2025-07-19T01:00:00+02:00", True),
    ],
)
def test_times_are_utc_with_or_without_saying_so(area: Area, when: str, counts: bool) -> None:
    """The window runs from the last day of the meeting before to the first of this one, whatever the notation."""
    area.server.replace("group/groupevent", chairs_event(1, 24, when, "Ann Lee", "Bo Kim"))
    area.server.deaf_to = set() if counts else {"time__gte", "time__lt"}
    facts, report = area.fetch(only=("chair-changes",))

    cose = {"cose": {"departures": ["Bo Kim"], "additions": ["Ann Lee"]}}
    assert facts.get("chair_changes") == (cose if counts else None)
    assert bool(report.failed) != counts


def test_states_collapse_to_what_became_of_a_group(area: Area) -> None:
    """A BoF that became a group is new; a group that closed is closed; what is left of an old BoF is nothing."""
    area.server.replace(
        "group/changestategroupevent",
        state_event(1, 22, "2025-05-01T00:00:00Z", "bof"),
        state_event(2, 22, "2025-05-09T00:00:00Z", "active"),
        state_event(3, 23, "2025-06-01T00:00:00Z", "conclude"),
        state_event(4, 54, "2025-04-01T00:00:00Z", "bof-conc"),
        state_event(5, 24, "2025-04-01T00:00:00Z", "bof"),
        state_event(6, 24, "2025-05-01T00:00:00Z", "bof-conc"),
        state_event(7, 25, "2025-04-01T00:00:00Z", "proposed"),
    )
    changes = area.fetch(only=("wg-changes",))[0]["wg_changes"]

    assert (changes["new"], changes["closed"], changes["bofs"]) == ({"ace": "ACE"}, {"acme": "ACME"}, {"cose": "COSE"})


def test_a_group_being_chartered_is_not_rechartering(area: Area) -> None:
    """With its charter at the IESG, a group that is none yet is in chartering."""
    lake = area.server.one("group/group", acronym="lake")
    lake["state"] = name("groupstatename", "proposed")
    changes = area.fetch(only=("wg-changes",))[0]["wg_changes"]

    assert (changes["chartering"], changes["rechartering"]) == ({"lake": "LAKE"}, {})


def test_a_first_charter_is_no_rechartering(area: Area) -> None:
    """A charter approved with revision 01 made the group."""
    area.server.one("doc/docevent", id=31)["rev"] = "01"

    assert area.fetch(only=("wg-changes",))[0]["wg_changes"]["rechartered"] == {"cose": "COSE"}


def test_groups_that_moved_between_areas_are_told(area: Area) -> None:
    """The searches file a group under today's area, so a move is told with where from or where to."""
    moved = "IETF Area changed to <b>{}</b> from {}"
    area.server.put(
        "group/group", group(80, "regext", "wg", 16), group(81, "dnssd", "wg", 14), group(82, "wit-only", "wg", 14)
    )
    area.server.put(
        "group/groupevent",
        event(
            80, 80, "2025-05-01T00:00:00Z", type="info_changed", desc=moved.format("Security Area", "ART &amp; more")
        ),
        event(81, 81, "2025-05-01T00:00:00Z", type="info_changed", desc=moved.format("Operations", "Security Area")),
        event(82, 82, "2025-05-01T00:00:00Z", type="info_changed", desc=moved.format("Operations", "Far Future")),
        event(83, 22, "2025-05-01T00:00:00Z", type="info_changed", desc=moved.format("Operations", "Security Area")),
        event(84, 22, "2025-05-02T00:00:00Z", type="info_changed", desc=moved.format("Security Area", "Operations")),
    )

    assert area.fetch(only=("wg-changes",))[0]["wg_changes"]["moved"] == {
        "dnssd": "DNSSD (to Operations)",
        "regext": r"REGEXT (from ART \& more)",
    }


def test_bofs_on_the_agenda_are_sorted_by_area(area: Area) -> None:
    """The agenda knows the BoFs of every area; whether one elsewhere is about security, a person must say."""
    agenda = sample("agenda_123")
    for acronym, parent in (("ours", "sec"), ("theirs", "wit")):
        bof = {"acronym": acronym, "name": "", "parent": parent, "state": "bof", "type": "wg"}
        agenda["123"].append({**agenda["123"][0], "is_bof": True, "group": bof})
    area.server.files["/meeting/123/agenda.json"] = json.dumps(agenda).encode()
    facts, report = area.fetch(only=("wg-changes",))

    assert facts["wg_changes"]["bofs"] == {"expat": "EXPAT", "ours": "OURS"}
    assert any("THEIRS (wit)" in line for line in report.human)


def test_the_session_is_in_local_time_with_its_materials(area: Area) -> None:
    """15:30 UTC is half past five in Madrid in July."""
    session = area.fetch(only=("session",))[0]["session"]

    assert (session["date"], session["start"], session["end"]) == ("2025-07-24", "17:30", "19:00")
    assert session["room"] == "Auditorium"
    assert session["materials"]["slides-123-saag-chair-slides"] == (
        f"{area.server.url}/meeting/123/materials/slides-123-saag-chair-slides-00"
    )


def test_a_canceled_session_is_none(area: Area) -> None:
    """Without a scheduled session, the fact is left out and a person is told."""
    agenda = sample("agenda_123")
    agenda["123"][0]["status"] = "canceled"
    area.server.files["/meeting/123/agenda.json"] = json.dumps(agenda).encode()
    facts, report = area.fetch(only=("session",))

    assert "session" not in facts
    assert report.failed == {}
    assert any("no session of saag yet" in line for line in report.human)


def test_a_meeting_without_an_agenda_has_no_session_yet(area: Area) -> None:
    """Months before the meeting that is no failure."""
    del area.server.files["/meeting/123/agenda.json"]

    assert area.fetch(only=("session", "wg-changes"))[1].failed == {}


def test_groups_have_chairs_and_a_director(area: Area) -> None:
    """Only active groups are listed, with the people of today."""
    area.server.put(
        "group/role",
        {
            "id": 900,
            "name": name("rolename", "ad"),
            "group": uri("group/group", 23),
            "person": uri("person/person", 39),
        },
    )
    area.server.one("group/group", acronym="uta")["state"] = name("groupstatename", "conclude")
    roles = area.server.models["group/role"]
    roles[:] = [role for role in roles if role["group"] != uri("group/group", 50)]
    facts, _ = area.fetch(only=("groups",))

    assert facts["working_groups"]["acme"] == {
        "name": "ACME WG",
        "chairs": ["Filler Person130", "Filler Person131"],
        "ad": "Deb Cooley",
    }
    assert len(facts["groups"]) == 29
    assert "uta" not in facts["groups"]


def test_directors_have_the_name_of_their_page(area: Area) -> None:
    """Titles and middle names are no part of a page's name."""
    area.server.one("person/person", id=39)["name"] = "Dr. Deb Middle Cooley, Jr."

    assert list(area.fetch(only=("directors",))[0]["directors"]) == ["deb.cooley", "paul.wouters"]


def test_sponsored_drafts_have_their_state_in_words(area: Area) -> None:
    """An active draft of no group with one of the directors."""
    facts, _ = area.fetch(only=("sponsored-drafts",))

    assert facts["sponsored_drafts"] == {
        "draft-tulshibagwale-saag-pushpull-delivery": {"ad": "Deb Cooley", "status": "Publication Requested"}
    }


def test_related_groups_that_closed_are_told(area: Area) -> None:
    """The groups picked for the last meeting are kept, if they are still active."""
    (area.root / "meetings" / "122.yaml").write_text("related_groups: {quic: QUIC, dprive: DPRIVE, gone: GONE}\n")
    area.server.put("group/group", group(90, "quic", "wg", 14), group(91, "dprive", "wg", 14, "conclude"))
    facts, report = area.fetch(only=("related-groups",))

    assert facts["related_groups"] == {"quic": "QUIC"}
    assert facts["related_states"] == {"dprive": "concluded", "gone": "not known", "quic": "active"}
    assert "related_groups: no longer active: dprive (concluded), gone (not known)" in report.human


def test_what_a_person_picked_is_not_picked_again(area: Area) -> None:
    """Where the meeting's own file names related groups, only their states are fetched."""
    (area.root / "meetings" / "123.yaml").write_text("related_groups: {quic: QUIC}\n")
    area.server.put("group/group", group(90, "quic", "wg", 14))
    facts, _ = area.fetch(only=("related-groups",))

    assert facts["related_states"] == {"quic": "active"}
    assert "related_groups" not in facts
