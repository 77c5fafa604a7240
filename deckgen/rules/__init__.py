"""Meeting, Deck and Pages -> Problems: every rule is one module, named for the fault it finds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Protocol, cast

from deckgen.deck import Agenda, Deck, Slide, Text
from deckgen.frozen import Frozen, replace
from deckgen.meeting import Meeting
from deckgen.pages import Block, Page, Pages, Paragraph, TableBlock, TextBlock
from deckgen.problems import Origin, Problem, Severity, nearest
from deckgen.slides import origin_of, texts
from deckgen.source import Document, Source
from deckgen.theme import Theme

# In the order of the manual: facts, text, policy, agenda, slide.
RULES = (
    *("unknown-group", "concluded-group", "leaving-and-joining", "new-and-closed", "bad-draft-name", "draft-twice"),
    *("wrong-previous-meeting", "date-outside-meeting", "wrong-weekday", "errata-sum", "list-name-differs"),
    "unlike-fetched",
    *("unexplained-mark", "link-to-nowhere", "odd-host", "plain-http", "moving-link", "other-meeting"),
    *(
        "doubled-word",
        "left-over-note",
        "left-over-markup",
        "cut-by-comment",
        "melted-items",
        "empty-slide",
        "empty-table",
    ),
    *("official-slide-missing", "official-slide-late", "official-text-changed", "forbidden-slide"),
    *(
        "agenda-overrun",
        "item-without-minutes",
        "two-remainders",
        "remainder-not-last",
        "talk-without-slide",
        "slide-not-on-agenda",
    ),
    *("text-too-small", "many-parts", "missing-alt", "few-pixels", "long-title", "same-title"),
    *("missing-glyphs", "low-contrast", "missing-figure", "bad-ignore"),
)
# What a person writes beside a line that a rule speaks of, to have it silent there.
IGNORE = re.compile(r"#\s*deckgen:\s*ignore\[([^\]]*)\]\s*(.*)")


class Subject(Frozen):
    """What the rules look at; `whole` is false where slides are missing because of other problems."""

    meeting: Meeting
    deck: Deck
    pages: Pages
    theme: Theme
    whole: bool = True

    def texts(self) -> Iterator[tuple[Slide, Text]]:
        """Every text of every slide, in order."""
        for slide in self.deck.slides:
            for text in texts(slide):
                yield slide, text

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
        """The agenda of the session: the first in the deck; a later one is about something else."""
        return next((slide for slide in self.deck.slides if isinstance(slide, Agenda)), None)

    def paragraphs(self) -> Iterator[tuple[Page, Paragraph]]:
        """Every paragraph of every page, those in tables too."""
        for page, block in self.blocks():
            if isinstance(block, TextBlock):
                yield from ((page, paragraph) for paragraph in block.paragraphs)
            elif isinstance(block, TableBlock):
                yield from ((page, paragraph) for row in block.rows for cell in row.cells for paragraph in cell)

    def written(self, origin: Origin) -> str:
        """What stands in the files at a place, and in the template it went through."""
        documents = self.meeting.documents
        places = [place for place in _places(origin) if place.path in documents]
        return "\n".join(line for place in places for line in documents[place.path].leaf(place.line))

    def key_of(self, slide: Slide, *keys: str) -> Origin:
        """Where the first of these keys of a slide has its value; the place of the slide when none is there."""
        source = self.meeting.slides.get(slide.id)
        found = (child for key in keys if source and (child := source.get(key)))
        return next((child.origin for child in found), origin_of(slide))

    def own_place(self, slide: Slide, origin: Origin) -> Origin:
        """Where the meeting's own file speaks of a slide, or could; `origin`, where that is in the file already."""
        own = self.meeting.layers[-1]
        if origin.path == own.origin.path:
            return origin
        slides = own.get("slides")
        if slides is None:
            return Origin(own.origin.path)
        return slides.key_origin(slide.id) if slides.get(slide.id) else own.key_origin("slides")

    def left_out(self, id: str) -> Origin:
        """Where a slide that is not in the deck was left out; the order of the deck, where nobody says so."""
        for layer in reversed(self.meeting.layers):
            slides = layer.get("slides")
            if slides and slides.get(id):
                return slides.key_origin(id)
        return self.meeting.settings.key_origin("sections")


class Rule(Protocol):
    """A module of this package: its docstring is its manual, its severity and words are in `templates/rules.yaml`."""

    __doc__: str | None

    def check(self, subject: Subject, settings: Source) -> Iterator[Problem]:
        """The faults of a deck."""
        ...


def rule(id: str) -> Rule:
    """The rule of this id. Raises KeyError for an id that is none."""
    if id not in RULES:
        raise KeyError(id)
    return cast(Rule, import_module(f"deckgen.rules.{id.replace('-', '_')}"))


def check(subject: Subject) -> list[Problem]:
    """Everything that the rules find, less what the files say to ignore."""
    settings = subject.meeting.rules
    found = list(_misconfigured(settings))
    for id in RULES:
        own = settings.get(id) or Source({}, settings.origin)
        severity = _severity(own)
        if severity is None:
            continue
        problems = (replace(problem, rule=id, severity=severity) for problem in rule(id).check(subject, own))
        found += [problem for problem in problems if not _ignored(problem, subject.meeting.documents)]
    return found


def number_of(settings: Source, key: str, otherwise: float = 0) -> float:
    """A number that `templates/rules.yaml` says; where it says none, `otherwise`, which should find nothing."""
    said = settings.get(key)
    return said.value if said and isinstance(said.value, (int, float)) else otherwise


def _severity(settings: Source) -> Severity | None:
    """What `templates/rules.yaml` says of a rule; a warning, unless it says otherwise."""
    said = settings.get("severity")
    if said is not None and said.value in ("error", "off"):
        return "error" if said.value == "error" else None
    return "warning"


def _misconfigured(settings: Source) -> Iterator[Problem]:
    for id, own in settings.items():
        if id not in RULES:
            yield Problem(settings.key_origin(id), "unknown-rule", f"no rule is called `{id}`", nearest(id, RULES))
        said = own.get("severity")
        if said is not None and said.value not in ("error", "warning", "off"):
            yield Problem(said.origin, "wrong-value", f"`severity` is {said.value!r}", "error, warning or off")


def _ignored(problem: Problem, documents: Mapping[str, Document]) -> bool:
    """Whether the line a problem is on, or that of the template in between, says to ignore it."""
    return any(
        problem.rule in ignored_rules(documents[place.path].line(place.line))
        for place in _places(problem.origin)
        if place.path in documents
    )


def _places(origin: Origin) -> Iterator[Origin]:
    yield origin
    if origin.through:
        yield origin.through


def ignored_rules(line: str) -> list[str]:
    """The rules that a line says to ignore."""
    found = IGNORE.search(line) if "deckgen" in line else None
    return [id.strip() for id in found[1].split(",")] if found else []
