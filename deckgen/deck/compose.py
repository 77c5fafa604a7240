"""Meeting × templates -> Deck: which slides, in which order, filled with the facts of the meeting."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from graphlib import CycleError, TopologicalSorter

from deckgen.base import Frozen, replace
from deckgen.base.budget import doing
from deckgen.deck.check import check_keys, check_slide
from deckgen.deck.inline import Linker, bad_links
from deckgen.deck.kinds import Deck, Slide, Unsaid, read_slide
from deckgen.deck.model import Picture
from deckgen.deck.read import Reader
from deckgen.deck.settings import check_settings
from deckgen.expressions import Filler, names_in
from deckgen.meeting import Meeting, holds
from deckgen.problems import DeckError, Origin, Problem, Result, fatal, nearest
from deckgen.source import Source, text_of
from deckgen.source.dates import day_of

MAX_SLIDES = 2_000  # to put each in its place takes the square of their number
LAST_TIME = 4_354_819_198  # the last second but one of 2107, beyond which no ZIP archive has a date
_LONGEST = 255  # what a property of a file holds (ECMA-376, part 2, core properties as Office reads them)
_OF_EVERY_SLIDE = {"meeting", "area"}  # from the table and the defaults, whatever else was fetched of them


class _Place(Frozen):
    """Where a slide stands: its id and the section it belongs to."""

    id: str
    section: str


def compose(
    meeting: Meeting,
    read_picture: Callable[[Source, str], Picture],
    read_qr: Callable[[Source, str], Picture],
    epoch: int | None = None,
) -> Result[Deck]:
    """The deck of a meeting, without the slides that have problems; None where no deck can be made of the rest.

    `epoch` is the timestamp both files bear; without it they bear the date of the session.
    """
    filler = Filler(meeting.facts, dict(meeting.declared.items()))
    try:
        composed = _slides(meeting, filler, Reader(Linker(meeting.links), read_picture, read_qr))
    except DeckError as error:
        return Result(None, error.problems)
    try:
        settings = filler.fill(meeting.settings.without("sections")).get()
        return Result(_deck(meeting, settings, composed.value or (), epoch), composed.problems)
    except DeckError as error:
        excused = not meeting.unsound.isdisjoint(names_in(meeting.settings))
        return Result(None, (*composed.problems, *(() if excused else error.problems)))


def _slides(meeting: Meeting, filler: Filler, reader: Reader) -> Result[tuple[Slide | Unsaid, ...]]:
    """The slides without problems, and those left out for want of facts. Raises DeckError for too many, or none."""
    count = len([*meeting.slides.items()])
    if count > MAX_SLIDES:
        many = f"{count:,} slides; at most {MAX_SLIDES:,} are made"
        raise fatal(meeting.layers[-1].origin, "too-large", many, "make several decks of it")
    places, problems = _order(meeting)
    found: list[Slide | Unsaid] = []
    for place in places:
        doing(f"filling the slide `{place.id}`", meeting.slides.key_origin(place.id), place.id)
        slide = _slide(meeting, place, filler, reader)
        found += [slide.value] if slide.value else []
        problems += (replace(problem, slide=problem.slide or place.id) for problem in slide.problems)
    if not _shown(found) and not problems and not meeting.faulty:
        raise fatal(meeting.slides.origin, "empty-deck", "no slide is left")
    return Result(tuple(found), tuple(problems))


def _shown(found: Iterable[Slide | Unsaid]) -> tuple[Slide, ...]:
    return tuple(slide for slide in found if not isinstance(slide, Unsaid) and not slide.waits)


def _slide(meeting: Meeting, place: _Place, filler: Filler, reader: Reader) -> Result[Slide | Unsaid]:
    """A slide; None where it has problems, is not for this meeting, or is left out on purpose."""
    source = meeting.slides.get(place.id)
    if source is None or place.id in meeting.unreadable:
        return Result(None)
    lets = tuple(filler.check_lets(source))
    try:
        return Result(_filled(meeting, place, source, filler.within(source), reader), lets)
    except DeckError as error:
        # What is wrong with a slide may follow from a problem of a fact, which has been told already.
        excused = not meeting.unsound.isdisjoint(names_in(source))
        return Result(None, lets if excused else (*lets, *error.problems))


def _filled(meeting: Meeting, place: _Place, source: Source, filler: Filler, reader: Reader) -> Slide | Unsaid | None:
    """A slide with its values; None where it is not for this meeting, or left out on purpose. Raises DeckError."""
    own = meeting.layers[-1].origin.path
    when = source.get("when")
    if not holds(source, meeting.number) or (when is not None and not filler.test(when).get()):
        faults = check_keys(source, own)
        if faults:
            raise DeckError(faults)
        return _unsaid(meeting, place, filler) if holds(source, meeting.number) else None
    result = filler.fill(source.without("when", "let"))
    filled, unfilled = result.value or source, result.problems
    faults = check_slide(filled, own)
    # Where an expression has failed, a value that is missing follows from that; a key that is not known does not.
    faults = [fault for fault in faults if not unfilled or fault.rule in ("unknown-key", "unknown-kind")]
    if faults or unfilled:
        raise DeckError([*unfilled, *faults, *bad_links(filled)])
    return _with_sources(meeting, source, read_slide(reader, filled, place.id, place.section))


def _with_sources(meeting: Meeting, source: Source, slide: Slide) -> Slide:
    """The slide, with where and when the facts that it names were fetched below the speaker's notes."""
    if meeting.layers[-2].get("fetched") is None:
        return slide
    named = sorted({*names_in(source)} - _OF_EVERY_SLIDE)
    found = dict.fromkeys(one for name in named for one in meeting.found(name))
    lines = [f"Fetched: {one}" + (f", and not since ({one.stale})" if one.stale else "") for one in found]
    return replace(slide, notes="\n".join(filter(None, (slide.notes, *lines)))) if lines else slide


