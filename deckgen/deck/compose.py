"""Meeting × templates -> Deck: which slides, in which order, filled with the facts of the meeting."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from graphlib import CycleError, TopologicalSorter

from deckgen.base import Frozen, replace
from deckgen.base.budget import doing
from deckgen.deck.check import check_keys, check_nulls, check_slide
from deckgen.deck.inline import Linker, bad_links
from deckgen.deck.kinds import Deck, Slide, WithoutFacts, read_slide
from deckgen.deck.kinds.agenda import Agenda, AgendaItem
from deckgen.deck.kinds.statement import Statement
from deckgen.deck.model import Picture, Run, Text
from deckgen.deck.read import Reader
from deckgen.deck.settings import check_settings
from deckgen.deck.targets import check_targets
from deckgen.expressions import Filler, names_in
from deckgen.meeting import Meeting
from deckgen.meeting.areas import AREAS, DECK
from deckgen.problems import DeckError, Origin, Problem, Result, errors_of, fatal, nearest, nearest_word
from deckgen.source import Source, text_of
from deckgen.source.dates import clock_of, day_of

MAX_SLIDES = 2_000  # the time to order them grows with the square of their number
MAX_TIME = 4_354_819_198  # the last second but one of 2107, beyond which no ZIP archive has a date
_MAX_PROPERTY = 255  # characters of a property of a file (ECMA-376, part 2, core properties as Office reads them)
_MAX_TYPO = 2  # characters that a misspelt name has more or fewer
_OF_EVERY_SLIDE = {"meeting", "area"}  # from the table and the defaults, even if more of them is fetched


class _Entry(Frozen):
    """An entry in the order of the deck: the id of a slide and its section."""

    id: str
    section: str


def compose(
    meeting: Meeting,
    read_picture: Callable[[Source, str], Picture],
    read_qr: Callable[[Source, str], Picture],
    epoch: int | None = None,
) -> Result[Deck]:
    """The deck of a meeting, without the slides that have problems; None if no deck can be made of the rest.

    `epoch` is the timestamp of both files; without it they have the date of the session.
    """
    filler = Filler(meeting.facts, dict(meeting.declared.items()), meeting.missing)
    try:
        reader = Reader(Linker(meeting.links), read_picture, read_qr, _whole(meeting, filler))
        composed = _slides(meeting, filler, reader)
    except DeckError as error:
        return Result(None, error.problems)
    try:
        settings = filler.fill(meeting.settings.without("sections")).get()
        return Result(_deck(meeting, settings, composed.value or (), epoch), composed.problems)
    except DeckError as error:
        excused = not meeting.unsound.isdisjoint(names_in(meeting.settings))
        return Result(None, (*composed.problems, *(() if excused else error.problems)))


def _whole(meeting: Meeting, filler: Filler) -> tuple[str, ...]:
    """The phrases that no line breaks; problems of theirs are reported with the other settings."""
    listed = meeting.settings.get("whole")
    filled = filler.fill(listed).value if listed else None
    found = (text_of(child) for child in filled or ())
    return tuple(dict.fromkeys(phrase for phrase in found if " " in phrase))


def _slides(meeting: Meeting, filler: Filler, reader: Reader) -> Result[tuple[Slide | WithoutFacts, ...]]:
    """The slides without problems, and those whose facts are unknown. Raises DeckError for too many or none."""
    count = len([*meeting.slides.items()])
    if count > MAX_SLIDES:
        many = f"{count:,} slides; at most {MAX_SLIDES:,} are made"
        raise fatal(meeting.layers[-1].origin, "too-large", many, "make several decks of it")
    order = _order(meeting)
    problems = [*order.problems]
    found: list[Slide | WithoutFacts] = []
    known: set[Problem] = set()  # a problem of a repeated slide is reported once
    for entry in order.value or ():
        doing(f"filling the slide `{entry.id}`", meeting.slides.key_origin(entry.id), entry.id)
        slide = _slide(meeting, entry, filler, reader)
        found += [slide.value] if slide.value else []
        problems += (_on_slide(problem, entry.id) for problem in slide.problems if problem not in known)
        known |= {*slide.problems} if entry.id in meeting.scopes else set()
    if not _shown(found) and not problems and not meeting.faulty:
        raise fatal(meeting.slides.origin, "empty-deck", "no slide is left")
    shown = _shown(found)
    failed = {problem.slide for problem in errors_of(problems)}
    problems += check_targets(shown, failed, {*meeting.known_slides, *dict(meeting.slides.items())})
    if shown and all(slide.hidden for slide in shown) and not problems:
        raise fatal(shown[0].origin, "empty-deck", "every slide is hidden", "the PDF has only the others")
    return Result(tuple(found), tuple(problems))


def _on_slide(problem: Problem, id: str) -> Problem:
    """The problem with the slide that has it; a missing fact is one problem for all slides."""
    return problem if problem.rule == "missing-fact" else replace(problem, slide=problem.slide or id)


def _shown(found: Iterable[Slide | WithoutFacts]) -> tuple[Slide, ...]:
    return tuple(slide for slide in found if not isinstance(slide, WithoutFacts) and not slide.waits)


def _slide(meeting: Meeting, entry: _Entry, filler: Filler, reader: Reader) -> Result[Slide | WithoutFacts]:
    """A slide; None if it has problems, is not for this meeting, or is left out on purpose."""
    source = meeting.slides.get(entry.id)
    if source is None or entry.id in meeting.unreadable:
        return Result(None)
    lets = tuple(filler.check_lets(source))
    try:
        return Result(
            _filled(meeting, entry, source, filler.within(source, meeting.scopes.get(entry.id)), reader), lets
        )
    except DeckError as error:
        # A problem of a slide may follow from a problem of a fact, which is reported already.
        excused = not meeting.unsound.isdisjoint(names_in(source))
        return Result(None, lets if excused else (*lets, *error.problems))


def _filled(
    meeting: Meeting, entry: _Entry, source: Source, filler: Filler, reader: Reader
) -> Slide | WithoutFacts | None:
    """A slide with its values; None if it is not for this meeting, or left out on purpose. Raises DeckError."""
    own = meeting.layers[-1].origin.path
    when = source.get("when")
    if not meeting.holds(source) or (when is not None and not filler.test(when).get()):
        faults = check_keys(source, own)
        if faults:
            raise DeckError(faults)
        return _without_facts(meeting, entry, filler) if meeting.holds(source) else None
    result = filler.fill(source.without("when", "let", "each"))
    filled, unfilled = result.value or source, result.problems
    faults = check_slide(filled, own)
    # After a failed expression, a missing value is no news; an unknown key is.
    faults = [fault for fault in faults if not unfilled or fault.rule in ("unknown-key", "unknown-kind")]
    changed = meeting.layers[-1].get("slides")
    patch = changed.get(entry.id) if changed else None
    # A meeting that changes the kind of a recurring slide may remove what the kind before had.
    if patch and isinstance(patch.value, dict) and not (patch.get("kind") and entry.id in meeting.known_slides):
        faults += check_nulls(patch, text_of(filled.get("kind")))
    if faults or unfilled:
        raise DeckError([*unfilled, *faults, *bad_links(filled)])
    return _with_sources(meeting, source, read_slide(reader, filled, entry.id, entry.section))


def _with_sources(meeting: Meeting, source: Source, slide: Slide) -> Slide:
    """The slide; below the speaker notes, the source and date of each fetched fact that it names."""
    if meeting.layers[-2].get("fetched") is None:
        return slide
    named = sorted({*names_in(source)} - _OF_EVERY_SLIDE)
    found = dict.fromkeys(one for name in named for one in meeting.found(name))
    lines = [f"Fetched: {one}" + (f", and not since ({one.stale})" if one.stale else "") for one in found]
    if not lines:
        return slide
    before = (*slide.notes.runs, Run("\n")) if slide.notes else ()
    return replace(slide, notes=Text((*before, Run("\n".join(lines))), slide.title.origin))


def _without_facts(meeting: Meeting, entry: _Entry, filler: Filler) -> WithoutFacts | None:
    """The unknown facts that leave out a recurring slide; a condition in the meeting's own file needs none."""
    source = meeting.slides.get(entry.id)
    when = source.get("when") if source else None
    if when is None or entry.id not in meeting.known_slides or when.origin.path == meeting.layers[-1].origin.path:
        return None
    facts = filler.depends_on(when, meeting.unset)
    return WithoutFacts(entry.id, facts) if facts else None


