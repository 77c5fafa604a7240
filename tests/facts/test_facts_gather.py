"""Traps beside those of the recorded world: how a fact must be read where a small thing is otherwise."""

from __future__ import annotations

import json
from typing import Any

import pytest
from support.facts_server import Area, area_at, copy_of, name, uri
from support.tastypie import Object

area = pytest.fixture(area_at)
AGENDA = "/meeting/{}/agenda.json"


def chairs(area: Area) -> dict[str, Any]:
    """The changes of chairs."""
    facts, report = area.fetch(only=("chair-changes",))
    assert report.failed == {}
    return dict(facts["chair_changes"])


def changes(area: Area) -> dict[str, Any]:
    """What became of groups."""
    facts, report = area.fetch(only=("wg-changes",))
    assert report.failed == {}
    return dict(facts["wg_changes"])


def entry(area: Area, number: int, acronym: str) -> Object:
    """The first entry of a group in an agenda, as it may be changed by `put_agenda`."""
    found = json.loads(area.server.world.files[AGENDA.format(number)])[str(number)]
    return next(dict(one) for one in found if one.get("group", {}).get("acronym") == acronym)


def put_agenda(area: Area, number: int, *entries: Object) -> None:
    """Put entries into an agenda, in place of those of the same id."""
    path = AGENDA.format(number)
    found = json.loads(area.server.world.files[path])[str(number)]
    kept = [one for one in found if one["id"] not in {entry["id"] for entry in entries}]
    area.server.world.files[path] = json.dumps({str(number): [*kept, *entries]}).encode()


@pytest.mark.parametrize(
    ("starts", "counts"),
    [("2025-11-07T14:30:00Z", True), ("2025-11-07T14:30:01Z", False), ("2025-11-07T15:30:00+01:00", True)],
)
def test_a_window_begins_with_its_first_instant(area: Area, starts: str, counts: bool) -> None:
    """All chairs of TLS left at 14:30: a session that began then has left it to the next meeting."""
    put_agenda(area, 124, {**entry(area, 124, "saag"), "start": starts})

    assert ("tls" in chairs(area)) == counts


@pytest.mark.parametrize(("starts", "counts"), [("2026-03-20T10:00:00Z", False), ("2026-03-20T10:00:01Z", True)])
def test_a_window_ends_before_its_last_instant(area: Area, starts: str, counts: bool) -> None:
    """A chair of IPSECME left on 20 March at 10:00."""
    put_agenda(area, 125, {**entry(area, 125, "saag"), "start": starts})

    assert ("ipsecme" in chairs(area)) == counts


@pytest.mark.parametrize(("starts", "counts"), [("2026-03-20T11:00:00Z", False), ("2026-03-20T11:00:01Z", True)])
def test_a_group_that_closes_as_the_session_begins_is_of_the_next(area: Area, starts: str, counts: bool) -> None:
    """EMU was concluded on 20 March at 11:00."""
    put_agenda(area, 125, {**entry(area, 125, "saag"), "start": starts})

    assert ("emu" in changes(area)["closed"]) == counts


def test_without_a_session_the_first_day_of_the_meeting_counts(area: Area) -> None:
    """PRIVACYPASS lost its chair on the first day of 124, and got him back: no change since that day began."""
    del area.server.world.files[AGENDA.format(124)]
    told = chairs(area)

    assert "privacypass" not in told
    assert told["jose"] == {"departures": ["Keira O'Shaughnessy"], "additions": ["Jack Bramwell"]}


def test_a_canceled_session_begins_nothing(area: Area) -> None:
    """A session that was not held is none that is known."""
    put_agenda(area, 124, {**entry(area, 124, "saag"), "status": "canceled"})

    assert "privacypass" not in chairs(area)


def test_an_agenda_that_cannot_be_had_makes_no_window(area: Area) -> None:
    """Another window would make other facts; the parts that count in it fail, and the others do not."""
    area.server.world.files[AGENDA.format(124)] = b"<!DOCTYPE html><title>Bad gateway</title>"
    _, report = area.fetch()

    assert set(report.failed) == {"wg-changes", "chair-changes", "reviews", "errata"}
    assert "an HTML page" in report.failed["reviews"]


