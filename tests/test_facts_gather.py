"""Each subject's facts, from a server with the shapes of the real ones and what real life adds to them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from facts_server import Object, Reply, Server, errata, folder, group, name, person, sample, sample_lists, serving, uri

from deckgen.facts import FetchReport, Manners, fetch
from deckgen.source import plain, read

Fetched = tuple[dict[str, Any], FetchReport]


@pytest.fixture
def server() -> Iterator[Server]:
    """A datatracker on loopback."""
    with serving() as server:
        yield server


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder in which nothing is known of IETF 123 by hand."""
    return folder(tmp_path / "area", own="{}\n")


@pytest.fixture
def fetched(server: Server, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Fetched]:
    """Fetches, and gives the facts in the file and the report."""
    monkeypatch.setenv("DECKGEN_DATATRACKER_URL", server.url)
    monkeypatch.setenv("DECKGEN_RFC_EDITOR_URL", server.url)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def run(number: int = 123, **options: Any) -> Fetched:
        report = fetch(root, number, manners=Manners(sleep=lambda _: None), **options)
        return facts_in(report.path), report

    return run


def facts_in(path: Path) -> dict[str, Any]:
    """What a facts file says; nothing, if there is none."""
    facts = plain(read(path, path.name)) if path.exists() else {}
    assert isinstance(facts, dict)
    return facts


def event(id: int, of: int, when: str, **values: Any) -> Object:
    """An event of a group."""
    return {"id": id, "group": uri("group/group", of), "time": when, **values}


def state_event(id: int, of: int, when: str, state: str) -> Object:
    """A change of a group's state."""
    return event(id, of, when, state=name("groupstatename", state), desc="", type="changed_state")


def chairs_event(id: int, of: int, when: str, now: str, before: str) -> Object:
    """A change of a group's chairs."""
    return event(id, of, when, type="info_changed", desc=f"Chairs changed to <b>{now}</b> from {before}")


def test_the_changes_of_123_are_those_of_its_deck(fetched: Callable[..., Fetched]) -> None:
    """What the samples say of IETF 123 is what the area's deck of then said."""
    facts, report = fetched()

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


def test_a_chair_who_left_and_came_back_is_no_change(server: Server, fetched: Callable[..., Fetched]) -> None:
    """Several edits count as the one they amount to, in the order of their time."""
    server.replace(
        "group/groupevent",
        chairs_event(3, 24, "2025-06-03T00:00:00Z", "Ann Lee, Cy Ode", "Bo Kim, Cy Ode"),
        chairs_event(1, 24, "2025-06-01T00:00:00Z", "Bo Kim", "Ann Lee, Bo Kim"),
        chairs_event(2, 24, "2025-06-02T00:00:00Z", "Bo Kim, Cy Ode", "Bo Kim"),
        chairs_event(4, 25, "2025-06-01T00:00:00Z", "Bo Kim", "Ann Lee, Bo Kim"),
        chairs_event(5, 25, "2025-06-09T00:00:00Z", "Ann Lee, Bo Kim", "Bo Kim"),
    )
    facts, _ = fetched(only=("chair-changes",))

    assert facts["chair_changes"] == {"cose": {"departures": ["Bo Kim"], "additions": ["Cy Ode"]}}


def test_a_comma_in_a_name_is_no_second_chair(server: Server, fetched: Callable[..., Fetched]) -> None:
    """`John Smith, Jr.` is one person."""
    server.replace("group/groupevent", chairs_event(1, 24, "2025-06-01T00:00:00Z", "John Smith, Jr., Al Fa", "Al Fa"))
    facts, _ = fetched(only=("chair-changes",))

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
def test_times_are_utc_with_or_without_saying_so(
    server: Server, fetched: Callable[..., Fetched], when: str, counts: bool
) -> None:
    """The window runs from the last day of the meeting before to the first of this one, whatever the notation."""
    server.replace("group/groupevent", chairs_event(1, 24, when, "Ann Lee", "Bo Kim"))
    server.deaf_to = set() if counts else {"time__gte", "time__lt"}
    facts, report = fetched(only=("chair-changes",))

    cose = {"cose": {"departures": ["Bo Kim"], "additions": ["Ann Lee"]}}
    assert facts.get("chair_changes") == (cose if counts else None)
    assert bool(report.failed) != counts