def _order(meeting: Meeting) -> Result[tuple[_Entry, ...]]:
    """The order of the deck: the sections of the templates, with the slides that the meeting adds and moves."""
    sections = [*(meeting.settings.get("sections") or ())]
    listed = _listed(meeting, sections)
    entries, problems = listed.value or (), [*listed.problems]
    names = [text_of(section.get("name")) for section in sections]
    own_section = next((text_of(s.get("name")) for s in reversed(sections) if s.get("own")), names[-1] if names else "")
    # A recurring slide that names another section goes where one of the meeting's own would.
    present = [entry for entry in entries if _stays(meeting.slides.get(entry.id), entry.section)]
    kept, known = {entry.id for entry in present}, {entry.id for entry in entries}
    for key, slide in meeting.slides.items():
        if key in kept:
            continue
        if key in meeting.known_slides and key not in known:
            own_deck = slide.origin.path.startswith(f"{AREAS}/")
            order = meeting.settings.key_origin("sections").path if own_deck else DECK
            message = f"`{key}` is not in a section of {order}"
            problems.append(
                Problem(slide.origin, "unlisted-slide", message, f"add `{key}` to the `slides` of a section")
            )
        name = text_of(slide.get("section"), own_section)
        if name not in names and (misspelt := _misspelt_section(slide, name, names, meeting)):
            problems.append(misspelt)
            continue
        names += [] if name in names else [name]
        last = max(
            (i for i, entry in enumerate(present) if names.index(entry.section) <= names.index(name)), default=-1
        )
        present.insert(last + 1, _Entry(key, name))
    problems += _move(present, meeting)
    return Result(tuple(present), tuple(problems))


