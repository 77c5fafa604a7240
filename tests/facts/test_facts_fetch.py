"""A whole fetch: what it writes, keeps, refuses and reports, and what a deck makes of it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from support.facts_server import (
    Area,
    Reply,
    area_at,
    copy_of,
    deck,
    name,
    recorded_folder,
    words,
)
from support.repository import ROOT, rewrite

from deckgen.build.one import build, check
from deckgen.deck.kinds import Slide, texts
from deckgen.facts import FetchReport, Manners, fetch
from deckgen.problems import DeckError

STATISTICS = "/group/groupstats.json"
PART_FILES = "*.part"


area = pytest.fixture(area_at)


def at(hour: int) -> Manners:
    """Manners of a day in October, at an hour."""
    return Manners(sleep=lambda _: None, now=lambda: datetime(2025, 10, 20, hour, tzinfo=UTC))


def refused(area: Area, **options: Any) -> DeckError:
    """The problems that let nothing be fetched."""
    with pytest.raises(DeckError) as caught:
        area.fetch(**options)
    return caught.value


def test_two_lines_and_a_fetch_make_the_recurring_slides(area: Area) -> None:
    """With a fetched file and nothing by hand, the slides with facts are there, reviews and documents with charts."""
    (area.root / "meetings" / "124.facts.yaml").write_text("lists: [saag, ietf-announce, pqc]\n")
    area.fetch()
    slides = deck(area.root)

    assert {
        *("title", "note-well", "wg-changes", "chair-changes", "wg-summaries", "related-activities", "new-lists"),
        *("ad-sponsored-drafts", "document-statistics", "document-chart", "errata", "pointers", "secdir-thanks"),
        *("review-statistics", "the-end"),
    } <= set(slides)
    assert "secdir-statistics" not in slides
    assert {"Thursday, 19 March 2026", "saag@ietf.org"} <= {*words(slides["title"])}
    assert "computed from the datatracker" in slides["review-statistics"].title.words
    assert [slide.id for slide in slides.values() if slide.wanted] == []


def test_without_a_facts_file_the_old_decks_are_as_they_were() -> None:
    """The slides for fetched facts are not there when nothing was fetched."""
    for number in (123, 124):
        assert {"document-chart", "review-statistics"} & set(deck(ROOT, number)) == set()
    assert "secdir-statistics" in deck(ROOT, 123)


def test_what_is_written_by_hand_wins_key_by_key(area: Area) -> None:
    """A label, a number and a group left out by hand stand against what was fetched; the rest is fetched."""
    area.fetch()
    (area.root / "meetings" / "125.yaml").write_text(
        "groups: {secdispatch: SecDispatch, suit: null}\n"
        "documents: {pages: about 9000}\n"
        "wg_changes: {rechartered: {cose: COSE!}}\n"
    )
    slides = deck(area.root)

    summaries = words(slides["wg-summaries"])
    assert "SecDispatch" in summaries
    assert "SUIT" not in summaries
    assert "TLS" in summaries
    assert {"about 9000", "64"} <= set(words(slides["document-statistics"]))
    assert {"COSE!", "SEAT, SKEX (reopened)"} <= set(words(slides["wg-changes"]))


def notes_of(slide: Slide) -> str:
    """The speaker notes of a slide."""
    return "\n".join(slide.notes.lines) if slide.notes else ""


def test_the_mailed_number_of_errata_is_taken(area: Area) -> None:
    """The RFC Editor knows better; what its files say is told in the notes, with the official list on the slide."""
    area.fetch(manners=at(8))
    fetched = deck(area.root)["errata"]
    (area.root / "meetings" / "125.yaml").write_text("errata: {'125': {open: 91, as_of: 2026-03-15}}\n")
    mailed = deck(area.root)["errata"]

    assert "85" in words(fetched)
    assert "91" in words(mailed)
    assert "As of 2025-10-20" in " ".join(words(fetched))
    assert "As of 2026-03-15" in " ".join(words(mailed))
    assert "may differ" in notes_of(fetched)
    links = {run.link for text in texts(fetched) for run in text.runs}
    assert any(link.endswith("status=reported&errata_type=technical&area=sec&presentation=records") for link in links)


def test_the_notes_of_a_slide_name_its_source(area: Area) -> None:
    """Where and when its facts were fetched, and why they are old; a slide without fetched facts says nothing."""
    area.fetch(manners=at(8))
    area.server.always[STATISTICS] = Reply(500)
    area.fetch(manners=at(9))
    host = area.server.url[7:]
    slides = deck(area.root)

    assert notes_of(slides["chair-changes"]) == f"Fetched: {host}, 2025-10-20"
    assert notes_of(slides["document-statistics"]).startswith(
        f"Fetched: {host}, 2025-10-20, and not since (HTTP 500 from"
    )
    assert "Fetched" not in notes_of(slides["note-well"])


def test_a_value_written_by_hand_has_no_source(area: Area) -> None:
    """Only what still stands in the facts file was fetched."""
    area.fetch()
    (area.root / "meetings" / "125.yaml").write_text("documents: {pages: 1, documents: 2, groups: null}\n")

    assert deck(area.root)["document-statistics"].notes is None


def test_a_fact_that_differs_is_reported_with_its_source(area: Area) -> None:
    """The message of the rule says which server said so, and when."""
    area.fetch(manners=at(8))
    (area.root / "meetings" / "125.yaml").write_text('session: {start: "10:00"}\nerrata: {"125": {open: 91}}\n')
    told = [problem for problem in check(area.root, 125) if problem.rule == "unlike-fetched"]

    assert len(told) == 1
    where = f"({area.server.url[7:]}, 2025-10-20)"
    assert re.search(rf"`15:30` in meetings/125.facts.yaml, line [0-9]+ {re.escape(where)}", told[0].text)


@pytest.mark.sweep(3)
@pytest.mark.parametrize(
    ("named", "shown"),
    [
        ("{{ 7 * 7 }}", "{{ 7 * 7 }}"),
        ("{% if true %}x{% endif %}", "{% if true %}x{% endif %}"),
        ("**Bold** _it_ `code` [a](https://b.example)", "**Bold** _it_ `code` [a](https://b.example)"),
        ("<b>Ann</b> &lt;Lee&gt; &amp;amp; Co", "Ann <Lee> &amp; Co"),
        ("Ann\u202e eeL\u2066\x00\x1b[31m", "Ann eeL[31m"),
        ("back\\slash*", "back\\slash*"),
        ("Ann\n\n# Lee\t x", "Ann # Lee x"),
        ("'single' \"double\": - yes", "'single' \"double\": - yes"),
        ("عمر \u200c می\u200cخواهم", "عمر \u200c می\u200cخواهم"),
    ],
)
def test_a_fetched_name_is_only_a_name(area: Area, named: str, shown: str) -> None:
    """Templates, Markdown, tags and controls in a name are shown or dropped, and never do anything."""
    area.server.one("person/person", name="Dora Whitlock").update(name=named, plain="Dora Whitlock")
    area.fetch(only=("directors", "sponsored-drafts", "session"))
    cells = words(deck(area.root)["ad-sponsored-drafts"])

    assert shown in cells


def test_a_long_name_is_cut(area: Area) -> None:
    """A name of a megabyte is kept by its beginning."""
    area.server.group("tls")["name"] = "x" * 1_000_000
    facts, _ = area.fetch(only=("groups",))

    assert facts["working_groups"]["tls"]["name"] == "x" * 119 + "…"


def test_a_second_fetch_changes_nothing_but_times(area: Area) -> None:
    """Without news, the files of two days differ in their times only, and no change is told."""
    _, first = area.fetch(manners=at(8))
    text = first.path.read_text()
    _, second = area.fetch(manners=at(9))

    assert text != second.path.read_text()
    assert text.replace("T08:00:00Z", "T09:00:00Z") == second.path.read_text()
    assert second.changes == ()


def test_each_fact_says_where_and_when_it_was_found(area: Area) -> None:
    """Below the facts stand the addresses asked and the time."""
    facts, _ = area.fetch(manners=at(8))

    assert set(facts["fetched"]) == set(facts) - {"fetched"}
    assert facts["fetched"]["documents"] == {"from": f"{area.server.url}{STATISTICS}", "at": "2025-10-20T08:00:00Z"}


def test_news_are_reported_in_the_words_of_the_slides(area: Area) -> None:
    """What is new, gone and changed since the last fetch, in lines that a person would say."""
    _, first = area.fetch()
    area.server.group("suit")["state"] = name("groupstatename", "conclude")
    roles = area.server.world.objects["group/role"]
    roles[:] = [role for role in roles if role["group"] != area.server.group("suit")["resource_uri"]]
    area.server.edit(STATISTICS, '"pages":869', '"pages":9999')
    _, report = area.fetch()

    assert "New working groups: SEAT; SKEX (reopened)" in first.changes
    assert "Working groups of the area, no longer: SUIT" in report.changes
    assert "Documents: 9,999 pages (was 869 pages)" in report.changes
    chairs = next(line for line in first.changes if line.startswith("WG chair changes: "))
    assert "ACME: Takehiro Inaba left, Miles Ottersham joined" in chairs
    assert not any("fetched" in line or "new: " in line for line in (*first.changes, *report.changes))


def test_a_first_fetch_is_compared_with_the_meeting_before(area: Area) -> None:
    """What happened before that meeting is not what went since."""
    (area.root / "meetings" / "124.facts.yaml").write_text(
        "groups: {old: OLD, tls: TLS}\nchair_changes: {tls: {departures: [A. Chair]}}\n"
    )
    _, report = area.fetch(only=("groups", "chair-changes"))

    assert "Working groups of the area, no longer: OLD" in report.changes
    assert not any("A. Chair" in line for line in report.changes)


def test_a_first_fetch_looks_for_what_the_meeting_before_had(area: Area) -> None:
    """A number that was large then does not vanish in silence, whatever else was fetched first."""
    (area.root / "meetings" / "124.facts.yaml").write_text("reviews: {assigned: 60, completed: 50, on_time: 40}\n")
    area.server.world.objects["review/reviewassignment"].clear()
    _, report = area.fetch()

    assert report.failed == {"reviews": "there is nothing in `reviews`, where 50 were before"}


@pytest.mark.sweep(3)
@pytest.mark.parametrize("fact", ["documents", "groups", "reviews"])
def test_nothing_where_there_was_much_is_a_failure(area: Area, fact: str) -> None:
    """No data is never shown as 0: the old facts stay, and the reason is told."""
    old, _ = area.fetch()
    match fact:
        case "documents":
            area.server.world.files[STATISTICS] = b'[{"id": "sec", "docs": 0, "pages": 0}]'
        case "groups":
            for one in area.server.world.objects["group/group"]:
                one["state"] = name("groupstatename", "conclude")
        case _:
            area.server.world.objects["review/reviewassignment"].clear()
    facts, report = area.fetch()

    assert fact in report.failed
    assert facts[fact] == old[fact]


def test_a_failed_part_keeps_its_old_facts(area: Area) -> None:
    """What cannot be had stays as it was, marked stale with the reason and its old time; the rest is new."""
    old, _ = area.fetch(manners=at(8))
    area.server.always[STATISTICS] = Reply(500)
    facts, report = area.fetch(manners=at(9))

    assert list(report.failed) == ["documents"]
    assert facts["documents"] == old["documents"]
    assert facts["fetched"]["documents"]["at"] == "2025-10-20T08:00:00Z"
    assert "HTTP 500" in facts["fetched"]["documents"]["stale"]
    assert facts["fetched"]["groups"]["at"] == "2025-10-20T09:00:00Z"
    assert deck(area.root)["document-statistics"]

    del area.server.always[STATISTICS]
    assert "stale" not in area.fetch()[0]["fetched"]["documents"]


def test_a_login_page_is_no_fact(area: Area) -> None:
    """HTML with status 200, as a login or a portal answers, makes each part fail and says so."""
    old, _ = area.fetch(manners=at(8))
    for path in {target.partition("?")[0] for target in area.server.asked}:
        area.server.always[path] = Reply(body=b"<!DOCTYPE html><title>Log in</title>")
    facts, report = area.fetch(manners=at(9))

    assert {key: facts[key] for key in old if key != "fetched"} == {key: old[key] for key in old if key != "fetched"}
    assert "an HTML page, perhaps a login" in report.failed["groups"]
    assert set(report.failed) >= {"meeting", "session", "groups", "wg-changes", "reviews", "errata", "documents"}


def test_a_part_that_was_never_had_says_why(area: Area) -> None:
    """Nothing is put in its place, and the file says what is missing."""
    area.server.always[STATISTICS] = Reply(404)
    facts, _ = area.fetch()

    assert "documents" not in facts
    assert facts["fetched"]["documents"] == {"stale": f"HTTP 404 from {area.server.url[7:]}"}


def test_without_a_network_nothing_is_lost(area: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    """One message for each part, four tries in all, and no file where there was none."""
    monkeypatch.setenv("DECKGEN_DATATRACKER_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("DECKGEN_RFC_EDITOR_URL", "http://127.0.0.1:1")
    facts, report = area.fetch()

    assert (facts, report.written) == ({}, False)
    assert set(report.failed.values()) == {next(iter(report.failed.values()))}
    assert "127.0.0.1:1 cannot be reached" in report.failed["meeting"]
    assert report.requests == 4


@pytest.mark.parametrize(
    ("text", "line", "rule"),
    [
        ("groups: [unclosed\n", 1, "yaml-syntax"),
        ("groups:\n  tls: TLS\n  tls: TLS\n", 3, "duplicate-key"),
        ("- a list\n", 1, "wrong-value"),
        ("groups: {}\ngrups: {}\n", 2, "unknown-key"),
        ("documents:\n  pages: [1]\n", 2, "wrong-value"),
    ],
)
def test_a_broken_facts_file_is_left_alone(area: Area, text: str, line: int, rule: str) -> None:
    """A file that somebody edited wrongly is named with its line, not overwritten, and nobody is asked."""
    path = area.root / "meetings" / "125.facts.yaml"
    path.write_text(text)
    problem = refused(area).problems[0]

    assert (problem.origin.path, problem.origin.line, problem.rule) == ("meetings/125.facts.yaml", line, rule)
    assert path.read_text() == text
    assert area.server.asked == []


def test_what_somebody_added_is_kept(area: Area) -> None:
    """A fact in the file that is not fetched stays, though it should be in the other file."""
    path = area.root / "meetings" / "125.facts.yaml"
    path.write_text("agenda:\n  - item: Open Mic\n")

    assert area.fetch(only=("documents",))[0]["agenda"] == [{"item": "Open Mic"}]


def test_a_broken_meeting_file_is_reported(area: Area) -> None:
    """The meeting's own file says which area is asked for, so it must be whole."""
    (area.root / "meetings" / "125.yaml").write_text("area: {acronym: 'S E C'}\n")

    assert "`area: acronym` is 'S E C'" in refused(area).problems[0].text


