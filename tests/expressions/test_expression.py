"""Expressions of templates -> the values that Jinja itself computes."""

from __future__ import annotations

from typing import Any

import pytest
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from deckgen.expressions import Filler
from deckgen.problems import Origin
from deckgen.source import Source, parse, plain

NAMES = parse(
    """
    meeting: {number: 124, city: Montreal, days: [mon, tue, wed]}
    groups: {acme: {chairs: [A. Chair, B. Chair], open: 7}, tls: {chairs: []}}
    share: 0.25
    nothing: null
    """,
    "names",
).get()

ALIKE = [
    "meeting.number + 1",
    "meeting.number - 2 * 3",
    "(meeting.number - 2) * 3",
    "meeting.number / 8",
    "meeting.number // 8",
    "meeting.number % 8",
    "-meeting.number",
    "+share",
    "meeting.city ~ ' ' ~ meeting.number",
    "meeting.city + '!'",
    "meeting.days + ['thu']",
    "meeting['city']",
    "meeting.days[0]",
    "meeting.days[-1]",
    "meeting.days[1:]",
    "meeting.days[::-1]",
    "meeting.city[:3]",
    "meeting.number == 124",
    "100 < meeting.number <= 124",
    "100 < meeting.number < 124",
    "meeting.number != 124 or not meeting.city",
    "'mon' in meeting.days",
    "'thu' not in meeting.days",
    "meeting.city and meeting.number",
    "nothing or meeting.city",
    "'old' if meeting.number < 100 else 'new'",
    "'odd' if meeting.number is odd else 'even'",
    "meeting.number is divisibleby 4",
    "meeting.number is divisibleby(7)",
    "nothing is none",
    "nowhere is defined",
    "meeting.country is defined",
    "meeting['country'] is not defined",
    "meeting.city is string",
    "nowhere | default('?')",
    "meeting.country | default('Canada') | upper",
    "nothing | default('-', true)",
    "meeting.city | default('-')",
    "groups.keys() | list | sort(reverse=true)",
    "groups.get('none', {}).get('open', 'n/a')",
    "groups.items() | list | first | first",
    "groups.items() | list | length",
    "(groups | dictsort)[0][0]",
    "[meeting.number, 1] | max",
    "[1, 2] == (1, 2)",
    "(1, 2) == (1, 2)",
    "1 if [] else 2",
    "[] | first | default('none')",
    "(groups.values() | groupby('open', default=0))[0].grouper",
    "(groups.values() | groupby('open', default=0))[1].list | length",
    "[1, 2, 3] | sum",
    "{'a': 1, 'b': 2}.values() | sum",
    "(1, 2) | last",
    "share | round(1)",
    "true and not false",
    "none",
]


def _by_jinja(expression: str) -> Any:
    environment = SandboxedEnvironment(undefined=StrictUndefined)
    return environment.compile_expression(expression, undefined_to_none=False)(**plain(NAMES))


@pytest.mark.parametrize("expression", ALIKE)
def test_expression_has_the_value_that_it_has_in_jinja(expression: str) -> None:
    """The value, and its type, are those of Jinja's own compiler."""
    ours = plain(Filler(NAMES).fill(Source("{{ " + expression + " }}", Origin("template", 1, 1))).get())
    theirs = _by_jinja(expression)

    assert (ours, type(ours)) == (theirs, type(theirs))


TEXTS = [
    "IETF {{ meeting.number }} in {{ meeting.city | upper }}",
    "{% if meeting.number > 100 %}new{% else %}old{% endif %} meeting",
    "{% if nothing %}a{% elif meeting.city %}b{% else %}c{% endif %}",
    "{% if nothing %}a{% endif %}{# not shown #}end",
    "{{ '{{' }} is a brace",
    "{%- if true -%} close {%- endif -%} by",
]


@pytest.mark.parametrize("text", TEXTS)
def test_text_is_filled_as_jinja_fills_it(text: str) -> None:
    """Conditions, comments and the marks that remove white space."""
    environment = SandboxedEnvironment(undefined=StrictUndefined)

    filled = plain(Filler(NAMES).fill(Source(text, Origin("template", 1, 1))).get())

    assert filled == environment.from_string(text).render(**plain(NAMES))


NESTED = {
    "{{ {'a': {'b': 1}} }}": {"a": {"b": 1}},
    "  {{ meeting.days }}\n": ["mon", "tue", "wed"],
    "{{ meeting.days }}{# what a comment says #}": ["mon", "tue", "wed"],
    "{% raw %}{{ meeting.city }}{% endraw %}": "{{ meeting.city }}",
    "{{ groups.acme.chairs | names }}": "A. Chair and B. Chair",
    "{{ meeting.days | commas }}": "mon, tue, wed",
    "{{ 9554 | number }}": "9,554",
    "{{ '2025-11-07' | date }}": "Friday, 7 November 2025",
    "{{ nothing | upper }}": "",
    "{{ groups.items()[0][0] }}": "acme",
}


@pytest.mark.parametrize("text", NESTED)
def test_a_single_expression_keeps_its_type(text: str) -> None:
    """A list stays a list, even with braces in it or a comment beside it; null is empty, not `None`."""
    assert plain(Filler(NAMES).fill(Source(text, Origin("template", 1, 1))).get()) == NESTED[text]
