"""Characters from all of Unicode, wherever an author writes -> refused at their line, or in both files alike."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from unicodedata import category

import pytest
from support.repository import MINIMAL, lay_out

from deckgen.base.characters import REFUSED, SHAPELESS
from deckgen.build.one import build, check
from deckgen.problems import Problem, errors_of

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200"><text x="20" y="60" font-size="24">{}</text></svg>'
)
# Wherever words may be, each on a line of its own; the first is line 4.
PLACES = (
    "{{kind: bullets, title: {}, items: [x]}}",
    "{{kind: bullets, title: x, items: [{}]}}",
    "{{kind: bullets, title: x, items: [x], footnote: {}}}",
    "{{kind: bullets, title: x, items: [x], notes: {}}}",
    "{{kind: table, title: x, header: [x, y], rows: [[{}, x]]}}",
    "{{kind: figure, title: x, picture: meetings/x.svg, alt: {}}}",
    "{{kind: figure, title: x, picture: meetings/x.svg, alt: x, caption: [{}]}}",
    "{{kind: chart, title: x, chart: {{title: {}, categories: [x, y], values: [1, 2]}}}}",
    "{{kind: chart, title: x, chart: {{title: x, categories: [{}, y], values: [1, 2]}}}}",
    "{{kind: chart, title: x, chart: {{title: x, categories: [x], series: "
    "[{{name: {}, values: [1]}}, {{name: y, values: [2]}}]}}}}",
)
LINES = range(4, 4 + len(PLACES))


def escaped(words: str) -> str:
    """The words in double quotes of YAML, where every character can be written by its code."""
    return (
        '"'
        + "".join(letter if letter.isascii() and letter.isalnum() else f"\\U{ord(letter):08x}" for letter in words)
        + '"'
    )


def everywhere(root: Path, *words: str, drawn: str = "x") -> Path:
    """A folder with a slide for each place that words may be at, filled in turn, and a drawing of its own words."""
    filled = zip(PLACES, map(escaped, cycle(words)), strict=False)
    slides = "".join(f"  s{n}: {place.format(text)}\n" for n, (place, text) in enumerate(filled))
    files = {"meetings/123.yaml": f"{MINIMAL}slides:\n{slides}", "meetings/x.svg": DRAWING.format(drawn)}
    return lay_out(root, files, slides=False)


def stopping(problems: tuple[Problem, ...]) -> list[tuple[int, str]]:
    """The errors, by the line of the meeting file."""
    assert {problem.origin.path for problem in problems} <= {"meetings/123.yaml"}
    return [(problem.origin.line, problem.text) for problem in problems if problem.severity == "error"]


HIDING = {
    "\u3164": "U+3164 HANGUL FILLER",
    "\u180e": "U+180E MONGOLIAN VOWEL SEPARATOR",
    "\ufffc": "U+FFFC OBJECT REPLACEMENT CHARACTER",
    "\U000e0041": "U+E0041 TAG LATIN CAPITAL LETTER A",
}


@pytest.mark.promise
def test_what_hides_words_is_refused_by_its_name(tmp_path: Path) -> None:
    """In every place, in a drawing too, at the line an author finds it on."""
    found = stopping(check(everywhere(tmp_path / "root", *(f"a{letter}b" for letter in HIDING)), 123))
    [drawn, *_] = stopping(check(everywhere(tmp_path / "drawn", "x", drawn="a\u3164b"), 123))

    assert found == [
        (line, f"the character {name} is not allowed")
        for line, name in zip(LINES, cycle(HIDING.values()), strict=False)
    ]
    assert drawn == (9, "the SVG has the character U+3164 HANGUL FILLER, which is not allowed")


@pytest.mark.promise
@pytest.mark.parametrize(
    "way", ['"a\\u202eb"', "a&#x202e;b", "a&#8238;b", "\"{{ 'a\\u202eb' }}\"", "\"{{ 'a' ~ '\\u202e' }}\""]
)
def test_no_way_around_leads_to_a_hidden_character(bare: Callable[..., Path], way: str) -> None:
    """An escape of YAML, an entity of Markdown, and an expression, alone or with what it is joined to."""
    root = bare(MINIMAL + f"slides:\n  a: {{kind: bullets, title: T, items: [{way}]}}\n")

    errors = [problem for problem in check(root, 123) if problem.severity == "error"]

    assert [(problem.rule, problem.origin.line) for problem in errors] == [("control-character", 4)]


ALLOWED = [
    letter
    for letter in map(chr, range(0x20, sys.maxunicode + 1))
    if not REFUSED.match(letter) and category(letter) not in ("Cn", "Co", "Cs")
]
DRAWN = (
    '{}<tspan dy="9">{}</tspan></text><path id="curve" d="M9 99Q200 0 390 99" fill="none"/>'
    '<text><textPath href="#curve">{}</textPath>'
)


def _words(chance: random.Random, count: int) -> str:
    """Words of an `a`, a character, and a `b`."""
    return " ".join(f"a{letter}b" for letter in chance.choices(ALLOWED, k=count))


def _with_odd_words(seed: int, root: Path) -> tuple[Problem, ...]:
    """The errors of a deck that has such words in each place, and a character in each element of its drawing."""
    chance = random.Random(seed)
    drawn = DRAWN.format(*(f"a&#{ord(chance.choice(ALLOWED))};b" for _ in range(3)))
    words = [_words(chance, 12) for _ in PLACES]
    return errors_of(build(everywhere(root, *words, drawn=drawn), 123, root / "out").problems)


def test_characters_of_all_scripts_are_in_both_files_alike(tmp_path: Path) -> None:
    """Letters, marks, joiners and signs: no difference is seen where there is none."""
    assert _with_odd_words(8, tmp_path / "root") == ()


@pytest.mark.slow
@pytest.mark.parametrize("start", range(100, 160, 10))
def test_no_characters_make_the_files_disagree(start: int, tmp_path: Path) -> None:
    """Sixty decks, with seven thousand characters."""
    told = {seed: _with_odd_words(seed, tmp_path / f"{seed}") for seed in range(start, start + 10)}

    assert {seed: errors for seed, errors in told.items() if errors} == {}


@pytest.mark.slow
def test_what_has_no_shape_may_be_anywhere(tmp_path: Path) -> None:
    """Joiners, marks of direction, places to break and selectors of a form: both files are made, and agree."""
    shapeless = [chr(code) for code in range(sys.maxunicode + 1) if SHAPELESS.match(chr(code))]
    root = everywhere(tmp_path / "root", " ".join(f"a{letter}b" for letter in shapeless[::16]))

    assert len(build(root, 123, root / "out").get().files) == 3


def test_no_character_is_both_refused_and_without_a_shape() -> None:
    """What one rule lets pass, the other does not stop."""
    assert not [code for code in range(sys.maxunicode + 1) if REFUSED.match(chr(code)) and SHAPELESS.match(chr(code))]


def test_every_noncharacter_is_refused() -> None:
    """The last two of each plane, and 32 more (the Unicode Standard, section 23.7)."""
    last = [plane * 0x10000 + low for plane in range(17) for low in (0xFFFE, 0xFFFF)]

    assert [hex(code) for code in (*last, *range(0xFDD0, 0xFDF0)) if not REFUSED.match(chr(code))] == []
