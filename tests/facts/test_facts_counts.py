"""What is counted: documents, reviews, errata, lists; from what the servers answer, and with small things changed."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from support.facts_server import Area, area_at, copy_of, name, uri

area = pytest.fixture(area_at)
STATISTICS = "/group/groupstats.json"


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
def test_statistics_of_another_shape_are_no_fact(area: Area, body: bytes) -> None:
    """Without the area's numbers there is no guess."""
    area.server.world.files[STATISTICS] = body
    facts, report = area.fetch(only=("documents",))

    assert "documents" not in facts
    assert list(report.failed) == ["documents"]


def test_one_strange_row_of_the_statistics_costs_one_group(area: Area) -> None:
    """The others keep their numbers, and it is told."""
    area.server.edit(STATISTICS, '"pages":53,"docs":4', '"pages":null,"docs":4')
    facts, report = area.fetch(only=("documents",))

    assert "acme" not in facts["documents"]["groups"]
    assert facts["documents"]["groups"]["tls"] == {"documents": 6, "pages": 75}
    assert any("acme" in line for line in report.human)


@pytest.mark.parametrize(
    ("completed", "on_time"),
    [
        ("2026-03-01T07:59:59Z", 1),
        ("2026-03-01T08:00:00Z", 0),
        ("2026-03-09T06:59:59Z", 1),
        ("2026-03-09T07:00:00Z", 0),
    ],
)
def test_a_deadline_ends_with_its_day_on_the_pacific_coast(area: Area, completed: str, on_time: int) -> None:
    """At eight in the morning UTC, and from the second Sunday of March on at seven: summer time."""
    one = area.server.one("review/reviewassignment", id=100)
    area.server.world.objects["review/reviewassignment"][:] = [one]
    one.update(
        completed_on=completed, assigned_on="2025-12-01T00:00:00Z", state=name("reviewassignmentstatename", "completed")
    )
    day = (
        date.fromisoformat(completed[:10]).replace(day=int(completed[8:10]) - 1)
        if completed[8:10] != "01"
        else date(2026, 2, 28)
    )
    area.server.one("review/reviewrequest", id=100)["deadline"] = day.isoformat()
    reviews = area.fetch(only=("reviews",))[0]["reviews"]

    assert (reviews["assigned"], reviews["completed"], reviews["on_time"]) == (1, 1, on_time)


def test_several_directorates_are_counted_together(area: Area) -> None:
    """An area may have more than one."""
    alone = area.fetch(only=("reviews",))[0]["reviews"]
    (area.root / "meetings" / "125.yaml").write_text("area: {directorate: [secdir, opsdir]}\n")
    together = area.fetch(only=("reviews",))[0]["reviews"]
    (area.root / "meetings" / "125.yaml").write_text("area: {directorate: [opsdir]}\n")
    other = area.fetch(only=("reviews",))[0]["reviews"]

    assert other["completed"] > 0
    for key in ("assigned", "completed", "on_time"):
        assert together[key] == alone[key] + other[key]
        assert (together["teams"]["secdir"][key], together["teams"]["opsdir"][key]) == (alone[key], other[key])
    assert "teams" not in alone


def test_no_reviews_are_no_numbers(area: Area) -> None:
    """Where a directorate did nothing, or nothing came, a slide full of zeros would say too much."""
    area.server.world.objects["review/reviewassignment"].clear()
    facts, report = area.fetch(only=("reviews",))

    assert "reviews" not in facts
    assert "reviews: secdir had no review since IETF 124" in report.human


def test_an_area_without_a_directorate_has_no_reviews(area: Area) -> None:
    """Nobody is asked for them."""
    (area.root / "meetings" / "125.yaml").write_text("area: {directorate: null}\n")
    facts, report = area.fetch()

    assert report.failed == {}
    assert "reviews" not in facts


