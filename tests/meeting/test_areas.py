"""Areas: the meetings of each in a folder of their own, with templates that lie over those of all areas."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from support.repository import MINIMAL, lay_out

from deckgen.build.one import build, check, typeset
from deckgen.deck.kinds import texts
from deckgen.meeting import list_meetings
from deckgen.review.make import review

Run = Callable[..., CompletedProcess[str]]
IDENTITY = """\
area: {acronym: xmp, name: Example Area, title: Example Area Meeting, group: xmparea, list: xmp@example.org}
"""
ORDER = """\
name: example-{{ meeting.number }}
footer: "{{ area.title }}"
sections:
  - {name: All, slides: [title, helping-out, welcome, the-end], own: true}
"""
FILES = {
    "templates/areas/xmp/defaults.yaml": IDENTITY,
    "templates/areas/xmp/deck.yaml": ORDER,
    "templates/areas/xmp/slides/welcome.yaml": "kind: statement\ntitle: Welcome to the {{ area.name }}\n",
    "templates/areas/xmp/slides/helping-out.yaml": "title: Lend a Hand\n",
    "templates/areas/xmp/theme.yaml": 'colours: {accent: "7A1F1F"}\n',
    "templates/areas/xmp/rules.yaml": "official-slide-missing: {slides: []}\nofficial-slide-late: {slides: []}\n",
    "templates/areas/xmp/links.yaml": "XMP {number}: https://xmp.example/{number}\n",
    "meetings/xmp/123.yaml": MINIMAL,
    "meetings/123.yaml": MINIMAL,
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with the Security Area and one more."""
    return lay_out(tmp_path / "repository", FILES)


def told(root: Path, meeting: str) -> list[str]:
    """The problems of a meeting."""
    return [f"{problem.origin}: {problem.text} [{problem.rule}]" for problem in check(root, meeting)]


def test_an_area_has_an_order_a_name_and_slides_of_its_own(root: Path) -> None:
    """And nothing of the Security Area is on them."""
    ready = typeset(root, "xmp/123").get()
    words = [text.words for slide in ready.deck.slides for text in texts(slide)]

    assert [slide.id for slide in ready.deck.slides] == ["title", "helping-out", "welcome", "the-end"]
    assert ready.deck.name == "example-123"
    assert ready.deck.footer.words == "Example Area Meeting"
    assert "Welcome to the Example Area" in words
    assert not [text for text in words if "Security" in text or "saag" in text]


def test_a_template_of_an_area_lies_over_that_of_all(root: Path) -> None:
    """The title is that of the area, the bullets are those of all areas; the theme has one other colour."""
    ready, other = typeset(root, "xmp/123").get(), typeset(root, "123").get()
    own, shared = (
        [text.words for slide in one.deck.slides if slide.id == "helping-out" for text in texts(slide)]
        for one in (ready, other)
    )

    assert own == ["Lend a Hand", *shared[1:]]
    assert ready.theme.colours.accent == "7A1F1F"
    assert ready.theme.colours.ink == other.theme.colours.ink


def test_a_meeting_may_show_a_slide_that_its_area_does_not(root: Path) -> None:
    """By changing a key of it; it then comes with the meeting's own slides."""
    meeting = root / "meetings/xmp/123.yaml"
    meeting.write_text(MINIMAL + "slides: {meeting-tips: {title: Our Tips}}\n", "utf-8")
    ready = typeset(root, "xmp/123")

    assert ready.problems == ()
    assert [slide.id for slide in ready.get().deck.slides][-1] == "meeting-tips"
    assert ready.get().deck.slides[-1].title.words == "Our Tips"


def test_the_default_area_needs_no_folder(root: Path) -> None:
    """`meetings/123.yaml` is a meeting of `area` in templates/deck.yaml, with its templates."""
    ids = [slide.id for slide in typeset(root, "123").get().deck.slides]

    assert "secdir-thanks" in ids
    assert "welcome" not in ids


def test_the_files_of_each_area_are_in_a_folder_of_their_own(root: Path, run: Run) -> None:
    """`deckgen build --all` builds all areas, with `--area` one of them."""
    run(root, "build", "--all")

    assert (root / "build/123/slides-123-saag-chair-slides.pdf").exists()
    assert (root / "build/xmp/123/example-123.pdf").exists()
    assert "xmp/123" in run(root, "check", "--area", "xmp").stderr
    assert 'href="xmp/123/example-123.pdf"' in (root / "build/index.html").read_text("utf-8")


@pytest.mark.parametrize("typed", [("123", "--area", "xmp"), ("xmp/123",), ("meetings/xmp/123.yaml",)])
def test_a_meeting_of_an_area_is_named_in_three_ways(root: Path, run: Run, typed: tuple[str, ...]) -> None:
    """By its area, with its folder, and by its file."""
    assert run(root, "check", *typed).stderr.startswith("xmp/123: ")


def test_a_meeting_of_the_default_area_may_be_in_its_folder(root: Path) -> None:
    """Both places are of the same area, and so have one history."""
    for id, row in (("124", "open: 5, closed: 1, reported: 1"), ("125", "open: 4, closed: 1, reported: 0")):
        day = {"124": "2025-11-07", "125": "2026-03-20"}[id]
        folder = root / "meetings" / ("sec" if id == "125" else "")
        folder.mkdir(exist_ok=True)
        text = MINIMAL.replace("2025-07-25", day) + f'errata: {{"{id}": {{{row}}}}}\n'
        (folder / f"{id}.yaml").write_text(text, "utf-8")
    rows = [
        text.words
        for slide in typeset(root, "sec/125").get().deck.slides
        if slide.id == "errata"
        for text in texts(slide)
    ]

    assert list_meetings(root) == ["123", "xmp/123", "124", "sec/125"]
    assert {"IETF 125", "IETF 124"} < {*rows}


