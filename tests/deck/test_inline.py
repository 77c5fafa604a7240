"""Markdown inside a text: what keeps its signs, its spaces and its lines."""

from __future__ import annotations

import pytest

from deckgen.deck.glyphs import missing_in
from deckgen.deck.inline import MAX_CHARACTERS, read_text
from deckgen.deck.model import Run, Text
from deckgen.problems import DeckError, Origin
from deckgen.source import Source

HERE = Origin("meetings/124.yaml", 7, 3)


def read(text: str) -> Text:
    """A text as the slides have it."""
    return read_text(Source(text, HERE), None)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("a  b `x  y`  c", "x  y"),
        ("``a `  b``", "a `  b"),
        ("`a\n  b`", "a\n  b"),
        ("`a\n\nb`", "a\n\nb"),
        ("`a\tb`", "a    b"),
        (r"\`a  b` `c  d`", " "),
        ("`*a*  \\_`", "*a*  \\_"),
    ],
)
def test_code_keeps_its_spaces_and_its_breaks(written: str, code: str) -> None:
    """All that is between backticks, and nothing of it is Markdown."""
    assert [run.text for run in read(written).runs if run.code] == [code]


def test_other_text_has_single_spaces() -> None:
    """Around code too."""
    assert [run.text for run in read("  a  b  `c  d`   e\n   f  ").runs] == ["a b ", "c  d", " e\nf"]


@pytest.mark.parametrize("formula", ["$E = mc^2$", "$a*b*c$", "$x_1 + _y_$", r"$\{a\} \frac{1}{2}$", "$<b>$"])
def test_a_formula_keeps_its_signs(formula: str) -> None:
    """What is between two dollar signs is drawn as it is written, while the text around it is Markdown."""
    assert read(f"so {formula} *is*").runs == (Run(f"so {formula} "), Run("is", italic=True))


def test_a_price_is_no_formula() -> None:
    """A dollar sign before a number does not begin one that ends at the next price."""
    assert read("from $5 *or* more to $6").runs[1] == Run("or", italic=True)


@pytest.mark.parametrize("hyphen", ["\u2010", "\u2011"])
def test_a_hyphen_is_the_one_of_the_font(hyphen: str) -> None:
    """The font lacks the hyphens of Unicode, and another font would stand out."""
    assert read(f"state{hyphen}of").words == "state-of"


def test_a_blank_line_is_drawn() -> None:
    """Each blank line between two lines of a text is one on the slide."""
    assert [run.text for run in read("one\n\n\ntwo\n\n").runs] == ["one\n\n\ntwo"]


def test_code_has_the_letters_of_both_fonts() -> None:
    """The font of code has the corners of boxes, which that of the text lacks, and takes the rest from that."""
    assert missing_in(read("`├─ Ω`")) == ""
    assert missing_in(read("├─ Ω")) == "├"
    assert missing_in(read("`王` 王")) == "王"


def test_many_backticks_are_refused_before_they_are_searched() -> None:
    """A search for pairs takes more than the time of its length."""
    with pytest.raises(DeckError, match="characters in one paragraph"):
        read("` " * MAX_CHARACTERS)
