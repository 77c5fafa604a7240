"""The build compares what both files say: a word, a link, a title or a page that differs is found."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import MINIMAL, ROOT, BuiltDeck
from pptx import Presentation

from deckgen.agreement import check_agreement
from deckgen.build import build, typeset
from deckgen.readback.pdf import read_pdf
from deckgen.readback.pptx import read_pptx

Folder = Callable[..., Path]


def change_word(slides: Any) -> None:
    """One letter of a bullet of page 2."""
    slides[1].placeholders[1].text_frame.paragraphs[0].runs[0].text += "x"


def change_title(slides: Any) -> None:
    """The title of page 2."""
    slides[1].shapes.title.text_frame.paragraphs[0].runs[0].text = "Note Ill"


def change_link(slides: Any) -> None:
    """The address of the first link of page 2."""
    relations = slides[1].part.rels
    next(r for r in relations.values() if r.is_external)._target = "https://example.org/"


def lose_page(slides: Any) -> None:
    """The last page."""
    slides._sldIdLst.remove(list(slides._sldIdLst)[-1])


CHANGES = {
    change_word: "page 2",
    change_title: "the title is",
    change_link: "the links differ",
    lose_page: "pages were set",
}


@pytest.mark.parametrize("words", range(1, 14))
def test_a_hyphen_at_the_end_of_a_line_is_no_difference(words: int, folder: Folder) -> None:
    """Wherever a line breaks in a name with hyphens, the deck is written."""
    line = "word " * words + "a state-of-the-art draft-ietf-tls-hybrid-design"
    slide = f"  mine: {{kind: bullets, title: Mine, items: ['{line}']}}\n"
    root = folder(MINIMAL + f"slides:\n{slide}")

    assert len(build(root, 123, root / "build").files) == 3


@pytest.mark.parametrize("change", CHANGES)
def test_a_difference_is_found_at_its_slide(change: Callable[[Any], None], decks: dict[int, BuiltDeck]) -> None:
    """A PowerPoint changed by hand no longer agrees with the PDF; untouched, it does."""
    deck = decks[123]
    pages = typeset(ROOT, 123).pages
    pdf = read_pdf(deck.pdf.read_bytes())
    assert list(check_agreement(read_pptx(deck.pptx.read_bytes()), pdf, pages)) == []

    presentation = Presentation(str(deck.pptx))
    change(presentation.slides)
    changed = io.BytesIO()
    presentation.save(changed)
    problems = list(check_agreement(read_pptx(changed.getvalue()), pdf, pages))

    assert CHANGES[change] in problems[0].text
    assert problems[0].severity == "error"