def test_a_new_meeting_carries_over_what_the_area_has(root: Path, run: Run) -> None:
    """From the last meeting of the same area, into its folder."""
    (root / "meetings/124.yaml").write_text(MINIMAL.replace("a.director: A.", "other.one: Other"), "utf-8")
    said = run(root, "new", "125", "--area", "xmp").stdout
    begun = (root / "meetings/xmp/125.yaml").read_text("utf-8")

    assert "directors: from meeting xmp/123" in said
    assert "a.director: A. Director" in begun
    assert begun.startswith("# yaml-language-server: $schema=../../docs/meeting.schema.json\n# IETF 125, Shenzhen")


def test_a_review_compares_with_another_meeting_of_the_area(root: Path) -> None:
    """`--against 123` is the meeting of the same area, and both have their labels."""
    text = MINIMAL.replace("2025-07-25", "2025-11-07")
    (root / "meetings/xmp/124.yaml").write_text(text, "utf-8")
    page = review(root, "xmp/124", "123", root / "review").files[0].read_text("utf-8")

    assert "Review · IETF 124" in page
    assert "compared with <b>IETF 123</b>" in page
    assert "Example Area Meeting" in page
    assert "saag" not in page


def test_the_index_has_the_newest_meetings_first_whatever_their_area(root: Path, run: Run) -> None:
    """A deck that failed has the label of its meeting and its area."""
    (root / "meetings/xmp/124.yaml").write_text("session: 1\n", "utf-8")
    run(root, "build", "--all")
    titles = re.findall(r"<h2[^>]*>(.*?)</h2>", (root / "build/index.html").read_text("utf-8"))

    assert titles == [
        "IETF 124, xmp",
        "Example Area Meeting, IETF 123 Madrid",
        "Security Area Advisory Group, IETF 123 Madrid",
    ]


def test_an_unknown_area_is_a_usage_error(root: Path, run: Run) -> None:
    """With the nearest one."""
    refused = run(root, "build", "123", "--area", "xpm")

    assert refused.returncode == 2
    assert "there is no area `xpm`; did you mean `xmp`?" in refused.stderr


def test_an_unknown_default_area_is_one_problem(root: Path) -> None:
    """At the file that names it."""
    deck = root / "templates/deck.yaml"
    text = deck.read_text("utf-8").replace("area: sec", "area: sek", 1)
    deck.unlink()
    deck.write_text(text, "utf-8")

    assert told(root, "123") == ["templates/deck.yaml: there is no area `sek` [unknown-area]"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("meetings/xpm/124.yaml", "there is no area `xpm`"),
        ("meetings/xmp/x.yaml", "`x` is not in the table of meetings"),
        ("meetings/xmp/124.yml", "only files that end in `.yaml` are read"),
        ("templates/areas/xmp/meetings.yaml", "no template of an area is called `meetings`"),
        ("templates/areas/xmp/slides/welcome.yml", "only files that end in `.yaml` are read"),
    ],
)
def test_a_stray_file_of_an_area_is_reported(root: Path, name: str, text: str) -> None:
    """Whichever meeting is checked."""
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(MINIMAL, "utf-8")

    assert [line.partition(" [")[0] for line in told(root, "123") if name in line] == [f"{name}: {text}"]


@pytest.mark.parametrize(
    ("name", "layer", "message"),
    [
        (
            "slides/helping-out",
            "tilte: Lend a Hand\n",
            "slides/helping-out.yaml:1:1: unknown key `tilte` [unknown-key]",
        ),
        ("slides/helping", "title: Lend a Hand\n", "slides/helping.yaml:1:1: the slide has no `kind` [missing-key]"),
        (
            "deck",
            ORDER.replace("title, h", "titel, title, h"),
            "deck.yaml:4:26: no template is called `titel` [unknown-slide]",
        ),
        (
            "deck",
            ORDER + "title+: [a]\n",
            "deck.yaml:5:1: nothing to append to: the value at templates/deck.yaml:6:8 is not a list [bad-append]",
        ),
        ("theme", "colours: {acent: '7A1F1F'}\n", "theme.yaml:1:11: unknown key `acent` [unknown-key]"),
    ],
)
def test_a_layer_that_does_not_fit_is_reported_at_its_place(root: Path, name: str, layer: str, message: str) -> None:
    """Once, in the file of the area."""
    path = root / f"templates/areas/xmp/{name}.yaml"
    path.unlink(missing_ok=True)
    path.write_text(layer, "utf-8")
    if name == "slides/helping":
        deck = root / "templates/areas/xmp/deck.yaml"
        text = deck.read_text("utf-8").replace("welcome", "welcome, helping")
        deck.unlink()
        deck.write_text(text, "utf-8")

    assert [line for line in told(root, "xmp/123") if "areas/xmp" in line] == [f"templates/areas/xmp/{message}"]


def test_a_deck_of_an_area_builds(root: Path) -> None:
    """With the links of the area and of all areas."""
    built = build(root, "xmp/123", root / "out")

    assert built.problems == ()
    assert {path.name for path in built.get().files} == {"example-123.pptx", "example-123.pdf", "outline.txt"}
