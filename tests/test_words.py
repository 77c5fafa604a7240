"""The code outside `facts/` -> the words of the IETF in it: what an area shows is in templates, and in no module."""

from __future__ import annotations

import re
from pathlib import Path

from support.repository import ROOT

WORDS = (
    *("ietf", "irtf", "iab", "iesg", "wg", "wgs", "draft", "drafts", "errata", "area", "areas", "dispatch", "saag"),
    *("sec", "secdir", "datatracker", "director", "directors", "charter", "rfc editor", "note well"),
)
# A word ends at `_` and where a capital follows a small letter.
_ENDS = re.compile(r"(?<=[a-z])(?=[A-Z])|_")
_WORD = re.compile(rf"(?<![a-z])(?:{'|'.join(WORDS)})(?![a-z])", re.IGNORECASE)
# The other meanings: an area is a folder of templates or a part of a page; a draft is one of JSON Schema or a key that
# people try; and rules keep their names, which meeting files and templates have.
ALLOWED = {
    "area": "build cli deck layout layout/kinds layout/plot meeting review"
    " proof/charts rules/manual writers/pptx/chart",
    "draft": "build/schemas deck/tried meeting/editor_schema rules/bad_draft_name rules/check rules/draft_twice schema",
    "errata": "rules/bad_ignore rules/check rules/errata_gap rules/errata_sum rules/manual",
}


def found(name: str, text: str) -> list[str]:
    """The lines with such a word, except in an allowed meaning."""
    place = Path(name)
    told = []
    for number, line in enumerate(text.splitlines(), 1):
        for word in _WORD.findall(_ENDS.sub(" ", line)):
            meant = ALLOWED.get(word.casefold().removesuffix("s"), "").split()
            if str(place.with_suffix("")) not in meant and str(place.parent) not in meant:
                told.append(f"{name}:{number}: {word}")
    return told


def test_no_module_outside_the_facts_knows_the_ietf() -> None:
    """Nor does a page, a style or a script."""
    rooms = ROOT / "deckgen"
    files = [path for path in sorted(rooms.rglob("*")) if path.suffix in (".py", ".html", ".js", ".css", ".typ")]
    others = [path for path in files if path.relative_to(rooms).parts[0] != "facts"]

    assert len(others) > 100
    assert [one for path in others for one in found(str(path.relative_to(rooms)), path.read_text("utf-8"))] == []


def test_such_a_word_is_found_in_any_spelling() -> None:
    """In a text, in a name, and at the end of an address; a word that only begins alike is another one."""
    assert found("rules/a.py", 'x = "the WG Chairs"\nwg_changes = 1\n"saag@ietf.org"\nclass AreaNote: ...\n') == [
        *("rules/a.py:1: WG", "rules/a.py:2: wg", "rules/a.py:3: saag", "rules/a.py:3: ietf", "rules/a.py:4: Area"),
    ]
    assert found("rules/a.py", "seconds = redraft = chartered = swg\n") == []