def test_states_collapse_to_what_became_of_a_group(server: Server, fetched: Callable[..., Fetched]) -> None:
    """A BoF that became a group is new; a group that closed is closed; what is left of an old BoF is nothing."""
    server.replace(
        "group/changestategroupevent",
        state_event(1, 22, "2025-05-01T00:00:00Z", "bof"),
        state_event(2, 22, "2025-05-09T00:00:00Z", "active"),
        state_event(3, 23, "2025-06-01T00:00:00Z", "conclude"),
        state_event(4, 54, "2025-04-01T00:00:00Z", "bof-conc"),
        state_event(5, 24, "2025-04-01T00:00:00Z", "bof"),
        state_event(6, 24, "2025-05-01T00:00:00Z", "bof-conc"),
        state_event(7, 25, "2025-04-01T00:00:00Z", "proposed"),
    )
    changes = fetched(only=("wg-changes",))[0]["wg_changes"]

    assert (changes["new"], changes["closed"], changes["bofs"]) == ({"ace": "ACE"}, {"acme": "ACME"}, {"cose": "COSE"})


def test_a_group_being_chartered_is_not_rechartering(server: Server, fetched: Callable[..., Fetched]) -> None:
    """With its charter at the IESG, a group that is none yet is in chartering."""
    lake = server.one("group/group", acronym="lake")
    lake["state"] = name("groupstatename", "proposed")
    changes = fetched(only=("wg-changes",))[0]["wg_changes"]

    assert (changes["chartering"], changes["rechartering"]) == ({"lake": "LAKE"}, {})


def test_a_first_charter_is_no_rechartering(server: Server, fetched: Callable[..., Fetched]) -> None:
    """A charter approved with revision 01 made the group."""
    server.one("doc/docevent", id=31)["rev"] = "01"

    assert fetched(only=("wg-changes",))[0]["wg_changes"]["rechartered"] == {"cose": "COSE"}


def test_groups_that_moved_between_areas_are_told(server: Server, fetched: Callable[..., Fetched]) -> None:
    """The searches file a group under today's area, so a move is told with where from or where to."""
    moved = "IETF Area changed to <b>{}</b> from {}"
    server.put(
        "group/group", group(80, "regext", "wg", 16), group(81, "dnssd", "wg", 14), group(82, "wit-only", "wg", 14)
    )
    server.put(
        "group/groupevent",
        event(
            80, 80, "2025-05-01T00:00:00Z", type="info_changed", desc=moved.format("Security Area", "ART &amp; more")
        ),
        event(81, 81, "2025-05-01T00:00:00Z", type="info_changed", desc=moved.format("Operations", "Security Area")),
        event(82, 82, "2025-05-01T00:00:00Z", type="info_changed", desc=moved.format("Operations", "Far Future")),
        event(83, 22, "2025-05-01T00:00:00Z", type="info_changed", desc=moved.format("Operations", "Security Area")),
        event(84, 22, "2025-05-02T00:00:00Z", type="info_changed", desc=moved.format("Security Area", "Operations")),
    )

    assert fetched(only=("wg-changes",))[0]["wg_changes"]["moved"] == {
        "dnssd": "DNSSD (to Operations)",
        "regext": r"REGEXT (from ART \& more)",
    }


def test_bofs_on_the_agenda_are_sorted_by_area(server: Server, fetched: Callable[..., Fetched]) -> None:
    """The agenda knows the BoFs of every area; whether one elsewhere is about security, a person must say."""
    agenda = sample("agenda_123")
    for acronym, parent in (("ours", "sec"), ("theirs", "wit")):
        bof = {"acronym": acronym, "name": "", "parent": parent, "state": "bof", "type": "wg"}
        agenda["123"].append({**agenda["123"][0], "is_bof": True, "group": bof})
    server.files["/meeting/123/agenda.json"] = json.dumps(agenda).encode()
    facts, report = fetched(only=("wg-changes",))

    assert facts["wg_changes"]["bofs"] == {"expat": "EXPAT", "ours": "OURS"}
    assert any("THEIRS (wit)" in line for line in report.human)


def test_the_session_is_in_local_time_with_its_materials(server: Server, fetched: Callable[..., Fetched]) -> None:
    """15:30 UTC is half past five in Madrid in July."""
    session = fetched(only=("session",))[0]["session"]

    assert (session["date"], session["start"], session["end"]) == ("2025-07-24", "17:30", "19:00")
    assert session["room"] == "Auditorium"
    assert session["materials"]["slides-123-saag-chair-slides"] == (
        f"{server.url}/meeting/123/materials/slides-123-saag-chair-slides-00"
    )