def _misspelt_section(slide: Source, name: str, names: list[str], meeting: Meeting) -> Problem | None:
    """The problem of a section that does not exist; a meeting may add one, whose name is not like another's."""
    written = slide.get("section") or slide
    near = nearest_word(name, names)
    alike = near and abs(len(near) - len(name)) <= _MAX_TYPO
    if written.origin.path == meeting.layers[-1].origin.path and name.strip() and not alike:
        return None
    hint = nearest(name, names) or f"one of {', '.join(names)}"
    return Problem(written.origin, "unknown-section", f"no section is called `{name}`", hint)


def _listed(meeting: Meeting, sections: list[Source]) -> Result[tuple[_Entry, ...]]:
    """The slides of `templates/deck.yaml` in their order, with the problems of that file."""
    entries: list[_Entry] = []
    problems = [*check_settings(meeting.settings)]
    for section in sections:
        for name in section.get("slides") or ():
            if isinstance(name.value, str) and name.value not in meeting.known_slides:
                hint = nearest(str(name.value), meeting.known_slides)
                problems.append(Problem(name.origin, "unknown-slide", f"no template is called `{name.value}`", hint))
            if any(entry.id == name.value for entry in entries):
                message = f"`{name.value}` is in the deck twice"
                problems.append(Problem(name.origin, "slide-twice", message, "keep one of the two"))
                continue
            entries.append(_Entry(str(name.value), text_of(section.get("name"))))
    return Result(tuple(entries), tuple(problems))


def _stays(slide: Source | None, section: str) -> bool:
    return slide is not None and text_of(slide.get("section"), section) == section


def _move(entries: list[_Entry], meeting: Meeting) -> list[Problem]:
    """Move each slide that has `before` or `after`; the slides that others name move first. Returns the problems."""
    problems = []
    asked = {key: slide.get("before") or slide.get("after") for key, slide in meeting.slides.items()}
    named = {key: target for key, target in asked.items() if target is not None}
    graph = {key: {text_of(target)} & named.keys() - {key} for key, target in named.items()}
    try:
        order = [*TopologicalSorter(graph).static_order()]
    except CycleError as error:
        ring = list(dict.fromkeys(error.args[1]))
        message = f"{', '.join(f'`{key}`' for key in ring)} place each other in a circle"
        origin = min((named[key].origin for key in ring), key=lambda one: (one.path, one.line))
        return [Problem(origin, "impossible-order", message, "name a slide that does not move")]
    for key in order:
        slide, target = meeting.slides.get(key), named[key]
        ids = [entry.id for entry in entries]
        if slide is None or key not in ids:
            continue
        if slide.get("before") and slide.get("after"):
            message = f"slide `{key}` has both `before` and `after`"
            problems.append(Problem(slide.key_origin("after"), "impossible-order", message, "keep one of the two"))
        if target.value not in ids or target.value == key:
            hint = nearest(text_of(target), [id for id in ids if id != key])
            message = (
                "a slide cannot come before or after itself" if target.value == key else _no_slide(target, meeting)
            )
            problems.append(Problem(target.origin, "unknown-slide", message, hint))
            continue
        entries.pop(ids.index(key))
        index = next(i for i, entry in enumerate(entries) if entry.id == target.value)
        section = text_of(slide.get("section"), entries[index].section)
        entries.insert(index + (slide.get("before") is None), _Entry(key, section))
    return problems


