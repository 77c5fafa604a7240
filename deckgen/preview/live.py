"""Files -> State: the pages as pictures; only changed pages are redrawn."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deckgen.base import Frozen, budget, replace, to_builtins
from deckgen.build.one import Typeset, typeset
from deckgen.deck.kinds.agenda import Agenda
from deckgen.layout.pages import Page
from deckgen.layout.trial import Trial
from deckgen.meeting import Meeting
from deckgen.problems import Origin, Problem
from deckgen.problems.text import text_messages
from deckgen.review.details import details
from deckgen.review.look import look, read_lines
from deckgen.review.where import slide_of
from deckgen.writers.pdf import draw_svg


class Sheet(Frozen):
    """A page in the browser: `picture` names its SVG and changes with its look."""

    key: str
    slide: str
    number: int
    title: str
    section: str
    notes: str
    place: str
    picture: str


class Fault(Frozen):
    """A problem as the browser shows it; `slide` may be empty."""

    severity: str
    text: str
    slide: str
    message: str


class Topic(Frozen):
    """An agenda topic, for the clock: its start in minutes after midnight, and its length."""

    topic: str
    start: int
    minutes: int | None


class State(Frozen):
    """What the browser shows; if `stale`, the pages are those of the last deck that could be built."""

    title: str = ""
    stale: bool = False
    sheets: tuple[Sheet, ...] = ()
    faults: tuple[Fault, ...] = ()
    agenda: tuple[Topic, ...] = ()

    def plain(self) -> dict[str, Any]:
        """The state as plain data for JSON."""
        return dict(to_builtins(self))


@dataclass(slots=True)
class Live:
    """The deck of one meeting, kept in memory. `wanted` are the pictures it uses, whether or not they exist."""

    root: Path
    number: int
    state: State = field(default_factory=State)
    wanted: set[Path] = field(default_factory=set)
    missing: bool = False
    _ready: Typeset | None = None
    _trial: Trial = field(default_factory=Trial)
    _svgs: dict[str, str] = field(default_factory=dict)
    _names: dict[Hashable, str] = field(default_factory=dict)

    def rebuild(self) -> State:
        """Read all files again. If the deck cannot be built, the last pages stay."""
        try:
            return self._rebuilt()
        finally:
            budget.rest()

    def _rebuilt(self) -> State:
        result = typeset(self.root, self.number, self._ready, self._trial)
        ready = result.value
        if ready is None:
            return self._broken(result.problems)
        self.wanted = {*ready.asked}
        if result.errors and self._ready:
            return self._broken(result.problems, ready.meeting)
        self.missing = False
        self._ready = ready
        names = self._draw(ready)
        self.state = State(
            title=ready.deck.title,
            stale=bool(result.errors),
            sheets=tuple(_sheet(page, names[page.number]) for page in ready.pages.pages),
            faults=self._faults(result.problems, ready.meeting),
            agenda=tuple(_topics(ready)),
        )
        return self.state

    def svg(self, name: str) -> str | None:
        """The picture of this name, if the deck has it."""
        return self._svgs.get(name)

    def places(self, key: str) -> list[dict[str, str]] | None:
        """Each line of a page with its origin; None if the page does not exist."""
        page = next((page for page in self._pages() if _key(page) == key), None)
        if page is None:
            return None
        lines = [(page.title, page.origin), *((line.words, line.origin) for line in read_lines(page)[1:])]
        lines += [(f"{one.name}: {one.value}", one.origin) for one in details(page)]
        return [{"words": words, "place": _at(origin), "through": _at(origin.through)} for words, origin in lines]

    def _pages(self) -> tuple[Page, ...]:
        return self._ready.pages.pages if self._ready else ()

    def _broken(self, problems: tuple[Problem, ...], meeting: Meeting | None = None) -> State:
        # A file that an editor is replacing is missing or empty for a moment.
        self.missing = any(problem.rule in ("no-file", "no-picture") for problem in problems)
        self.state = replace(self.state, stale=True, faults=self._faults(problems, meeting))
        return self.state

    def _faults(self, problems: tuple[Problem, ...], meeting: Meeting | None) -> tuple[Fault, ...]:
        pages = self._pages()
        known = {page.slide for page in pages}
        found = []
        for problem in problems:
            slide = slide_of(problem, meeting)
            message = "\n".join(text_messages([problem], self.root, colour=False))
            found.append(Fault(problem.severity, problem.text, slide if slide in known else "", message))
        return tuple(found)

    def _draw(self, ready: Typeset) -> dict[int, str]:
        """Draw the pages without a picture, and forget unused pictures. Returns picture names by page number."""
        common = ready.pages.footer, ready.theme, ready.deck.language
        looks = {page.number: (look(page), page.number, common) for page in ready.pages.pages}
        new = tuple(page for page in ready.pages.pages if looks[page.number] not in self._names)
        if new:
            drawn = draw_svg(replace(ready.pages, pages=new), ready.theme, ready.typesetter)
            for page, svg in zip(new, drawn, strict=True):
                name = hashlib.sha256(svg.encode()).hexdigest()[:20]
                self._names[looks[page.number]] = name
                self._svgs[name] = svg
        self._names = {seen: self._names[seen] for seen in looks.values()}
        self._svgs = {name: self._svgs[name] for name in self._names.values()}
        return {number: self._names[seen] for number, seen in looks.items()}


def _sheet(page: Page, picture: str) -> Sheet:
    return Sheet(
        key=_key(page),
        slide=page.slide,
        number=page.number,
        title=page.title,
        section=page.section,
        notes=page.notes,
        place=_at(page.origin),
        picture=picture,
    )


def _topics(ready: Typeset) -> list[Topic]:
    agendas = [slide for slide in ready.deck.slides if isinstance(slide, Agenda)]
    return [
        Topic(item.topic.words, item.start, item.minutes)
        for agenda in agendas[:1]
        for item in agenda.items
        if item.start is not None
    ]


def _key(page: Page) -> str:
    return f"{page.slide}-{page.part}"


def _at(origin: Origin | None) -> str:
    return f"{origin.path}:{origin.line}" if origin and origin.line else origin.path if origin else ""
