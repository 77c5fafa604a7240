"""Folder × meeting -> Window: an area, and the time from one instant to another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from deckgen.base import Frozen
from deckgen.facts.agenda import area_sessions
from deckgen.facts.asking import NoAnswer
from deckgen.facts.datatracker import Datatracker, Object
from deckgen.facts.times import day, midnight, moment, stamp
from deckgen.facts.words import is_acronym
from deckgen.meeting import MEETINGS, Order, id_of, list_meetings, read_template
from deckgen.meeting.areas import area_of
from deckgen.meeting.ids import TABLE
from deckgen.problems import DeckError, Origin, Problem, fatal
from deckgen.source import Plain, Source, plain, read, text_of
from deckgen.source.merge import merge

CHOSEN = ("related_groups", "research_groups", "iab_programs")


class Files(Frozen):
    """The folder's values before any request; a missing file is empty."""

    number: int
    previous: int
    table: Source
    area: Source
    hand: Source
    before: dict[str, Plain]
    chosen: dict[str, dict[str, str]]


class Window(Frozen):
    """An area with its group and directorates, at a meeting, and the time since the previous meeting.

    The window begins with the start of the area's session at the previous meeting, inclusive, and ends with that of its
    session at this meeting, exclusive; if a session is unknown, with the first day of the meeting. So every instant
    belongs to one meeting. `ends` gets both from the agendas. `first` and `last` are the days of this meeting.
    `before` is the snapshot of the previous meeting, `chosen` the groups of other areas that people have chosen.
    """

    number: int
    previous: int
    area: str
    group: str
    directorates: tuple[str, ...]
    ends: Callable[[], tuple[datetime, datetime]]
    first: date
    last: date
    in_table: bool
    by_hand: frozenset[str]
    before: Mapping[str, Plain]
    chosen: Mapping[str, Mapping[str, str]]

    @property
    def since(self) -> datetime:
        """The first instant of the window. Raises NoAnswer."""
        return self.ends()[0]

    @property
    def until(self) -> datetime:
        """The first instant after the window. Raises NoAnswer."""
        return self.ends()[1]


def within(window: Window, field: str) -> dict[str, str]:
    """The filters for times in the window. Raises NoAnswer."""
    return {f"{field}__gte": stamp(window.since), f"{field}__lt": stamp(window.until)}


def read_files(root: Path, meeting: str) -> Files:
    """The folder's values for a meeting. Raises DeckError with the problems of all its files."""
    problems: list[Problem] = []

    def file(name: str) -> Source:
        if not (root / name).exists():
            return Source({}, Origin(name))
        found = read(root / name, name)
        problems.extend(found.problems)
        return found.value or Source({}, Origin(name))

    if not id_of(meeting).isdigit():
        raise fatal(
            Origin("MEETING"), "unknown-meeting", f"`{meeting}` is not the number of an IETF meeting", "such as 125"
        )
    table = file(TABLE)
    order = Order.of(table)
    id = id_of(meeting)
    previous = order.before(id)
    hand = file(f"{MEETINGS}/{meeting}.yaml")
    defaults = read_template(root, meeting, "defaults")
    problems += defaults.problems
    merged = merge(defaults.value.source if defaults.value else Source({}, hand.origin), hand)
    area = (merged.value or hand).get("area") or Source({}, hand.origin)
    folder = f"{MEETINGS}/{meeting.removesuffix(id)}"
    before = plain(file(f"{folder}{previous}.facts.yaml"))
    of_area = reversed(list_meetings(root, area_of(root, meeting)))
    earlier = [file(f"{MEETINGS}/{one}.yaml") for one in of_area if order.rank(id_of(one)) < order.rank(id)]
    problems += [*merged.problems, *_area_problems(area)]
    if problems:
        raise DeckError(problems)
    chosen = {key: _chosen(key, [hand, *earlier]) for key in CHOSEN}
    return Files(int(id), int(previous), table, area, hand, before if isinstance(before, dict) else {}, chosen)


