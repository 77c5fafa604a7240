"""Slides with `each` -> one slide for each element: their ids, their order, and what a meeting changes of one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.repository import MINIMAL, ROOT

from deckgen.build.one import check, typeset
from deckgen.deck.kinds import texts

Folder = Callable[..., Path]
GROUPS = "groups: {acme: ACME, tls: TLS, Open PGP: OpenPGP}\n"
STATE = """\
kind: bullets
each: name, words in groups.items()
title: "State of {{ words }}"
items: ["{{ name }} of {{ groups | length }}"]
"""
OWN = "kind: statement, title: An own slide"
IDS = ["state-of-acme", "state-of-tls", "state-of-open-pgp"]


def repository(bare: Folder, slides: str = "", facts: str = GROUPS, template: str = STATE) -> Path:
    """A folder whose templates have one slide, which is repeated."""
    deck = (ROOT / "templates" / "deck.yaml").read_text("utf-8").partition("sections:")[0]
    files = {
        "templates/slides/state-of.yaml": template,
        "templates/deck.yaml": f"{deck}sections: [{{name: All, slides: [state-of], own: true}}]\n",
    }
    return bare(MINIMAL + facts + (f"slides: {{{slides}}}\n" if slides else ""), **files)


def shown(root: Path) -> dict[str, list[str]]:
    """The texts of the slides by id; there must be no error."""
    return {slide.id: [text.words for text in texts(slide)] for slide in typeset(root, 123).get().deck.slides}


def told(root: Path) -> list[tuple[int, str, str]]:
    """Line, text and hint of each error."""
    return [(one.origin.line, one.text, one.hint) for one in check(root, 123) if one.severity == "error"]


def test_a_slide_with_each_is_one_slide_for_each_element(bare: Folder) -> None:
    """In the order of the list, each with an id of the template's id and the key of the element."""
    assert shown(repository(bare)) == {
        "state-of-acme": ["State of ACME", "acme of 3"],
        "state-of-tls": ["State of TLS", "tls of 3"],
        "state-of-open-pgp": ["State of OpenPGP", "Open PGP of 3"],
    }


@pytest.mark.parametrize(
    ("slides", "ids"),
    [
        ("state-of-tls: null", ["state-of-acme", "state-of-open-pgp"]),
        ("state-of-tls: {when: false}", ["state-of-acme", "state-of-open-pgp"]),
        ("state-of: {when: words != 'TLS'}", ["state-of-acme", "state-of-open-pgp"]),
        ("state-of-acme: {after: state-of-tls}", ["state-of-tls", "state-of-acme", "state-of-open-pgp"]),
        (f"own: {{{OWN}}}, state-of: {{after: own}}", ["own", *IDS]),
        (f"own: {{{OWN}}}, state-of: {{before: own}}", [*IDS, "own"]),
        (f"own: {{{OWN}, before: state-of}}", ["own", *IDS]),
        (f"own: {{{OWN}, after: state-of}}", [*IDS, "own"]),
        (f"own: {{{OWN}, after: state-of-acme}}", ["state-of-acme", "own", *IDS[1:]]),
        (f"state-of-mine: {{{OWN}}}", [*IDS, "state-of-mine"]),
        (f"state-of: {{until: 122}}, own: {{{OWN}}}", ["own"]),
        ('by: {kind: statement, each: "one in [\'B\', 7]", title: "{{ one }}"}, state-of: null', ["by-b", "by-7"]),
    ],
)
def test_a_meeting_orders_and_leaves_out_the_slides_of_each(bare: Folder, slides: str, ids: list[str]) -> None:
    """One of them by its own id, all of them by that of the template; its own slides may be repeated too."""
    assert [*shown(repository(bare, slides))] == ids


def test_a_meeting_changes_one_slide_of_each(bare: Folder) -> None:
    """Key by key, with `items+` too, and with the names of `each`; the others stay as they are."""
    slides = shown(repository(bare, 'state-of-tls: {title: TLS it is, items+: ["{{ words }} too"]}'))

    assert slides["state-of-tls"] == ["TLS it is", "tls of 3", "TLS too"]
    assert slides["state-of-acme"] == ["State of ACME", "acme of 3"]


def test_a_slide_of_each_may_have_values_of_its_own(bare: Folder) -> None:
    """A `let` uses the names of `each`, and `each` may use a `let`."""
    template = """\
kind: bullets
let: {sorted: "{{ groups | dictsort(reverse=true) }}", twice: "{{ words }} and {{ words }}"}
each: name, words in sorted
title: "{{ twice }}"
"""
    assert [*shown(repository(bare, template=template)).values()] == [
        ["TLS and TLS"],
        ["OpenPGP and OpenPGP"],
        ["ACME and ACME"],
    ]


def test_slides_of_an_unknown_list_are_left_out_with_a_warning(bare: Folder) -> None:
    """As a recurring slide whose `when` needs a fact that no file has; an empty list leaves them out in silence."""
    own = f"own: {{{OWN}}}"
    unknown, empty = (check(repository(bare, own, facts), 123) for facts in ("", "groups: {}\n"))

    assert [(one.rule, one.slide) for one in unknown] == [("slide-left-out", "state-of")]
    assert not empty


@pytest.mark.parametrize(
    ("slides", "text", "hint"),
    [
        ("state-of-tsl: {title: A}", "the slide `state-of-tsl` does not exist", "did you mean `state-of-tls`?"),
        ("state-of-tsl: null", "the slide `state-of-tsl` does not exist", "did you mean `state-of-tls`?"),
        ("state-of: {each: groups}", "`each` does not have the form `name in list`", "such as `each: item in agenda`"),
        (
            "state-of: {each: 'name, words in [[groups, 1]]'}",
            "an element of `each` is not a text, which the id of its slide needs",
            "`each: name, group in groups.items()` takes the keys of a mapping",
        ),
        (
            "state-of: {each: 'name, words in [[\"!\", 1]]'}",
            "`!` cannot be a part of the id of a slide",
            "`each: name, group in groups.items()` takes the keys of a mapping",
        ),
        (
            'state-of: {each: \'name, words in [["A", 1], ["a", 2]]\'}',
            "`each` makes a second slide `state-of-a`",
            "each key may occur once, and no template may have this name",
        ),
        ("own: {kind: statement, each: one in lost, title: A}", "`lost` is not defined", "did you mean `lists`?"),
    ],
)
def test_what_each_cannot_make_is_reported_once(bare: Folder, slides: str, text: str, hint: str) -> None:
    """At its line in the meeting's file, and not once for each element."""
    assert told(repository(bare, slides)) == [(4, text, hint)]


def test_a_problem_of_a_template_is_reported_once_for_all_its_slides(bare: Folder) -> None:
    """Thirty groups are no thirty messages."""
    root = repository(bare, template=STATE.replace("name }}", "nam }}"))

    assert told(root) == [(4, "`nam` is not defined", "did you mean `name`?")]