def test_a_year_of_reviews_is_counted_whole(area: Area) -> None:
    """Six hundred more reviews, in pages of a hundred."""
    area.server.page_size = 100
    one = area.server.one("review/reviewassignment", id=1)
    more = [
        copy_of(one, 10_000 + i, assigned_on=when, completed_on=when)
        for i in range(600)
        if (when := f"2024-{8 + i // 150:02}-{1 + i % 28:02}T08:00:00Z")
    ]
    before = area.fetch(only=("reviews",), since=date(2024, 7, 26))[0]["reviews"]["completed"]
    area.server.put("review/reviewassignment", *more)
    facts, report = area.fetch(only=("reviews",), since=date(2024, 7, 26))

    assert facts["reviews"]["completed"] == before + 600
    assert facts["reviews"]["since"] == "2024-07-26"
    assert report.requests <= 40


def test_without_a_snapshot_no_list_is_new(area: Area) -> None:
    """With nothing to compare with, a person must name the new ones."""
    facts, report = area.fetch(only=("new-lists",))

    assert "new_lists" not in facts
    assert any("no snapshot of IETF 124" in line for line in report.human)


def test_lists_come_from_the_page_where_the_api_has_none(area: Area) -> None:
    """A datatracker without this model has a page with a table, which lacks the lists of groups."""
    (area.root / "meetings" / "124.facts.yaml").write_text("lists: [saag, ietf-announce, pqc]\n")
    right, report = area.fetch(only=("new-lists",))
    report.path.unlink()
    del area.server.world.schema["mailinglists/nonwgmailinglist"]
    facts, _ = area.fetch(only=("new-lists",))

    assert facts["new_lists"] == right["new_lists"]
    assert set(facts["new_lists"]) == {"settle", "agent2agent"}
    assert set(right["lists"]) - set(facts["lists"]) == {"saag"}


def test_names_that_could_not_be_keys_are_left_out(area: Area) -> None:
    """They would append, or be markup."""
    one = area.server.one("mailinglists/nonwgmailinglist", name="pqc")
    for id, called in enumerate(("c++", "a b", "{{x}}", "*x*", "UPPER", "x" * 500), 900):
        area.server.put("mailinglists/nonwgmailinglist", copy_of(one, id, name=called))

    lists = area.fetch(only=("new-lists",))[0]["lists"]
    assert lists == ["agent2agent", "ietf-announce", "pqc", "saag", "settle", "upper"]


def row(area: Area) -> tuple[dict[str, int], list[str]]:
    """The errata of 125, and the remarks."""
    facts, report = area.fetch(only=("errata",))
    assert report.failed == {}
    return dict(facts["errata"]["125"]), list(report.human)


def own_open(area: Area) -> list[Any]:
    """All entries of errata.json, and first of them one that counts as open."""
    entries = json.loads(area.server.world.files["/errata.json"])
    index = area.server.world.files["/rfc-index.xml"].decode()
    own = set(re.findall(r"<doc-id>(RFC\d+)</doc-id><title>[^<]*</title><stream>IETF</stream><area>sec<", index))
    states = [(one["errata_status_code"], one["errata_type_code"], one["doc-id"] in own) for one in entries]
    entries.insert(0, entries.pop(states.index(("Reported", "Technical", True))))
    return list(entries)


def snapshot(area: Area, **fact: Any) -> None:
    """What was open at 124."""
    (area.root / "meetings" / "124.facts.yaml").write_text(f"errata_snapshot: {json.dumps(fact)}\n")


def test_what_moves_into_the_area_was_not_reported(area: Area) -> None:
    """An erratum that was there before counts as open, and as neither reported nor closed."""
    right, _ = row(area)
    snapshot(area, newest=908, open=[])
    told, _ = row(area)

    assert told == {**right, "closed": 0, "reported": 0}


def test_the_newest_erratum_of_a_snapshot_is_that_of_all_areas(area: Area) -> None:
    """One of another area comes between two of ours, and nothing older is reported later."""
    entries = json.loads(area.server.world.files["/errata.json"])
    newest = max(entries, key=lambda one: int(one["errata_id"]))
    newest["doc-id"] = "RFC1"
    area.server.world.files["/errata.json"] = json.dumps(entries).encode()

    assert area.fetch(only=("errata",))[0]["errata_snapshot"]["newest"] == int(newest["errata_id"])


