"""The facts of IETF 124 and 125 as a running datatracker has them, against what its scenario says."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from support.facts_server import Area, recorded_folder, serving, truth

NUMBERS = (124, 125)
Facts = dict[str, Any]


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Facts]:
    """Both meetings, each fetched as the servers were just after it."""
    folder = tmp_path_factory.mktemp("truth")
    root = recorded_folder(folder / "area")
    facts = {}
    for number in NUMBERS:
        with pytest.MonkeyPatch.context() as patch, serving(at=number if number == 124 else None) as server:
            patch.setenv("DECKGEN_DATATRACKER_URL", server.url)
            patch.setenv("DECKGEN_RFC_EDITOR_URL", server.url)
            patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
            facts[number], report = Area(server, root).fetch(number)
            assert report.failed == {}
    return facts


@pytest.fixture(params=NUMBERS)
def number(request: pytest.FixtureRequest) -> int:
    """A meeting."""
    return int(request.param)


@pytest.fixture
def told(fetched: dict[int, Facts], number: int) -> Facts:
    """Its facts."""
    return fetched[number]


@pytest.fixture
def true(number: int) -> Facts:
    """What its scenario says."""
    return dict(truth(number))


def words(text: str) -> str:
    """A text of a facts file as it is read: without the backslashes of Markdown."""
    return re.sub(r"\\([\\`*_\[\]<&])", r"\1", text)


@pytest.mark.parametrize("kind", ["new", "closed", "bofs", "chartering", "rechartered", "rechartering", "moved"])
def test_what_became_of_groups(told: Facts, true: Facts, kind: str) -> None:
    """Exactly the groups of the scenario, and none of its traps."""
    assert set(told["wg_changes"][kind]) == set(true["wg_changes"][kind])


def test_moved_groups_say_where(told: Facts, true: Facts) -> None:
    """From which area, or to which."""
    for group, where in true["wg_changes"]["moved"].items():
        [(way, area)] = where.items()
        assert told["wg_changes"]["moved"][group] == f"{group.upper()} ({way} {area})"


def test_chairs_who_left_and_joined(told: Facts, true: Facts) -> None:
    """By who held the role at both ends of the window, in their full names."""
    changes = {
        group: {key: sorted(map(words, change.get(key, []))) for key in ("departures", "additions")}
        for group, change in told["chair_changes"].items()
    }

    assert changes == {
        group: {key: sorted(change[key]) for key in ("departures", "additions")}
        for group, change in true["chair_changes"].items()
    }


def test_groups_have_their_names_chairs_and_director(told: Facts, true: Facts) -> None:
    """All active working groups of the area, and no other."""
    assert set(told["groups"]) == set(true["groups"])
    assert {
        group: {"name": words(about["name"]), "chairs": sorted(map(words, about["chairs"])), "ad": about.get("ad", "")}
        for group, about in told["working_groups"].items()
    } == {
        group: {"name": about["name"], "chairs": sorted(about["chairs"]), "ad": " and ".join(about["ad"])}
        for group, about in true["working_groups"].items()
    }


def test_sponsored_drafts(told: Facts, true: Facts) -> None:
    """Those of a director to be are there too."""
    optional = set(true["optional"]["sponsored_drafts"])
    drafts = {name: about for name, about in told["sponsored_drafts"].items() if name not in optional}

    assert drafts == true["sponsored_drafts"]
    assert optional <= set(told["sponsored_drafts"])


def test_reviews_are_counted_whole(told: Facts, true: Facts) -> None:
    """On time is what came before the day of the deadline ended in PST8PDT."""
    reviews = {**told["reviews"], "thanks": [{**one, "name": words(one["name"])} for one in told["reviews"]["thanks"]]}

    assert reviews == {key: value for key, value in true["reviews"].items() if "utc" not in key}


@pytest.mark.parametrize("fact", ["documents", "related_states", "lists", "directors"])
def test_facts_as_of_now(told: Facts, true: Facts, fact: str) -> None:
    """What the servers know only as it is now."""
    assert told[fact] == true[fact]


def test_errata_are_changes_of_state(told: Facts, true: Facts, number: int) -> None:
    """A group that moves takes its errata along, and closes and reports none."""
    row = dict(told["errata"][str(number)])
    del row["as_of"]

    assert row == true["errata"]


def test_new_lists_are_those_the_snapshot_before_lacks(told: Facts, true: Facts) -> None:
    """There is nothing to compare with at the first meeting that is fetched."""
    purposes = {name: words(about["purpose"]) for name, about in told.get("new_lists", {}).items()}

    assert purposes == (true["new_lists"] or {})


def test_where_and_when(told: Facts, true: Facts) -> None:
    """The session in local time, and names of places with what looks like a tag in them."""
    session = {key: value for key, value in true["session"].items() if key not in ("materials", "why")}

    assert {key: words(html.unescape(told["session"][key])) for key in session} == session
    assert set(told["session"].get("materials", {})) == set(true["session"]["materials"])
    assert words(told["meeting"]["venue"]) == true["meeting"]["venue"]
    assert told["meeting"]["time_zone"] == true["meeting"]["time_zone"]
