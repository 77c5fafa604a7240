"""Window -> errata: the errata of the area as the RFC Editor counts them, and the changes since the previous meeting.

The count is that of the RFC Editor's monthly mail to the IESG: technical, reported, by the area that it assigns.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, cast

from deckgen.base import Frozen
from deckgen.facts.asking import NoAnswer
from deckgen.facts.datatracker import Object, each, parsed
from deckgen.facts.gathered import Gathered, Sources
from deckgen.facts.rfc_index import area_rfcs
from deckgen.facts.times import day
from deckgen.facts.window import Window
from deckgen.source import Plain

# The fields kept of an entry: the texts are most of the file's many megabytes.
_KEPT = ("errata_id", "doc-id", "errata_status_code", "errata_type_code", "submit_date", "update_date")
_RFC = re.compile(r"rfc0*([0-9]{1,5})", re.IGNORECASE)


class Erratum(Frozen):
    """An entry of errata.json. `submitted` and `changed` are its dates as text."""

    id: int
    rfc: int
    open: bool
    technical: bool
    submitted: object
    changed: object


def gather_errata(sources: Sources, window: Window) -> Gathered:
    """The numbers of this meeting, and the snapshot with which the next one compares."""
    rfcs = area_rfcs(sources, window)
    all_errata = _all_errata(sources)
    errata = [one for one in all_errata if one.rfc in rfcs]
    counted = [one for one in errata if one.technical]
    before = _Snapshot.of(window.before.get("errata_snapshot"))
    human = []
    if before:
        closed, reported = _since_snapshot(all_errata, counted, before)
    else:
        closed, reported = _since_day(counted, window, sources.tracker.strange)
        human.append(f"errata: counted by dates, because there is no snapshot of IETF {window.previous}")
    row: dict[str, Plain] = {
        "open": sum(one.open for one in counted),
        "total": len(errata),
        "closed": closed,
        "reported": reported,
        "as_of": sources.now.date().isoformat(),
    }
    still_open: list[Plain] = [*sorted(one.id for one in counted if one.open)]
    snapshot: dict[str, Plain] = {"newest": max(one.id for one in all_errata), "open": still_open}
    return Gathered({"errata": {str(window.number): row}, "errata_snapshot": snapshot}, tuple(human))


class _Snapshot(Frozen):
    """The open errata of the area at the previous meeting, and the highest number of all errata then."""

    newest: int
    open: frozenset[int]

    @staticmethod
    def of(fact: Plain) -> _Snapshot | None:
        if not isinstance(fact, dict) or not isinstance(fact.get("open"), list):
            return None
        known = [one for one in cast(list[Plain], fact["open"]) if isinstance(one, int)]
        newest = fact.get("newest")
        return _Snapshot(newest if isinstance(newest, int) else max(known, default=0), frozenset(known))


def _since_snapshot(all_errata: list[Erratum], counted: list[Erratum], before: _Snapshot) -> tuple[int, int]:
    """Closed and reported errata by changes of state, so a group that changes its area does not change the numbers."""
    reported = {one.id for one in counted if one.id > before.newest}
    still_open = {one.id for one in all_errata if one.open}
    return len((before.open | reported) - still_open), len(reported)


def _since_day(errata: list[Erratum], window: Window, strange: list[str]) -> tuple[int, int]:
    """Closed and reported errata by dates: in errata.json, the last change is nearly always the closing."""
    first, end = day(window.since), day(window.until)
    days = ((f"erratum {one.id}", one.submitted) for one in errata)
    submitted = each(days, lambda pair: day(pair[1]), "days of errata", strange)
    closed = [when for one in errata if not one.open and (when := _maybe_day(one.changed))]
    return sum(first <= when < end for when in closed), sum(first <= when < end for when in submitted)


def _all_errata(sources: Sources) -> list[Erratum]:
    address = f"{sources.rfc_editor}/errata.json"
    sources.tracker.asked.append(address)
    entries: Any = parsed(sources.client.get(address), keep=_kept)
    if not isinstance(entries, list) or not entries:
        raise NoAnswer("the answer is not a list of errata")
    return [one for one in each(entries, _erratum, "errata", sources.tracker.strange) if one is not None]


def _kept(entry: Object) -> Object:
    return {key: entry[key] for key in _KEPT if key in entry}


def _erratum(entry: Object) -> Erratum | None:
    """An entry, if it is about an RFC."""
    match = _RFC.fullmatch(str(entry["doc-id"]))
    if match is None:
        return None
    return Erratum(
        id=int(entry["errata_id"]),
        rfc=int(match[1]),
        open=entry["errata_status_code"] == "Reported",
        technical=entry["errata_type_code"] == "Technical",
        submitted=entry["submit_date"],
        changed=entry["update_date"],
    )


def _maybe_day(text: object) -> date | None:
    """A date, if it is valid: old entries have none, or 0000-00-00."""
    try:
        return day(text)
    except ValueError:
        return None
