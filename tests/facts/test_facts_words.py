"""Text from outside becomes text that a slide may show, and YAML that is read back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.base.characters import REFUSED
from deckgen.deck.inline import Linker, read_text
from deckgen.facts.words import clean, neutral, untagged
from deckgen.problems import Origin
from deckgen.source import Plain, Source, dump, parse, plain

HERE = Origin("here")
ANY = st.text(st.characters(codec="utf-8"))
WRITTEN = ANY.map(lambda text: REFUSED.sub("", text))
VALUES: st.SearchStrategy[Plain] = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | WRITTEN,
    lambda values: st.lists(values, max_size=4) | st.dictionaries(WRITTEN, values, max_size=4),
    max_leaves=12,
)


@given(ANY)
def test_a_neutral_text_is_shown_as_it_is(text: str) -> None:
    """Markdown shows exactly the cleaned words, in one style and without a link of its own."""
    shown = read_text(Source(neutral(text), HERE), Linker(Source({}, HERE)))

    assert shown.words == clean(text)
    assert not any(run.bold or run.italic or run.code for run in shown.runs)


@given(ANY)
def test_a_clean_text_can_be_read_back(text: str) -> None:
    """Whatever comes from outside, the reader accepts what is left of it."""
    assert plain(parse(dump({"name": neutral(text)}), "facts").get()) == {"name": neutral(text)}


@given(VALUES)
def test_what_is_written_is_read_back(value: Plain) -> None:
    """The writer quotes what YAML 1.2 would read as a number, a truth, or nothing."""
    assert plain(parse(dump({"value": value}), "facts").get()) == {"value": value}


@pytest.mark.parametrize(
    "text", ["1e5", "0o17", "08", "no", "10:30", "null", "~", "", "2025-07-25", "- x", "a: b", "# c", "="]
)
def test_text_stays_text(text: str) -> None:
    """What one YAML or the other takes for something else comes back as text."""
    assert plain(parse(dump([text]), "facts").get()) == [text]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<script>x</script>", "x"),
        ("a <b>bold</b> b", "a bold b"),
        ("1 < 2 > 1", "1 < 2 > 1"),
        ("&lt;b&gt;", "<b>"),
        ("<!-- gone -->kept", "kept"),
        ("e\u0301", "\u00e9"),
        ("x" * 300, "x" * 199 + "…"),
        (None, "None"),
    ],
)
def test_tags_go_and_entities_become_characters(text: object, left: str) -> None:
    """Once each: what an entity hid stays text."""
    assert untagged(text) == left
