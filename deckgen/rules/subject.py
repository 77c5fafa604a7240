"""Meeting × Deck × Pages -> Subject: what the rules look at, with the queries that several rules share."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.base import Frozen
from deckgen.deck.kinds import Deck, Slide, drawn_texts, texts
from deckgen.deck.kinds.agenda import Agenda
from deckgen.deck.model import Picture, Text
from deckgen.layout.pages import Block, Page, Pages, Paragraph, TableBlock, TextBlock
from deckgen.layout.theme import Theme
from deckgen.meeting import Meeting
from deckgen.problems import Origin
from deckgen.source import Source


class Subject(Frozen):
    """What the rules look at.

    `theme_file` is the theme as a Source; `whole` is false if slides are missing because of other problems.
    """

    meeting: Meeting
    deck: Deck
    pages: Pages
    theme: Theme
    theme_file: Source
    whole: bool = True

    def fact(self, name: str) -> Source:
        """A fact of the meeting; empty if it is unknown."""
        facts = self.meeting.facts
        return facts.get(name) or Source({}, facts.origin)

    def part(self, path: str) -> Source:
        """A fact, or with `fact.key` a part of it; empty if it is unknown."""
        return part_of(self.meeting.facts, path)

    def texts(self) -> Iterator[tuple[Slide, Text]]:
        """Every text of every slide, in order."""
        for slide in self.deck.slides:
            for text in texts(slide):
                yield slide, text

    def drawn(self) -> Iterator[tuple[str, Text]]:
        """Every text that is drawn, in charts, drawings and the footer too, with the id of its slide."""
        yield "", self.deck.footer
        for slide in self.deck.slides:
            for text in drawn_texts(slide):
                yield slide.id, text

    def pictures(self) -> Iterator[tuple[Slide, Picture]]:
        """Every picture of the deck, except QR codes."""
        for slide in self.deck.slides:
            for picture in slide.pictures:
                yield slide, picture

    def links(self) -> Iterator[tuple[Slide, Text, str]]:
        """Every address that a text leads to, once for each text."""
        for slide, text in self.texts():
            for link in dict.fromkeys(run.link for run in text.runs if run.link.lower().startswith("http")):
                yield slide, text, link

    def blocks(self) -> Iterator[tuple[Page, Block]]:
        """Every block of every page."""
        for page in self.pages.pages:
            for block in page.blocks:
                yield page, block

    def agenda(self) -> Agenda | None:
        """The agenda of the session: the one of the templates, or else the first."""
        agendas = [slide for slide in self.deck.slides if isinstance(slide, Agenda)]
        recurring = (slide for slide in agendas if slide.id in self.meeting.known_slides)
        return next(recurring, next(iter(agendas), None))

    def paragraphs(self) -> Iterator[tuple[Page, Paragraph]]:
        """Every paragraph of every page, those in tables too."""
        for page, block in self.blocks():
            if isinstance(block, TextBlock):
                yield from ((page, paragraph) for paragraph in block.paragraphs)
            elif isinstance(block, TableBlock):
                yield from ((page, paragraph) for row in block.rows for cell in row.cells for paragraph in cell)

    def written(self, origin: Origin) -> str:
        """The lines of the files at an origin, and of the template it came through."""
        documents = self.meeting.documents
        known = [place for place in places(origin) if place.path in documents]
        return "\n".join(line for place in known for line in documents[place.path].leaf(place.line))

    def key_of(self, slide: Slide, *keys: str) -> Origin:
        """The origin of the first of these keys that a slide has, or else of the slide."""
        source = self.meeting.slides.get(slide.id)
        found = (child for key in keys if source and (child := source.get(key)))
        return next((child.origin for child in found), slide.origin)

    def own_place(self, slide: Slide, origin: Origin) -> Origin:
        """Where the meeting's own file has a slide, or could; `origin` if that is in the file already."""
        own = self.meeting.layers[-1]
        if origin.path == own.origin.path:
            return origin
        slides = own.get("slides")
        if slides is None:
            return Origin(own.origin.path)
        return slides.key_origin(slide.id) if slides.get(slide.id) else own.key_origin("slides")

    def left_out(self, id: str) -> Origin:
        """Where a slide is left out of the deck, or else the order of the deck."""
        for layer in reversed(self.meeting.layers):
            slides = layer.get("slides")
            if slides and slides.get(id):
                return slides.key_origin(id)
        return self.meeting.settings.key_origin("sections")


def places(origin: Origin) -> Iterator[Origin]:
    """The origin of a value, and of the template it came through."""
    yield origin
    if origin.through:
        yield origin.through


def part_of(facts: Source, path: str) -> Source:
    """The value at `fact` or at `fact.key`; an empty mapping if there is none."""
    found: Source | None = facts
    for key in path.split("."):
        found = found.get(key) if found else None
    return found or Source({}, facts.origin)
