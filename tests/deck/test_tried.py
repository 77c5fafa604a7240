"""Keys that people try -> hints that say what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.repository import MINIMAL

from deckgen.build.one import check
from deckgen.deck.kinds import KINDS
from deckgen.deck.kinds.common import COMMON
from deckgen.deck.tried import TRIES
from deckgen.schema.declare import DEFS

Folder = Callable[..., Path]
BODY = {
    "title": "subtitle: Here",
    "statement": "lines: [One]",
    "bullets": "items: [One]",
    "columns": "items: [One]",
    "table": "header: [A]\n    rows: [[1]]",
    "agenda": "items: [{item: One}]",
    "figure": "alt: A picture\n    caption: [One]",
    "key-figures": "figures: [{value: 1, label: One}]",
    "chart": "chart: {title: One, categories: [a], values: [1]}",
    "quote": "quote: One",
    "blank": "footnote: One",
    "code": "caption: [One]",
    "photograph": "picture: meetings/figures/a.png",
    "comparison": "pictures: [{label: One}, {label: Two}]",
    "people": "people: [{name: One}]",
}
LOOK = "the look of all slides is set in templates/theme.yaml"
LEAVE = "`hidden: true` hides a slide; `when: false`, or `ID: null` under `slides`, leaves it out"
HINTS = [
    ("bullets", "footer", "`footnote`; the footer is set in templates/deck.yaml"),
    ("table", "Footer", "`footnote`; the footer is set in templates/deck.yaml"),
    ("bullets", "hide", LEAVE),
    ("chart", "skip", LEAVE),
    ("bullets", "build", "slides have no animations; make two slides of it"),
    ("bullets", "theme", LOOK),
    ("quote", "font_size", LOOK),
    ("table", "picture", "a slide of `kind: figure` has a `picture`"),
    ("figure", "image", "did you mean `picture`?"),
    ("table", "bullets", "bullets are a slide of `kind: bullets`"),
    ("bullets", "content", "`items` is there already"),
    ("bullets", "subtitle", "`footnote`; only `kind: title` has a `subtitle`"),
    ("statement", "speaker", "`lines` is there already"),
    ("quote", "speaker", "did you mean `who`?"),
    ("bullets", "if", "`when`; an expression, such as the name of a fact"),
    ("bullets", "order", "`before`; or `after`, with the id of the slide beside it"),
    ("bullets", "layout", f"`kind` is there already; {LOOK}"),
    ("bullets", "url", "a link is part of a text: `[words](https://www.example.org/)`, or `[words](#ID)` to a slide"),
    ("chart", "rows", "a slide of kind `table` has `rows`"),
    ("bullets", "footnoet", "did you mean `footnote`?"),
]


def hint_of(root: Path) -> str:
    """The hint for the one key that is not known."""
    [hint] = [problem.hint for problem in check(root, 123) if problem.rule == "unknown-key"]
    return hint


@pytest.mark.parametrize(("kind", "key", "hint"), HINTS)
def test_a_key_that_people_try_is_told_what_to_do(bare: Folder, kind: str, key: str, hint: str) -> None:
    """Near in meaning, not only in letters."""
    slide = f"slides:\n  mine:\n    kind: {kind}\n    title: Mine\n    {BODY[kind]}\n    {key}: x\n"

    assert hint_of(bare(MINIMAL + slide)) == hint


def test_where_nothing_is_near_the_keys_are_listed_those_of_the_kind_first(bare: Folder) -> None:
    """Those that the slide says already are left out."""
    slide = f"slides:\n  mine:\n    kind: bullets\n    title: Mine\n    {BODY['bullets']}\n    xyzzy: x\n"

    assert hint_of(bare(MINIMAL + slide)).startswith("known here: numbered, groups, official, callout, picture, alt,")


def test_a_key_inside_a_slide_is_told_what_to_do_as_well(bare: Folder) -> None:
    """The topics of an agenda and the addresses of QR codes have keys of their own."""
    slide = "slides:\n  mine:\n    kind: agenda\n    title: Mine\n    items: [{item: One, duration: 5}]\n"
    assert hint_of(bare(MINIMAL + slide)) == "did you mean `minutes`?"

    code = "slides:\n  mine:\n    kind: statement\n    title: Mine\n    qr: {url: https://www.example.org/}\n"
    assert hint_of(bare(MINIMAL + code)) == "did you mean `target`?"


def test_a_slide_whose_kind_is_called_otherwise_is_taken_for_that(bare: Folder) -> None:
    """`layout: bullets` says a kind, so its other faults are told in the same run."""
    slide = "slides:\n  mine:\n    kind: null\n    layout: bullets\n    title: Mine\n    itms: [One]\n"
    told = {problem.text: problem.hint for problem in check(bare(MINIMAL + slide), 123)}

    assert told["unknown key `layout`"] == "did you mean `kind`?"
    assert told["unknown key `itms`"] == "did you mean `items`?"


def test_hiding_a_slide_as_the_hint_says_hides_it(folder: Folder) -> None:
    """Both ways, without a problem."""
    slides = "slides:\n  the-end: null\n  mine: {kind: statement, title: Mine, when: false}\n"

    assert not [problem for problem in check(folder(MINIMAL + slides), 123) if problem.severity == "error"]


def test_no_word_of_the_table_is_in_vain() -> None:
    """None stands twice, and each key that it names is one."""
    words = [word for one in TRIES for word in one.tried.split()]
    named = {key for one in TRIES for key in one.keys.split()}
    inner = {key for shape in (*DEFS.values(), COMMON.keys["qr"]) for key in keys_of(shape)}
    known = {*COMMON.keys, *(key for slide in KINDS.values() for key in slide.kind.keys), *inner}
    known |= {key for slide in KINDS.values() for shape in slide.kind.keys.values() for key in keys_of(shape)}

    assert sorted(words) == sorted(set(words))
    assert not named - known


def keys_of(schema: object) -> set[str]:
    """Every key that a schema declares, at any depth."""
    if isinstance(schema, list):
        return {key for child in schema for key in keys_of(child)}
    if not isinstance(schema, dict):
        return set()
    own = set(schema.get("properties", {}))
    return own | {key for child in schema.values() for key in keys_of(child)}
