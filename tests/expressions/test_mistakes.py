"""Expressions with mistakes -> what their author is told: the rule, the fault, and what to type; never Python."""

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


def faults(text: str) -> tuple[Problem, ...]:
    """What is wrong with a text."""
    return Filler(NAMES).fill(Source(text, Origin("template", 1, 1))).problems


EXPRESSIONS = {
    "meeting.cty": ("undefined-name", "`cty` is not defined", "city"),
    "metting.city | default('x')": ("undefined-name", "`metting` is not defined", "meeting"),
    "meeting.days[9]": ("undefined-name", "`9` is not defined", ""),
    "errata[124]": ("undefined-name", "`124` is not defined", "`'124'`, or `| string`"),
    "errata.values() | map(attribute='opn')": ("undefined-name", "`opn` is not defined", "open"),
    "errata | sum(attribute='open')": ("undefined-name", "`open` is not defined", "`.values()`"),
    "meeting.city | uper": ("bad-template", "there is no filter `uper`", "upper"),
    "meeting.days | map('uper')": ("bad-template", "there is no filter `uper`", "upper"),
    "meeting.number is od": ("bad-template", "there is no test `od`", "odd"),
    "meeting.days | select('od')": ("bad-template", "there is no test `od`", "odd"),
    "groups.items": ("bad-template", "`items` is written `items()`", ""),
    "groups.get()": ("bad-template", "`get()` takes a key and perhaps what to take without it", "such as"),
    "groups.get([])": ("bad-template", "a list cannot be a key", ""),
    "{[]: 1}": ("bad-template", "a list cannot be a key", ""),
    "meeting.city.upper()": ("unsafe-template", "`upper()` cannot be called on text", "`| upper`"),
    "meeting.city.x": ("unsafe-template", "`.x` needs a mapping; this is text", ""),
    "meeting[1:]": ("bad-template", "`[:]` is for lists and text; this is a mapping", "dictsort"),
    "meeting.days['a':]": ("bad-template", "an end of `[:]` is a whole number; this is text", ""),
    "meeting.days[::0]": ("bad-template", "a step of `[::]` cannot be 0", ""),
    "meeting.city * 3": ("bad-template", "text cannot be used in arithmetic", "| int"),
    "meeting.city + 3": ("bad-template", "`+` cannot add a number to text", "~"),
    "'%d' % 3": ("bad-template", "text cannot be used in arithmetic", "| int"),
    "nothing + 3": ("bad-template", "null cannot be used in arithmetic", ""),
    "2 ** 3": ("unsafe-template", "`**` is not allowed", ""),
    "1 / 0": ("bad-template", "nothing can be divided by 0", ""),
    "1 is divisibleby(0)": ("bad-template", "nothing can be divided by 0", ""),
    "1 is divisibleby": ("bad-template", "`divisibleby` needs `num` in brackets", "divisibleby(num)"),
    "meeting.number > 'a'": ("bad-template", "a number cannot be compared with text", "| int"),
    "1 is gt('a')": ("bad-template", "a number cannot be compared with text", "| int"),
    "[1, 'a'] | sort": ("bad-template", "a number cannot be compared with text", "| int"),
    "[1, none] | max": ("bad-template", "a number cannot be compared with null", ""),
    "groups.values() | sort": ("bad-template", "mappings cannot be compared", "attribute="),
    "1 in 'abc'": ("bad-template", "`in` looks for text in text, not for a number", "| string"),
    "'a' in 5": ("bad-template", "`in` looks into text, a list or a mapping, not into a number", ""),
    "meeting.city if nothing": ("bad-template", "the `if` has no `else`", "else"),
    "groups.get(*meeting.days)": ("unsafe-template", "`get()` takes plain values", ""),
    "(meeting.number": ("bad-template", "`)` is missing before `}}`", ""),
    "meeting.days[]": ("bad-template", "`[]` is empty", "agenda[0]"),
    "1 is odd is even": ("bad-template", "two tests follow each other", "and"),
    "meeting.days | sum(attribute='a')": ("undefined-name", "`a` is not defined", "text has no parts"),
    "meeting.days | sum(attribut='a')": ("bad-template", "`sum` has no `attribut`", "attribute"),
    "meeting.days | sort(1, reverse=true)": ("bad-template", "`sort` has `reverse` twice", "sort(reverse,"),
    "'2025-11-07' | date('%d')": ("bad-template", "`date` takes nothing in brackets", "it always writes"),
    "meeting.city | upper(1)": ("bad-template", "`upper` takes nothing in brackets", "without brackets"),
    "meeting.city | replace('a')": ("bad-template", "`replace` needs `new` in brackets", "replace(old, new, count)"),
    "meeting.city | trim('a', 'b')": (
        "bad-template",
        "`trim` takes at most 1 values in brackets, not 2",
        "trim(chars)",
    ),
    "meeting.city | join(', ')": ("bad-template", "`join` needs a list; this is text", "[...]"),
    "meeting.number | first": ("bad-template", "`first` needs a list; this is a number", ""),
    "meeting.number | length": ("bad-template", "a number has no length", ""),
    "[] | first": ("bad-template", "an empty list has no `first`", ""),
    "[] | max": ("bad-template", "an empty list has no `max`", ""),
    "meeting.days | dictsort": ("bad-template", "`dictsort` needs a mapping; this is a list", "`sort`"),
    "groups | dictsort(by='name')": ("bad-template", "`dictsort` sorts by key or by value", "by='value'"),
    "groups.values() | unique": ("bad-template", "`unique` is for text and numbers; this is a mapping", "attribute="),
    "meeting[meeting.days]": ("bad-template", "a list cannot be a key", ""),
    "'a\\xq'": ("bad-template", "a `\\` in quotes must be doubled", ""),
    "meeting 5": ("bad-template", "a number does not belong here", ""),
    "meeting 'x'": ("bad-template", "this text in quotes does not belong here", ""),
    "a²": ("bad-template", "a name has a letter that names cannot have", ""),
    "meeting.city | int": ("bad-template", "`Montreal` is not a number", "int(0)"),
    "'' | int": ("bad-template", "empty text is not a number", "int(0)"),
    "nothing | float": ("bad-template", "null is not a number", "float(0.0)"),
    "'7' | int(0, 99)": ("bad-template", "`base` is from 2 to 36, not 99", ""),
    "share | round('x')": ("bad-template", "`precision` is a whole number; this is text", ""),
    "share | round(1, 'up')": ("bad-template", "`round` has the methods `common`, `ceil` and `floor`", "ceil"),
    "meeting.days | map": ("bad-template", "`map` needs a part or a filter", "such as"),
    "meeting.days | map(attribute=0, x=1)": ("bad-template", "`map` needs a part or a filter", "such as"),
    "meeting.days | string": ("bad-template", "a list or a mapping cannot stand inside text", "commas"),
}


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_mistake_is_told_in_words_of_the_template(expression: str) -> None:
    """The rule, what is wrong, and what to type where that is known."""
    [problem] = faults("{{ " + expression + " }}")

    rule, text, hint = EXPRESSIONS[expression]
    assert (problem.rule, problem.text) == (rule, text)
    assert hint in problem.hint if hint else not problem.hint or problem.hint.startswith("such as `{{")


