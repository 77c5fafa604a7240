"""Source of a slide -> Slide: the closed set of kinds, one in each module; and Slides -> Deck."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from deckgen.base import Frozen
from deckgen.deck.kinds import (
    agenda,
    blank,
    bullets,
    chart,
    code,
    columns,
    comparison,
    figure,
    key_figures,
    people,
    photograph,
    quote,
    statement,
    table,
    title,
)
from deckgen.deck.kinds.common import read_common
from deckgen.deck.model import Chart, Run, Text
from deckgen.deck.read import Reader
from deckgen.source import Source, text_of

# In the order of the documentation.
Slide = (
    title.TitleSlide
    | statement.Statement
    | bullets.Bullets
    | columns.Columns
    | table.Table
    | agenda.Agenda
    | figure.Figure
    | photograph.Photograph
    | comparison.Comparison
    | people.People
    | key_figures.KeyFigures
    | chart.ChartSlide
    | quote.Quote
    | code.Code
    | blank.Blank
)
KINDS: dict[str, type[Slide]] = {slide.kind.name: slide for slide in get_args(Slide)}


class WithoutFacts(Frozen):
    """A recurring slide that is left out because its facts are unknown; `fact: key` is a part of one."""

    id: str
    facts: tuple[str, ...]


class Deck(Frozen):
    """The slides of one meeting, and the properties of the files.

    `timestamp` is the date of both files, in seconds after 1970-01-01 UTC. Two sorts of slides are left out: those
    that are `waiting` have nothing to show yet, and the facts of those `without_facts` are unknown.
    """

    name: str
    title: str
    subject: str
    author: str
    language: str
    footer: Text
    timestamp: int
    upload: str
    upload_notes: dict[str, str]
    upload_limit: int
    slides: tuple[Slide, ...]
    waiting: tuple[Slide, ...] = ()
    without_facts: tuple[WithoutFacts, ...] = ()

    @property
    def wanting(self) -> tuple[Slide, ...]:
        """The slides that have `wanted`, in the deck or left out."""
        return tuple(slide for slide in (*self.slides, *self.waiting) if slide.wanted)


def read_slide(reader: Reader, source: Source, id: str, section: str) -> Slide:
    """The slide that `source`, filled and checked, describes. Raises DeckError."""
    common = read_common(reader, source, id, section)
    return KINDS[text_of(source.get("kind"))].read(reader, source, common)


def texts(slide: Slide) -> list[Text]:
    """Every text of a slide, in reading order."""
    content = (part.title if isinstance(part, Chart) else part for part in slide.content())
    return [slide.title, *content, *([slide.footnote] if slide.footnote else [])]


def drawn_texts(slide: Slide) -> Iterator[Text]:
    """Every text that is drawn: those of a slide, the labels of its charts, and the words in its drawing."""
    yield from texts(slide)
    for part in slide.content():
        yield from part.labels if isinstance(part, Chart) else ()
    for picture in slide.pictures:
        yield Text((Run(picture.words),), picture.origin)
