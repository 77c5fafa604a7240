"""Deck × extents -> Pages: every slide fitted to one page, or cut into numbered parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

from deckgen.base import replace
from deckgen.base.budget import doing
from deckgen.deck.kinds import Deck, Slide
from deckgen.layout.kinds import layouts, place_slide
from deckgen.layout.measure import Placing, Typesetter, together
from deckgen.layout.pages import Page, Pages, TableBlock
from deckgen.layout.theme import Sizes, Theme
from deckgen.problems import DeckError, Problem, Result

MAX_PAGES = 2_000  # as many pages full of text as fit into 1.5 GB of memory

_SEPARATOR = "   ·   "  # in the foot


def place(deck: Deck, theme: Theme, typesetter: Typesetter) -> Result[Pages]:
    """The pages of a deck, without the slides that cannot be laid out. None if there are more than MAX_PAGES."""
    results = _placed(deck.slides, theme, typesetter)
    results = _with_one_size(deck.slides, results, theme, typesetter)
    problems: list[Problem] = []
    pages: list[Page] = []
    for result in results:
        if isinstance(result, DeckError):
            problems += result.problems
        else:
            pages += result
    if len(pages) > MAX_PAGES:
        return Result(None, (*problems, _too_many(pages)))
    footer = deck.footer.words
    numbered = tuple(
        replace(page, number=number, foot=_SEPARATOR.join(filter(None, (footer, page.section))))
        for number, page in enumerate(pages, 1)
    )
    about = (deck.title, deck.subject, deck.author, deck.language, footer, deck.timestamp)
    placed = Pages(*about, numbered, layouts(theme))
    return Result(placed, tuple(problems))


Placed = list[list[Page] | DeckError]


def _placed(slides: Sequence[Slide], theme: Theme, typesetter: Typesetter) -> Placed:
    return together([_guarded(slide, theme) for slide in slides], typesetter, partial(_tell, slides))


_MAX_SHARE = 1 / 3  # of the tables, at the second size


def _with_one_size(slides: Sequence[Slide], placed: Placed, theme: Theme, typesetter: Typesetter) -> Placed:
    """The slides, with all tables at the smallest size if many of them need it."""
    sizes = {index: _table_sizes(pages) for index, pages in enumerate(placed) if not isinstance(pages, DeckError)}
    tables = {index: own for index, own in sizes.items() if own}
    least = theme.table.sizes[-1]
    small = [index for index, own in tables.items() if min(own) == least]
    larger = [index for index in tables if index not in small]
    if not larger or len(small) <= _MAX_SHARE * len(tables):
        return placed
    smaller = replace(theme, table=replace(theme.table, sizes=Sizes([least])))
    again = dict(zip(larger, _placed([slides[index] for index in larger], smaller, typesetter), strict=True))
    return [again.get(index, pages) for index, pages in enumerate(placed)]


def _table_sizes(pages: Sequence[Page]) -> list[float]:
    return [block.size for page in pages for block in page.blocks if isinstance(block, TableBlock)]


def _too_many(pages: Sequence[Page]) -> Problem:
    """The problem of a deck with too many pages, at the slide that takes the most."""
    counts = Counter(page.slide for page in pages)
    [(slide, count)] = counts.most_common(1)
    origin = next(page.origin for page in pages if page.slide == slide)
    told = f"{len(pages):,} pages; at most {MAX_PAGES:,} are made, and `{slide}` alone takes {count:,}"
    return Problem(origin, "too-large", told, "make several decks of it", slide=slide)


def _tell(slides: Sequence[Slide], letters: Mapping[int, int]) -> None:
    """Record what is measured: the longest slide, and the number of slides if it has less than half of the text."""
    longest = max(letters, key=lambda index: letters[index])
    slide = slides[longest]
    told = f"measuring the slide `{slide.id}`"
    if 2 * letters[longest] < sum(letters.values()):
        told = f"measuring {len(letters):,} slides, the longest of them `{slide.id}`"
    doing(told, slide.origin, slide.id)


def _guarded(slide: Slide, theme: Theme) -> Placing[list[Page] | DeckError]:
    try:
        return (yield from place_slide(slide, theme))
    except DeckError as error:
        return DeckError(replace(problem, slide=slide.id) for problem in error.problems)