def test_a_canceled_session_is_none(server: Server, fetched: Callable[..., Fetched]) -> None:
    """Without a scheduled session, the fact is left out and a person is told."""
    agenda = sample("agenda_123")
    agenda["123"][0]["status"] = "canceled"
    server.files["/meeting/123/agenda.json"] = json.dumps(agenda).encode()
    facts, report = fetched(only=("session",))

    assert "session" not in facts
    assert report.failed == {}
    assert any("no session of saag yet" in line for line in report.human)


def test_a_meeting_without_an_agenda_has_no_session_yet(server: Server, fetched: Callable[..., Fetched]) -> None:
    """Months before the meeting that is no failure."""
    del server.files["/meeting/123/agenda.json"]

    assert fetched(only=("session", "wg-changes"))[1].failed == {}


def test_groups_have_chairs_and_a_director(server: Server, fetched: Callable[..., Fetched]) -> None:
    """Only active groups are listed, with the people of today."""
    server.put(
        "group/role",
        {
            "id": 900,
            "name": name("rolename", "ad"),
            "group": uri("group/group", 23),
            "person": uri("person/person", 39),
        },
    )
    server.one("group/group", acronym="uta")["state"] = name("groupstatename", "conclude")
    server.models["group/role"] = [r for r in server.models["group/role"] if r["group"] != uri("group/group", 50)]
    facts, _ = fetched(only=("groups",))

    assert facts["working_groups"]["acme"] == {
        "name": "ACME WG",
        "chairs": ["Filler Person130", "Filler Person131"],
        "ad": "Deb Cooley",
    }
    assert len(facts["groups"]) == 29
    assert "uta" not in facts["groups"]


def test_directors_have_the_name_of_their_page(server: Server, fetched: Callable[..., Fetched]) -> None:
    """Titles and middle names are no part of a page's name."""
    server.one("person/person", id=39)["name"] = "Dr. Deb Middle Cooley, Jr."

    assert list(fetched(only=("directors",))[0]["directors"]) == ["deb.cooley", "paul.wouters"]


def test_sponsored_drafts_have_their_state_in_words(fetched: Callable[..., Fetched]) -> None:
    """An active draft of no group with one of the directors."""
    facts, _ = fetched(only=("sponsored-drafts",))

    assert facts["sponsored_drafts"] == {
        "draft-tulshibagwale-saag-pushpull-delivery": {"ad": "Deb Cooley", "status": "Publication Requested"}
    }


def test_related_groups_that_closed_are_told(server: Server, root: Path, fetched: Callable[..., Fetched]) -> None:
    """The groups picked for the last meeting are kept, if they are still active."""
    (root / "meetings" / "122.yaml").write_text("related_groups: {quic: QUIC, dprive: DPRIVE, gone: GONE}\n")
    server.put("group/group", group(90, "quic", "wg", 14), group(91, "dprive", "wg", 14, "conclude"))
    facts, report = fetched(only=("related-groups",))

    assert facts["related_groups"] == {"quic": "QUIC"}
    assert facts["related_states"] == {"dprive": "concluded", "gone": "not known", "quic": "active"}
    assert "related_groups: no longer active: dprive (concluded), gone (not known)" in report.human


def test_what_a_person_picked_is_not_picked_again(server: Server, root: Path, fetched: Callable[..., Fetched]) -> None:
    """Where the meeting's own file names related groups, only their states are fetched."""
    (root / "meetings" / "123.yaml").write_text("related_groups: {quic: QUIC}\n")
    server.put("group/group", group(90, "quic", "wg", 14))
    facts, _ = fetched(only=("related-groups",))

    assert facts["related_states"] == {"quic": "active"}
    assert "related_groups" not in facts


def test_documents_are_those_of_the_area(fetched: Callable[..., Fetched]) -> None:
    """The row of the area, and those of its groups."""
    assert fetched(only=("documents",))[0]["documents"] == {
        "documents": 285,
        "pages": 9554,
        "groups": {"acme": {"documents": 20, "pages": 400}, "tls": {"documents": 30, "pages": 900}},
    }


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"{}",
        b'[{"id": "art", "docs": 1, "pages": 1}]',
        b'[{"id": "sec", "docs": null, "pages": 1}]',
        b'[{"id": "sec"}]',
        b"[7]",
    ],
)
def test_statistics_of_another_shape_are_no_fact(server: Server, fetched: Callable[..., Fetched], body: bytes) -> None:
    """Without the area's numbers there is no guess."""
    server.files["/group/groupstats.json"] = body
    facts, report = fetched(only=("documents",))

    assert "documents" not in facts
    assert list(report.failed) == ["documents"]


