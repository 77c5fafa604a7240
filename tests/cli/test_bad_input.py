"""Mistakes an author makes: one clear message at the line, exit 1, and the files of the last good build untouched."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.repository import MINIMAL, rewrite

Folder = Callable[..., Path]
Run = Callable[..., subprocess.CompletedProcess[str]]
SLIDE = "slides:\n  mine:\n    kind: bullets\n    title: Mine\n"

MISTAKES = {
    "broken YAML": (MINIMAL + "agenda: [", "meetings/123.yaml:4:1: error: not YAML"),
    "a colon in a text": (MINIMAL + SLIDE + "    footnote: a: b\n", "meetings/123.yaml:7:16: error: not YAML"),
    "a wrong type": (MINIMAL + "agenda: soon\n", "meetings/123.yaml:3:9: error: `agenda` is 'soon', not a list"),
    "an unknown key": (MINIMAL + "agnda: []\n", "meetings/123.yaml:3:1: error: unknown key `agnda`"),
    "a key of a slide": (MINIMAL + SLIDE + "    itms: [a]\n", "meetings/123.yaml:7:5: error: unknown key `itms`"),
    "a key twice": (
        MINIMAL + "groups: {}\ngroups: {}\n",
        "meetings/123.yaml:4:1: error: the key `groups` is already on line 3",
    ),
    "an unknown slide": (
        MINIMAL + "slides: {helping-ot: {title: x}}\n",
        "meetings/123.yaml:3:10: error: the slide `",
    ),
    "an unknown kind": (
        MINIMAL + "slides: {a: {kind: bulets, title: x}}\n",
        "meetings/123.yaml:3:20: error: `bulets` is not a kind",
    ),
    "an undefined name": (MINIMAL + SLIDE + '    items: ["{{ sesion.date }}"]\n', "`sesion` is not defined"),
    "a picture that is not there": (
        MINIMAL + "slides: {a: {kind: figure, title: x, picture: meetings/a.png, alt: a}}\n",
        "meetings/123.yaml:3:47: error: there is no picture `meetings/a.png`",
    ),
    "a picture that is none": (
        MINIMAL + "slides: {a: {kind: figure, title: x, picture: meetings/text.png, alt: a}}\n",
        "meetings/123.yaml:3:47: error: the file is not a complete PNG picture",
    ),
    "a link that is none": (
        MINIMAL + SLIDE + "    items: ['[x](javascript:alert)']\n",
        "is not a safe http, https or mailto address",
    ),
    "minutes in words": (
        MINIMAL + "agenda: [{item: a, minutes: ten}]\n",
        "meetings/123.yaml:3:29: error: `minutes` is 'ten', not a whole number or `remaining`",
    ),
    "no time of day": (
        MINIMAL.replace("09:30", "²:30"),
        "`start` is '²:30', not a time of day",
    ),
    "slides as a list": (MINIMAL + "slides: [a]\n", "meetings/123.yaml:3:9: error: `slides` is not a mapping"),
    "another number": (
        MINIMAL + "meeting: {number: 126}\n",
        "meetings/123.yaml:3:19: error: this is the file of meeting 123",
    ),
    "an expression without quotes": (
        MINIMAL + SLIDE + "    items:\n      - {{ meeting.city }}\n",
        "meetings/123.yaml:8:9: error: an expression needs quotes",
    ),
    "a fact that nobody wrote": (
        MINIMAL + SLIDE + '    items: ["{{ groups.values() | commas }}"]\n',
        "hint: add `groups: ...` to the meeting file",
    ),
    "a slide before itself": (
        MINIMAL + SLIDE + "    items: [a]\n    before: mine\n",
        "error: a slide cannot come before or after itself",
    ),
    "a slide before one that is left out": (
        MINIMAL + SLIDE + "    items: [a]\n    before: helping-out\n  helping-out: null\n",
        "error: slide `helping-out` is left out",
    ),
    "no kind": (MINIMAL + "slides: {a: {kind: '', title: x}}\n", "error: `kind` is empty"),
    "two places": (
        MINIMAL + SLIDE + "    items: [a]\n    before: agenda\n    after: note-well\n",
        "meetings/123.yaml:9:5: error: slide `mine` has both `before` and `after`",
    ),
    "a circle": (
        MINIMAL + SLIDE + "    items: [a]\n    before: other\n"
        "  other: {kind: bullets, title: Other, items: [a], before: mine}\n",
        "meetings/123.yaml:8:13: error: `mine`, `other` place each other in a circle",
    ),
    "a byte order mark in a text": (
        MINIMAL + SLIDE + "    items: ['a\ufeffb']\n",
        "U+FEFF ZERO WIDTH NO-BREAK SPACE is not allowed",
    ),
    "a row too short": (
        MINIMAL + "slides: {a: {kind: table, title: x, header: [a, b], rows: [[c]]}}\n",
        "the row has 1 cells and the header 2",
    ),
}


@pytest.mark.sweep(3)
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_at_its_line_and_nothing_is_touched(mistake: str, folder: Folder, run: Run) -> None:
    """Exit 1, the message, no traceback, and the old files as they were."""
    meeting, message = MISTAKES[mistake]
    root = folder(meeting, **{"meetings/text.png": "no picture", "build/123/slides-123-saag-chair-slides.pdf": "old"})

    result = run(root, "build", "123")

    assert result.returncode == 1, result.stderr
    assert message in result.stderr
    assert [path.name for path in (root / "build" / "123").iterdir()] == ["slides-123-saag-chair-slides.pdf"]
    assert (root / "build/123/slides-123-saag-chair-slides.pdf").read_text() == "old"


def test_a_fault_hides_no_other_fault_of_its_slide(bare: Folder, run: Run) -> None:
    """A misspelt kind, a misspelt key, an undefined name and two links that are none, all in one run."""
    slide = "  mine:\n    kind: bulets\n    title: '[a](b)'\n    itms: ['{{ nix }}', '[c](d)']\n"

    told = run(bare(MINIMAL + "slides:\n" + slide), "check", "123").stdout

    assert "did you mean `bullets`?" in told
    assert "did you mean `items`?" in told
    assert "`nix` is not defined" in told
    assert "`b` is not a safe http" in told
    assert "`d` is not a safe http" in told


OF_TEMPLATES = {
    "a margin that leaves no room": ("theme.yaml", "margin: 56", "margin: 480", "is left 0 pt of width"),
    "a box off the page": ("theme.yaml", "  below: 338", "  below: 638", "`horizon.below` is not inside the page"),
    "a page of another shape": ("theme.yaml", "height: 540,", "height: 405,", "is not inside the page"),
    "a code over the text": ("theme.yaml", "size: 94", "size: 400", "`qr.size` reaches below `body.top`"),
    "lines over each other": (
        "theme.yaml",
        "distance: 0.95",
        "distance: 0.3",
        "`line-distance` is 0.3, which is less than 0.7",
    ),
    "a font that is not there": ("theme.yaml", "pdf: Carlito", "pdf: Arial", "one of Carlito"),
    "a misspelt colour": ("theme.yaml", "  mark:", "  mrak:", "unknown key `mrak`"),
    "a sign before a colour": ("theme.yaml", '"FFFFFF"', '"#FFFFFF"', "without `#`"),
    "a misspelt setting": ("deck.yaml", "footer:", "fotter:", "unknown key `fotter`"),
    "sections that are no list": (
        "areas/sec/deck.yaml",
        "sections:",
        "sections: {}\nsection:",
        "is a mapping, not a list",
    ),
    "a key that is missing": ("deck.yaml", "title: ", "titel: ", "did you mean `title`?"),
    "a size of text": ("theme.yaml", "sizes: [24, 20]", "sizes: 28", "`sizes` is 28, not a list"),
    "an option of a rule": ("rules.yaml", "least: 4.5", "leest: 4.5", "did you mean `least`?"),
    "a misspelt key of a section": ("areas/sec/deck.yaml", "own: true", "onw: true", "unknown key `onw`"),
    "a slide twice": ("areas/sec/deck.yaml", "[title,", "[title, title,", "`title` is in the deck twice"),
    "a slide in no section": (
        "areas/sec/deck.yaml",
        "      - secdir-thanks\n",
        "",
        "`secdir-thanks` is not in a section of templates/areas/sec/deck.yaml",
    ),
}


@pytest.mark.parametrize("mistake", OF_TEMPLATES)
def test_a_mistake_of_the_templates_is_told(mistake: str, folder: Folder, run: Run) -> None:
    """At its place in the file; before, each gave a deck that looked wrong, or none at all."""
    name, right, wrong, message = OF_TEMPLATES[mistake]
    root = folder()
    path = root / "templates" / name
    text = path.read_text("utf-8")
    assert right in text
    rewrite(path, text.replace(right, wrong, 1))

    result = run(root, "check", "123")

    assert result.returncode == 1
    assert message in result.stdout


def test_a_text_may_ask_for_a_fact_that_is_not_there(bare: Folder, run: Run) -> None:
    """As `when` does: what the meeting may leave out, and does, counts as no."""
    slide = "  mine: {kind: bullets, title: Mine, items: ['{% if groups %}groups{% else %}none{% endif %}']}\n"
    root = bare(MINIMAL + f"slides:\n{slide}")

    assert run(root, "build", "123").returncode == 0
    assert "none" in (root / "build" / "123" / "outline.txt").read_text("utf-8")


@pytest.mark.slow
def test_slides_that_name_each_other_are_placed_in_a_chain(folder: Folder, run: Run) -> None:
    """Whatever comes first in the file: one that another names is moved before that one is put beside it."""
    kind = "kind: statement, title"
    slides = (
        f"slides:\n  last: {{{kind}: Last, after: middle}}\n  middle: {{{kind}: Middle, after: first}}\n"
        f"  first: {{{kind}: First, after: note-well}}\n"
    )
    root = folder(MINIMAL + slides)
    run(root, "build", "123")

    outline = (root / "build" / "123" / "outline.txt").read_text("utf-8")
    assert outline.index("Note Well") < outline.index("First") < outline.index("Middle") < outline.index("Last")
    assert outline.index("Last") < outline.index("Agenda")


def test_a_meeting_may_be_named_by_its_file(folder: Folder, run: Run) -> None:
    """As a shell completes it; `lint` is another word for `check`, as in the Makefile."""
    result = run(folder(), "lint", "meetings/123.yaml")

    assert result.returncode == 0, result.stdout
    assert "123: 0 errors" in result.stderr


def test_an_unknown_meeting_is_told_with_those_that_are_there(bare: Folder, run: Run) -> None:
    """The number of a meeting without a file."""
    result = run(bare(), "build", "999")

    assert result.returncode == 1
    assert "meetings/999.yaml: error: the file does not exist" in result.stderr
    assert "hint: the meetings here are 123" in result.stderr


def test_strict_takes_a_warning_for_an_error(bare: Folder, run: Run) -> None:
    """The warning is told as ever, and nothing is written."""
    root = bare(MINIMAL + SLIDE + "    items: [the the]\n", **{"build/123/outline.txt": "old"})

    result = run(root, "build", "123", "--strict")

    assert result.returncode == 1
    assert "[doubled-word]" in result.stderr
    assert [path.read_text() for path in (root / "build/123").iterdir()] == ["old"]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")
@pytest.mark.parametrize("arguments", [["schema"], ["check", "123"], ["build", "123"]])
def test_a_full_standard_output_is_told(folder: Folder, arguments: list[str]) -> None:
    """What is printed cannot be written: one line, and no traceback, not even on leaving."""
    command = [sys.executable, "-m", "deckgen", *arguments, "--root", str(folder(MINIMAL + "groups: 1\n"))]
    if arguments[0] == "build":
        command[-1] = str(folder())
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)

    assert result.returncode == 1
    assert result.stderr.splitlines()[-1] == "standard output cannot be written: No space left on device"
    assert "Traceback" not in result.stderr


def test_wrong_usage_is_exit_2(bare: Folder, run: Run) -> None:
    """Text that is not the id of a meeting is a usage error, not a problem in the files."""
    refused = run(bare(), "build", "IETF 124")

    assert refused.returncode == 2
    assert "`IETF 124` is not the id of a meeting, such as 124" in refused.stderr


def test_all_mistakes_are_told_in_one_run(bare: Folder, run: Run) -> None:
    """Three slides with a fault each give three messages, in the order of the lines."""
    own = "".join(f"  s{n}: {{kind: bullets, title: x, itms: []}}\n" for n in range(3))
    result = run(bare(MINIMAL + "slides:\n" + own), "build", "123")

    places = [line.split(" ")[0] for line in result.stderr.splitlines() if "unknown key `itms`" in line]
    assert places == [f"meetings/123.yaml:{line}:33:" for line in (4, 5, 6)]


@pytest.mark.slow
def test_a_folder_that_cannot_be_written_is_told(folder: Folder, run: Run) -> None:
    """A file stands where the output folder should be."""
    result = run(folder(**{"build/123": "a file"}), "build", "123")

    assert result.returncode == 1
    assert "cannot be written" in result.stderr