def _unsaid(meeting: Meeting, place: _Place, filler: Filler) -> Unsaid | None:
    """The facts for want of which a recurring slide is left out; a condition of the meeting's own asks for none."""
    source = meeting.slides.get(place.id)
    when = source.get("when") if source else None
    if when is None or place.id not in meeting.known_slides or when.origin.path == meeting.layers[-1].origin.path:
        return None
    facts = filler.depends_on(when, meeting.unset)
    return Unsaid(place.id, facts) if facts else None


def _order(meeting: Meeting) -> tuple[list[_Place], list[Problem]]:
    """The order of the deck: the sections of the templates, then what the meeting adds and moves."""
    sections = [*(meeting.settings.get("sections") or ())]
    places, problems = _listed(meeting, sections)
    names = [text_of(section.get("name")) for section in sections]
    own_section = next((text_of(s.get("name")) for s in reversed(sections) if s.get("own")), names[-1] if names else "")
    # A recurring slide that names another section goes where one of the meeting's own would.
    present = [place for place in places if _stays(meeting.slides.get(place.id), place.section)]
    listed, known = {place.id for place in present}, {place.id for place in places}
    for key, slide in meeting.slides.items():
        if key in listed:
            continue
        if key in meeting.known_slides and key not in known:
            told = f"`{key}` is in no section of templates/deck.yaml"
            problems.append(Problem(slide.origin, "unlisted-slide", told, f"add `{key}` to the `slides` of a section"))
        name = text_of(slide.get("section"), own_section)
        if name not in names:
            origin = (slide.get("section") or slide).origin
            hint = nearest(name, names) or f"one of {', '.join(names)}"
            problems.append(Problem(origin, "unknown-section", f"no section is called `{name}`", hint))
            continue
        last = max(
            (i for i, place in enumerate(present) if names.index(place.section) <= names.index(name)), default=-1
        )
        present.insert(last + 1, _Place(key, name))
    return present, [*problems, *_move(present, meeting)]


def _listed(meeting: Meeting, sections: list[Source]) -> tuple[list[_Place], list[Problem]]:
    """The slides of `templates/deck.yaml` in their order, and what is wrong with that file."""
    places: list[_Place] = []
    problems = [*check_settings(meeting.settings)]
    for section in sections:
        for entry in section.get("slides") or ():
            if isinstance(entry.value, str) and entry.value not in meeting.known_slides:
                hint = nearest(str(entry.value), meeting.known_slides)
                problems.append(Problem(entry.origin, "unknown-slide", f"no template is called `{entry.value}`", hint))
            if any(place.id == entry.value for place in places):
                told = f"`{entry.value}` stands twice in the deck"
                problems.append(Problem(entry.origin, "slide-twice", told, "keep one of the two"))
                continue
            places.append(_Place(str(entry.value), text_of(section.get("name"))))
    return places, problems


def _stays(slide: Source | None, section: str) -> bool:
    return slide is not None and text_of(slide.get("section"), section) == section


