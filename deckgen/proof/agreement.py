"""Two files as read back × Pages -> Problems: differences between the PowerPoint and the PDF."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import category, digit, normalize

from deckgen.base.characters import SHAPELESS
from deckgen.layout.pages import Page, Pages
from deckgen.problems import Problem
from deckgen.proof.readback import BROKEN, ReadPage

RULE = "disagreement"
_HYPHENS = "\u2010-"
_UNREAD = re.compile(
    "[\\s\U0001cf00-\U0001cf46\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]+"
)  # PDFium loses Znamenny marks, the halves of a flag, and skin tones
_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")


def check_agreement(pptx: Sequence[ReadPage], pdf: Sequence[ReadPage], pages: Pages) -> Iterator[Problem]:
    """Compare each page: its title, every word in order, the characters of its drawings, and every link."""
    shown = pages.shown.pages
    if len(pptx) != len(pages.pages) or len(pdf) != len(shown):
        text = f"the deck has {len(pages.pages)} pages, the PowerPoint {len(pptx)} and the PDF {len(pdf)}"
        yield Problem(pages.pages[0].origin, RULE, text)
        return
    for slide, placed in zip(pptx, pages.pages, strict=True):
        if slide.hidden != placed.hidden:
            text = f"page {placed.number} is {'shown' if placed.hidden else 'hidden'} in the PowerPoint"
            yield Problem(placed.origin, RULE, text, slide=placed.slide)
    present = (slide for slide, placed in zip(pptx, pages.pages, strict=True) if not placed.hidden)
    for slide, page, placed in zip(present, pdf, shown, strict=True):
        for text in _differences(slide, page, placed):
            yield Problem(placed.origin, RULE, f"page {placed.number}: {text}", slide=placed.slide)


def _differences(slide: ReadPage, page: ReadPage, placed: Page) -> Iterator[str]:
    if _squeezed(slide.title) != _squeezed(page.title):
        yield f"the title is `{slide.title}` in the PowerPoint and `{page.title}` in the PDF"
    foot = _squeezed(f"{placed.number}{placed.foot}")
    drawn = _squeezed("".join(page.lines)).removeprefix(foot)
    written = _squeezed("".join(slide.lines))
    drawn = _mended(drawn, written)
    if drawn != written and not _same_letters(drawn, written):
        at = next(
            (i for i, (a, b) in enumerate(zip(written, drawn, strict=False)) if a != b), min(len(written), len(drawn))
        )
        start = max(0, at - 15)
        yield f"`{written[start : at + 15]}` in the PowerPoint is `{drawn[start : at + 15]}` in the PDF"
    strange = _letters(page.drawn) - _letters(slide.drawn)
    if strange:
        yield f"a drawing has `{min(strange)}` in the PDF, but not in the PowerPoint"
    if slide.links != page.links:
        odd = next(iter(set(slide.links) ^ set(page.links)), "their order")
        yield f"the links differ: {odd}"


def _squeezed(text: str) -> str:
    """The visible characters: without white space, which the two files break differently, and what has no shape.

    PDFium returns ligatures and dot leaders as single characters, as NFKD does (Unicode Standard Annex 15).
    """
    squeezed = _UNREAD.sub("", SHAPELESS.sub("", text))
    return squeezed if squeezed.isascii() else _once(normalize("NFKD", squeezed))


def _once(text: str) -> str:
    """The text with each letter that has marks once, even if it is repeated.

    Typst writes such a letter for each of its glyphs: a letter and a tilde are read back as two letters with a tilde
    (typst/typst#8767).
    """
    letters: list[str] = []
    for sign in text:
        if letters and category(sign).startswith("M"):
            letters[-1] += sign
        else:
            letters.append(sign)
    before = ["", *letters]
    return "".join(letter for letter, last in zip(letters, before, strict=False) if len(letter) == 1 or letter != last)


def _letters(drawn: Iterable[str]) -> set[str]:
    """The letters and digits of drawings. Their order differs: words may be drawn twice, or along a path."""
    return set(filter(str.isalnum, _squeezed("".join(drawn))))


def _mended(drawn: str, written: str) -> str:
    """The drawn text, with each line-break mark replaced by the hyphen that the source has there, or removed."""
    mended = ""
    for part in re.split(f"({BROKEN})", drawn):
        following = written[len(mended) : len(mended) + 1]
        mended += (following if following in _HYPHENS else "") if part == BROKEN else part
    return mended


def _same_letters(drawn: str, written: str) -> bool:
    """Whether the left-to-right characters and digits of a page with right-to-left text are the same in both files.

    PDFium returns such text in visual order, mirrors its punctuation, loses characters of other scripts beside it, and
    makes others of those beyond U+FFFF, and digits of digits in circles.
    """
    seen, meant = (
        Counter(str(digit(one, one)) for one in text if one.isalnum() and one <= "\uffff" and not _LEFTWARD.match(one))
        for text in (drawn, written)
    )
    return bool(_LEFTWARD.search(written)) and not seen - meant and not any(map(str.isascii, meant - seen))