def test_a_person_with_a_new_name_is_the_same_chair(area: Area) -> None:
    """Persons are compared, not names, and each has one name in the whole file."""
    area.server.one("person/person", name="Matthew B. Hale")["name"] = "Matthew Hale-Smith"
    facts, _ = area.fetch()

    assert facts["chair_changes"]["jose"] == {"departures": ["Bruce Camden"], "additions": ["Jack Bramwell"]}
    assert "Matthew Hale-Smith" in facts["working_groups"]["jose"]["chairs"]


def test_a_chair_with_two_addresses_is_one_chair(area: Area) -> None:
    """A person may hold a role twice."""
    role = area.server.one(
        "group/role", group=area.server.group("acme")["resource_uri"], name=name("rolename", "chair")
    )
    area.server.put("group/role", copy_of(role, 9001))
    facts, _ = area.fetch(only=("groups", "chair-changes"))

    assert facts["working_groups"]["acme"]["chairs"] == ["Eyal Dor", "Miles Ottersham"]
    assert facts["chair_changes"]["acme"] == {"departures": ["Takehiro Inaba"], "additions": ["Miles Ottersham"]}


def test_a_save_without_a_copy_does_not_move_an_edit(area: Area) -> None:
    """The copy with DANCE's new chair bears a time in December, the edit was in September: it is of 124."""
    assert "dance" not in chairs(area)


def test_roles_and_events_that_disagree_are_reported(area: Area) -> None:
    """The roles count, and the second witness is heard."""
    events = area.server.world.objects["group/groupevent"]
    events.remove(area.server.one("group/groupevent", id=87))
    _, report = area.fetch(only=("chair-changes",))

    assert "chair_changes: the chairs of ACME changed, but the events of the group do not show it" in report.human
    assert len([line for line in report.human if "the events of the group" in line]) == 1


def test_an_event_that_says_nothing_known_is_reported(area: Area) -> None:
    """A new sentence of the datatracker does not get lost in silence."""
    area.server.one("group/groupevent", id=87)["desc"] = "Chairs: <b>A. New</b>, was B. Old"
    _, report = area.fetch(only=("chair-changes",))

    told = next(line for line in report.human if "not understood" in line)
    assert told.startswith(
        "chair_changes: one of the events was not understood: /api/v1/group/groupevent/87/ has the text"
    )
    assert "Chairs: A. New, was B. Old" in told


def test_the_first_chairs_of_a_new_working_group_joined(area: Area) -> None:
    """A group that was made active in the window had no chairs before."""
    group = area.server.group("acme")
    area.server.one("group/changestategroupevent", group=group["resource_uri"])["time"] = "2026-01-01T00:00:00Z"

    assert chairs(area)["acme"] == {"additions": ["Eyal Dor", "Miles Ottersham"]}


def test_a_group_under_another_name_is_the_same(area: Area) -> None:
    """A group and its charter belong together by their addresses, whatever they are called."""
    area.server.group("cose")["acronym"] = "cose2"

    assert changes(area)["rechartered"] == {"cose2": "COSE2"}


def test_an_acronym_that_cannot_be_a_key_affects_only_that_group(area: Area) -> None:
    """And it is told."""
    area.server.group("cose")["acronym"] = "co_se+"
    facts, report = area.fetch(only=("wg-changes", "groups"))

    assert facts["wg_changes"]["rechartered"] == {}
    assert "lamps" in facts["groups"]
    assert any("'co_se+' is not an acronym" in line for line in report.human)


@pytest.mark.parametrize(("revision", "again"), [("00-04", False), ("01-00", True), ("12-03", True), ("01", False)])
def test_the_first_charter_is_no_other_one(area: Area, revision: str, again: bool) -> None:
    """The event bears the revision before the approval."""
    area.server.one("doc/docevent", id=207)["rev"] = revision

    assert ("cose" in changes(area)["rechartered"]) == again


def test_a_group_that_was_reopened_says_so(area: Area) -> None:
    """SKEX was concluded for ten years; SUIT closed and opened again between two meetings."""
    facts, report = area.fetch(only=("wg-changes",))

    assert facts["wg_changes"]["new"]["skex"] == "SKEX (reopened)"
    assert "wg_changes: SUIT was closed and reopened since IETF 124" in report.human


