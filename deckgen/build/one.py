"""Folder × meeting number -> the files of a deck: the whole way in one function, top to bottom."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from deckgen.base import Frozen, field, replace
from deckgen.deck.compose import LAST_TIME, compose
from deckgen.deck.glyphs import missing_glyphs
from deckgen.deck.kinds import Deck, chart_words, texts
from deckgen.deck.model import Picture
from deckgen.deck.pictures import Gallery
from deckgen.deck.qr import read_qr
from deckgen.layout.measure import Typesetter
from deckgen.layout.pages import Pages
from deckgen.layout.place import place
from deckgen.layout.read_theme import theme_of
from deckgen.layout.theme import Theme
from deckgen.layout.trial import draws_soon
from deckgen.meeting import TEMPLATES, Meeting, load
from deckgen.problems import DeckError, Origin, Problem, fatal, in_order
from deckgen.rules import Subject, check_rules
from deckgen.source import Document, Source
from deckgen.source import read as read_source

if TYPE_CHECKING:
    from deckgen.base.processes import Beside
    from deckgen.build.presentation import Presentation

T = TypeVar("T")
THEME = f"{TEMPLATES}/theme.yaml"
ReadPicture = Callable[[Path, Source, str], Picture]


class Typeset(Frozen):
    """A meeting up to its pages, with every problem found on the way."""

    meeting: Meeting
    deck: Deck
    pages: Pages
    theme: Theme
    typesetter: Typesetter
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> list[Problem]:
        """The problems that stop a build."""
        return _stopping(self.problems)


class Built(Frozen):
    """What a build wrote, and the warnings it has for the author; `stages` are their seconds.

    `left_out` counts the recurring slides of which the facts are not known, and those that still lack all they show.
    """

    files: tuple[Path, ...]
    pages: int
    left_out: int
    problems: tuple[Problem, ...]
    upload: str
    stages: dict[str, float] = field(default_factory=dict)


def _stopping(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity == "error"]


def typeset(root: Path, number: int, last: Typeset | None = None, read: ReadPicture | None = None) -> Typeset:
    """Everything but writing. Raises DeckError when there is not even a deck to speak of.

    What `last` measured and placed is not done again where it still holds.
    """
    problems: list[Problem] = []
    theme_file = _after(problems, lambda: read_source(root / THEME, THEME))
    theme = _after(problems, lambda: theme_of(theme_file).get()) if theme_file else None
    meeting = _after(problems, lambda: load(root, number))
    if meeting is None:
        raise DeckError(problems)
    problems += meeting.problems
    read = read or Gallery(draws_soon).read
    composed = _after(problems, lambda: compose(meeting, partial(read, root), read_qr, _epoch()))
    problems += composed[1] if composed else []
    if theme_file is None or theme is None or composed is None:
        raise DeckError(problems)
    deck = composed[0]
    kept = last if last and _set_alike(last, deck, theme) else None
    typesetter = kept.typesetter if kept else Typesetter(theme, deck.language, system_fonts=_lacks_letters(deck))
    pages, more = _place(deck, theme, typesetter, kept)
    problems += more
    documents = {**meeting.documents, THEME: theme_file.document or Document(THEME, ())}
    sound = replace(meeting, facts=meeting.facts.without(*meeting.unsound), documents=documents)
    subject = Subject(sound, deck, pages, theme, theme_file, whole=not _stopping(problems))
    return Typeset(meeting, deck, pages, theme, typesetter, in_order([*problems, *check_rules(subject)]))


def _set_alike(last: Typeset, deck: Deck, theme: Theme) -> bool:
    """Whether what `last` measured holds for this deck: its theme, its language and its fonts."""
    before = (last.theme, last.deck.language, last.typesetter.system_fonts)
    return before == (theme, deck.language, _lacks_letters(deck))


def _place(deck: Deck, theme: Theme, typesetter: Typesetter, last: Typeset | None) -> tuple[Pages, list[Problem]]:
    """The pages of a deck; a slide that is as it was in `last` keeps those it had there."""
    if last is None:
        return place(deck, theme, typesetter)
    before = {slide.id: slide for slide in last.deck.slides}
    pages = {id: tuple(group) for id, group in groupby(last.pages.pages, lambda page: page.slide)}
    same = {slide.id for slide in deck.slides if slide.id in pages and before[slide.id] == slide}
    placed, problems = place(replace(deck, slides=tuple(s for s in deck.slides if s.id not in same)), theme, typesetter)
    pages |= {slide.id: () for slide in deck.slides if slide.id not in same}
    pages |= {id: tuple(group) for id, group in groupby(placed.pages, lambda page: page.slide)}
    numbered = enumerate((page for slide in deck.slides for page in pages[slide.id]), 1)
    return replace(placed, pages=tuple(replace(page, number=number) for number, page in numbered)), problems


def _after(problems: list[Problem], step: Callable[[], T]) -> T | None:
    """The result of a step; None, and its problems beside those of the steps before, when it fails."""
    try:
        return step()
    except DeckError as error:
        problems += error.problems
        return None


def check(root: Path, number: int) -> tuple[Problem, ...]:
    """The problems of a meeting, without writing anything."""
    try:
        return typeset(root, number).problems
    except DeckError as error:
        return error.problems


def build(
    root: Path,
    number: int,
    output: Path,
    pptx: bool = True,
    pdf: bool = True,
    beside: Beside | None = None,
    strict: bool = False,
) -> Built:
    """Write the deck of a meeting into `output`; the PowerPoint is made by `beside`, if there is one.

    Raises DeckError, and leaves every old file as it was, when there is an error, or a warning where it is
    `strict`, and when the two files do not say the same.
    """
    from deckgen.base.files import restore, write_all

    restore(output)
    clock = _Clock()
    with clock.stage("typeset"):
        ready = typeset(root, number)
    if ready.errors or (strict and ready.problems):
        raise DeckError(ready.problems)
    drawn = _draw(ready, pptx, pdf, beside, clock)
    with clock.stage("write"):
        write_all(output, drawn)
    files = tuple(output / name for name in drawn)
    left_out = len(ready.deck.waiting) + len(ready.deck.unsaid)
    return Built(files, len(ready.pages.pages), left_out, ready.problems, ready.deck.upload, clock.stages)


def _lacks_letters(deck: Deck) -> bool:
    """Whether something that is drawn has letters that the shipped font lacks."""
    words = (word for slide in deck.slides for word in (*(text.words for text in texts(slide)), *chart_words(slide)))
    return any(missing_glyphs(word) for word in (deck.footer, *words))


def _draw(ready: Typeset, pptx: bool, pdf: bool, beside: Beside | None, clock: _Clock) -> dict[str, bytes]:
    """The files by name, the outline too, once both are read back and seen to agree."""
    from deckgen.build.presentation import Order, make
    from deckgen.proof.outline import write_outline
    from deckgen.writers.pdf import write_pdf

    files: dict[str, bytes] = {}
    order = Order(ready.pages, ready.theme, ready.typesetter.system_fonts)
    if pptx and beside:
        beside.ask("make", order)
    if pdf:
        with clock.stage("PDF"):
            files[f"{ready.deck.name}.pdf"] = write_pdf(ready.pages, ready.theme, ready.typesetter)
    if pptx:
        with clock.stage("PowerPoint"):
            made: Presentation = beside.answer() if beside else make(order)
        if pdf:
            with clock.stage("compare"):
                _compare(made, files[f"{ready.deck.name}.pdf"], ready.pages, beside)
        outline = write_outline(made.slides, ready.pages).encode()
        files = {f"{ready.deck.name}.pptx": made.data, **files, "outline.txt": outline}
    return files


def _compare(made: Presentation, pdf: bytes, pages: Pages, beside: Beside | None) -> None:
    """Raises DeckError where the presentation and the PDF do not say the same."""
    from deckgen.proof.agreement import check_agreement

    if beside:
        beside.ask("read_pdf", pdf)
        read = beside.answer()
    else:
        from deckgen.proof.read_pdf import read_pdf

        read = read_pdf(pdf)
    problems = list(check_agreement(made.slides, read, pages))
    if problems:
        raise DeckError(problems)


def _epoch() -> int | None:
    """SOURCE_DATE_EPOCH, the date that reproducible builds are told (reproducible-builds.org/specs)."""
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not text:
        return None
    if not re.fullmatch("[0-9]{1,10}", text) or int(text) > LAST_TIME:
        raise fatal(Origin("SOURCE_DATE_EPOCH"), "bad-epoch", f"`{text}` is no number of seconds from 1970 to 2107")
    return int(text)


class _Clock:
    """Seconds by stage, for whoever asks where the time went."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.stages[name] = time.perf_counter() - start
