"""Expressions with mistakes -> the rule, the problem, and what to type; never in words of Python."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckgen.expressions import Filler
from deckgen.problems import Origin, Problem
from deckgen.source import Source, parse

NAMES = parse(
    """
    meeting: {number: 124, city: Montreal, days: [mon, tue, wed]}
    groups: {acme: {chairs: [A. Chair, B. Chair], open: 7}, tls: {chairs: []}}
    errata: {"123": {open: 3}, "124": {open: 2}}
    share: 0.25
    nothing: null
    """,
    "names",
).get()


def problems(text: str) -> tuple[Problem, ...]:
    """The problems of a text."""
    return Filler(NAMES).fill(Source(text, Origin("template", 1, 1))).problems


EXPRESSIONS = {
    "meeting.cty": ("undefined-name", "`cty` is not defined", "city"),
    "metting.city | default('x')": ("undefined-name", "`metting` is not defined", "meeting"),
    "meeting.days[9]": ("undefined-name", "`9` is not defined", ""),
    "errata[124]": ("undefined-name", "`124` is not defined", "`'124'`, or `| string`"),
    "errata.values() | map(attribute='opn')": ("undefined-name", "`opn` is not defined", "open"),
    "errata | sum(attribute='open')": ("undefined-name", "`open` is not defined", "`.values()`"),
    "meeting.city | uper": ("bad-template", "`uper` is not a filter", "upper"),
    "meeting.days | map('uper')": ("bad-template", "`uper` is not a filter", "upper"),
    "meeting.number is od": ("bad-template", "`od` is not a test", "odd"),
    "meeting.days | select('od')": ("bad-template", "`od` is not a test", "odd"),
    "groups.items": ("bad-template", "`items` needs brackets: `items()`", ""),
    "groups.get()": ("bad-template", "`get()` takes a key and an optional default", "such as"),
    "groups.get([])": ("bad-template", "a list cannot be a key", ""),
    "{[]: 1}": ("bad-template", "a list cannot be a key", ""),
    "meeting.city.upper()": ("unsafe-template", "`upper()` cannot be called on text", "`| upper`"),
    "meeting.city.x": ("unsafe-template", "`.x` needs a mapping, not text", ""),
    "meeting[1:]": ("bad-template", "`[:]` needs a list or text, not a mapping", "dictsort"),
    "meeting.days['a':]": ("bad-template", "an end of `[:]` must be a whole number, not text", ""),
    "meeting.days[::0]": ("bad-template", "a step of `[::]` cannot be 0", ""),
    "meeting.city * 3": ("bad-template", "text cannot be used in arithmetic", "| int"),
    "meeting.city + 3": ("bad-template", "`+` cannot add a number to text", "~"),
    "'%d' % 3": ("bad-template", "text cannot be used in arithmetic", "| int"),
    "nothing + 3": ("bad-template", "null cannot be used in arithmetic", ""),
    "2 ** 3": ("unsafe-template", "`**` is not allowed", ""),
    "1 / 0": ("bad-template", "a number cannot be divided by 0", ""),
    "1 is divisibleby(0)": ("bad-template", "a number cannot be divided by 0", ""),
    "1 is divisibleby": ("bad-template", "`divisibleby` needs `num` in brackets", "divisibleby(num)"),
    "meeting.number > 'a'": ("bad-template", "a number cannot be compared with text", "| int"),
    "1 is gt('a')": ("bad-template", "a number cannot be compared with text", "| int"),
    "[1, 'a'] | sort": ("bad-template", "a number cannot be compared with text", "| int"),
    "[1, none] | max": ("bad-template", "a number cannot be compared with null", ""),
    "groups.values() | sort": ("bad-template", "mappings cannot be compared", "attribute="),
    "1 in 'abc'": ("bad-template", "`in` looks for text in text, not for a number", "| string"),
    "'a' in 5": ("bad-template", "`in` looks into text, a list or a mapping, not into a number", ""),
    "meeting.city if nothing": ("bad-template", "the `if` has no `else`", "else"),
    "groups.get(*meeting.days)": ("unsafe-template", "`get()` takes values without names or `*`", ""),
    "(meeting.number": ("bad-template", "`)` is missing before `}}`", ""),
    "meeting.days[]": ("bad-template", "`[]` is empty", "agenda[0]"),
    "1 is odd is even": ("bad-template", "two tests have nothing between them", "and"),
    "meeting.days | sum(attribute='a')": ("undefined-name", "`a` is not defined", "text has no parts"),
    "meeting.days | sum(attribut='a')": ("bad-template", "`sum` has no `attribut`", "attribute"),
    "meeting.days | sort(1, reverse=true)": ("bad-template", "`sort` has `reverse` twice", "sort(reverse,"),
    "'2025-11-07' | date('%d')": ("bad-template", "`date` takes no values in brackets", "it always shows"),
    "meeting.city | upper(1)": ("bad-template", "`upper` takes no values in brackets", "without brackets"),
    "meeting.city | replace('a')": ("bad-template", "`replace` needs `new` in brackets", "replace(old, new, count)"),
    "meeting.city | trim('a', 'b')": (
        "bad-template",
        "`trim` takes at most 1 values in brackets, not 2",
        "trim(chars)",
    ),
    "meeting.city | join(', ')": ("bad-template", "`join` needs a list, not text", "[...]"),
    "meeting.number | first": ("bad-template", "`first` needs a list, not a number", ""),
    "meeting.number | length": ("bad-template", "a number has no length", ""),
    "[] | first": ("bad-template", "an empty list has no `first`", ""),
    "[] | max": ("bad-template", "an empty list has no `max`", ""),
    "meeting.days | dictsort": ("bad-template", "`dictsort` needs a mapping, not a list", "`sort`"),
    "groups | dictsort(by='name')": ("bad-template", "`dictsort` sorts by key or by value only", "by='value'"),
    "groups.values() | unique": ("bad-template", "`unique` needs text or numbers, not a mapping", "attribute="),
    "meeting[meeting.days]": ("bad-template", "a list cannot be a key", ""),
    "'a\\xq'": ("bad-template", "a `\\` in quotes must be doubled", ""),
    "meeting 5": ("bad-template", "a number does not belong here", ""),
    "meeting 'x'": ("bad-template", "this text in quotes does not belong here", ""),
    "a²": ("bad-template", "a name has a character that is not allowed in names", ""),
    "meeting.city | int": ("bad-template", "`Montreal` is not a number", "int(0)"),
    "'' | int": ("bad-template", "empty text is not a number", "int(0)"),
    "nothing | float": ("bad-template", "null is not a number", "float(0.0)"),
    "'7' | int(0, 99)": ("bad-template", "`base` must be from 2 to 36, not 99", ""),
    "share | round('x')": ("bad-template", "`precision` must be a whole number, not text", ""),
    "share | round(1, 'up')": ("bad-template", "the methods of `round` are `common`, `ceil` and `floor`", "ceil"),
    "meeting.days | map": ("bad-template", "`map` needs a part or a filter", "such as"),
    "meeting.days | map(attribute=0, x=1)": ("bad-template", "`map` needs a part or a filter", "such as"),
    "meeting.days | string": ("bad-template", "text cannot contain a list or a mapping", "commas"),
}


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_mistake_is_reported_in_words_of_the_template(expression: str) -> None:
    """The rule, what is wrong, and what to type if that is known."""
    [problem] = problems("{{ " + expression + " }}")

    rule, text, hint = EXPRESSIONS[expression]
    assert (problem.rule, problem.text) == (rule, text)
    assert hint in problem.hint if hint else not problem.hint or problem.hint.startswith("such as `{{")


TEXTS = {
    "{% set x = 1 %}": ("`{% set %}` is not supported", "`let: {name: ...}` beside `kind`"),
    "{% set x %}y": ("`{% set %}` is not supported", "`let: {name: ...}` beside `kind`"),
    "{% with x = 1 %}{% endwith %}": ("`{% with %}` is not supported", "`let: {name: ...}` beside `kind`"),
    "{% for d in meeting.days %}{{ d }}{% endfor %}": ("`{% for %}` is not supported", "`each: name in list`"),
    "{% filter upper %}x{% endfilter %}": ("`{% filter %}` is not supported", "{{ meeting.city | upper }}"),
    "{%- macro x() %}{% endmacro %}": ("`{% macro %}` is not supported", "{% endif %}"),
    "{% include 'x' %}": ("`{% include %}` is not supported", "{% endif %}"),
    "{% nonsense %}": ("`{% nonsense %}` is not supported", "{% endif %}"),
    "{% %}": ("`{%` has no tag name after it", "{% endif %}"),
    "{% else %}": ("`{% else %}` has no `{% if %}` before it", ""),
    "{% if %}x{% endif %}": ("`{% if %}` has no condition", "{% if agenda %}"),
    "{% if agenda %}x": ("`{% if %}` has no end", "{% endif %}"),
    "{# a comment #}": ("a text with only a comment shows nothing", "null"),
    " {# a #} {# b #} ": ("a text with only a comment shows nothing", "null"),
    "{% raw %}{% endraw %}": ("a text with only an empty `{% raw %}` shows nothing", "null"),
    "{# open": ("`{#` is not closed", "#}"),
    "a {{ meeting.city": ("`{{` is not closed", "}}"),
    "{{ meeting.city }": ("one closing brace is missing", "}}"),
    "{{ }}": ("something is missing before `}}`", ""),
    "{{ meeting.city = 'x' }}": ("`=` does not compare", "=="),
    "{{ meeting.city ! }}": ("`!` has no meaning here", ""),
    "{{ meeting.city & share }}": ("`&` has no meaning here", "and"),
    "{{ meeting city }}": ("`city` does not belong here", "|"),
    "in {{ meeting.days }}": ("text cannot contain a list or a mapping", "commas"),
}


@pytest.mark.parametrize("text", TEXTS)
def test_the_problem_of_text_that_cannot_be_filled_has_its_reason_and_a_hint(text: str) -> None:
    """Unsupported statements, markers that are not closed, and a comment or `{% raw %}` with nothing to show."""
    [problem] = problems(text)

    message, hint = TEXTS[text]
    assert problem.text == message
    assert hint in problem.hint


def test_a_problem_is_reported_at_its_own_marker() -> None:
    """Of several expressions in a text, the one that fails is underlined, from its first brace to its last."""
    [problem] = (
        Filler(NAMES).fill(parse('- "{{ share }} of {{ meeting.cty }} {# or #} {{ share }}"', "file").get()).problems
    )

    assert (problem.origin.line, problem.origin.column, problem.origin.width) == (1, 19, len("{{ meeting.cty }}"))


PIECES = r"""
meeting groups errata share nothing nope .number .city .days .open [0] ['123'] [1:] [:'a'] [::0] [] 1 2 0 -1 1.5
'a' 'x + - * / // % ** ~ = == != < > <= in not and or if else is ( ) [ ] { } , : . | ; & $ ! ? {{ }} {% %} #
|upper |sort |sum |first |int |float |map |map(attribute='open') |selectattr('open') |groupby('open') |dictsort
|join |join(1) |replace('a') |date |date('%d') |default |sum(attribute='a') |min |max |abs |count |unique |title
|round('x') |sort(foo=1) |trim(3) |string|list |reverse |nofilter |map('sort') |select('in',1) odd divisibleby
divisibleby(0) defined eq('a') gt(1) in('a') .items() .keys() .get('open') .get() .get([]) .items .upper() true
none range(3) *a **k set for raw endraw
"""
# Words of Python and Jinja; names in backticks are the author's own.
PYTHON = re.compile(
    r"python|jinja|instance|nonetype|\bstr\b|\bint\b|\bdict\b|\btuple|argument|\bobject|literal|unsupported|subscript"
    r"|iterable|token|identifier|operand|keyword|callable|positional|hashable|\bindex|cannot be used with"
    r"|is not an expression",
    re.IGNORECASE,
)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES.split()), min_size=1, max_size=7),
    st.sampled_from(["", " "]),
    st.sampled_from(["{{ X }}", "a {{ X }} b", "{% if X %}x{% endif %}", "{{ X", "{% X %}"]),
)
@pytest.mark.slow
def test_no_mistake_is_reported_in_words_of_python(pieces: list[str], between: str, frame: str) -> None:
    """Any pieces of expressions in any order: a value, or a sentence that an author understands."""
    for problem in problems(frame.replace("X", between.join(pieces))):
        assert not PYTHON.search(re.sub("`[^`]*`", "", problem.text)), problem.text
