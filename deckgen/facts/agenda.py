"""Meeting number -> the sessions on its agenda, which has the groups and areas of that time."""

from __future__ import annotations

from typing import Any

from deckgen.facts.asking import NoAnswer
from deckgen.facts.datatracker import Datatracker, Object, each
from deckgen.facts.times import moment


def agenda_entries(tracker: Datatracker, number: int) -> list[Object]:
    """The sessions of groups, canceled ones too; none if there is no agenda yet. Raises NoAnswer."""
    try:
        answer: Any = tracker.document(f"meeting/{number}/agenda.json")
    except NoAnswer as error:
        if error.status == 404:
            return []
        raise
    if not isinstance(answer, dict) or not isinstance(answer.get(str(number)), list):
        raise NoAnswer(f"the answer is not an agenda of IETF {number}")
    entries = each(answer[str(number)], _session, f"entries of the agenda of IETF {number}", tracker.strange)
    return [entry for entry in entries if entry]


def _session(entry: Any) -> Object | None:
    if entry["objtype"] != "session" or not entry.get("group"):
        return None
    moment(entry["start"])
    return {**entry, "acronym": str(entry["group"]["acronym"]), "held": entry["status"] == "sched"}


def area_sessions(tracker: Datatracker, number: int, group: str) -> list[Object]:
    """The sessions of a group that are not canceled, sorted by time. Raises NoAnswer."""
    own = [one for one in agenda_entries(tracker, number) if one["acronym"] == group and one["held"]]
    return sorted(own, key=lambda one: moment(one["start"]))
