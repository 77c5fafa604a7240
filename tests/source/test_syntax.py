"""Files that are no YAML: the fault at the place where a person made it, and what to type there."""

from __future__ import annotations

import pytest

from deckgen.source import parse

FAULTS = {
    "a quote that a later one closes": (
        'title: "Foo\nitems: [a]\nnotes: "Say it"\n',
        "1:8: the quote is not closed on this line",
        'close it with " at the end of the text',
    ),
    "a quote that nothing closes": ("- 'one\n- two\n", "1:3: the quote is not closed on this line", "close it with '"),
    "words after a quote": (
        'title: "Foo" and bar\n',
        "1:8: the text goes on after the closing quote",
        """between quotes: '"Foo" and bar'""",
    ),
    "an apostrophe between single quotes": (
        "- 'Don't panic'\n- b\n",
        "1:3: the text goes on after the closing quote",
        """between quotes: "Don't panic\"""",
    ),
    "an escape that is none": ('a: "\\d"\n', "1:5: `\\d` means nothing", "`\\\\d`, or single quotes"),
    "an open bracket": ("a: 1\nitems: [a, b\nc: d\n", "2:8: `[` is not closed", "close it with `]`"),
    "an open brace": ("a: {b: {c: d}\ne: f\n", "1:4: `{` is not closed", "close it with `}`"),
    "a bracket cut by a comment": ("a: [W3C, #1]\nb: c\n", "1:4: `[` is not closed", ""),
    "words after an expression": (
        "title: {{ area.name }} news\n",
        "1:8: the text goes on after the closing `}`",
        'between quotes: "{{ area.name }} news"',
    ),
    "a link at the start": (
        "- [the charter](https://www.ietf.org/)\n- b\n",
        "1:3: the text goes on after the closing `]`",
        'between quotes: "[the charter](https://www.ietf.org/)"',
    ),
    "bold at the start": (
        "- **Bold** start\n",
        "1:3: a text that begins with `*` needs quotes",
        '"**Bold** start"',
    ),
    "an asterisk": ("- *bold\n", "1:3: a text that begins with `*` needs quotes", '"*bold"'),
    "an at sign": ("- @ietf\n", "1:3: a text that begins with `@` needs quotes", '"@ietf"'),
    "a backtick": ("a: `Foo`\n", "1:4: a text that begins with ``` needs quotes", '"`Foo`"'),
    "a sign of a block": ("- > 50 percent\n", "1:3: a text that begins with `>` needs quotes", '"> 50 percent"'),
    "an ampersand alone": ("- & b\n", "1:3: a text that begins with `&` needs quotes", '"& b"'),
    "a tab": ("a:\n\tb: c\n", "2:1: a tab stands where only spaces may", "put spaces instead of the tab"),
    "a tab further down": ("a:\n  b: c\n\td: e\n", "3:1: a tab stands where only spaces may", ""),
    "no colon": ("a:\n  foo\n  b: c\n", "2:3: there is no colon after `foo`", "`foo:`"),
    "no colon at the start": ("agenda\nb: c\n", "1:1: there is no colon after `agenda`", "`agenda:`"),
    "no space after a colon": (
        "a:\n  kind:bullets\n  title: Foo\n",
        "2:3: there is no space after the colon of `kind:bullets`",
        "`kind: bullets`",
    ),
    "no space after a later colon": (
        "a:\n  kind: x\n  title:Foo\n  b: c\n",
        "3:3: there is no space after the colon of `title:Foo`",
        "`title: Foo`",
    ),
    "too deep": (
        "a:\n  kind: x\n     title: Foo\n",
        "3:6: `title` is indented deeper than `kind` above it",
        "line up the two",
    ),
    "not deep enough": (
        "a:\n  foo:\n    kind: x\n   title: y\n",
        "4:4: this lines up with nothing above it",
        "indent it by 2",
    ),
    "an item among keys": (
        "slides:\n  a: null\n  - foo:\n",
        "3:3: an item of a list stands among the keys that begin on line 2",
        "indent it deeper",
    ),
    "a key among items": (
        "slides:\n  - a\n  foo: b\n",
        "3:3: a key stands among the items of the list that begins on line 2",
        "begin it with `- `",
    ),
    "a colon in a text": ("a: b: c\n", "1:5: a second colon", 'put text that has ": " in it between quotes'),
    "a second document": ("a: b\n---\nc: d\n", "2:1: a second document begins here", "delete this line"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_yaml_is_told_where_it_was_made(fault: str) -> None:
    """Line and column, the fault in words of the author, and the hint."""
    text, told, hint = FAULTS[fault]

    (problem,) = parse(text, "f.yaml").problems
    assert str(problem).startswith(f"f.yaml:{told.partition(' ')[0]} error: not YAML: {told.partition(' ')[2]}")
    assert hint in problem.hint


@pytest.mark.parametrize(
    "text",
    ['a: "one\n  two"\nb: c\n', "a: 'it''s'\n", 'a: "\\""\n', "- [a, b]\n- {c: d}\n", "a: |\n  > b\n  * c\n"],
)
def test_what_is_yaml_is_let_through(text: str) -> None:
    """Texts over several lines, quotes inside of quotes, lists in brackets and blocks."""
    assert parse(text, "f.yaml").get().value
