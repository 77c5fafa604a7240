"""The themes that a meeting chooses: all can be read, and what a meeting changes is changed alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.pictures import SQUARE
from support.repository import MEETINGS, MINIMAL, ROOT, rewrite

from deckgen.build.one import Typeset, build, check, themes_in, typeset
from deckgen.layout.layouts import contrast
from deckgen.layout.pages import PictureBlock, TextBlock

Folder = Callable[..., Path]
SHAPES = {"wide": "", "narrow": ", page: {width: 720}"}


def with_theme(folder: Folder, number: int, theme: str) -> Path:
    """The repository with a theme in one of its own meetings."""
    text = (ROOT / "meetings" / f"{number}.yaml").read_text("utf-8")
    return folder(**{f"meetings/{number}.yaml": f"{text}\ntheme: {theme}\n"})


def ready(folder: Folder, theme: str) -> Typeset:
    """A small deck with a theme."""
    return typeset(folder(MINIMAL + f"theme: {theme}\n"), 123).get()


@pytest.mark.sweep(3)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", ["default", *themes_in(ROOT)])
@pytest.mark.parametrize("number", MEETINGS)
def test_every_theme_shows_every_deck(folder: Folder, number: int, name: str, shape: str) -> None:
    """On a wide page and on one of 4:3, every text is in both files, and can be read."""
    root = with_theme(folder, number, f"{{name: {name}{SHAPES[shape]}}}")
    rules = {problem.rule for problem in check(root, number)}

    assert rules <= {"missing-figure", "slide-left-out"} | ({"orphan"} if SHAPES[shape] else set())
    assert build(root, number, root / "out").get().pages > 10


def test_the_colours_of_a_theme_differ_and_its_lengths_do_not(folder: Folder) -> None:
    """A dark one is dark, and its text is as large and where it was."""
    light, dark = ready(folder, "default").theme, ready(folder, "dark").theme

    assert contrast(light.colours.paper, "000000") > contrast(dark.colours.paper, "000000")
    assert (light.table, light.text, light.horizon) == (dark.table, dark.text, dark.horizon)


def test_what_follows_from_an_accent_follows_and_can_be_read(folder: Folder) -> None:
    """A dark red is lighter on an opener, and the ground of a call to action has a shade of it."""
    colours = ready(folder, '{accent: "8A1538"}').theme.colours
    before = ready(folder, "default").theme.colours

    assert colours.accent == "8A1538"
    assert contrast(colours.accent_on_opener, colours.opener) >= 4.5
    assert contrast(colours.ink, colours.tint) >= 4.5
    assert colours.tint != before.tint
    assert (colours.ink, colours.paper, colours.mark) == (before.ink, before.paper, before.mark)


def test_a_colour_that_cannot_be_read_is_reported_where_it_is_set(folder: Folder) -> None:
    """In the meeting file, not in that of the theme."""
    root = with_theme(folder, 124, '{name: dark, accent: "8A1538"}')
    line = len((root / "meetings" / "124.yaml").read_text("utf-8").splitlines())

    found = [problem for problem in check(root, 124) if problem.rule == "low-contrast"]

    assert {(problem.origin.path, problem.origin.line) for problem in found} == {("meetings/124.yaml", line)}


@pytest.mark.parametrize(
    ("theme", "text"),
    [
        ("drak", "no theme is called `drak`"),
        ("[dark]", "this is not a theme"),
        ("{name: 4}", "this is not a theme"),
        ('{acent: "8A1538"}', "unknown key `acent`"),
        ("{accent: red}", "`accent` is 'red'"),
    ],
)
def test_a_theme_that_does_not_exist_is_reported_at_its_line(folder: Folder, theme: str, text: str) -> None:
    """With the names that there are."""
    [problem] = typeset(folder(MINIMAL + f"theme: {theme}\n"), 123).errors

    assert text in problem.text
    assert (problem.origin.path, problem.origin.line) == ("meetings/123.yaml", MINIMAL.count("\n") + 1)


def test_a_meeting_changes_the_foot_and_the_name_of_its_files(folder: Folder) -> None:
    """Over those of templates/deck.yaml, whose other settings stay."""
    root = folder(MINIMAL + "deck: {footer: A draft, name: my-deck}\n")
    made = build(root, 123, root / "out").get()

    assert {path.stem for path in made.files} == {"my-deck", "outline"}
    assert typeset(root, 123).get().pages.footer == "A draft"
    assert made.title == typeset(folder(MINIMAL), 123).get().deck.title


def test_an_unknown_setting_of_a_meeting_is_reported(folder: Folder) -> None:
    """As in templates/deck.yaml, and where it is."""
    for settings, text in (("{footr: A draft}", "unknown key `footr`"), ("A draft", "`deck` is not a mapping")):
        problems = typeset(folder(MINIMAL + f"deck: {settings}\n"), 123).errors

        assert text in problems[0].text
        assert problems[0].origin.path == "meetings/123.yaml"


def test_a_mistake_in_a_named_theme_is_reported_there(folder: Folder) -> None:
    """At the line of its own file."""
    root = folder(MINIMAL + "theme: dark\n")
    path = root / "templates" / "themes" / "dark.yaml"
    rewrite(path, path.read_text("utf-8").replace('paper: "101A2E"', "paper: dark"))

    [problem] = typeset(root, 123).errors

    assert problem.origin.path == "templates/themes/dark.yaml"


def test_the_logo_of_a_theme_is_on_the_title_slide(folder: Folder) -> None:
    """In its proportions, over the title, with the title of the deck as its alt text; in both files."""
    meeting = {"meetings/123.yaml": MINIMAL + "theme: {logo: templates/logo.svg}\n"}
    root = folder(**meeting, **{"templates/logo.svg": SQUARE})
    made = typeset(root, 123).get()
    [logo] = [block for block in made.pages.pages[0].blocks if isinstance(block, PictureBlock)]
    title = next(block for block in made.pages.pages[0].blocks if isinstance(block, TextBlock))

    assert logo.picture.alt == made.deck.title
    assert logo.box.width / logo.box.height == pytest.approx(logo.picture.width / logo.picture.height, rel=0.01)
    assert logo.box.bottom < title.box.y
    assert len(build(root, 123, root / "out").get().files) == 3


def test_a_logo_that_does_not_exist_is_reported_where_the_theme_names_it(folder: Folder) -> None:
    """As any other picture."""
    [problem] = typeset(folder(MINIMAL + "theme: {logo: templates/lgo.svg}\n"), 123).errors

    assert (problem.rule, problem.origin.path) == ("no-picture", "meetings/123.yaml")
