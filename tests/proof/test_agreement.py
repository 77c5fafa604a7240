"""The build compares what both files say: a word, a link, a title or a page that differs is found."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from support.repository import MINIMAL, ROOT, BuiltDeck

from deckgen.base import replace
from deckgen.build.one import build, typeset
from deckgen.proof.agreement import check_agreement
from deckgen.proof.read_pdf import read_pdf
from deckgen.proof.read_pptx import read_pptx
from deckgen.proof.readback import ReadPage
from deckgen.source import Plain, dump

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


def swap_links(slides: Any) -> None:
    """The addresses of the first two links of page 3."""
    one, other = [r for r in slides[2].part.rels.values() if r.is_external][:2]
    one._target, other._target = other._target, one._target


def lose_page(slides: Any) -> None:
    """The last page."""
    slides._sldIdLst.remove(list(slides._sldIdLst)[-1])


CHANGES = {
    change_word: "page 2",
    change_title: "the title is",
    change_link: "the links differ: http",
    swap_links: "the links differ: their order",
    lose_page: "the deck has ",
}


@pytest.mark.sweep(5)
@pytest.mark.parametrize("words", range(1, 14))
def test_a_hyphen_at_the_end_of_a_line_is_no_difference(words: int, bare: Folder) -> None:
    """Wherever a line breaks in a name with hyphens, the deck is written."""
    line = "word " * words + "a state-of-the-art draft-ietf-tls-hybrid-design"
    slide = f"  mine: {{kind: bullets, title: Mine, items: ['{line}']}}\n"
    root = bare(MINIMAL + f"slides:\n{slide}")

    assert len(build(root, 123, root / "build").get().files) == 3


WORDS = (
    *("word", "state-of-the-art", "draft-ietf-tls-hybrid-design", "RFC 9000", "a/b/c", "half\u00adway", "AT&T", "1/2"),
    *("“quoted”", "it’s", "3.10", "50 %", "**bold**", "*it*", "`code-x`", "[link-text](https://www.ietf.org/a-b)"),
    *("https://datatracker.ietf.org/doc/draft-a-b-c", "saag@ietf.org", "e\u0301", "ﬁ", "fi", "ffi", "–", "—", "…"),
    *("a\u00a0b", "x_y", "<tag>", "&amp;", "(1)", "naïve", "Ω", "non\u2011break", "-", "--", "\u200bzero", "ǆ"),
)


def _slides(chance: random.Random) -> dict[str, Plain]:
    """A slide of each kind with texts of made-up words."""

    def text(most: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, most)))

    width, points = chance.randint(1, 5), chance.randint(1, 4)
    numbers = (None, 0, 1, 2.5, 3.125, 100)
    series: list[Plain] = [
        {"name": f"s{n}", "values": [chance.choice(numbers) for _ in range(points)]}
        for n in range(chance.randint(1, 4))
    ]
    chart: Plain = {
        "type": chance.choice(("bar", "line")),
        "title": text(6),
        "categories": [f"{chance.choice(('a', 'b-c', 'é', 'ﬁ'))}{index}" for index in range(points)],
        "series": series,
    }
    bodies: dict[str, dict[str, Plain]] = {
        "bullets": {"items": [{"text": text(20), "items": [text(9)]} for _ in range(4)], "footnote": text(6)},
        "columns": {"items": [text(3) for _ in range(20)], "callout": text(6)},
        "table": {"header": [text(2)] * width, "rows": [[text(5) for _ in range(width)] for _ in range(6)]},
        "chart": {"chart": chart},
        "key-figures": {"figures": [{"value": "9,554", "label": text(4)} for _ in range(3)]},
        "statement": {"lines": [text(7)]},
    }
    return {f"own-{kind}": {"kind": kind, "title": text(5), **body} for kind, body in bodies.items()}


@pytest.mark.sweep(4)
@pytest.mark.parametrize("seed", [1, 2, 3, 5, 7, 8, 9, 11])
def test_the_files_agree_on_any_words(seed: int, bare: Folder) -> None:
    """Hyphens, ligatures, accents, addresses, charts of several lines: no difference is seen where there is none."""
    root = bare(MINIMAL + dump({"slides": _slides(random.Random(seed))}))

    assert len(build(root, 123, root / "build").get().files) == 3


@pytest.mark.parametrize("change", CHANGES)
def test_a_difference_is_found_at_its_slide(change: Callable[[Any], None], decks: dict[int, BuiltDeck]) -> None:
    """A PowerPoint changed by hand no longer agrees with the PDF; untouched, it does."""
    deck = decks[123]
    pages = typeset(ROOT, 123).get().pages
    pdf = read_pdf(deck.pdf.read_bytes())
    assert list(check_agreement(read_pptx(deck.pptx.read_bytes()), pdf, pages)) == []

    presentation = Presentation(str(deck.pptx))
    change(presentation.slides)
    changed = io.BytesIO()
    presentation.save(changed)
    problems = list(check_agreement(read_pptx(changed.getvalue()), pdf, pages))

    assert CHANGES[change] in problems[0].text
    assert problems[0].severity == "error"


HEBREW = "\u05e9\u05dc\u05d5\u05dd"
BESIDE_HEBREW = {
    f"42 draft {HEBREW}": True,  # PDFium returns the words in the order in which they are drawn
    f"42 draft {HEBREW[::-1]}": True,
    f"43 draft {HEBREW}": False,
    f"42 {HEBREW}": False,
    f"42 draft draft {HEBREW}": False,
}


WITH_ACCENTS = {
    "r\u00e9sum\u00e9 of e": True,
    "re\u0301sume\u0301 of e": True,
    "r\u00e9sum\u00e8 of e": False,
    "rsum of e": False,
    "resume of e": False,
    "r\u00e9sum\u00e9 of": False,
}


@pytest.mark.parametrize(
    ("written", "found"),
    [(f"{HEBREW} draft 42", BESIDE_HEBREW), ("r\u00e9sum\u00e9 of e", WITH_ACCENTS)],
    ids=["right to left", "accents"],
)
def test_characters_are_compared_one_by_one(written: str, found: dict[str, bool]) -> None:
    """Beside right-to-left text the order may differ, for nobody can tell it; an accent may be a character of its own.

    A changed, lost or doubled word, number or accent is found.
    """
    pages = typeset(ROOT, 123).get().pages
    first = replace(pages, pages=pages.pages[:1])
    slide = ReadPage("Title", "", (written,), ())
    pdf = {drawn: replace(slide, lines=(drawn,)) for drawn in found}

    assert {drawn: not [*check_agreement([slide], [page], first)] for drawn, page in pdf.items()} == found