def _no_slide(target: Source, meeting: Meeting) -> str:
    if not isinstance(target.value, str):
        return "this is not the id of a slide"
    left_out = target.value in meeting.known_slides
    return f"slide `{target.value}` is left out" if left_out else f"no slide is called `{target.value}`"


def _deck(meeting: Meeting, settings: Source, found: tuple[Slide | WithoutFacts, ...], epoch: int | None) -> Deck:
    def written(key: str) -> Source:
        return settings.get(key) or Source("", settings.origin)

    def setting(key: str) -> str:
        source = written(key)
        if len(text_of(source)) > _MAX_PROPERTY:
            raise fatal(
                source.origin, "wrong-value", f"`{key}` has more than {_MAX_PROPERTY} characters", "make it shorter"
            )
        return text_of(source)

    if not setting("title").strip():
        raise fatal(settings.origin, "missing-key", "the deck has no `title`", "add `title: ...`")

    return Deck(
        name=_file_name(setting("name"), settings.origin),
        title=setting("title"),
        subject=setting("subject"),
        author=setting("author"),
        language=_language(settings.get("language")),
        footer=Text((Run(setting("footer")),), written("footer").origin),
        timestamp=_timestamp(meeting) if epoch is None else epoch,
        upload=setting("upload"),
        upload_notes={key: text_of(note) for key, note in written("upload_notes").items()},
        upload_limit=limit.value if isinstance((limit := written("upload_limit")).value, int) else 0,
        slides=_with_slots(_shown(found)),
        waiting=tuple(slide for slide in found if not isinstance(slide, WithoutFacts) and slide.waits),
        without_facts=tuple(slide for slide in found if isinstance(slide, WithoutFacts)),
    )


def _with_slots(slides: Sequence[Slide]) -> tuple[Slide, ...]:
    """The slides; a statement that an item of the agenda names shows when, and for how long."""
    items = {item.slide: item for slide in slides if isinstance(slide, Agenda) for item in slide.items if item.slide}
    return tuple(
        replace(slide, slot=_slot(items[slide.id])) if isinstance(slide, Statement) and slide.id in items else slide
        for slide in slides
    )


def _slot(item: AgendaItem) -> Text | None:
    start = clock_of(item.start) if item.start is not None else ""
    words = ", ".join(filter(None, (start, item.label)))
    return Text((Run(words),), item.origin) if words else None


def _file_name(name: str, origin: Origin) -> str:
    if not name or not all(c.isalnum() or c in "-_" for c in name):
        raise fatal(origin, "bad-file-name", f"`{name}` cannot name the files of the deck", "letters, digits, - and _")
    return name


def _language(source: Source | None) -> str:
    """A language with or without its country, as the files need it (BCP 47, ISO 639 and ISO 3166)."""
    text = text_of(source, "en") or "en"
    if source is not None and not re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", text):
        raise fatal(source.origin, "wrong-value", f"`{text}` is not a language", "such as en-US")
    return text


def _timestamp(meeting: Meeting) -> int:
    """Midnight UTC of the session's day, or of the first day of the meeting."""
    facts: Mapping[str, Source | None] = {
        "session": meeting.facts.get("session"),
        "meeting": meeting.facts.get("meeting"),
    }
    for name, key in (("session", "date"), ("meeting", "first")):
        fact = facts[name]
        day = day_of(text_of(fact.get(key)) if fact else "")
        if day:
            return min(MAX_TIME, max(0, int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())))
    if meeting.faulty:  # the date may be the problem; nothing is written then
        return 0
    raise fatal(meeting.facts.origin, "no-date", "the date of the meeting is unknown", "add `session: {date: ...}`")
