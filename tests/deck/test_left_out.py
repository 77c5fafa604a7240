"""What a deck says of the slides that are not in it: the facts that nobody knows, and the pictures still to come."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import yaml
from support.repository import MINIMAL, ROOT, lay_out

from deckgen.build.one import check, typeset
from deckgen.deck.kinds import Deck, texts
from deckgen.deck.kinds.table import Table
from deckgen.problems import Problem
from deckgen.review.make import review

Folder = Callable[..., Path]


def told(root: Path, number: int = 123) -> dict[str, Problem]:
    """The warnings about slides that are left out, by the id of the slide."""
    found = [problem for problem in check(root, number) if problem.rule == "slide-left-out"]
    by_slide = {problem.slide: problem for problem in found}
    assert len(by_slide) == len(found)
    return by_slide


def composed(root: Path, number: int = 123) -> Deck:
    """The deck of a folder."""
    return typeset(root, number).get().deck


def with_end(when: str) -> dict[str, str]:
    """A recurring slide that is there only if something holds."""
    return {"templates/slides/the-end.yaml": f"when: {when}\nkind: statement\ntitle: The end\n"}


def test_a_new_meeting_warns_once_for_each_slide_that_is_missing(
    tmp_path: Path, run: Callable[..., CompletedProcess[str]]
) -> None:
    """Begun from IETF 124 and built without a fetch: each absent slide has its warning, and nothing else has one."""
    shutil.copytree(ROOT / "meetings", tmp_path / "meetings")
    lay_out(tmp_path, {})
    run(tmp_path, "new", "125")
    built = run(tmp_path, "build", "125")
    outline = (tmp_path / "build" / "125" / "outline.txt").read_text("utf-8")
    order = yaml.safe_load((ROOT / "templates/areas/sec/deck.yaml").read_text("utf-8"))["sections"]
    recurring = {id for section in order for id in section["slides"]} - {"note-really-well"}  # till 123
    missing = {id for id in recurring if f" · {id} · " not in outline}
    warnings = re.findall(r"^meetings/125\.yaml: warning: slide `(\S+)` is left out: ", built.stderr, re.M)

    assert {"wg-changes", "chair-changes", "wg-summaries", "new-lists", "document-statistics"} < missing
    assert sorted(warnings) == sorted(missing)
    assert built.stderr.count(": warning: ") == len(missing)
    assert built.stdout.splitlines()[-1] == f"{len(missing)} slides are left out; the warnings have the reasons"


def test_the_warning_says_what_to_type(folder: Folder) -> None:
    """Fetch the fact, write it, say that it is empty, or leave the slide out."""
    problem = told(folder())["wg-changes"]

    assert str(problem) == (
        "meetings/123.yaml: warning: slide `wg-changes` is left out: no file has `wg_changes` [slide-left-out]"
    )
    assert problem.hint == (
        "run `make fetch MEETING=123`, write it, or write `wg_changes: {}` if nothing changed; "
        "`slides: {wg-changes: null}` leaves it out for good"
    )


def test_what_nobody_can_fetch_is_not_said_to_be_fetched(folder: Folder) -> None:
    """The outcomes stand in the minutes alone, and are a list."""
    hint = told(folder())["dispatch-outcomes"].hint

    assert hint.startswith("write it, or write `dispatch_outcomes: []` if there are none; ")


@pytest.mark.parametrize(
    "said",
    [
        "chair_changes: {}",
        "chair_changes: null",
        "slides: {chair-changes: null}",
        "slides: {chair-changes: {when: chair_changes}}",
    ],
)
def test_what_is_known_to_be_empty_or_left_out_needs_no_word(folder: Folder, said: str) -> None:
    """Nothing happened, nobody will know, the slide is not wanted, or the meeting has a condition of its own."""
    root = folder(f"{MINIMAL}{said}\n")

    assert "chair-changes" not in told(root)
    assert "wg-changes" in told(root)


@pytest.mark.parametrize("fetched", ["chair_changes: {}", "chair_changes: {acme: {additions: [B]}}"])
@pytest.mark.parametrize("by_hand", ["", "chair_changes: null"])
def test_a_fetched_fact_is_known_even_where_it_is_empty(folder: Folder, fetched: str, by_hand: str) -> None:
    """Null by hand, over whatever was fetched, leaves it out on purpose."""
    root = folder(f"{MINIMAL}{by_hand}\n", **{"meetings/123.facts.yaml": f"{fetched}\n"})
    shown = "chair-changes" in [slide.id for slide in composed(root).slides]

    assert "chair-changes" not in told(root)
    assert shown == ("acme" in fetched and not by_hand)


@pytest.mark.sweep(3)
@pytest.mark.parametrize(
    ("when", "said", "facts"),
    [
        ("groups and new_lists", "", "`groups` or `new_lists`"),
        ("groups and new_lists", "groups: {acme: ACME}", "`new_lists`"),
        ("groups and new_lists", "groups: {}", ""),
        ("groups or new_lists", "groups: {}", "`new_lists`"),
        ("not groups or new_lists", "groups: {acme: ACME}", "`new_lists`"),
        ("groups is defined and groups.get('acme')", "", "`groups`"),
        ("(groups | default({})).get('acme')", "", "`groups`"),
        ("groups | length > 3", "", "`groups`"),
        ("meeting.number > 200 and groups", "", ""),
        ("new_lists and groups", "new_lists: null", ""),
        ("documents.get('groups')", "documents: {pages: 5}", "`documents: groups`"),
        ("documents.groups", "documents: {pages: 5}", "`documents: groups`"),
        ("documents.get('groups')", "documents: {pages: 5, groups: null}", ""),
        ("documents.get('groups')", "documents: {pages: 5, groups: {}}", ""),
        ("documents.get('note')", "documents: null", ""),
        ("groups.get('acme')", "groups: {tls: TLS}", ""),
    ],
)
def test_only_the_facts_that_could_show_the_slide_are_named(folder: Folder, when: str, said: str, facts: str) -> None:
    """A condition that fails whatever the unknown facts are hangs on none of them."""
    found = told(folder(f"{MINIMAL}{said}\n", **with_end(f'"{when}"')))

    text = found["the-end"].text if "the-end" in found else ""
    assert text == (f"slide `the-end` is left out: no file has {facts}" if facts else "")


def test_a_slide_for_other_meetings_is_not_missed(folder: Folder) -> None:
    """`from` and `until` leave it out, whatever its facts are."""
    later = {"templates/slides/the-end.yaml": "from: 124\nwhen: groups\nkind: statement\ntitle: The end\n"}

    assert "the-end" not in told(folder(**later))


def test_a_part_of_a_slide_is_not_missed(folder: Folder) -> None:
    """The slide is there without it, as with the thanks for reviews that nobody counted."""
    root = folder()

    assert "secdir-thanks" not in told(root)
    assert "secdir-thanks" in [slide.id for slide in composed(root).slides]


def test_a_fact_of_which_the_defaults_speak_is_told_where_they_say_nothing_yet(folder: Folder) -> None:
    """At IETF 111 there was no errata table; that it is left out is said all the same."""
    root = folder(MINIMAL.replace("2025-07-25", "2021-07-28"), 111)

    assert told(root, 111)["errata"].text == "slide `errata` is left out: no file has `errata`"


@pytest.mark.parametrize("value", ["{new: {acme: ACME}}", "{}", "null"])
def test_a_misspelt_fact_is_told_once(folder: Folder, value: str) -> None:
    """The word that was meant is the hint; that its slide is left out follows from that."""
    root = folder(f"{MINIMAL}wg_chnages: {value}\n")

    assert [p.hint for p in check(root, 123) if p.rule == "unknown-key"] == ["did you mean `wg_changes`?"]
    assert "wg-changes" not in told(root)
    assert "chair-changes" in told(root)


def test_a_misspelt_part_of_a_fact_is_told_even_where_it_is_null(folder: Folder) -> None:
    """Null takes it away before anybody else could look at it."""
    root = folder(MINIMAL + "documents: {pages: 5, gruops: null}\n")

    [problem] = [p for p in check(root, 123) if p.severity == "error"]
    assert (problem.rule, problem.hint) == ("unknown-key", "did you mean `groups`?")


def test_a_facts_file_that_cannot_be_read_is_told_alone(folder: Folder) -> None:
    """Nobody knows then which facts there are."""
    root = folder(**{"meetings/123.facts.yaml": "groups: [\n"})

    assert [problem.rule for problem in check(root, 123) if problem.severity == "error"] == ["yaml-syntax"]
    assert told(root) == {}


def test_a_line_of_the_changes_may_be_a_text(folder: Folder) -> None:
    """Written by hand over what was fetched; a line of which nothing is known has a dash."""
    fetched = "wg_changes: {bofs: {plants: PLANTS}, new: {}, rechartering: {lake: LAKE, tls: TLS}}\n"
    root = folder(MINIMAL + "wg_changes: {bofs: none, chartering: some}\n", **{"meetings/123.facts.yaml": fetched})
    table = next(slide for slide in composed(root).slides if slide.id == "wg-changes")

    assert isinstance(table, Table)
    assert [row.cells[1].text.words for row in table.rows] == ["none", "some", "none", "–", "–", "LAKE, TLS"]


WANTING = "slides:\n  talk: {{kind: {kind}, title: A talk, wanted: the slides of the speaker{more}}}\n"


@pytest.mark.sweep(3)
@pytest.mark.parametrize(
    ("kind", "more", "shown"),
    [
        ("figure", ", caption: [Under it]", False),
        ("figure", ", show: true", True),
        ("bullets", ", items: []", False),
        ("bullets", ", items: [One]", True),
        ("table", ", header: [A], rows: []", False),
        ("chart", ", chart: {title: T, categories: [a], values: [null]}", False),
        ("chart", ", chart: {title: T, categories: [a], values: [1]}", True),
        ("statement", "", True),
    ],
)
def test_a_slide_that_has_nothing_yet_is_left_out(folder: Folder, kind: str, more: str, shown: bool) -> None:
    """It stays in the list of what is still missing; `show: true` keeps it in the deck."""
    root = folder(MINIMAL + WANTING.format(kind=kind, more=more))
    [problem] = [p for p in check(root, 123) if p.slide == "talk" and p.rule == "missing-figure"]

    assert ("talk" in [slide.id for slide in composed(root).slides]) == shown
    assert problem.text == f"slide `talk` {'' if shown else 'is left out: it '}still lacks the slides of the speaker"


def test_a_talk_that_is_still_to_come_is_not_said_to_have_no_slide(folder: Folder) -> None:
    """The agenda names it, and the build says that it is still to come."""
    agenda = "agenda: [{item: A talk, minutes: 5, slide: talk}, {item: B talk, minutes: 5, slide: nowhere}]\n"
    root = folder(MINIMAL + agenda + WANTING.format(kind="figure", more=""))

    assert [p.text for p in check(root, 123) if p.rule == "talk-without-slide"] == ["no slide is called `nowhere`"]


@pytest.mark.slow
def test_a_review_lists_what_is_still_to_come_and_left_out(folder: Folder, tmp_path: Path) -> None:
    """With a link to the slide only where there is one."""
    root = folder(MINIMAL + WANTING.format(kind="figure", more=""))
    page = review(root, "123", "", tmp_path / "review").files[0].read_text("utf-8")

    assert "A talk (left out): the slides of the speaker" in page
    assert 'href="#slide-talk"' not in page


def test_without_the_day_of_the_session_the_title_has_those_of_the_meeting(folder: Folder) -> None:
    """Nobody makes one up, and the list of what is still missing has it."""
    root = folder("directors: {a.director: A. Director}\n")
    title = composed(root).slides[0]

    assert "Saturday, 19 July 2025 to Friday, 25 July 2025" in [text.words for text in texts(title)]
    assert title.wanted
    assert title.wanted.words == "the day of the session"
