"""A new meeting's file: what is carried, what waits to be written, and a deck at once."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from support.facts_server import deck, folder, words

from deckgen.meeting.new import new_meeting
from deckgen.problems import DeckError
from deckgen.source import parse, plain


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with the meetings of this repository, to 124."""
    root = folder(tmp_path / "area")
    for path in (root / "meetings").glob("12[5-9]*.yaml"):
        path.unlink()
    return root


def said(path: Path) -> dict[str, Any]:
    """What a meeting file says."""
    facts = plain(parse(path.read_text(encoding="utf-8"), path.name).get())
    assert isinstance(facts, dict)
    return facts


def test_a_new_meeting_makes_a_deck_at_once(root: Path) -> None:
    """Without a word by hand, the deck can be made, and says what is still wanted."""
    path = new_meeting(root, 125, None).get().path
    slides = deck(root, 125)

    assert path == root / "meetings" / "125.yaml"
    assert words(slides["title"])[:2] == ["Security Area Advisory Group", "IETF 125 Shenzhen"]
    assert slides["title"].wanted
    assert {"agenda", "related-activities", "ad-sponsored-drafts", "note-well", "the-end"} <= set(slides)


def test_what_people_chose_is_carried(root: Path) -> None:
    """Directors, standing topics, open drafts and related groups, each from the last file that says it."""
    begun = new_meeting(root, 125, 124).get()
    path, notes = begun.path, list(begun.carried)
    facts = said(path)

    assert facts["directors"] == {"deb.cooley": "Deb Cooley", "paul.wouters": "Paul Wouters"}
    assert [topic["item"] for topic in facts["agenda"]] == [
        "Welcome, Administrivia, and Agenda Bashing",
        "WG and AD Reports",
        "Dispatch/BOF outcomes",
        "Open Mic",
    ]
    assert list(facts["sponsored_drafts"]) == ["draft-tulshibagwale-saag-pushpull-delivery", "PEM file format for ECH"]
    assert facts["related_groups"]["quic"] == "QUIC"
    assert facts["external_bodies"][:2] == ["ICANN", "W3C"]
    assert "sponsored_drafts: SFrame is left out: moved to another AD" in notes
    assert "related_groups: from meeting 123" in notes


def test_what_is_new_each_time_is_not_carried(root: Path) -> None:
    """Changes, talks and outcomes of the last meeting are not those of this one; its errata are read from its file."""
    facts = said(new_meeting(root, 125, 124).get().path)

    assert set(facts) == {
        *("directors", "agenda", "sponsored_drafts"),
        *("related_groups", "research_groups", "external_bodies"),
    }


def test_the_schema_stands_first(root: Path) -> None:
    """Editors find it there."""
    path = new_meeting(root, 125, 124).get().path

    assert path.read_text().splitlines()[0] == "# yaml-language-server: $schema=../docs/meeting.schema.json"


@pytest.mark.parametrize("key", ["session", "dispatch_outcomes", "wg_changes", "new_lists", "slides"])
def test_the_examples_work_when_their_marks_are_taken_off(root: Path, key: str) -> None:
    """What stands there commented is right as it is, and makes a slide or a change of one."""
    path = new_meeting(root, 125, 124).get().path
    lines = path.read_text().splitlines()
    start = lines.index(f"# {key}:")
    example = itertools.takewhile(lambda line: line.startswith("#   "), lines[start + 1 :])
    length = len([*example])
    lines[start : start + length + 1] = [line[2:] for line in lines[start : start + length + 1]]
    path.write_text("\n".join(lines))

    assert key in said(path)
    assert deck(root, 125)


def test_another_meeting_may_be_the_model(root: Path) -> None:
    """From 123, its agenda without the talks."""
    facts = said(new_meeting(root, 125, 123).get().path)

    assert [topic["item"] for topic in facts["agenda"]][1:] == ["WG and AD Reports", "Open Mic"]


def test_the_first_meeting_of_a_folder_makes_a_deck_too(root: Path) -> None:
    """Nothing is carried, so it has the topics that every session has, and no director."""
    for path in (root / "meetings").glob("*.yaml"):
        path.unlink()
    begun = new_meeting(root, 125, None).get()
    path, notes = begun.path, list(begun.carried)

    facts = said(path)
    assert (notes, facts["directors"]) == ([], {})
    assert [topic["item"] for topic in facts["agenda"]] == ["Welcome, agenda", "Any other business"]
    assert {"title", "agenda", "note-well", "the-end"} <= set(deck(root, 125))


def test_a_file_is_never_overwritten(root: Path) -> None:
    """A second time is an error, and the file is as it was."""
    path = new_meeting(root, 125, None).get().path
    path.write_text("mine\n")

    with pytest.raises(DeckError, match=r"meetings/125\.yaml: error: the file already exists"):
        new_meeting(root, 125, None).get()
    assert path.read_text() == "mine\n"


@pytest.mark.parametrize(("number", "previous", "rule"), [(125, 99, "no-file"), (190, 124, "unknown-meeting")])
def test_a_meeting_that_is_not_known_is_reported(root: Path, number: int, previous: int, rule: str) -> None:
    """Nothing is written from a file that is not there, or for a meeting of which nothing is known."""
    with pytest.raises(DeckError) as caught:
        new_meeting(root, number, previous).get()

    assert caught.value.problems[0].rule == rule
    assert not (root / "meetings" / f"{number}.yaml").exists()


def test_a_fetched_meeting_need_not_be_in_the_table(root: Path) -> None:
    """Where the facts file knows city and days, they are enough."""
    fetched = "meeting: {label: IETF 190, city: Lima, country: PE, first: 2040-03-03, last: 2040-03-09}\n"
    (root / "meetings" / "190.facts.yaml").write_text(fetched)
    path = new_meeting(root, 190, None).get().path

    assert path.read_text().splitlines()[1] == "# IETF 190, Lima, 2040-03-03 to 2040-03-09."
    assert words(deck(root, 190)["title"])[1] == "IETF 190 Lima"
