"""Slide × Theme -> Pages: each kind in its module, with its layouts."""

from __future__ import annotations

from typing import assert_never

from deckgen.deck import kinds
from deckgen.deck.kinds import Slide
from deckgen.layout.kinds import (
    agenda,
    blank,
    bullets,
    chart,
    code,
    columns,
    comparison,
    figure,
    key_figures,
    pair,
    people,
    photograph,
    quote,
    statement,
    table,
    title,
)
from deckgen.layout.measure import Placing
from deckgen.layout.pages import Layout, Page
from deckgen.layout.theme import Theme


def place_slide(slide: Slide, theme: Theme) -> Placing[list[Page]]:
    """The pages of a slide, without their numbers. Raises DeckError if it cannot be laid out."""
    match slide:
        case kinds.title.TitleSlide():
            return title.place(slide, theme)
        case kinds.statement.Statement():
            return statement.place(slide, theme)
        case kinds.bullets.Bullets():
            return bullets.place(slide, theme)
        case kinds.columns.Columns():
            return columns.place(slide, theme)
        case kinds.table.Table():
            return table.place(slide, theme)
        case kinds.agenda.Agenda():
            return agenda.place(slide, theme)
        case kinds.figure.Figure():
            return figure.place(slide, theme)
        case kinds.photograph.Photograph():
            return photograph.place(slide, theme)
        case kinds.comparison.Comparison():
            return comparison.place(slide, theme)
        case kinds.people.People():
            return people.place(slide, theme)
        case kinds.key_figures.KeyFigures():
            return key_figures.place(slide, theme)
        case kinds.chart.ChartSlide():
            return chart.place(slide, theme)
        case kinds.quote.Quote():
            return quote.place(slide, theme)
        case kinds.code.Code():
            return code.place(slide, theme)
        case kinds.blank.Blank():
            return blank.place(slide, theme)
        case _:
            assert_never(slide)


def layouts(theme: Theme) -> tuple[Layout, ...]:
    """Every layout, in the order of PowerPoint's menu."""
    pictured = (figure, photograph, comparison, people)
    in_order = (title, bullets, columns, table, pair, *pictured, key_figures, chart, quote, code, statement)
    return tuple(layout for kind in in_order for layout in kind.layouts(theme))
