"""Files -> State: the pages as pictures; only changed pages are redrawn."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deckgen.base import Frozen, budget, replace, to_builtins
from deckgen.build.one import Typeset, typeset
from deckgen.layout.pages import Page
from deckgen.layout.trial import Trial
from deckgen.meeting import Meeting
from deckgen.preview.editor import Editor
from deckgen.preview.links import Link, links_of
from deckgen.preview.state import Fault, Sheet, State, key_of, sessions_of, sheet_of
from deckgen.problems import Problem
from deckgen.problems.text import text_messages
from deckgen.review.details import details
from deckgen.review.look import look, read_lines
from deckgen.review.where import slide_of
from deckgen.writers.pdf import draw_svg


class _Picture(Frozen):
    svg: str
    links: tuple[Link, ...]


@dataclass(slots=True)
class Live:
    """The deck of one meeting, kept in memory.

    `editor` gives the places that a click copies or opens. `wanted` are the pictures it uses, whether or not they
    exist.
    """

    root: Path
    meeting: str
    editor: Editor
    state: State = field(default_factory=State)
    wanted: set[Path] = field(default_factory=set)
    missing: bool = False
    _ready: Typeset | None = None
    _trial: Trial = field(default_factory=Trial)
    _pictures: dict[str, _Picture] = field(default_factory=dict)
    _names: dict[Hashable, str] = field(default_factory=dict)

    def rebuild(self) -> State:
        """Read all files again. If the deck cannot be built, the last pages stay."""
        try:
            return self._rebuilt()
        finally:
            budget.rest()

    def _rebuilt(self) -> State:
        result = typeset(self.root, self.meeting, self._ready, self._trial)
        ready = result.value
        if ready is None:
            # The lines above an open bracket are those of the last meeting that could be read.
            return self._broken(result.problems, self._ready.meeting if self._ready else None)
        self.wanted = {*ready.asked}
        if result.errors and self._ready:
            return self._broken(result.problems, ready.meeting)
        self.missing = False
        self._ready = ready
        names = self._draw(ready)
        self.state = State(
            title=ready.deck.title,
            stale=bool(result.errors),
            sheets=tuple(self._sheet(page, names[page.number]) for page in ready.pages.pages),
            faults=self._faults(result.problems, ready.meeting),
            sessions=tuple(sessions_of(ready.deck)),
        )
        return self.state

    def svg(self, name: str) -> str | None:
        """The picture of this name, if the deck has it."""
        return self._pictures[name].svg if name in self._pictures else None

    def places(self, key: str) -> list[dict[str, Any]] | None:
        """Each line of a page with its origin; None if the page does not exist."""
        page = next((page for page in self._pages() if key_of(page) == key), None)
        if page is None:
            return None
        lines = [(page.title, page.origin), *((line.words, line.origin) for line in read_lines(page)[1:])]
        lines += [(f"{one.name}: {one.value}", one.origin) for one in details(page)]
        place = self.editor.place
        found = [{"words": words, "place": place(at), "through": place(at.through)} for words, at in lines]
        return list(to_builtins(found))

    def _pages(self) -> tuple[Page, ...]:
        return self._ready.pages.pages if self._ready else ()

    def _sheet(self, page: Page, picture: str) -> Sheet:
        return sheet_of(page, self.editor.place(page.origin), picture, self._pictures[picture].links)

    def _broken(self, problems: tuple[Problem, ...], meeting: Meeting | None) -> State:
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
            place = self.editor.place(problem.origin)
            found.append(Fault(problem.severity, problem.text, slide if slide in known else "", message, place))
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
                self._pictures[name] = _Picture(svg, links_of(svg))
        self._names = {seen: self._names[seen] for seen in looks.values()}
        self._pictures = {name: self._pictures[name] for name in self._names.values()}
        return {number: self._names[seen] for number, seen in looks.items()}