def review(
    server: Server, id: int, assigned: str, completed: str | None, deadline: str, state: str = "completed"
) -> None:
    """A review, its request with it."""
    server.put(
        "review/reviewrequest",
        {
            "id": id,
            "team": uri("group/group", 69),
            "deadline": deadline,
            "type": name("reviewtypename", "lc"),
            "time": assigned,
        },
    )
    server.put(
        "review/reviewassignment",
        {
            "id": id,
            "assigned_on": assigned,
            "completed_on": completed,
            "review_request": uri("review/reviewrequest", id),
            "result": name("reviewresultname", "ready") if completed else None,
            "state": name("reviewassignmentstatename", state),
            "reviewer": uri("person/email", "ling.tian-zhong_130@brown.com"),
        },
    )


def test_reviews_are_on_time_until_the_day_of_the_deadline(server: Server, fetched: Callable[..., Fetched]) -> None:
    """Assigned and completed are counted by their own days; a rejected review is not completed."""
    server.models["review/reviewassignment"].clear()
    review(server, 101, "2025-05-01T00:00:00Z", "2025-05-10T23:59:00Z", "2025-05-10")
    review(server, 102, "2025-05-01T00:00:00Z", "2025-05-11T00:00:00Z", "2025-05-10")
    review(server, 103, "2025-01-01T00:00:00Z", "2025-05-01T00:00:00Z", "2025-05-10")
    review(server, 104, "2025-05-01T00:00:00Z", "2025-08-01T00:00:00Z", "2025-08-10")
    review(server, 105, "2025-05-01T00:00:00Z", "2025-05-02T00:00:00Z", "2025-05-10", "rejected")
    review(server, 106, "2025-05-01T00:00:00Z", None, "2025-05-10", "accepted")
    reviews = fetched(only=("reviews",))[0]["reviews"]

    assert (reviews["assigned"], reviews["completed"], reviews["on_time"]) == (5, 3, 2)
    assert (reviews["results"], reviews["types"]) == ({"Ready": 3}, {"Last Call": 3})
    assert reviews["thanks"] == [{"name": "Filler Person501", "reviews": 3}]


def test_a_year_of_reviews_is_counted_whole(server: Server, fetched: Callable[..., Fetched]) -> None:
    """Six hundred reviews since a day of last year, in pages of a hundred."""
    server.page_size = 100
    server.models["review/reviewassignment"].clear()
    for i in range(600):
        when = f"2024-{8 + i // 150:02}-{1 + i % 28:02}T08:00:00Z"
        review(server, 1000 + i, when, when, "2024-10-01")
    facts, report = fetched(only=("reviews",), since=date(2024, 7, 26))

    assert (facts["reviews"]["completed"], facts["reviews"]["since"]) == (600, "2024-07-26")
    assert report.requests <= 40


def test_new_lists_are_those_the_snapshot_before_lacks(root: Path, fetched: Callable[..., Fetched]) -> None:
    """The datatracker does not say since when a list exists, so two snapshots are compared."""
    (root / "meetings" / "122.facts.yaml").write_text("lists: [saag, gone]\n")
    facts, _ = fetched(only=("new-lists",))

    assert facts["lists"] == ["saag", "settle"]
    assert facts["new_lists"] == {"settle": {"purpose": "About settle"}}


def test_without_a_snapshot_no_list_is_new(fetched: Callable[..., Fetched]) -> None:
    """With nothing to compare with, a person must name the new ones."""
    facts, report = fetched(only=("new-lists",))

    assert "new_lists" not in facts
    assert any("no snapshot of IETF 122" in line for line in report.human)


def test_lists_come_from_the_page_where_the_api_has_none(
    server: Server, root: Path, fetched: Callable[..., Fetched]
) -> None:
    """A datatracker without this model has a page with a table."""
    (root / "meetings" / "122.facts.yaml").write_text("lists: [saag]\n")
    del server.models["mailinglists/nonwgmailinglist"]
    row = "<tr>\n<td>{0}</td>\n<td>About <b>{0}</b> &amp; more</td><td><a href='x'>x</a></td></tr>"
    rows = "".join(row.format(one) for one in ("SAAG", "New-List", "c++", "{{ 7 }}"))
    server.files["/list/nonwg/"] = f"<!DOCTYPE html><table><tr><th>Name</th></tr>{rows}</table>".encode()
    facts, _ = fetched(only=("new-lists",))

    assert facts["lists"] == ["new-list", "saag"]
    assert facts["new_lists"] == {"new-list": {"purpose": r"About New-List \& more"}}


