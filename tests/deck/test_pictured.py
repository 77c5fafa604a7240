"""Slides with pictures beside text, from edge to edge, compared, and of people -> where each is on its page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pptx import Presentation
from support.pictures import raster
from support.repository import MINIMAL

from deckgen.build.one import build, check, typeset
from deckgen.layout.pages import Page, PictureBlock, RuleBlock, TextBlock
from deckgen.layout.theme import EMU, Box

Folder = Callable[..., Path]
WIDE, TALL = (1600, 700), (900, 1500)


@pytest.fixture
def pages(bare: Folder) -> Callable[[str], tuple[Page, ...]]:
    """The pages of a slide with these keys; there must be no error."""

    def placed(keys: str) -> tuple[Page, ...]:
        root = made(bare, keys)
        return typeset(root, "123").get().pages.pages

    return placed


def made(bare: Folder, keys: str) -> Path:
    """A repository with one slide and two pictures."""
    root = bare(f"{MINIMAL}slides:\n  a: {{title: A title, {keys}}}\n")
    for name, size in (("wide", WIDE), ("tall", TALL)):
        (root / "meetings" / f"{name}.png").write_bytes(raster(*size))
    return root


def pictures(page: Page) -> list[PictureBlock]:
    """The pictures of a page."""
    return [block for block in page.blocks if isinstance(block, PictureBlock)]


def texts(page: Page) -> dict[str, TextBlock]:
    """The texts of a page by their slots."""
    return {block.slot: block for block in page.blocks if isinstance(block, TextBlock)}


def proportions(block: PictureBlock) -> float:
    """Width by height of what is drawn of a picture, were it not scaled."""
    left, top, right, bottom = block.cut
    return block.picture.width * (1 - left - right) / (block.picture.height * (1 - top - bottom))


@pytest.mark.parametrize(
    ("keys", "shares"),
    [
        ("", (0, 6, 12)),
        (", share: third", (0, 8, 12)),
        (", side: left", (6, 12, 6)),
        (", side: left, share: third", (4, 12, 4)),
    ],
)
def test_a_picture_is_beside_the_items(
    pages: Callable[[str], tuple[Page, ...]], keys: str, shares: tuple[int, int, int]
) -> None:
    """On the side and with the share that are asked for, on the grid, whole and not over the text."""
    [page] = pages(
        f"kind: bullets, items: [One, Two], picture: meetings/wide.png, alt: wide, caption: [Under it]{keys}"
    )
    body, [picture], caption = texts(page)["body-1"].box, pictures(page), texts(page)["caption"].box
    left, right = (56 + 72.667 * shares[0]) * EMU, (56 + 72.667 * shares[1] - 24) * EMU

    assert (body.x, body.x + body.width) == (pytest.approx(left, abs=EMU), pytest.approx(right, abs=EMU))
    assert not overlap(body, picture.box)
    assert picture.cut == (0, 0, 0, 0)
    assert picture.box.width / picture.box.height == pytest.approx(WIDE[0] / WIDE[1], rel=0.01)
    assert (caption.x, caption.y) >= (picture.box.x, picture.box.bottom)


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes have a point in common."""
    across = one.x < other.x + other.width and other.x < one.x + one.width
    return across and one.y < other.bottom and other.y < one.bottom


def test_a_long_list_keeps_its_picture_on_each_part(pages: Callable[[str], tuple[Page, ...]]) -> None:
    """The picture is what the list is about."""
    found = pages(f"kind: bullets, items: {[f'item {n}' for n in range(30)]}, picture: meetings/tall.png, alt: tall")

    assert len(found) > 1
    assert [len(pictures(page)) for page in found] == [1] * len(found)
    assert all(pictures(page)[0].box.bottom <= 484 * EMU for page in found)


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (
            "groups: [{heading: B, items: [c]}], picture: meetings/wide.png",
            "a picture is beside `items`, and not beside `groups`",
        ),
        ("items: [a], side: left", "`side` has no `picture` beside it"),
        ("items: [a], picture: meetings/wid.png", "there is no picture `meetings/wid.png`"),
    ],
)
def test_a_picture_beside_nothing_is_reported(bare: Folder, keys: str, text: str) -> None:
    """At its line, before anything is written."""
    [problem] = [p for p in check(made(bare, f"kind: bullets, {keys}"), "123") if p.severity == "error"]

    assert (problem.origin.line, problem.text) == (4, text)


@pytest.mark.parametrize(
    ("name", "focus", "kept"),
    [
        ("wide", "[0, 50]", [0]),
        ("wide", "[100, 50]", [2]),
        ("tall", "[50, 0]", [0, 1, 2]),
        ("tall", "[50, 100]", [0, 2, 3]),
    ],
)
def test_a_photograph_covers_the_page_over_its_band(
    pages: Callable[[str], tuple[Page, ...]], name: str, focus: str, kept: list[int]
) -> None:
    """It is cut, not stretched, and the edge that `focus` names stays."""
    [page] = pages(f"kind: photograph, picture: meetings/{name}.png, alt: it, line: under, focus: {focus}")
    [picture], title, line = pictures(page), texts(page)["title"], texts(page)["line"]

    assert picture.box == Box(0, 0, 960 * EMU, 396 * EMU)
    assert proportions(picture) == pytest.approx(960 / 396, rel=0.01)
    assert [picture.cut[side] for side in kept] == pytest.approx([0] * len(kept))
    assert picture.box.bottom <= title.box.y < title.box.bottom <= line.box.y


