"""Files that are not YAML -> a problem at the line and column of the mistake, and what to type there."""

from __future__ import annotations

import pytest

from deckgen.source import parse

MISTAKES = {
    "a quote that a later one closes": (
        'title: "Foo\nitems: [a]\nnotes: "Say it"\n',
        "1:8: the quote is not closed on this line",
        'close it with " at the end of the text',
    ),
    "a quote that nothing closes": ("- 'one\n- two\n", "1:3: the quote is not closed on this line", "close it with '"),
    "words after a quote": (
        'title: "Foo" and bar\n',
        "1:8: the text continues after the closing quote",
        """between quotes: '"Foo" and bar'""",
    ),
    "an apostrophe between single quotes": (
        "- 'Don't panic'\n- b\n",
        "1:3: the text continues after the closing quote",
        """between quotes: "Don't panic\"""",
    ),
    "an unknown escape": ('a: "\\d"\n', "1:5: `\\d` has no meaning", "write `\\\\d`, or use single quotes"),
    "an open bracket": ("a: 1\nitems: [a, b\nc: d\n", "2:8: `[` is not closed", "close it with `]`"),
    "an open brace": ("a: {b: {c: d}\ne: f\n", "1:4: `{` is not closed", "close it with `}`"),
    "a bracket cut by a comment": ("a: [W3C, #1]\nb: c\n", "1:4: `[` is not closed", ""),
    "words after an expression": (
        "title: {{ area.name }} news\n",
        "1:8: the text continues after the closing `}`",
        'between quotes: "{{ area.name }} news"',
    ),
    "a link at the start": (
        "- [the charter](https://www.ietf.org/)\n- b\n",
        "1:3: the text continues after the closing `]`",
        'between quotes: "[the charter](https://www.ietf.org/)"',
    ),
    "bold at the start": (
        "- **Bold** start\n",
        "1:3: text that begins with `*` needs quotes",
        '"**Bold** start"',
    ),
    "an asterisk": ("- *bold\n", "1:3: text that begins with `*` needs quotes", '"*bold"'),
    "an at sign": ("- @ietf\n", "1:3: text that begins with `@` needs quotes", '"@ietf"'),
    "a backtick": ("a: `Foo`\n", "1:4: text that begins with ``` needs quotes", '"`Foo`"'),
    "a sign of a block": ("- > 50 percent\n", "1:3: text that begins with `>` needs quotes", '"> 50 percent"'),
    "an ampersand alone": ("- & b\n", "1:3: text that begins with `&` needs quotes", '"& b"'),
    "a tab": ("a:\n\tb: c\n", "2:1: a tab is used for indentation", "replace the tab by spaces"),
    "a tab further down": ("a:\n  b: c\n\td: e\n", "3:1: a tab is used for indentation", ""),
    "no colon": ("a:\n  foo\n  b: c\n", "2:3: `foo` has no colon after it", "`foo:`"),
    "no colon at the start": ("agenda\nb: c\n", "1:1: `agenda` has no colon after it", "`agenda:`"),
    "no space after a colon": (
        "a:\n  kind:bullets\n  title: Foo\n",
        "2:3: the colon of `kind:bullets` has no space after it",
        "`kind: bullets`",
    ),
    "no space after a later colon": (
        "a:\n  kind: x\n  title:Foo\n  b: c\n",
        "3:3: the colon of `title:Foo` has no space after it",
        "`title: Foo`",
    ),
    "too deep": (
        "a:\n  kind: x\n     title: Foo\n",
        "3:6: `title` is indented deeper than `kind` above it",
        "give both the same indent",
    ),
    "not deep enough": (
        "a:\n  foo:\n    kind: x\n   title: y\n",
        "4:4: this indent matches nothing above it",
        "indent it by 2",
    ),
    "an item among keys": (
        "slides:\n  a: null\n  - foo:\n",
        "3:3: a list item is among the keys that begin on line 2",
        "indent it deeper",
    ),
    "a key among items": (
        "slides:\n  - a\n  foo: b\n",
        "3:3: a key is among the items of the list that begins on line 2",
        "begin it with `- `",
    ),
    "a colon in a text": ("a: b: c\n", "1:5: a second colon on this line", 'put text with ": " in it between quotes'),
    "a second document": ("a: b\n---\nc: d\n", "2:1: a second document begins here", "delete this line"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_yaml_is_reported_where_it_was_made(mistake: str) -> None:
    """Line and column, the mistake in the author's words, and the hint."""
    text, reported, hint = MISTAKES[mistake]

    (problem,) = parse(text, "f.yaml").problems
    assert str(problem).startswith(f"f.yaml:{reported.partition(' ')[0]} error: not YAML: {reported.partition(' ')[2]}")
    assert hint in problem.hint


@pytest.mark.parametrize(
    "text",
    ['a: "one\n  two"\nb: c\n', "a: 'it''s'\n", 'a: "\\""\n', "- [a, b]\n- {c: d}\n", "a: |\n  > b\n  * c\n"],
)
def test_yaml_is_accepted(text: str) -> None:
    """Text over several lines, quotes inside quotes, lists in brackets and blocks."""
    assert parse(text, "f.yaml").get().value
