"""Window -> meeting, session, directors: where and when, and who leads the area."""

from __future__ import annotations

import re
from typing import Any

from deckgen.facts.asking import NoAnswer
from deckgen.facts.datatracker import Object
from deckgen.facts.gathered import Gathered, Sources, area_directors, name_of
from deckgen.facts.times import local, moment, span
from deckgen.facts.window import Window, days_of, meeting_objects
from deckgen.facts.words import is_name, neutral
from deckgen.source import Plain

_PAGE = re.compile(r"\w(?:[\w.'-]{0,78}\w)?")
# What surrounds a name in the datatracker and is no part of the name of an AD's page.
_AROUND = re.compile(r"(?:Mr|Mrs|Ms|Dr|Prof|Sir|Jr|Sr|I{1,3}|IV|Ph\.?D|M\.?D)\.?,?")


def gather_meeting(sources: Sources, window: Window) -> Gathered:
    """The meeting's venue and time zone; for a meeting that the table lacks, also its city and days."""
    found = _meeting(sources, window)
    first, last = days_of(found)
    fact: dict[str, Plain] = {"time_zone": neutral(found["time_zone"], 60), "venue": neutral(found["venue_name"], 100)}
    if not window.in_table:
        country = str(found["country"])
        fact |= {"city": neutral(found["city"], 60) or "online", "first": first.isoformat(), "last": last.isoformat()}
        fact |= {"country": country} if re.fullmatch("[A-Z]{2}", country) else {}
        return Gathered({"meeting": _filled(fact)})
    human = []
    if (first, last) != (window.until, window.last):
        human.append(
            f"meeting: templates/meetings.yaml says {window.until} to {window.last}, the datatracker {first} to {last}"
        )
    return Gathered({"meeting": _filled(fact)}, tuple(human))


def gather_session(sources: Sources, window: Window) -> Gathered:
    """The first session of the area's open meeting, in local time, and its materials."""
    entries = agenda_entries(sources, window)
    own = [one for one in entries if one["group"]["acronym"] == window.group and one["status"] == "sched"]
    if not own:
        return Gathered({}, (f"session: the agenda of IETF {window.number} has no session of {window.group} yet",))
    zone = str(_meeting(sources, window)["time_zone"])
    session = min(own, key=lambda one: moment(one["start"]))
    start = moment(session["start"])
    begins, ends = local(start, zone), local(start + span(session["duration"]), zone)
    fact: dict[str, Plain] = {
        "date": begins.date().isoformat(),
        "start": f"{begins:%H:%M}",
        "end": f"{ends:%H:%M}",
        "room": neutral(session["location"] or "", 60),
        "materials": _materials(session, sources.tracker.base, window.number),
    }
    human = (f"session: {len(own)} sessions of {window.group}; the first is taken",) if len(own) > 1 else ()
    return Gathered({"session": _filled(fact)}, human)


def gather_directors(sources: Sources, window: Window) -> Gathered:
    """The area directors, by the name of their page."""
    persons = area_directors(sources.tracker, window).values()
    pages: dict[str, Plain] = {page: name_of(one) for one in persons if _PAGE.fullmatch(page := _page(one))}
    return Gathered({"directors": dict(sorted(pages.items()))})


def agenda_entries(sources: Sources, window: Window) -> list[Object]:
    """The sessions on the agenda, as of the meeting; none while there is no agenda. Raises NoAnswer."""
    try:
        answer: Any = sources.tracker.document(f"meeting/{window.number}/agenda.json")
    except NoAnswer as error:
        if error.status == 404:
            return []
        raise
    if not isinstance(answer, dict) or not isinstance(answer.get(str(window.number)), list):
        raise NoAnswer(f"the answer is no agenda of IETF {window.number}")
    return [one for one in answer[str(window.number)] if one["objtype"] == "session" and one.get("group")]


def _meeting(sources: Sources, window: Window) -> Object:
    found = meeting_objects(sources.tracker, window.previous, window.number).get(window.number)
    if found is None:
        raise NoAnswer(f"the datatracker does not know IETF {window.number}")
    return found


def _page(person: Object) -> str:
    """`deb.cooley`: the first and the last name, as the address of an AD's page has them."""
    words = str(person.get("plain") or "").split()
    if not words:
        words = [word.rstrip(",") for word in str(person["name"]).split() if not _AROUND.fullmatch(word)]
        words = [words[0], *words[1:][-1:]] if words else []
    return ".".join(words).lower()


def _materials(session: Object, base: str, number: int) -> Plain:
    """The addresses of the session's materials, by what they are called."""
    found: dict[str, Plain] = {
        kind: session[kind] for kind in ("agenda", "minutes") if _is_address(session.get(kind), base)
    }
    for one in sorted(session.get("presentations") or (), key=lambda one: (one["order"], one["name"])):
        if is_name(one["name"]) and re.fullmatch(r"\d{2}", str(one["rev"])):
            found[one["name"]] = f"{base}/meeting/{number}/materials/{one['name']}-{one['rev']}"
    return found


def _is_address(value: object, base: str) -> bool:
    allowed = ("https://datatracker.ietf.org/", "https://notes.ietf.org/", f"{base}/")
    return isinstance(value, str) and value.startswith(allowed) and bool(re.fullmatch(r"[\w:/.-]{1,200}", value))


def _filled(fact: dict[str, Plain]) -> dict[str, Plain]:
    return {key: value for key, value in fact.items() if value not in ("", {}, None)}