TEXTS = {
    "{% set x = 1 %}": ("there is no `{% set %}` here", "`let: {name: ...}` beside `kind`"),
    "{% set x %}y": ("there is no `{% set %}` here", "`let: {name: ...}` beside `kind`"),
    "{% with x = 1 %}{% endwith %}": ("there is no `{% with %}` here", "`let: {name: ...}` beside `kind`"),
    "{% for d in meeting.days %}{{ d }}{% endfor %}": ("there is no `{% for %}` here", "`each: name in list`"),
    "{% filter upper %}x{% endfilter %}": ("there is no `{% filter %}` here", "{{ meeting.city | upper }}"),
    "{%- macro x() %}{% endmacro %}": ("there is no `{% macro %}` here", "{% endif %}"),
    "{% include 'x' %}": ("there is no `{% include %}` here", "{% endif %}"),
    "{% nonsense %}": ("there is no `{% nonsense %}` here", "{% endif %}"),
    "{% %}": ("`{%` has no name after it", "{% endif %}"),
    "{% else %}": ("`{% else %}` has no `{% if %}` before it", ""),
    "{% if %}x{% endif %}": ("`{% if %}` has no condition", "{% if errata %}"),
    "{% if errata %}x": ("`{% if %}` has no end", "{% endif %}"),
    "{# a comment #}": ("a comment alone shows nothing", "null"),
    " {# a #} {# b #} ": ("a comment alone shows nothing", "null"),
    "{% raw %}{% endraw %}": ("`{% raw %}` with nothing in it shows nothing", "null"),
    "{# open": ("`{#` is not closed", "#}"),
    "a {{ meeting.city": ("`{{` is not closed", "}}"),
    "{{ meeting.city }": ("a brace too few", "}}"),
    "{{ }}": ("something is missing before `}}`", ""),
    "{{ meeting.city = 'x' }}": ("one `=` compares nothing", "=="),
    "{{ meeting.city ! }}": ("`!` means nothing here", ""),
    "{{ meeting.city & share }}": ("`&` means nothing here", "and"),
    "{{ meeting city }}": ("`city` does not belong here", "|"),
    "in {{ meeting.days }}": ("a list or a mapping cannot stand inside text", "commas"),
}


@pytest.mark.parametrize("text", TEXTS)
def test_text_that_cannot_be_filled_says_why_and_what_works_instead(text: str) -> None:
    """Statements that are not here, what is not closed, and a comment or `{% raw %}` with nothing to show."""
    [problem] = faults(text)

    told, hint = TEXTS[text]
    assert problem.text == told
    assert hint in problem.hint


def test_a_fault_is_told_at_its_own_marker() -> None:
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
# What Python and Jinja call things; names in backticks are the author's own.
PYTHON = re.compile(
    r"python|jinja|instance|nonetype|\bstr\b|\bint\b|\bdict\b|\btuple|argument|\bobject|literal|unsupported|subscript"
    r"|iterable|token|identifier|operand|keyword|callable|positional|hashable|\bindex|does not suit|cannot be read",
    re.IGNORECASE,
)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES.split()), min_size=1, max_size=7),
    st.sampled_from(["", " "]),
    st.sampled_from(["{{ X }}", "a {{ X }} b", "{% if X %}x{% endif %}", "{{ X", "{% X %}"]),
)
def test_no_mistake_is_told_in_words_of_python(pieces: list[str], between: str, frame: str) -> None:
    """Any pieces of expressions in any order: a value, or a sentence that an author understands."""
    for problem in faults(frame.replace("X", between.join(pieces))):
        assert not PYTHON.search(re.sub("`[^`]*`", "", problem.text)), problem.text