def area_errata(count: int, before: str = "9999") -> list[Object]:
    """The made-up errata of the area's RFCs, editorial ones left out."""
    rfcs = {f"RFC{number}" for number in range(4000, 4300)}
    return [
        e
        for e in errata(count)
        if e["doc-id"] in rfcs and e["errata_type_code"] != "Editorial" and e["submit_date"] < before
    ]


def test_errata_are_those_of_the_areas_rfcs(server: Server, fetched: Callable[..., Fetched]) -> None:
    """Nine thousand entries; editorial ones count in the total only."""
    server.files["/errata.json"] = json.dumps(errata(9000)).encode()
    row = fetched(only=("errata",))[0]["errata"]["123"]
    ours = area_errata(9000)

    assert row["open"] == sum(e["errata_status_code"] == "Reported" for e in ours)
    assert row["reported"] == sum("2025-03-21" <= e["submit_date"] < "2025-07-19" for e in ours)
    assert row["closed"] == sum("2025-03-21" <= (e["update_date"] or "") < "2025-07-19" for e in ours)
    assert row["total"] > len(ours) > 500


def test_errata_balance_against_the_snapshot_before(
    server: Server, root: Path, fetched: Callable[..., Fetched]
) -> None:
    """What was open, less what closed, and what was reported is what is open."""
    entries = area_errata(9000)
    known = [int(e["errata_id"]) for e in entries if e["errata_status_code"] in ("Reported", "Rejected")][:60]
    snapshot = {"newest": max(known), "open": known}
    (root / "meetings" / "122.facts.yaml").write_text(f"errata_snapshot: {json.dumps(snapshot)}\n")
    server.files["/errata.json"] = json.dumps(errata(9000)).encode()
    row = fetched(only=("errata",))[0]["errata"]["123"]

    assert len(known) + row["reported"] - row["closed"] == row["open"]
    assert row["closed"] > 0


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
def test_an_ignored_filter_makes_no_wrong_fact(
    server: Server, root: Path, fetched: Callable[..., Fetched], ignored: str
) -> None:
    """Where the server ignores a filter, a part is right all the same or it fails; none is wrong in silence."""
    elsewhere(server)
    (root / "meetings" / "122.yaml").write_text("related_groups: {httpbis: HTTPBIS}\n")
    right, report = fetched()
    assert report.failed == {}
    report.path.unlink()
    server.deaf_to = {ignored}
    facts, report = fetched()

    assert {k: v for k, v in facts.items() if k != "fetched" and v != right[k]} == {}
    assert ignored in ("charter__states__slug__in", "group__state") or report.failed


def test_a_deaf_server_makes_no_fact_at_all(server: Server, fetched: Callable[..., Fetched]) -> None:
    """A server that answers everything to everything is refused by each part that filters."""
    elsewhere(server)
    right, report = fetched()
    report.path.unlink()
    server.deaf = True
    facts, report = fetched()

    assert set(facts) - {"fetched"} <= {"documents", "lists"}
    assert facts["documents"] == right["documents"]


@pytest.mark.parametrize("shape", [b"[]", b"{}", b"null", b"7", b'"text"', b'{"123": null}', b'{"123": [7]}'])
def test_an_agenda_of_another_shape_is_a_failure(server: Server, fetched: Callable[..., Fetched], shape: bytes) -> None:
    """What cannot be understood is said to be so, and no traceback."""
    server.files["/meeting/123/agenda.json"] = shape

    assert list(fetched(only=("session",))[1].failed) == ["session"]


def test_broken_objects_are_failures(server: Server, fetched: Callable[..., Fetched]) -> None:
    """Objects that lack everything but their address make no fact and no traceback."""
    for model, objects in server.models.items():
        server.always[f"/api/v1/{model}/"] = Reply(
            body=json.dumps(
                {
                    "meta": {"next": None, "total_count": 1},
                    "objects": [{"resource_uri": objects[0]["resource_uri"]}],
                }
            ).encode()
        )
    server.files["/errata.json"] = b'[{"errata_id": "x"}]'
    _, report = fetched()

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


def test_other_lists_of_the_area_do_not_matter(server: Server, fetched: Callable[..., Fetched]) -> None:
    """Names that could not be keys, as they would append or be markup, are left out."""
    server.models["mailinglists/nonwgmailinglist"].clear()
    server.put("mailinglists/nonwgmailinglist", *sample_lists(["ok", "c++", "a b", "{{x}}", "*x*", "UPPER", "x" * 500]))

    assert fetched(only=("new-lists",))[0]["lists"] == ["ok", "upper"]