def test_what_is_no_longer_reported_was_closed_whatever_its_area(area: Area) -> None:
    """Of four that were open: verified, gone from the file, of another area now, and still open."""
    entries = json.loads(area.server.world.files["/errata.json"])
    states = {int(one["errata_id"]): one["errata_status_code"] for one in entries}
    closed = next(id for id, state in states.items() if state == "Verified")
    still = [id for id, state in states.items() if state == "Reported"]
    snapshot(area, newest=908, open=[closed, 99_999, *still])

    assert row(area)[0]["closed"] == 2


@pytest.mark.parametrize("strange", ["2025-13-45", "", "0000-00-00"])
def test_a_bad_day_costs_that_entry_alone(area: Area, strange: str) -> None:
    """Without a snapshot the days count; one that is none is told."""
    right, _ = row(area)
    entries = own_open(area)
    entries[0]["submit_date"] = strange
    area.server.world.files["/errata.json"] = json.dumps(entries).encode()
    told, human = row(area)

    assert told == right
    assert any("one of the days of errata was not understood" in line for line in human)


@pytest.mark.parametrize("key", ["errata_id", "doc-id", "errata_status_code", "errata_type_code", "submit_date"])
def test_an_entry_without_a_key_costs_that_entry_alone(area: Area, key: str) -> None:
    """The other nine hundred are counted."""
    right, _ = row(area)
    entries = own_open(area)
    del entries[0][key]
    area.server.world.files["/errata.json"] = json.dumps(entries).encode()
    told, human = row(area)

    assert right["open"] - told["open"] == 1
    assert any(f"has no '{key}'" in line for line in human)


def test_the_area_is_the_one_that_the_rfc_editor_assigns(area: Area) -> None:
    """An RFC of the datatracker's area that the index has with another one does not count, nor do editorial errata."""
    right, _ = row(area)
    rfc = own_open(area)[0]["doc-id"]
    entries = [one for one in own_open(area) if one["doc-id"] == rfc]
    gone = [(one["errata_status_code"], one["errata_type_code"]) for one in entries].count(("Reported", "Technical"))
    entry = next(line for line in area.server.world.files["/rfc-index.xml"].decode().split("\n") if f">{rfc}<" in line)
    area.server.edit("/rfc-index.xml", entry, entry.replace("<area>sec</area>", "<area>art</area>"))

    assert right["open"] - row(area)[0]["open"] == gone > 0


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<!DOCTYPE html><title>Log in</title><p>", "an HTML page, perhaps a login"),
        (b"", "not an index of RFCs"),
        (b"<rfc-index><rfc-entry><doc-id>RFC1</doc-id>", "not an index of RFCs"),
        (b"<rfc-index/>", "has no RFC of the area sec"),
    ],
)
def test_an_index_of_another_shape_is_not_a_fact(area: Area, body: bytes, reason: str) -> None:
    """Without the areas of RFCs there are no errata of the area."""
    area.server.world.files["/rfc-index.xml"] = body

    assert reason in area.fetch(only=("errata",))[1].failed["errata"]


def test_the_index_may_have_a_namespace(area: Area) -> None:
    """As the RFC Editor's own has."""
    right, _ = row(area)
    area.server.edit("/rfc-index.xml", "<rfc-index>", '<rfc-index xmlns="https://www.rfc-editor.org/rfc-index">')

    assert row(area)[0] == right


def test_a_reviewer_with_two_addresses_is_thanked_once(area: Area) -> None:
    """Reviews are counted by person."""
    right = area.fetch(only=("reviews",))[0]["reviews"]["thanks"]
    email = area.server.one("person/email", address="p39.0@example.org")
    other = {**email, "address": "other@example.org", "resource_uri": uri("person/email", "other@example.org")}
    area.server.put("person/email", other)
    own = [
        one for one in area.server.world.objects["review/reviewassignment"] if one["reviewer"] == email["resource_uri"]
    ]
    own[-1]["reviewer"] = other["resource_uri"]

    assert area.fetch(only=("reviews",))[0]["reviews"]["thanks"] == right
