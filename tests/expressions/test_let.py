"""Slides with a `let` -> the values of its names, and their problems."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.repository import MINIMAL

from deckgen.build.one import check
from deckgen.deck.compose import compose
from deckgen.deck.kinds import texts
from deckgen.deck.pictures import Gallery
from deckgen.deck.qr import Codes
from deckgen.layout.trial import Trial
from deckgen.meeting import load
from deckgen.problems import Problem

Folder = Callable[..., Path]
NEWS = """
reviews: {results: {Ready: 12, Has Nits: 9}}
groups: {acme: ACME, tls: TLS}
slides:
  news:
    kind: bullets
    title: News
    section: Reports
"""


def shown(root: Path, id: str = "news") -> list[str]:
    """Every text of one slide; the deck must have no problems."""
    with Trial() as trial:
        composed = compose(load(root, 123).get(), Gallery(root, trial.read).read, Codes().read)
    assert composed.problems == ()
    return [text.words for slide in composed.get().slides if slide.id == id for text in texts(slide)]


def told(root: Path) -> list[Problem]:
    """The problems of the slide."""
    return [problem for problem in check(root, 123) if problem.slide == "news"]


@pytest.mark.parametrize(
    ("let", "items", "expected"),
    [
        ('{done: "{{ reviews.results.values() | sum }}"}', '["{{ done }} of {{ done + 1 }}"]', "21 of 22"),
        ("{dash: –}", '["a {{ dash }} b"]', "a – b"),
        ('{last: "{{ groups | dictsort | last }}"}', '["{{ last[0] }}: {{ last[1] }}"]', "tls: TLS"),
        ('{b: "{{ a }}!", a: "{{ meeting.number }}"}', '["{{ b }}"]', "123!"),
        ("{wg: {name: ACME, chairs: [A, B]}}", '["{{ wg.name }}: {{ wg.chairs | names }}"]', "ACME: A and B"),
        ("{few: {each: wg in groups, when: wg != 'tls', of: 'no {{ wg }}'}}", '["{{ few | commas }}"]', "no acme"),
    ],
)
def test_a_name_has_its_value_in_every_expression(folder: Folder, let: str, items: str, expected: str) -> None:
    """An expression, a text, a list with `each`, a mapping; one name may use another, before or after it."""
    assert shown(folder(MINIMAL + NEWS + f"    let: {let}\n    items: {items}\n"))[1:] == [expected]


def test_a_condition_may_use_a_name(folder: Folder) -> None:
    """`when` of the slide, of an item and of an `each` know it."""
    slide = """
    let: {many: "{{ groups | length > 1 }}"}
    items: [{text: yes, when: many}, {text: no, when: not many}]
"""

    assert shown(folder(MINIMAL + NEWS + "    when: many\n" + slide)) == ["News", "yes"]
    assert shown(folder(MINIMAL + NEWS + "    when: not many\n" + slide)) == []


def test_a_name_for_a_missing_fact_is_missing_too(folder: Folder) -> None:
    """The slide is left out, the condition is false, and `default` applies."""
    lists = '    let: {added: "{{ new_lists.keys() | list }}"}\n'
    items = "    items: ['{% if added %}some{% else %}none{% endif %}', '{{ added | default(3) }}']\n"

    assert shown(folder(MINIMAL + NEWS + lists + "    when: added\n" + items)) == []
    assert shown(folder(MINIMAL + NEWS + lists + items)) == ["News", "none", "3"]


def test_a_name_of_a_slide_that_is_not_shown_is_not_evaluated(folder: Folder) -> None:
    """A name that needs the condition of the slide causes no problem if the condition is false."""
    let = """
    when: groups | length > 9
    let: {tenth: "{{ (groups | dictsort)[9][0] }}"}
    items: ['{{ tenth }}']
"""

    assert shown(folder(MINIMAL + NEWS + let)) == []
    assert told(folder(MINIMAL + NEWS + let)) == []


def test_a_missing_fact_is_reported_where_the_name_is_defined(folder: Folder) -> None:
    """Not where the name is used, and only once, with what to add."""
    let = '    let:\n      added: "{{ new_lists.keys() | list }}"\n'
    [problem] = told(folder(MINIMAL + NEWS + let + "    items: ['{{ added }}', '{{ added | length }}']\n"))

    assert (problem.origin.line, problem.rule) == (12, "undefined-name")
    assert problem.hint == "add `new_lists: ...` to the meeting file"


def test_a_meeting_changes_the_value_of_a_name_of_a_template(folder: Folder) -> None:
    """By its key, as any other value; and it need not use the names that a template defines."""
    template = 'kind: bullets\ntitle: News\nlet: {who: "{{ area.list }}", what: us}\nitems: ["{{ who }} {{ what }}"]\n'
    files = {"templates/slides/helping-out.yaml": template}

    one = folder(MINIMAL + "slides: {helping-out: {let: {what: you}}}\n", **files)
    assert shown(one, "helping-out") == ["News", "saag@ietf.org you"]

    other = folder(MINIMAL + "slides: {helping-out: {items: [nothing]}}\n", **files)
    assert shown(other, "helping-out") == ["News", "nothing"]


def test_a_long_chain_of_names_ends_in_a_problem_or_a_value(bare: Folder) -> None:
    """Five hundred names, each of which uses the next, cause no traceback."""
    chain = "".join(f'      n{i}: "{{{{ n{i + 1} }}}}"\n' for i in range(500))
    problems = told(bare(MINIMAL + NEWS + f"    let:\n{chain}      n500: end\n    items: ['{{{{ n0 }}}}']\n"))

    assert {problem.rule for problem in problems} <= {"unsafe-template"}


@pytest.mark.parametrize(
    "text",
    [
        "the open ones",
        "{{ groups.open | default(1) }}",
        "{{ 'open' }}",
        "{{ groups | dictsort(open=1) }}",
        "{# open #}x",
    ],
)
def test_a_word_that_is_not_the_name_does_not_use_it(folder: Folder, text: str) -> None:
    """A word, a part of a mapping, text in quotes, an argument of a filter and a comment leave the name unused."""
    problems = told(folder(MINIMAL + NEWS + f'    let: {{open: 1}}\n    items: ["{text}"]\n'))

    assert "nothing on the slide uses `open`" in [problem.text for problem in problems]


def test_a_slide_left_out_for_lack_of_a_fact_names_it_through_let(folder: Folder) -> None:
    """Its condition is a name, and the value of that name uses the fact."""
    template = "kind: bullets\ntitle: News\nwhen: added\nlet: {added: '{{ new_lists.keys() | list }}'}\nitems: [a]\n"
    root = folder(MINIMAL, **{"templates/slides/helping-out.yaml": template})

    [problem] = [problem for problem in check(root, 123) if "`helping-out`" in problem.text]
    assert "`new_lists`" in problem.text