def test_a_dry_run_writes_nothing(area: Area) -> None:
    """It asks and tells what is new."""
    facts, report = area.fetch(dry_run=True)

    assert (facts, report.written) == ({}, False)
    assert "Documents: 64 documents; 869 pages" in report.changes


def test_only_what_is_named_is_asked_for(area: Area) -> None:
    """The other facts stay, with their times."""
    area.fetch(manners=at(8))
    area.server.asked.clear()
    facts, _ = area.fetch(only=("documents",), manners=at(9))

    assert area.server.asked == [STATISTICS]
    assert facts["fetched"]["groups"]["at"] == "2025-10-20T08:00:00Z"
    assert facts["fetched"]["documents"]["at"] == "2025-10-20T09:00:00Z"


def test_an_unknown_part_is_reported_with_the_nearest(area: Area) -> None:
    """A slip of the finger is not ignored in silence."""
    problem = refused(area, only=("wg-chnges",)).problems[0]

    assert (problem.rule, problem.hint) == ("unknown-fact", "did you mean `wg-changes`?")


def test_since_looks_back_to_a_day(area: Area) -> None:
    """A later day leaves out what came before it."""
    facts, _ = area.fetch(only=("chair-changes",), since=date(2026, 2, 1))

    assert list(facts["chair_changes"]) == ["ace", "jose", "mls"]


