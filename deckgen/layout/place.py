"""Deck × extents -> Pages: every slide fitted to one page, or cut into numbered parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from deckgen.base import replace
from deckgen.deck import kinds
from deckgen.deck.kinds import Deck, Slide
from deckgen.layout.dark import place_opening, place_statement
from deckgen.layout.frame import Part, frame
from deckgen.layout.graphics import place_chart, place_figure, place_key_figures
from deckgen.layout.lists import place_bullets, place_columns
from deckgen.layout.measure import Placing, Typesetter, together
from deckgen.layout.pages import Page, Pages
from deckgen.layout.tables import place_agenda, place_table
from deckgen.layout.theme import Theme
from deckgen.problems import DeckError, Problem, Result


def place(deck: Deck, theme: Theme, typesetter: Typesetter) -> Result[Pages]:
    """The pages of a deck, without the slides that cannot be set."""
    results = together([_guarded(slide, theme) for slide in deck.slides], typesetter)
    problems: list[Problem] = []
    pages: list[Page] = []
    for result in results:
        if isinstance(result, DeckError):
            problems += result.problems
        else:
            pages += result
    numbered = tuple(replace(page, number=number) for number, page in enumerate(pages, 1))
    placed = Pages(deck.title, deck.subject, deck.author, deck.language, deck.footer, deck.timestamp, numbered)
    return Result(placed, tuple(problems))


def _guarded(slide: Slide, theme: Theme) -> Placing[list[Page] | DeckError]:
    try:
        return (yield from _slide(slide, theme))
    except DeckError as error:
        return DeckError(replace(problem, slide=slide.id) for problem in error.problems)


def _slide(slide: Slide, theme: Theme) -> Placing[list[Page]]:
    if isinstance(slide, kinds.title.TitleSlide):
        return (yield from place_opening(slide, theme))
    if isinstance(slide, kinds.statement.Statement):
        return (yield from place_statement(slide, theme))
    parts = yield from _parts(slide, theme)
    return (yield from frame(slide, parts, theme))


def _parts(
    slide: kinds.bullets.Bullets
    | kinds.columns.Columns
    | kinds.table.Table
    | kinds.agenda.Agenda
    | kinds.figure.Figure
    | kinds.key_figures.KeyFigures
    | kinds.chart.ChartSlide,
    theme: Theme,
) -> Placing[Sequence[Part]]:
    match slide:
        case kinds.bullets.Bullets():
            return (yield from place_bullets(slide, theme))
        case kinds.columns.Columns():
            return (yield from place_columns(slide, theme))
        case kinds.table.Table():
            return (yield from place_table(slide, theme))
        case kinds.agenda.Agenda():
            return (yield from place_agenda(slide, theme))
        case kinds.figure.Figure():
            return (yield from place_figure(slide, theme))
        case kinds.key_figures.KeyFigures():
            return (yield from place_key_figures(slide, theme))
        case kinds.chart.ChartSlide():
            return (yield from place_chart(slide, theme))
        case _:
            assert_never(slide)
