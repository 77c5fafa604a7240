"""Folder × meeting -> the files of a deck: the whole way in one function, top to bottom."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from deckgen.base import Frozen, budget, field, replace
from deckgen.build.edited import Edited, find_edited
from deckgen.build.formats import FORMATS, USUAL, presents, write_formats
from deckgen.deck.compose import MAX_TIME, compose
from deckgen.deck.kinds import Deck, drawn_texts
from deckgen.deck.kinds.title import TitleSlide
from deckgen.deck.pictures import Gallery
from deckgen.deck.qr import Codes
from deckgen.deck.repeat import repeat
from deckgen.layout.chosen import chosen
from deckgen.layout.faces import Faces, faces_for
from deckgen.layout.measure import Typesetter
from deckgen.layout.pages import Pages
from deckgen.layout.place import place
from deckgen.layout.read_theme import theme_of
from deckgen.layout.theme import Theme
from deckgen.layout.trial import Drawn, Trial
from deckgen.meeting import TEMPLATES, Id, Meeting, load, read_template
from deckgen.meeting.areas import AREAS
from deckgen.meeting.identity import Identity, identity_of
from deckgen.meeting.layers import Template
from deckgen.problems import DeckError, Origin, Problem, Result, errors_of, fatal, in_order, reset_suggestions
from deckgen.rules import Subject, check_rules
from deckgen.source import Source

if TYPE_CHECKING:
    from deckgen.base.processes import Beside
    from deckgen.build.drawing import Clock

T = TypeVar("T")
THEMES = "themes"  # the folder of the named ones, beside the theme of all meetings


class Typeset(Frozen):
    """A meeting up to its pages; `asked` are the paths of its pictures, even if no file is there."""

    meeting: Meeting
    deck: Deck
    pages: Pages
    theme: Theme
    typesetter: Typesetter
    asked: frozenset[Path]


class Options(Frozen):
    """How a deck is built: which formats are written, and whether a warning stops it as an error does."""

    formats: tuple[str, ...] = USUAL
    strict: bool = False


AS_USUAL = Options()


class Built(Frozen):
    """The files that a build wrote, and the title of the deck; `timestamp` is the date of its files, as in `Deck`.

    `left_out` counts the recurring slides whose facts are unknown, and those that have nothing to show yet.
    `stages` are seconds.
    """

    files: tuple[Path, ...]
    title: str
    language: str
    timestamp: int
    pages: int
    left_out: int
    upload: str
    stages: dict[str, float] = field(default_factory=dict)


def typeset(root: Path, meeting: Id, last: Typeset | None = None, trial: Trial | None = None) -> Result[Typeset]:
    """Everything but writing, with every problem found on the way; None if there is no deck.

    Results of `last` that are still valid are used again, and so are the pictures of `trial`.
    """
    budget.renew()
    reset_suggestions()
    with trial or Trial() as pictures:
        return _typeset(root, meeting, last, pictures)


def _typeset(root: Path, id: Id, last: Typeset | None, trial: Trial) -> Result[Typeset]:
    loaded = load(root, id)
    theme_file = _theme_file(root, id, loaded.value)
    theme = Result[Theme](None) if theme_file.sound is None else theme_of(theme_file.sound.source)
    problems = [*theme_file.problems, *theme.problems, *loaded.problems]
    if loaded.value is None:
        return Result(None, in_order(problems))
    gallery = Gallery(root, trial.read)
    repeated = repeat(loaded.value)
    meeting = repeated.value or loaded.value
    composed = _with_logo(_composed(meeting, gallery), theme_file.value, gallery)
    problems += [*repeated.problems, *composed.problems]
    if theme_file.sound is None or theme.sound is None or composed.value is None:
        return Result(None, in_order(problems))
    deck = composed.value
    words = [deck.footer, *(text for slide in deck.slides for text in drawn_texts(slide))]
    faces = faces_for(words, theme.sound.fonts.pdf)
    last = last if last and _alike(last, deck, theme.sound, faces) else None
    typesetter = last.typesetter if last else Typesetter(theme.sound, deck.language, faces)
    trial.draw(gallery.drawings, theme.sound.fonts.pdf, faces)
    placed = _place(deck, theme.sound, typesetter, last)
    drawn = trial.drawn()
    problems += [*placed.problems, *drawn.problems]
    if placed.value is None:
        return Result(None, in_order(problems))
    pages = replace(_with_drawings(placed.value, drawn.value or {}), boxed=faces.boxed)
    meeting = replace(meeting, documents={**meeting.documents, **theme_file.sound.documents})
    ready = Typeset(meeting, deck, pages, theme.sound, typesetter, frozenset(gallery.asked))
    subject = _subject(ready, theme_file.sound.source, whole=not errors_of(problems))
    return Result(ready, in_order([*problems, *check_rules(subject)]))


def _with_logo(composed: Result[Deck], theme: Template | None, gallery: Gallery) -> Result[Deck]:
    """The deck, with the logo of the theme on its title slide; its alt text is the title of the deck."""
    logo = theme.source.get("logo") if theme else None
    deck = composed.value
    if deck is None or logo is None or not isinstance(logo.value, str) or not logo.value:
        return composed
    try:
        picture = gallery.read(logo, deck.title)
    except DeckError as error:
        return Result(deck, (*composed.problems, *error.problems))
    slides = tuple(replace(slide, logo=picture) if isinstance(slide, TitleSlide) else slide for slide in deck.slides)
    return Result(replace(deck, slides=slides), composed.problems)


def _theme_file(root: Path, id: Id, meeting: Meeting | None) -> Result[Template]:
    """The theme that the meeting chooses, over that of all."""
    base = read_template(root, id, "theme")
    if base.sound is None or meeting is None or meeting.theme is None:
        return base
    documents = {**base.sound.documents}

    def named(name: str) -> Result[Source]:
        read = read_template(root, id, f"{THEMES}/{name}")
        documents.update(read.value.documents if read.value else {})
        return Result(read.value.source if read.value else None, read.problems)

    made = chosen(base.sound.source, meeting.theme, themes_in(root), named)
    return Result(Template(made.value, documents) if made.value else None, (*base.problems, *made.problems))


def themes_in(root: Path) -> list[str]:
    """The names of the themes of the folder `root` and of its areas, beside that of all meetings."""
    found = (path for folder in (TEMPLATES, f"{AREAS}/*") for path in root.glob(f"{folder}/{THEMES}/*.yaml"))
    return sorted({path.stem for path in found})


def _composed(meeting: Meeting, gallery: Gallery) -> Result[Deck]:
    """The deck of a meeting, in an environment that may set its date."""
    try:
        epoch = _epoch()
    except DeckError as error:
        return Result(None, error.problems)
    return compose(meeting, gallery.read, Codes().read, epoch)


def _subject(ready: Typeset, theme_file: Source, whole: bool) -> Subject:
    """What the rules look at, without the facts that have problems."""
    meeting = ready.meeting
    sound = replace(meeting, facts=meeting.facts.without(*meeting.unsound))
    return Subject(sound, ready.deck, ready.pages, ready.theme, theme_file, whole=whole)


def _with_drawings(pages: Pages, drawn: dict[bytes, Drawn]) -> Pages:
    """The pages with each SVG as it is drawn, and the PNGs for the PowerPoint."""
    svgs = {data: one.svg for data, one in drawn.items() if one.svg}
    pngs = {data: one.png for data, one in drawn.items() if not one.svg}
    pages = pages.with_data(svgs, "svg").with_data(pngs, "png") if drawn else pages
    return replace(pages, drawn={svg: drawn[data].png for data, svg in svgs.items()})


def _alike(last: Typeset, deck: Deck, theme: Theme, faces: Faces) -> bool:
    """Whether what was measured last holds for this deck: its theme, its language and its faces."""
    return (last.theme, last.deck.language, last.typesetter.faces) == (theme, deck.language, faces)


def _place(deck: Deck, theme: Theme, typesetter: Typesetter, last: Typeset | None) -> Result[Pages]:
    """The pages of a deck; a slide that did not change since `last` keeps its pages."""
    if last is None:
        return place(deck, theme, typesetter)
    before = {slide.id: slide for slide in last.deck.slides}
    pages = {id: tuple(group) for id, group in groupby(last.pages.pages, lambda page: page.slide)}
    pages |= {id: () for page in last.pages.pages for id in page.also}
    known = {slide.id: pages[slide.id] for slide in deck.slides if slide.id in pages and before[slide.id] == slide}
    return place(deck, theme, typesetter, known)


def check(root: Path, meeting: Id) -> tuple[Problem, ...]:
    """The problems of a meeting, without writing anything."""
    from deckgen.meeting.new import check_plan

    return in_order([*typeset(root, meeting).problems, *check_plan(root, meeting)])


def build(
    root: Path, meeting: Id, output: Path, options: Options = AS_USUAL, beside: Beside | None = None
) -> Result[Built]:
    """Write the deck of a meeting into `output`; `beside` makes the PowerPoint, if there is one.

    Nothing is written and every old file stays as it is if there is an error, if there is a warning and the
    options are strict, or if the PowerPoint and the PDF differ.
    """
    from deckgen.base.files import restore
    from deckgen.build.drawing import Clock

    restored = Result.of(lambda: restore(output, root))
    if restored.errors:
        return Result(None, restored.problems)
    clock = Clock()
    with clock.stage("typeset"):
        ready = typeset(root, meeting)
    sound = ready.sound
    if sound is None:
        return Result(None, ready.problems)
    edited = Result.of(lambda: find_edited(output, sound.deck.name) if "pptx" in options.formats else None)
    problems = [*ready.problems, *_stale(output, options.formats, sound.deck.name), *edited.problems]
    problems += edited.value.problems() if edited.value else ()
    if edited.errors or (options.strict and problems):
        return Result(None, in_order(problems))
    built = Result.of(lambda: _built(sound, root, output, options, beside, clock, edited.value))
    return Result(built.value, in_order([*problems, *built.problems]))


def _stale(output: Path, formats: tuple[str, ...], name: str) -> Iterator[Problem]:
    """Files of the other formats. They stay, because somebody may have edited such a PowerPoint."""
    for id, file in FORMATS.items():
        path = output / file.format(name)
        if id not in formats and path.exists():
            text = "is from an earlier build, and may differ from the files of this one"
            yield Problem(Origin(str(path)), "stale-file", text, f"delete it, or build `{id}` too", "warning")


def _built(
    ready: Typeset,
    root: Path,
    output: Path,
    options: Options,
    beside: Beside | None,
    clock: Clock,
    edited: Edited | None,
) -> Built:
    from deckgen.base.files import write_all

    drawn = _draw(ready, root, options.formats, beside, clock)
    with clock.stage("write"):
        write_all(output, {**drawn, **({edited.kept: edited.data} if edited else {})}, root)
    files = tuple(output / name for name in drawn)
    deck, pages = ready.deck, len(ready.pages.pages)
    left_out = len(deck.waiting) + len(deck.without_facts)
    return Built(files, deck.title, deck.language, deck.timestamp, pages, left_out, deck.upload, clock.stages)


def _draw(
    ready: Typeset, root: Path, formats: tuple[str, ...], beside: Beside | None, clock: Clock
) -> dict[str, bytes]:
    """The files by name. If both a PowerPoint and a PDF are made, they are read back and compared."""
    from deckgen.build.drawing import Drawing

    pages = replace(ready.pages, identity=identity(ready, root)) if "pptx" in formats else ready.pages
    drawing = Drawing(pages, ready.theme, ready.typesetter, beside, clock)
    if presents(formats):
        drawing.begin_presentation()
        if "pdf" in formats:
            drawing.compare()
    return write_formats(drawing, formats, ready.deck.name)


def identity(ready: Typeset, root: Path) -> Identity:
    """The identity of a deck: all files below `root` that its words and pictures come from."""
    meeting, top = ready.meeting, root.resolve()
    pictures = (path.relative_to(top).as_posix() for path in ready.asked if path.is_relative_to(top))
    return identity_of(meeting.name, root, [*meeting.documents, *meeting.history.documents, *pictures])


def _epoch() -> int | None:
    """SOURCE_DATE_EPOCH, which sets the date of reproducible builds (reproducible-builds.org/specs)."""
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not text:
        return None
    if not re.fullmatch("[0-9]{1,10}", text) or int(text) > MAX_TIME:
        raise fatal(Origin("SOURCE_DATE_EPOCH"), "bad-epoch", f"`{text}` is not a number of seconds from 1970 to 2107")
    return int(text)