def test_since_must_be_before_the_meeting(area: Area) -> None:
    """A day of next year would silently empty every list."""
    problem = refused(area, since=date(2026, 3, 14)).problems[0]

    assert (problem.rule, problem.hint) == ("bad-date", "such as 2025-11-07, the end of IETF 124")


def test_a_meeting_that_the_table_lacks_comes_from_the_datatracker(area: Area) -> None:
    """City and days are fetched, and the deck can be made with them."""
    table = area.root / "templates" / "meetings.yaml"
    lines = table.read_text().splitlines(True)
    rewrite(table, "".join(line for line in lines if not line.startswith(('"125"', '"124"'))))
    meeting = area.fetch(only=("meeting",))[0]["meeting"]

    assert (meeting["city"], meeting["first"], meeting["last"]) == ("Shenzhen", "2026-03-14", "2026-03-20")


def test_a_meeting_that_does_not_exist_is_reported(area: Area) -> None:
    """IETF 200 is in no table and known to nobody."""
    problem = refused(area, number=200).problems[0]

    assert (problem.rule, problem.text) == (
        "unknown-meeting",
        "IETF 200 is neither in the table of meetings nor in the datatracker",
    )


def test_dates_that_differ_are_reported(area: Area) -> None:
    """The table is what counts; a person sees that the datatracker has another day."""
    area.server.one("meeting/meeting", number="125")["date"] = "2026-03-15"

    assert any("2026-03-15 to 2026-03-21" in line for line in area.fetch(only=("meeting",))[1].human)


