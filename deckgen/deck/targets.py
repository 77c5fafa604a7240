"""Slides -> Problems: the names of slides that lead nowhere, in links and in `with`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from deckgen.deck.kinds import Slide, texts
from deckgen.deck.kinds.table import Table
from deckgen.deck.model import Text
from deckgen.problems import Problem, nearest

_NOTES = "a link in the notes leads to an address, such as https://www.example.org/"


def check_targets(slides: Sequence[Slide], failed: Collection[str], left_out: Collection[str]) -> Iterator[Problem]:
    """A problem for each link to a slide that is not in the deck, or only in the PowerPoint, and for a wrong `with`.

    Nothing is reported of slides that have `failed`, which have problems of their own.
    """
    for slide in slides:
        if isinstance(slide, Table) and slide.partner:
            yield from _partner(slide, slide.partner, slides, {*failed, *left_out})
        for text in texts(slide):
            for target in _targets(text):
                yield from _problems(slide, text, target, slides, left_out) if target not in failed else ()
        if slide.notes:
            for target in _targets(slide.notes):
                words = f"notes cannot lead to the slide `{target}`"
                yield Problem(slide.notes.origin, "bad-link", words, _NOTES, slide=slide.id)


def _partner(slide: Table, named: Text, slides: Sequence[Slide], absent: Collection[str]) -> Iterator[Problem]:
    """Nothing is reported of a table that this deck leaves out: the other then has a page of its own."""
    there = next((one for one in slides if one.id == named.words), None)
    if there is None and named.words not in absent:
        hint = nearest(named.words, [one.id for one in slides])
        yield Problem(named.origin, "unknown-slide", f"no slide is called `{named.words}`", hint, slide=slide.id)
    elif there is not None and not isinstance(there, Table):
        words = f"slide `{named.words}` is not a table, so no table can share its page"
        yield Problem(named.origin, "wrong-value", words, "the id of the table before this one", slide=slide.id)


def _targets(text: Text) -> dict[str, None]:
    """The ids of the slides that a text leads to."""
    return dict.fromkeys(run.link[1:] for run in text.runs if run.link.startswith("#"))


def _problems(
    slide: Slide, text: Text, target: str, slides: Sequence[Slide], left_out: Collection[str]
) -> Iterator[Problem]:
    there = next((one for one in slides if one.id == target), None)
    if there is None:
        absent = target in left_out
        words = f"slide `{target}` is left out" if absent else f"no slide is called `{target}`"
        hint = "" if absent else nearest(target, [one.id for one in slides])
        yield Problem(text.origin, "unknown-slide", words, hint, slide=slide.id)
    elif there.hidden and not slide.hidden:
        words = f"slide `{target}` is hidden, so the PDF has no page to lead to"
        yield Problem(text.origin, "bad-link", words, "lead to another slide, or show this one", slide=slide.id)
