"""Deck × extents -> Pages: every slide fitted to one page, or cut into numbered parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

from deckgen.base import replace
from deckgen.base.budget import doing
from deckgen.deck.kinds import Deck, Slide
from deckgen.deck.kinds.table import Table
from deckgen.layout.kinds import layouts, place_slide
from deckgen.layout.kinds.pair import is_short
from deckgen.layout.kinds.pair import place as place_pair
from deckgen.layout.measure import Placing, Typesetter, together
from deckgen.layout.pages import Page, Pages, TableBlock
from deckgen.layout.theme import Sizes, Theme
from deckgen.problems import DeckError, Problem, Result

MAX_PAGES = 2_000  # as many pages full of text as fit into 1.5 GB of memory

_SEPARATOR = "   ·   "  # in the foot


def place(
    deck: Deck, theme: Theme, typesetter: Typesetter, known: Mapping[str, Sequence[Page]] | None = None
) -> Result[Pages]:
    """The pages of a deck, without the slides that cannot be laid out. None if there are more than MAX_PAGES.

    `known` are pages that are still those of a slide, by its id.
    """
    units = _units(deck.slides, theme)
    kept = {index: _kept(unit, known or {}, theme) for index, unit in enumerate(units)}
    new = iter(_placed([unit for index, unit in enumerate(units) if not kept[index]], theme, typesetter))
    results = _with_one_size(units, [own or next(new) for own in kept.values()], theme, typesetter)
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


# The slides that are laid out together: one, or two tables that may share a page.
Unit = tuple[Slide, ...]
Placed = list[list[Page] | DeckError]


def _units(slides: Sequence[Slide], theme: Theme) -> list[Unit]:
    units: list[Unit] = []
    for slide in slides:
        if units and _share(units[-1], slide, theme):
            units[-1] = (*units[-1], slide)
        else:
            units.append((slide,))
    return units


def _share(before: Unit, slide: Slide, theme: Theme) -> bool:
    """Whether a table may share the page of the slide before it."""
    upper = before[0]
    if len(before) > 1 or not isinstance(slide, Table) or not isinstance(upper, Table):
        return False
    partner = slide.partner.words if slide.partner else ""
    return partner == upper.id and is_short(slide, theme) and is_short(upper, theme)


def _kept(unit: Unit, known: Mapping[str, Sequence[Page]], theme: Theme) -> list[Page]:
    """The known pages of these slides; none if one is new, or if they have tables as small as those of others were."""
    if any(slide.id not in known for slide in unit):
        return []
    pages = [page for slide in unit for page in known[slide.id]]
    alike = {id for page in pages for id in (page.slide, *page.also)} == {slide.id for slide in unit}
    return pages if alike and theme.table.sizes[-1] not in _table_sizes(pages) else []


def _placed(units: Sequence[Unit], theme: Theme, typesetter: Typesetter) -> Placed:
    first = [unit[0] for unit in units]
    return together([_guarded(unit, theme) for unit in units], typesetter, partial(_tell, first))


_MAX_SHARE = 1 / 3  # of the tables, at the second size


def _with_one_size(units: Sequence[Unit], placed: Placed, theme: Theme, typesetter: Typesetter) -> Placed:
    """The slides, with all tables at the smallest size if many of them need it."""
    sizes = {index: _table_sizes(pages) for index, pages in enumerate(placed) if not isinstance(pages, DeckError)}
    tables = {index: own for index, own in sizes.items() if own}
    least = theme.table.sizes[-1]
    small = [index for index, own in tables.items() if min(own) == least]
    larger = [index for index in tables if index not in small]
    if not larger or len(small) <= _MAX_SHARE * len(tables):
        return placed
    smaller = replace(theme, table=replace(theme.table, sizes=Sizes([least])))
    again = dict(zip(larger, _placed([units[index] for index in larger], smaller, typesetter), strict=True))
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


def _guarded(unit: Unit, theme: Theme) -> Placing[list[Page] | DeckError]:
    upper, *others = unit
    for lower in others:
        assert isinstance(upper, Table)
        assert isinstance(lower, Table)
        shared = yield from place_pair(upper, lower, theme)
        if shared:
            return shared
    pages: list[Page] = []
    problems: list[Problem] = []
    for slide in unit:
        try:
            pages += yield from place_slide(slide, theme)
        except DeckError as error:
            problems += (replace(problem, slide=slide.id) for problem in error.problems)
    return DeckError(problems) if problems else pages