def _area_problems(area: Source) -> list[Problem]:
    problems = []
    for key, example in (("acronym", "sec"), ("group", "saag"), ("directorate", "secdir")):
        found = area.get(key)
        if found is None and key != "directorate":  # an area may have no review team
            problems.append(Problem(area.origin, "missing-key", f"`area: {key}` is missing", f"such as {example}"))
        several = found if found is not None and key == "directorate" and isinstance(found.value, tuple) else [found]
        for one in several:
            if one is not None and not is_acronym(text_of(one)):
                text = f"`area: {key}` is {text_of(one)!r}, not an acronym"
                problems.append(Problem(one.origin, "wrong-value", text, f"such as {example}"))
    return problems


def directorates(area: Source) -> tuple[str, ...]:
    """The review teams of an area: none, one, or a list."""
    found = area.get("directorate")
    if found is None:
        return ()
    return tuple(map(text_of, found)) if isinstance(found.value, tuple) else (text_of(found),)


def _chosen(key: str, hands: list[Source]) -> dict[str, str]:
    """The chosen groups in the latest meeting file that has any."""
    found = next((child for child in (hand.get(key) for hand in hands) if child is not None), None)
    return {acronym: text_of(label) for acronym, label in (found.items() if found else ()) if is_acronym(acronym)}


def meeting_objects(tracker: Datatracker, previous: int, number: int) -> dict[int, Object]:
    """The datatracker's entries of a meeting and of the previous one. Raises NoAnswer."""
    filters = {"type": "ietf", "number__in": f"{previous},{number}"}
    return {int(str(one["number"])): one for one in tracker.objects("meeting/meeting", filters, max_objects=2)}


def window_of(files: Files, tracker: Datatracker, since: date | None) -> Window:
    """The window; its days are from the table of meetings, else from the datatracker. Raises DeckError."""
    before, this = (_days(files, number, tracker) for number in (files.previous, files.number))
    if since and since >= this[0]:
        text = f"{since} is not before IETF {files.number}, which begins on {this[0]}"
        raise fatal(Origin("--since"), "bad-date", text, f"such as {before[1]}, the end of IETF {files.previous}")
    group = text_of(files.area.get("group"))

    def ends() -> tuple[datetime, datetime]:
        opens = midnight(since) if since else _session(tracker, files.previous, group) or midnight(before[0])
        return opens, _session(tracker, files.number, group) or midnight(this[0])

    return Window(
        number=files.number,
        previous=files.previous,
        area=text_of(files.area.get("acronym")),
        group=group,
        directorates=directorates(files.area),
        ends=ends,
        first=this[0],
        last=this[1],
        in_table=files.table.get(str(files.number)) is not None,
        by_hand=frozenset(key.removesuffix("+") for key, _ in files.hand.items()),
        before=files.before,
        chosen=files.chosen,
    )


def _session(tracker: Datatracker, number: int, group: str) -> datetime | None:
    """The start of the area's session, if there is one. Raises NoAnswer."""
    sessions = area_sessions(tracker, number, group)
    return moment(sessions[0]["start"]) if sessions else None


def _days(files: Files, number: int, tracker: Datatracker) -> tuple[date, date]:
    row = files.table.get(str(number))
    if row is not None:
        return _table_day(row, "first"), _table_day(row, "last")
    here = Origin(TABLE)
    try:
        found = meeting_objects(tracker, files.previous, files.number).get(number)
        if found is not None:
            return days_of(found)
    except (NoAnswer, KeyError, TypeError, ValueError) as reason:
        text = f"IETF {number} is not in the table of meetings, and the datatracker does not answer: {reason}"
        raise fatal(here, "unknown-meeting", text, "add a line for it, or try again later") from None
    text = f"IETF {number} is neither in the table of meetings nor in the datatracker"
    raise fatal(here, "unknown-meeting", text, "correct the number, or add a line for it")


def days_of(meeting: Object) -> tuple[date, date]:
    """The first and the last day of a meeting of the datatracker."""
    first = day(meeting["date"])
    return first, first + timedelta(days=max(1, int(meeting["days"])) - 1)


def _table_day(row: Source, key: str) -> date:
    found = row.get(key) or row
    try:
        return date.fromisoformat(text_of(found))
    except ValueError:
        raise fatal(found.origin, "wrong-value", f"`{key}` is not a date", "such as 2025-11-07") from None
