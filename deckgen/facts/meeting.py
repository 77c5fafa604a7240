"""Window -> meeting, session, directors: the location, the times, and the directors of the area."""

from __future__ import annotations

import re

from deckgen.facts.agenda import area_sessions
from deckgen.facts.asking import NoAnswer
from deckgen.facts.datatracker import Datatracker, Object, each, slug
from deckgen.facts.gathered import Gathered, Sources, area_roles, people
from deckgen.facts.names import full_name, page_name
from deckgen.facts.times import local, moment, span
from deckgen.facts.window import Window, days_of, meeting_objects
from deckgen.facts.words import is_name, neutral
from deckgen.source import Plain


def gather_meeting(sources: Sources, window: Window) -> Gathered:
    """The meeting's venue and time zone; if the table lacks the meeting, also its city and dates."""
    found = _meeting(sources, window)
    first, last = days_of(found)
    fact: dict[str, Plain] = {"time_zone": neutral(found["time_zone"], 60), "venue": neutral(found["venue_name"], 100)}
    if not window.in_table:
        country = str(found["country"])
        fact |= {
            "label": f"IETF {window.number}",
            "city": neutral(found["city"], 60) or "online",
            "first": first.isoformat(),
            "last": last.isoformat(),
        }
        fact |= {"country": country} if re.fullmatch("[A-Z]{2}", country) else {}
        return Gathered({"meeting": _filled(fact)})
    human = []
    if (first, last) != (window.first, window.last):
        human.append(
            f"meeting: templates/meetings.yaml has {window.first} to {window.last}, the datatracker {first} to {last}"
        )
    return Gathered({"meeting": _filled(fact)}, tuple(human))


def gather_session(sources: Sources, window: Window) -> Gathered:
    """The first session of the area's open meeting, in local time, and its materials."""
    own = area_sessions(sources.tracker, window.number, window.group)
    if not own:
        return Gathered({}, (f"session: the agenda of IETF {window.number} has no session of {window.group} yet",))
    zone = str(_meeting(sources, window)["time_zone"])
    session = own[0]
    start = moment(session["start"])
    begins, ends = local(start, zone), local(start + span(session["duration"]), zone)
    fact: dict[str, Plain] = {
        "date": begins.date().isoformat(),
        "start": f"{begins:%H:%M}",
        "end": f"{ends:%H:%M}",
        "room": neutral(session.get("location") or "", 60),
        "materials": _materials(session, sources.tracker, window.number),
    }
    human = (f"session: {len(own)} sessions of {window.group}; the first is taken",) if len(own) > 1 else ()
    return Gathered({"session": _filled(fact)}, human)


def gather_directors(sources: Sources, window: Window) -> Gathered:
    """The area directors, by the name of their page; future directors are reported."""
    tracker = sources.tracker
    roles = area_roles(tracker, window)
    persons = people(tracker, (role["person"] for role in roles))
    held: dict[str, list[Object]] = {"ad": [], "pre-ad": []}
    for role in roles:
        if role["person"] in persons and persons[role["person"]] not in held[slug(role["name"])]:
            held[slug(role["name"])].append(persons[role["person"]])
    if not held["ad"]:
        raise NoAnswer(f"the datatracker has no director of the area {window.area}")
    pages = each(held["ad"], lambda one: (page_name(one), full_name(one)), "directors", tracker.strange)
    coming = ", ".join(sorted(map(full_name, held["pre-ad"])))
    human = (f"directors: {coming} will become area director",) if coming else ()
    return Gathered({"directors": dict(sorted(pages))}, human)


def _meeting(sources: Sources, window: Window) -> Object:
    found = meeting_objects(sources.tracker, window.previous, window.number).get(window.number)
    if found is None:
        raise NoAnswer(f"the datatracker does not know IETF {window.number}")
    return found


def _materials(session: Object, tracker: Datatracker, number: int) -> Plain:
    """The addresses of the session's materials, by type."""
    base = tracker.base
    found: dict[str, Plain] = {
        kind: session[kind] for kind in ("agenda", "minutes") if _is_address(session.get(kind), base)
    }
    shown = each(session.get("presentations") or (), _presentation, "materials of the session", tracker.strange)
    for _, name, revision in sorted(shown):
        found[name] = f"{base}/meeting/{number}/materials/{name}-{revision}"
    return found


def _presentation(one: Object) -> tuple[int, str, str]:
    if not is_name(one["name"]) or not re.fullmatch(r"\d{2}", str(one["rev"])):
        raise ValueError("has no name and revision")
    return int(one["order"]), one["name"], one["rev"]


def _is_address(value: object, base: str) -> bool:
    allowed = ("https://datatracker.ietf.org/", "https://notes.ietf.org/", f"{base}/")
    return isinstance(value, str) and value.startswith(allowed) and bool(re.fullmatch(r"[\w:/.-]{1,200}", value))


def _filled(fact: dict[str, Plain]) -> dict[str, Plain]:
    return {key: value for key, value in fact.items() if value not in ("", {}, None)}
