"""Sheets of the deck as built now × those of the PowerPoint -> Problems: what still differs, so nothing is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from deckgen.edits.matching import match_slides, moved
from deckgen.edits.sheets import Line, Sheet, once, without_part
from deckgen.problems import Origin, Problem

_HINT = "look at both, and change the meeting file by hand"


def differences(
    built: Sequence[Sheet], edited: Sequence[Sheet], before: Sequence[Sheet], path: str, alone: bool
) -> Iterator[Problem]:
    """A problem for each slide that has other words, links, notes, pictures or another place; `before` is the base.

    Unless the PowerPoint is `alone`, the present files have changes of their own: then a problem is what was edited in
    the PowerPoint and is not in the deck.
    """
    slides = match_slides(built, edited)
    ids = [*dict.fromkeys(sheet.slide for sheet in built)]
    here = Origin(path)
    for id, sheet in slides.order:
        if not id:
            yield _problem(here, "", f"the slide `{_short(sheet.heading)}` is only in the PowerPoint")
    known = [*dict.fromkeys(sheet.slide for sheet in before)]
    for id in ids:
        own = [sheet for sheet in built if sheet.slide == id]
        if id not in slides.sheets:
            if alone or id in known:
                yield _problem(_origin(own[0], here), id, f"the slide `{id}` is not in the PowerPoint")
            continue
        old = [sheet for sheet in before if sheet.slide == id]
        for text in _of_slide(own, slides.sheets[id], old, alone):
            yield _problem(_origin(own[0], here), id, text)
    order = [*dict.fromkeys(id for id, _ in slides.order if id)]
    there = [id for id in ids if id in slides.sheets]
    if order != there and (
        alone or moved(known, order) - {id for id in there if _before(id, there) == _before(id, order)}
    ):
        text = "the slides are in another order in the PowerPoint"
        yield Problem(here, "slide-order", text, "move them by `before` or `after`", "warning")


def _before(id: str, order: Sequence[str]) -> str:
    """The slide before another one."""
    at = order.index(id)
    return order[at - 1] if at else ""


def _of_slide(built: Sequence[Sheet], edited: Sequence[Sheet], before: Sequence[Sheet], alone: bool) -> Iterator[str]:
    for what, said in _SAID.items():
        ours, theirs, base = ([*_items(said(side), alone)] for side in (built, edited, before or built))
        gone, new = Counter(ours) - Counter(theirs), Counter(theirs) - Counter(ours)
        if not alone:
            gone, new = gone & Counter(base), new - Counter(base)
        if gone or new:
            yield f"{what}: the PowerPoint has {_listed(new)}, the deck {_listed(gone)}"
        elif alone and ours != theirs:
            yield f"{what}: the order is another one in the PowerPoint"
    was, now, there = (_by_words(side) for side in (before, built, edited))
    for words in (one for one in there if one in now):
        own, other, old = (frozenset().union(*(one.links for one in side.get(words, ()))) for side in (now, there, was))
        if other - own or (own - other) & old:
            yield f"links: those of `{_short(words)}` are others in the PowerPoint"
        if {*map(_emphasis, now[words])} != {*map(_emphasis, there[words])}:
            yield f"bold or italic: `{_short(words)}` looks different in the PowerPoint"


def _by_words(side: Sequence[Sheet]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in (line for sheet in side for line in (*sheet.lines, *_in_tables(sheet))):
        found.setdefault(line.words, []).append(line)
    return found


def _in_tables(sheet: Sheet) -> Iterator[Line]:
    """The lines of its tables, without the header that each part repeats."""
    for row in (row for table in sheet.tables for row in table[1:]):
        for cell in row:
            yield from (line for line in cell if line.words)


def _items(said: Sequence[str], alone: bool) -> Iterator[str]:
    """What is compared: rows, or their cells if the present files may have changed other cells."""
    for one in said:
        yield from [one] if alone else one.split(" | ")


def _cells(side: Sequence[Sheet]) -> Iterator[str]:
    """The rows of all tables; the header that each part repeats, once."""
    header = ""
    for table in (table for one in side for table in one.tables):
        for number, row in enumerate(table):
            words = " | ".join(" / ".join(_plain(line.words) for line in cell if line.words) for cell in row)
            if number or words != header:
                yield words
            header = words if not number else header


def _emphasis(line: Line) -> tuple[tuple[bool, bool], ...]:
    """How each character looks; where all are bold, the theme may have made them so."""
    all_bold = all(run.bold for run in line.runs if run.text.strip())
    return tuple((run.bold and not all_bold, run.italic) for run in line.runs for c in run.text if not c.isspace())


def _plain(words: str) -> str:
    return " ".join(words.split())


def _problem(origin: Origin, slide: str, text: str) -> Problem:
    return Problem(origin, "not-carried", text, _HINT, "warning", slide)


def _origin(sheet: Sheet, default: Origin) -> Origin:
    text = sheet.title[0].text if sheet.title else None
    return (text.origin.through or text.origin) if text else default


def _listed(found: Counter[str]) -> str:
    return ", ".join(f"`{_short(one)}`" for one in [*found][:3]) or "nothing"


def _short(words: str) -> str:
    plain = _plain(words)
    return plain if len(plain) <= 60 else f"{plain[:57]}..."


_SAID: dict[str, Callable[[Sequence[Sheet]], list[str]]] = {
    "title": lambda side: [_plain(without_part(side[0].heading))],
    "text": lambda side: [f"{line.level} {_plain(line.words)}" for line in once(side)],
    "table": lambda side: [*_cells(side)],
    "notes": lambda side: [*filter(None, map(_plain, "\n".join(one.notes for one in side).split("\n")))],
    "hidden": lambda side: [str(side[0].hidden)],
    "pictures and charts": lambda side: sorted({other for one in side for other in one.others}),
}