def _move(places: list[_Place], meeting: Meeting) -> list[Problem]:
    """Put each slide that says `before` or `after` there, those that others name first."""
    problems = []
    asked = {key: slide.get("before") or slide.get("after") for key, slide in meeting.slides.items()}
    named = {key: where for key, where in asked.items() if where is not None}
    graph = {key: {text_of(where)} & named.keys() - {key} for key, where in named.items()}
    try:
        order = [*TopologicalSorter(graph).static_order()]
    except CycleError as error:
        ring = list(dict.fromkeys(error.args[1]))
        told = f"{', '.join(f'`{key}`' for key in ring)} each stand beside the next, and none of them anywhere"
        place = min((named[key].origin for key in ring), key=lambda origin: (origin.path, origin.line))
        return [Problem(place, "impossible-order", told, "name a slide that does not move")]
    for key in order:
        slide, where = meeting.slides.get(key), named[key]
        ids = [place.id for place in places]
        if slide is None or key not in ids:
            continue
        if slide.get("before") and slide.get("after"):
            told = f"slide `{key}` stands `before` one slide and `after` another"
            problems.append(Problem(slide.key_origin("after"), "impossible-order", told, "one of the two is enough"))
        if where.value not in ids or where.value == key:
            hint = nearest(text_of(where), [id for id in ids if id != key])
            told = "a slide cannot stand beside itself" if where.value == key else _no_slide(where, meeting)
            problems.append(Problem(where.origin, "unknown-slide", told, hint))
            continue
        places.pop(ids.index(key))
        index = next(i for i, place in enumerate(places) if place.id == where.value)
        section = text_of(slide.get("section"), places[index].section)
        places.insert(index + (slide.get("before") is None), _Place(key, section))
    return problems


def _no_slide(where: Source, meeting: Meeting) -> str:
    if not isinstance(where.value, str):
        return "the id of one slide is expected"
    left_out = where.value in meeting.known_slides
    return f"slide `{where.value}` is left out" if left_out else f"no slide is called `{where.value}`"


def _deck(meeting: Meeting, settings: Source, found: tuple[Slide | Unsaid, ...], epoch: int | None) -> Deck:
    def setting(key: str) -> str:
        source = settings.get(key) or Source("", settings.origin)
        if len(text_of(source)) > _LONGEST:
            raise fatal(source.origin, "wrong-value", f"`{key}` has more than {_LONGEST} letters", "make it shorter")
        return text_of(source)

    if not setting("title").strip():
        raise fatal(settings.origin, "missing-key", "the deck has no `title`", "add `title: ...`")

    return Deck(
        name=_file_name(setting("name"), settings.origin),
        title=setting("title"),
        subject=setting("subject"),
        author=setting("author"),
        language=_language(settings.get("language")),
        footer=setting("footer"),
        timestamp=_timestamp(meeting) if epoch is None else epoch,
        upload=setting("upload"),
        slides=_shown(found),
        waiting=tuple(slide for slide in found if not isinstance(slide, Unsaid) and slide.waits),
        unsaid=tuple(slide for slide in found if isinstance(slide, Unsaid)),
    )


def _file_name(name: str, origin: Origin) -> str:
    if not name or not all(c.isalnum() or c in "-_" for c in name):
        raise fatal(origin, "bad-file-name", f"`{name}` cannot name the files of the deck", "letters, digits, - and _")
    return name


def _language(source: Source | None) -> str:
    """A language with or without its country, as the files have to say it (BCP 47, ISO 639 and ISO 3166)."""
    text = text_of(source, "en") or "en"
    if source is not None and not re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", text):
        raise fatal(source.origin, "wrong-value", f"`{text}` is no language", "such as en-US")
    return text


def _timestamp(meeting: Meeting) -> int:
    """Midnight UTC of the session's day, or of the meeting's first."""
    facts: Mapping[str, Source | None] = {
        "session": meeting.facts.get("session"),
        "meeting": meeting.facts.get("meeting"),
    }
    for name, key in (("session", "date"), ("meeting", "first")):
        fact = facts[name]
        day = day_of(text_of(fact.get(key)) if fact else "")
        if day:
            return min(LAST_TIME, max(0, int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())))
    if meeting.faulty:  # the date is perhaps what is wrong; nothing is written then
        return 0
    raise fatal(meeting.facts.origin, "no-date", "nothing says when the meeting is", "add `session: {date: ...}`")