def test_a_photograph_has_no_footnote(bare: Folder) -> None:
    """It would be over the picture, or lost."""
    [problem] = [
        p
        for p in check(made(bare, "kind: photograph, picture: meetings/wide.png, alt: it, footnote: b"), "123")
        if p.severity == "error"
    ]

    assert problem.text == "a photograph has no room for a `footnote`"


def test_compared_pictures_have_boxes_of_one_size(pages: Callable[[str], tuple[Page, ...]]) -> None:
    """Neither is cut; one of other proportions has a tint around it, and its label is under the box."""
    both = (
        "[{picture: meetings/wide.png, alt: w, label: One, text: a}, {picture: meetings/tall.png, alt: t, label: Two}]"
    )
    [page] = pages(f"kind: comparison, pictures: {both}")
    first, second = pictures(page)
    grounds = [block.box for block in page.blocks if isinstance(block, RuleBlock)]

    assert first.cut == second.cut == (0, 0, 0, 0)
    assert [(box.y, box.width, box.height) for box in grounds] == [
        (grounds[0].y, grounds[0].width, grounds[0].height)
    ] * 2
    for picture, ground in zip((first, second), grounds, strict=True):
        assert ground.x <= picture.box.x
        assert picture.box.bottom <= ground.bottom <= texts(page)["label-1"].box.y


def people(count: int, picture: str = "meetings/wide.png") -> str:
    """A slide of so many people."""
    one = f"name: Person {{}}, lines: [Chair of ACME], picture: {picture}, alt: a portrait"
    return f"kind: people, people: [{', '.join(f'{{{one.format(n)}}}' for n in range(count))}]"


@pytest.mark.parametrize(("count", "shown"), [(1, [1]), (3, [3]), (4, [4]), (7, [7]), (10, [5, 5]), (40, [8] * 5)])
def test_people_are_side_by_side_and_then_on_more_pages(
    pages: Callable[[str], tuple[Page, ...]], count: int, shown: list[int]
) -> None:
    """Portraits of one size, cut to it even from a landscape, each over its own name, and all on the page."""
    found = pages(people(count))

    assert [len(pictures(page)) for page in found] == shown
    for page in found:
        assert len({(one.box.width, one.box.height) for one in pictures(page)}) == 1
        for number, one in enumerate(pictures(page), 1):
            own = texts(page)[f"person-{number}"].box
            assert proportions(one) == pytest.approx(one.box.width / one.box.height, rel=0.01)
            assert not overlap(one.box, own)
            assert max(one.box.bottom, own.bottom) <= 484 * EMU


def test_many_people_are_reported(bare: Folder) -> None:
    """Nobody follows 40 people; the slide is made all the same."""
    found = check(made(bare, people(40)), "123")

    assert "many-parts" in {problem.rule for problem in found}
    assert not [problem for problem in found if problem.severity == "error"]


def test_lines_that_do_not_fit_under_a_portrait_are_reported(bare: Folder) -> None:
    """At the name of the person."""
    long = people(8).replace(
        "Chair of ACME", "A long description of all that this person has done for the area " * 2, 1
    )
    [problem] = [p for p in check(made(bare, long), "123") if p.severity == "error"]

    assert problem.rule == "text-overflow"
    assert "do not fit under a portrait" in problem.text


def test_powerpoint_cuts_what_the_pdf_cuts(bare: Folder) -> None:
    """The whole picture is in the file, so a person can move the cut."""
    root = made(bare, "kind: photograph, picture: meetings/tall.png, alt: it, focus: [50, 0]")
    [path] = [path for path in build(root, "123", root / "out").get().files if path.suffix == ".pptx"]
    [picture] = [
        shape
        for shape in Presentation(str(path)).slides[0].shapes
        if shape.shape_type == 13 or hasattr(shape, "crop_top")
    ]

    assert picture.image.size == TALL
    assert (picture.crop_left, picture.crop_top, picture.crop_right) == (0, 0, 0)
    assert picture.crop_bottom == pytest.approx(1 - 900 * 396 / 960 / 1500, abs=0.001)


@pytest.mark.parametrize(
    "keys",
    [
        "kind: bullets, items: [a], picture: meetings/wide.png",
        "kind: photograph, picture: meetings/wide.png",
        "kind: people, people: [{name: A, picture: meetings/wide.png}]",
        "kind: comparison, pictures: [{picture: meetings/wide.png, label: A},"
        " {picture: meetings/tall.png, label: B, alt: b}]",
    ],
)
def test_every_picture_needs_an_alt_text(bare: Folder, keys: str) -> None:
    """The rule sees those beside text and of people too, each at its line."""
    found = [problem for problem in check(made(bare, keys), "123") if problem.rule == "missing-alt"]

    assert [problem.origin.line for problem in found] == [4]
