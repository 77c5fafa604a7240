"""The areas of the repository: each has meetings that build without a warning, and shows nothing of another area."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from support.repository import MINIMAL, ROOT, lay_out

from deckgen.build.one import check, typeset
from deckgen.deck.kinds import texts
from deckgen.meeting import areas, find_meeting, list_meetings

OTHERS = [meeting for meeting in list_meetings(ROOT) if "/" in meeting]
OF_SECURITY = re.compile(r"\b(?:security area|saag|secdir|SEC AD)\b", re.IGNORECASE)


def identity(area: str) -> dict[str, object]:
    """The fact `area` of an area."""
    found: dict[str, object] = yaml.safe_load((ROOT / f"templates/areas/{area}/defaults.yaml").read_text("utf-8"))[
        "area"
    ]
    return found


def test_every_area_of_the_ietf_has_templates_and_a_meeting() -> None:
    """Seven areas since IETF 119; the Security Area is the default one."""
    assert areas(ROOT) == ["art", "gen", "int", "ops", "rtg", "sec", "wit"]
    assert {meeting.partition("/")[0] for meeting in OTHERS} == {*areas(ROOT)} - {"sec"}


@pytest.mark.parametrize("meeting", OTHERS)
def test_a_meeting_of_each_area_has_no_problem(meeting: str) -> None:
    """What is not known is null in its file, so no slide is left out unnoticed."""
    assert check(ROOT, meeting) == ()


@pytest.mark.parametrize("meeting", OTHERS)
def test_nothing_of_the_security_area_is_on_the_deck_of_another(meeting: str) -> None:
    """Neither its name, nor its list, nor its directorate."""
    deck = typeset(ROOT, meeting).get().deck
    words = [text.words for slide in deck.slides for text in texts(slide)] + [deck.name, deck.title, deck.subject]

    assert [text for text in words if OF_SECURITY.search(text)] == []


@pytest.mark.parametrize("area", areas(ROOT))
def test_a_new_meeting_of_each_area_begins_with_its_name(area: str, tmp_path: Path) -> None:
    """Without a fact but the session and a director, the deck has the title of the area and its file name."""
    root = lay_out(tmp_path, {f"meetings/{area}/123.yaml": MINIMAL})
    deck = typeset(root, find_meeting(root, "123", area)).get().deck
    own = identity(area)

    assert deck.slides[0].title.words == own["title"]
    assert deck.name == f"slides-123-{own['group']}-chair-slides"
    assert deck.upload == f"https://datatracker.ietf.org/meeting/123/session/{own['group']}"


def test_each_area_has_an_identity_of_its_own() -> None:
    """No two share an acronym, a group, a wiki or a directorate."""
    for key in ("acronym", "name", "title", "group", "wiki", "directorate"):
        assert len({str(identity(area)[key]) for area in areas(ROOT)}) == 7