def test_a_move_after_the_session_is_of_the_next_meeting(area: Area) -> None:
    """REGEXT is of another area now, but was not when the session began."""
    for one in (area.server.group("regext"), area.server.one("group/groupevent", id=88)):
        one["time"] = "2026-03-19T07:30:00Z"

    assert set(changes(area)["moved"]) == {"scim"}


def test_a_move_is_known_by_the_history_alone(area: Area) -> None:
    """The sentences of events may say it in other words, or not at all."""
    events = area.server.world.objects["group/groupevent"]
    events[:] = [one for one in events if "parent changed" not in one["desc"]]

    assert set(changes(area)["moved"]) == {"regext", "scim"}


def test_a_group_of_no_area_can_come(area: Area) -> None:
    """A parent may be null."""
    for one in area.server.world.objects["group/grouphistory"]:
        if one["group"] == area.server.group("scim")["resource_uri"]:
            one["parent"] = None

    assert changes(area)["moved"]["scim"] == "SCIM (from no area)"


@pytest.mark.parametrize("status", ["canceled", "notmeet", "schedw", "deleted"])
def test_a_bof_whose_session_is_not_held_is_none(area: Area, status: str) -> None:
    """It is told, for somebody may have counted on it."""
    put_agenda(area, 125, {**entry(area, 125, "expat2"), "status": status})
    facts, report = area.fetch(only=("wg-changes",))

    assert facts["wg_changes"]["bofs"] == {}
    assert "wg_changes: BoFs without a session on the agenda: CBOF, EXPAT2, PLANTS" in report.human


def test_a_bof_that_ended_before_its_session_is_none(area: Area) -> None:
    """The agenda may still have it."""
    group = area.server.group("expat2")
    group["state"] = name("groupstatename", "bof-conc")
    event = area.server.one("group/changestategroupevent", group=group["resource_uri"])
    area.server.put(
        "group/changestategroupevent", copy_of(event, 9001, state=group["state"], time="2026-03-01T00:00:00Z", desc="")
    )

    assert changes(area)["bofs"] == {}


def test_a_bof_that_ended_after_its_session_took_place(area: Area) -> None:
    """What happens on the last day does not undo it."""
    group = area.server.group("expat2")
    event = area.server.one("group/changestategroupevent", group=group["resource_uri"])
    ended = {"state": name("groupstatename", "bof-conc"), "time": "2026-03-18T00:00:00Z", "desc": ""}
    area.server.put("group/changestategroupevent", copy_of(event, 9001, **ended))

    assert changes(area)["bofs"] == {"expat2": "EXPAT2"}


@pytest.mark.parametrize("parent", [None, 7, {"x": 1}, "missing"])
def test_a_bof_of_no_area_costs_only_itself(area: Area, parent: object) -> None:
    """A group without a parent, or with a strange one, is told, and the facts are as they were."""
    right = changes(area)
    bof = entry(area, 125, "wbauth")
    bof["group"] = {**bof["group"], "parent": parent}
    if parent == "missing":
        del bof["group"]["parent"]
    put_agenda(area, 125, bof)
    facts, report = area.fetch(only=("wg-changes",))

    assert facts["wg_changes"] == right
    assert any("WBAUTH" in line or "not understood" in line for line in report.human)


def test_before_there_is_an_agenda_the_bofs_are_the_new_ones(area: Area) -> None:
    """Weeks before the meeting nobody knows their sessions."""
    del area.server.world.files[AGENDA.format(125)]

    assert changes(area)["bofs"] == {"expat2": "EXPAT2"}


@pytest.mark.parametrize(
    ("full", "page"),
    [
        ("Éric Vyncke", "éric.vyncke"),
        ("Gunter Van de Velde", "gunter.van.de.velde"),
        ("Médéric O'Búachalla", "médéric.o'búachalla"),
        ("Dr. Deb Middle Cooley Jr.", "deb.cooley"),
        ("Prof. Dr. Jürgen Schönfeld III", "jürgen.schönfeld"),
        ("Joshua A. Selwood", "joshua.selwood"),
        ("M. Anne Lee", "anne.lee"),
        ("Ann Lee (Example Corp.)", "ann.lee"),
        ("VAN DYKE Ann", "ann.van"),
        ("Ludwig van der Berg", "ludwig.van.der.berg"),
        ("王小明", "王小明"),
    ],
)
def test_directors_have_the_name_of_their_page(area: Area, full: str, page: str) -> None:
    """As the datatracker derives it: the plain name in lower case, dots for spaces, letters as they are."""
    area.server.one("person/person", name="Dora Whitlock")["name"] = full
    facts, _ = area.fetch(only=("directors",))

    assert facts["directors"] == {page: full, "piet.houtman": "Piet Houtman"}


