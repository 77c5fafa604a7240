"""Pages × Theme -> Drawing: the PowerPoint and the PDF of a deck, each made once, for every format that needs it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from deckgen.base.budget import doing
from deckgen.build.presentation import Order, Presentation, make
from deckgen.layout.measure import Typesetter
from deckgen.layout.pages import Pages
from deckgen.layout.theme import Theme
from deckgen.problems import DeckError

if TYPE_CHECKING:
    from deckgen.base.processes import Beside


class Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.stages[name] = time.perf_counter() - start


class Drawing:
    """The pages of a deck, and the files drawn from them. `beside` makes the PowerPoint, if there is one."""

    def __init__(self, pages: Pages, theme: Theme, typesetter: Typesetter, beside: Beside | None, clock: Clock) -> None:
        self.pages = pages
        self.theme = theme
        self.typesetter = typesetter
        self._beside = beside
        self._clock = clock
        self._order = Order(pages, theme)
        self._asked = False

    def begin_presentation(self) -> None:
        """Start the PowerPoint in the process beside this one, which draws something else meanwhile."""
        if self._beside and not self._asked:
            self._beside.ask("make", self._order)
            self._asked = True

    @cached_property
    def pdf(self) -> bytes:
        """The PDF."""
        from deckgen.writers.pdf import write_pdf

        doing("writing the PDF")
        with self._clock.stage("PDF"):
            return write_pdf(self.pages.shown, self.theme, self.typesetter)

    @cached_property
    def presentation(self) -> Presentation:
        """The PowerPoint, and its slides as read back."""
        self.begin_presentation()
        doing("writing the PowerPoint")
        with self._clock.stage("PowerPoint"):
            made: Presentation = self._beside.answer() if self._beside else make(self._order)
        return made

    def compare(self) -> None:
        """Raises DeckError if the PowerPoint and the PDF differ."""
        from deckgen.proof.agreement import check_agreement

        pdf, slides = self.pdf, self.presentation.slides  # the PDF first, as the PowerPoint is made meanwhile
        doing("comparing the PowerPoint and the PDF")
        with self._clock.stage("compare"):
            drawings = self.pages.shown.with_drawings
            if self._beside:
                self._beside.ask("read_pdf", (pdf, drawings))
                read = self._beside.answer()
            else:
                from deckgen.proof.read_pdf import read_pdf

                read = read_pdf(pdf, drawings)
            problems = list(check_agreement(slides, read, self.pages))
        if problems:
            raise DeckError(problems)
