"""Expressions of templates -> what Jinja itself makes of them; and what a mistake in one is told as."""

from __future__ import annotations

from typing import Any

import pytest
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from deckgen.expressions.fill import Filler
from deckgen.expressions.filters import Meter, filters
from deckgen.problems import DeckError, Origin
from deckgen.source import Source, parse, plain

NAMES = parse(
    """
    meeting: {number: 124, city: Montreal, days: [mon, tue, wed]}
    groups: {acme: {chairs: [A. Chair, B. Chair], open: 7}, tls: {chairs: []}}
    share: 0.25
    nothing: null
    """,
    "names",
)

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
    "groups.acme.chairs | commas",
    "groups.keys() | list | sort(reverse=true)",
    "groups.get('none', {}).get('open', 'n/a')",
    "groups.items() | list | first | first",
    "[1, 2, 3] | sum",
    "{'a': 1, 'b': 2}.values() | sum",
    "(1, 2) | last",
    "share | round(1)",
    "true and not false",
    "none",
]


def _by_jinja(expression: str) -> Any:
    environment = SandboxedEnvironment(undefined=StrictUndefined)
    environment.filters.update(filters(Meter()))
    return environment.compile_expression(expression, undefined_to_none=False)(**plain(NAMES))


@pytest.mark.parametrize("expression", ALIKE)
def test_expression_means_what_it_means_in_jinja(expression: str) -> None:
    """The value, and its type, are those of Jinja's own compiler."""
    ours = plain(Filler(NAMES).fill(Source("{{ " + expression + " }}", Origin("template", 1, 1))))
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
    """Conditions, comments and the marks that take white space away."""
    environment = SandboxedEnvironment(undefined=StrictUndefined)

    filled = plain(Filler(NAMES).fill(Source(text, Origin("template", 1, 1))))

    assert filled == environment.from_string(text).render(**plain(NAMES))


FAULTS = {
    "meeting.cty": ("undefined-name", "`cty` is not defined", "city"),
    "metting.city | default('x')": ("undefined-name", "`metting` is not defined", "meeting"),
    "meeting.days[9]": ("undefined-name", "`9` is not defined", ""),
    "meeting.city | uper": ("bad-template", "there is no filter `uper`", "upper"),
    "meeting.number is od": ("bad-template", "there is no test `od`", "odd"),
    "groups.items": ("bad-template", "`items` is written `items()`", ""),
    "meeting.city.upper()": ("unsafe-template", "`upper()` cannot be called on a text", ""),
    "meeting.city.x": ("unsafe-template", "`.x` is for mappings; this is a text", ""),
    "meeting.city * 3": ("bad-template", "a text is no number to reckon with", ""),
    "2 ** 3": ("unsafe-template", "`**` is not allowed", ""),
    "meeting.city if nothing": ("bad-template", "the `if` has no `else`", ""),
    "groups.get(*meeting.days)": ("unsafe-template", "`get()` takes plain values", ""),
    "(meeting.number": ("bad-template", "`)` is missing before `}}`", ""),
    "1 / 0": ("bad-template", "division by zero", ""),
}


@pytest.mark.parametrize("expression", FAULTS)
def test_mistake_is_told_in_words_of_the_template(expression: str) -> None:
    """The rule, what is wrong, and the nearest name where there is one."""
    with pytest.raises(DeckError) as stopped:
        Filler(NAMES).fill(Source("{{ " + expression + " }}", Origin("template", 1, 1)))

    [problem] = stopped.value.problems
    rule, text, hint = FAULTS[expression]
    assert (problem.rule, problem.text) == (rule, text)
    assert hint in problem.hint