def test_a_director_may_choose_a_plain_name(area: Area) -> None:
    """The datatracker has a field for it, and takes it as it is."""
    area.server.one("person/person", name="Dora Whitlock")["plain"] = "Dora van Whit"

    assert "dora.van.whit" in area.fetch(only=("directors",))[0]["directors"]


def test_a_director_without_a_page_affects_only_herself(area: Area) -> None:
    """The others are there, and she is told."""
    area.server.one("person/person", name="Dora Whitlock")["name"] = "Dora ?/Whitlock"
    facts, report = area.fetch(only=("directors",))

    assert facts["directors"] == {"piet.houtman": "Piet Houtman"}
    assert any("cannot name a page" in line for line in report.human)


def test_a_future_director_is_reported(area: Area) -> None:
    """She is none yet."""
    facts, report = area.fetch(only=("directors",))

    assert "cleo.marsh" not in facts["directors"]
    assert "directors: Cleo Marsh will become area director" in report.human


@pytest.mark.parametrize(
    ("key", "value", "there"), [("stream", None, True), ("stream", "ise", False), ("group", 20, None)]
)
def test_a_sponsored_draft_is_of_the_ietf_or_of_no_stream(area: Area, key: str, value: Any, there: bool | None) -> None:
    """A draft of another stream is not theirs; nor is one of a working group."""
    draft = area.server.one("doc/document", name="draft-c-watch")
    draft[key] = uri("group/group", value) if key == "group" else value and name("streamname", value)
    facts, _ = area.fetch(only=("sponsored-drafts",))

    assert ("draft-c-watch" in facts["sponsored_drafts"]) == bool(there)


def test_a_meeting_without_an_agenda_has_no_session_yet(area: Area) -> None:
    """Months before the meeting that is no failure, and a person is told."""
    del area.server.world.files[AGENDA.format(125)]
    facts, report = area.fetch(only=("session", "wg-changes"))

    assert report.failed == {}
    assert "session" not in facts
    assert "session: the agenda of IETF 125 has no session of saag yet" in report.human


def test_the_session_has_its_materials(area: Area) -> None:
    """By what they are called, with the revision that is shown."""
    materials = area.fetch(only=("session",))[0]["session"]["materials"]

    assert materials["slides-125-saag-chair-slides"] == (
        f"{area.server.url}/meeting/125/materials/slides-125-saag-chair-slides-01"
    )


def test_related_groups_that_closed_are_reported(area: Area) -> None:
    """The groups picked for the last meeting are kept, if they are still active."""
    facts, report = area.fetch(only=("related-groups",))

    assert set(facts["related_groups"]) == {"add", "anima", "core", "dispatch", "httpbis", "quic"}
    assert facts["related_states"]["dprive"] == "concluded"
    assert any("nosuchgroup (not known)" in line for line in report.human)


def test_what_a_person_picked_is_not_picked_again(area: Area) -> None:
    """Where the meeting's own file names related groups, only their states are fetched."""
    (area.root / "meetings" / "125.yaml").write_text("related_groups: {quic: QUIC}\n")
    facts, _ = area.fetch(only=("related-groups",))

    assert facts["related_states"]["quic"] == "active"
    assert "related_groups" not in facts


def test_another_area_is_another_word(area: Area) -> None:
    """The Operations Area, whose open meeting had no session, from the same server."""
    (area.root / "meetings" / "125.yaml").write_text(
        "area: {acronym: ops, group: opsarea, directorate: opsdir, name: Operations and Management Area}\n"
    )
    facts, report = area.fetch()

    # The recorded statistics have rows of the Security Area alone.
    assert report.failed == {"documents": "the statistics have no row `ops`"}
    assert facts["directors"] == {"médéric.o'búachalla": "Médéric O'Búachalla"}
    assert set(facts["groups"]) == {"anima", "regext"}
    assert facts["wg_changes"]["moved"] == {"regext": "REGEXT (from Security Area)"}
    assert facts["errata"]["125"]["open"] > 0
