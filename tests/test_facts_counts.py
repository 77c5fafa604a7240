"""What is counted: documents, reviews, errata, lists; from a server with the shapes of the real ones."""

from __future__ import annotations

import json
from datetime import date

import pytest
from facts_server import (
    Area,
    Object,
    area_at,
    errata,
    review,
    sample_lists,
)

area = pytest.fixture(area_at)


def test_documents_are_those_of_the_area(area: Area) -> None:
    """The row of the area, and those of its groups."""
    assert area.fetch(only=("documents",))[0]["documents"] == {
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
def test_statistics_of_another_shape_are_no_fact(area: Area, body: bytes) -> None:
    """Without the area's numbers there is no guess."""
    area.server.files["/group/groupstats.json"] = body
    facts, report = area.fetch(only=("documents",))

    assert "documents" not in facts
    assert list(report.failed) == ["documents"]


def test_reviews_are_on_time_until_the_day_of_the_deadline(area: Area) -> None:
    """Assigned and completed are counted by their own days; a rejected review is not completed."""
    area.server.models["review/reviewassignment"].clear()
    review(area.server, 101, "2025-05-01T00:00:00Z", "2025-05-10T23:59:00Z", "2025-05-10")
    review(area.server, 102, "2025-05-01T00:00:00Z", "2025-05-11T00:00:00Z", "2025-05-10")
    review(area.server, 103, "2025-01-01T00:00:00Z", "2025-05-01T00:00:00Z", "2025-05-10")
    review(area.server, 104, "2025-05-01T00:00:00Z", "2025-08-01T00:00:00Z", "2025-08-10")
    review(area.server, 105, "2025-05-01T00:00:00Z", "2025-05-02T00:00:00Z", "2025-05-10", "rejected")
    review(area.server, 106, "2025-05-01T00:00:00Z", None, "2025-05-10", "accepted")
    reviews = area.fetch(only=("reviews",))[0]["reviews"]

    assert (reviews["assigned"], reviews["completed"], reviews["on_time"]) == (5, 3, 2)
    assert (reviews["results"], reviews["types"]) == ({"Ready": 3}, {"Last Call": 3})
    assert reviews["thanks"] == [{"name": "Filler Person501", "reviews": 3}]


def test_a_year_of_reviews_is_counted_whole(area: Area) -> None:
    """Six hundred reviews since a day of last year, in pages of a hundred."""
    area.server.page_size = 100
    area.server.models["review/reviewassignment"].clear()
    for i in range(600):
        when = f"2024-{8 + i // 150:02}-{1 + i % 28:02}T08:00:00Z"
        review(area.server, 1000 + i, when, when, "2024-10-01")
    facts, report = area.fetch(only=("reviews",), since=date(2024, 7, 26))

    assert (facts["reviews"]["completed"], facts["reviews"]["since"]) == (600, "2024-07-26")
    assert report.requests <= 40


def test_new_lists_are_those_the_snapshot_before_lacks(area: Area) -> None:
    """The datatracker does not say since when a list exists, so two snapshots are compared."""
    (area.root / "meetings" / "122.facts.yaml").write_text("lists: [saag, gone]\n")
    facts, _ = area.fetch(only=("new-lists",))

    assert facts["lists"] == ["saag", "settle"]
    assert facts["new_lists"] == {"settle": {"purpose": "About settle"}}


def test_without_a_snapshot_no_list_is_new(area: Area) -> None:
    """With nothing to compare with, a person must name the new ones."""
    facts, report = area.fetch(only=("new-lists",))

    assert "new_lists" not in facts
    assert any("no snapshot of IETF 122" in line for line in report.human)


def test_lists_come_from_the_page_where_the_api_has_none(area: Area) -> None:
    """A datatracker without this model has a page with a table."""
    (area.root / "meetings" / "122.facts.yaml").write_text("lists: [saag]\n")
    del area.server.models["mailinglists/nonwgmailinglist"]
    row = "<tr>\n<td>{0}</td>\n<td>About <b>{0}</b> &amp; more</td><td><a href='x'>x</a></td></tr>"
    rows = "".join(row.format(one) for one in ("SAAG", "New-List", "c++", "{{ 7 }}"))
    area.server.files["/list/nonwg/"] = f"<!DOCTYPE html><table><tr><th>Name</th></tr>{rows}</table>".encode()
    facts, _ = area.fetch(only=("new-lists",))

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


def test_errata_are_those_of_the_areas_rfcs(area: Area) -> None:
    """Nine thousand entries; editorial ones count in the total only."""
    area.server.files["/errata.json"] = json.dumps(errata(9000)).encode()
    row = area.fetch(only=("errata",))[0]["errata"]["123"]
    ours = area_errata(9000)

    assert row["open"] == sum(e["errata_status_code"] == "Reported" for e in ours)
    assert row["reported"] == sum("2025-03-21" <= e["submit_date"] < "2025-07-19" for e in ours)
    assert row["closed"] == sum("2025-03-21" <= (e["update_date"] or "") < "2025-07-19" for e in ours)
    assert row["total"] > len(ours) > 500


def test_errata_balance_against_the_snapshot_before(area: Area) -> None:
    """What was open, less what closed, and what was reported is what is open."""
    entries = area_errata(9000)
    known = [int(e["errata_id"]) for e in entries if e["errata_status_code"] in ("Reported", "Rejected")][:60]
    snapshot = {"newest": max(known), "open": known}
    (area.root / "meetings" / "122.facts.yaml").write_text(f"errata_snapshot: {json.dumps(snapshot)}\n")
    area.server.files["/errata.json"] = json.dumps(errata(9000)).encode()
    row = area.fetch(only=("errata",))[0]["errata"]["123"]

    assert len(known) + row["reported"] - row["closed"] == row["open"]
    assert row["closed"] > 0


def test_other_lists_of_the_area_do_not_matter(area: Area) -> None:
    """Names that could not be keys, as they would append or be markup, are left out."""
    names = ["ok", "c++", "a b", "{{x}}", "*x*", "UPPER", "x" * 500]
    area.server.replace("mailinglists/nonwgmailinglist", *sample_lists(names))

    assert area.fetch(only=("new-lists",))[0]["lists"] == ["ok", "upper"]