def test_a_director_whom_nobody_knows_is_reported(area: Area) -> None:
    """A name carried over from the meeting before would stay beside the new one."""
    (area.root / "meetings" / "125.yaml").write_text("directors: {deb.cooley: Deb Cooley, old.one: Old One}\n")

    assert "directors: 125.yaml names old.one, the datatracker does not" in area.fetch(only=("directors",))[1].human


def test_a_fetch_is_polite(area: Area) -> None:
    """One request at a time, under the project's name, and few of them."""
    _, report = area.fetch()

    assert area.server.most_at_once == 1
    assert area.server.agents == {"deckgen/0.1.0 (IETF area slide decks)"}
    assert report.requests == len(area.server.asked) <= 60


def test_progress_names_the_parts_and_the_waits(area: Area) -> None:
    """Who waits sees what for."""
    area.server.planned[STATISTICS] = [Reply(429, headers={"Retry-After": "7"})]
    lines: list[str] = []
    area.fetch(progress=lines.append)

    assert "wg-changes (5 of 12)" in lines
    assert any(re.fullmatch(r"HTTP 429 from 127\.0\.0\.1:\d+: waiting 7 s", line) for line in lines)


@pytest.mark.slow
def test_two_areas_at_once_do_not_disturb_each_other(tmp_path: Path, area: Area) -> None:
    """Two folders, and two meetings of one folder, at the same time with one cache, as one after the other."""
    other = recorded_folder(tmp_path / "ops")
    (other / "meetings" / "125.yaml").write_text("area: {acronym: ops, group: opsarea, directorate: opsdir}\n")
    reports: dict[str, FetchReport] = {}

    def run(name: str, root: Path, number: int) -> None:
        reports[name] = fetch(root, number, manners=at(8))

    jobs = [("sec", area.root, 125), ("sec 123", area.root, 123), ("ops", other, 125)]
    threads = [threading.Thread(target=run, args=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    together = {name: report.path.read_text() for name, report in reports.items()}
    for job in jobs:
        reports[job[0]].path.unlink()
        run(*job)

    assert together == {name: report.path.read_text() for name, report in reports.items()}
    assert list(Area(area.server, other).facts()["groups"]) == ["anima", "regext"]


def test_an_interrupted_fetch_leaves_the_old_file_whole(area: Area) -> None:
    """Ctrl-C in the middle changes nothing and leaves nothing behind."""
    _, report = area.fetch()
    text = report.path.read_text()

    def interrupt(line: str) -> None:
        if line.startswith("errata"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        area.fetch(progress=interrupt)
    assert report.path.read_text() == text
    assert list((area.root / "meetings").glob(f".{PART_FILES}")) == []


FETCH = """
import resource, signal, sys
from pathlib import Path
from deckgen.facts import fetch
from deckgen.base.problem import DeckError
limit = int(sys.argv[2])
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    report = fetch(Path(sys.argv[1]), 125)
except DeckError as error:
    print(error)
else:
    # Not ru_maxrss, which counts what the parent had before this process began.
    status = Path("/proc/self/status").read_text()
    print(report.requests, len(report.failed), status.partition("VmHWM:")[2].split()[0])
"""


def in_a_process(root: Path, max_bytes: int = 0) -> str:
    """What a fetch in a process of its own says; no file may become larger than `max_bytes`."""
    command = [sys.executable, "-c", FETCH, str(root), str(max_bytes)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout


def test_a_full_disk_leaves_the_old_file_whole(area: Area) -> None:
    """A file that cannot be written to its end is not put in place of the old one."""
    _, report = area.fetch()
    text = report.path.read_text()

    assert "meetings/125.facts.yaml: error: cannot be written" in in_a_process(area.root, max_bytes=2000)
    assert report.path.read_text() == text
    assert list((area.root / "meetings").glob(f".{PART_FILES}")) == []


@pytest.mark.slow
def test_a_whole_fetch_stays_small(area: Area) -> None:
    """With ten times the errata, each as long as they are: at most 60 requests, and less than 200 MB."""
    entries = json.loads(area.server.world.files["/errata.json"])
    more = [
        {**one, "errata_id": str(1000 * i + int(one["errata_id"])), "orig_text": "x" * 500, "notes": "y" * 500}
        for one in entries
        for i in range(10)
    ]
    area.server.world.files["/errata.json"] = json.dumps(more).encode()
    requests, failed, kilobytes = map(int, in_a_process(area.root).split())

    assert failed == 0
    assert requests <= 60
    assert kilobytes < 200_000


def test_other_commands_do_not_pay_for_httpx() -> None:
    """Importing the room loads no HTTP client; only fetching does."""
    code = "import sys, deckgen.facts; sys.exit('httpx' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_a_server_that_asks_to_wait_is_waited_for(area: Area) -> None:
    """Retry-After: 0 on several paths makes a fetch no worse."""
    for path in ("/api/v1/group/group/", "/errata.json", STATISTICS):
        area.server.planned[path] = [Reply(429, headers={"Retry-After": "0"})]
    waits: list[float] = []
    _, report = area.fetch(manners=Manners(sleep=waits.append))

    assert (report.failed, waits) == ({}, [0.0, 0.0, 0.0])


@pytest.mark.slow
def test_a_full_year_fits_on_its_slides(area: Area, tmp_path: Path) -> None:
    """Thirty groups with pages and all nine results of reviews: both files are written, and say the same."""
    rows = [{"id": f"group{i}", "parent": "sec", "docs": 5, "pages": 100 + i} for i in range(30)]
    total = {"id": "sec", "parent": "ietf", "docs": 150, "pages": 3435}
    area.server.world.files[STATISTICS] = json.dumps([total, *rows]).encode()
    done = area.server.one("review/reviewassignment", id=100)
    for i, result in enumerate(area.server.world.objects["name/reviewresultname"] * 5):
        more = {"result": result["resource_uri"], "completed_on": "2026-01-05T00:00:00Z"}
        area.server.put("review/reviewassignment", copy_of(done, 9000 + i, **more))
    _, report = area.fetch()
    built = build(area.root, 125, tmp_path / "build").get()

    assert report.failed == {}
    assert {file.suffix for file in built.files} >= {".pdf", ".pptx"}


def test_a_director_with_letters_of_any_script_builds(area: Area, tmp_path: Path) -> None:
    """Her page is linked, in both files, and the same key may be written by hand."""
    area.server.one("person/person", name="Dora Whitlock")["name"] = "Éric O'Búachalla"
    area.fetch()
    (area.root / "meetings" / "125.yaml").write_text(
        "directors: {éric.o'búachalla: Éric, piet.houtman: Piet Houtman}\n"
    )
    build(area.root, 125, tmp_path / "build").get()

    assert "https://datatracker.ietf.org/doc/ad/éric.o'búachalla" in (tmp_path / "build" / "outline.txt").read_text(
        "utf-8"
    )


def test_several_directorates_build(area: Area) -> None:
    """The slides name them all."""
    (area.root / "meetings" / "125.yaml").write_text("area: {directorate: [secdir, opsdir]}\n")
    area.fetch()

    slide = deck(area.root)["review-statistics"]
    assert slide.title.words.startswith("SECDIR, OPSDIR reviews since IETF 124")
    assert {"SECDIR", "OPSDIR"} < {*words(slide)}
