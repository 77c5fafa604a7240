"""Window -> errata: the errata of the area's RFCs, open, and closed and reported since the meeting before."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from deckgen.base import Frozen
from deckgen.facts.asking import NoAnswer
from deckgen.facts.datatracker import Object, parsed
from deckgen.facts.gathered import Gathered, Sources, area_groups
from deckgen.facts.times import day
from deckgen.facts.window import Window
from deckgen.source import Plain

# What is kept of an entry as it is parsed: the texts are most of the file's many megabytes.
_KEPT = ("errata_id", "doc-id", "errata_status_code", "errata_type_code", "submit_date", "update_date")
_RFC = re.compile(r"rfc0*([0-9]{1,5})", re.IGNORECASE)


class Erratum(Frozen):
    """An entry of errata.json; `changed` is when its state last changed, if it is known."""

    id: int
    rfc: int
    open: bool
    editorial: bool
    submitted: date
    changed: date | None


def gather_errata(sources: Sources, window: Window) -> Gathered:
    """The numbers of this meeting, editorial errata left out, and the snapshot that the next one compares with."""
    rfcs = _area_rfcs(sources, window)
    errata = [one for one in _all_errata(sources) if one.rfc in rfcs]
    counted = [one for one in errata if not one.editorial]
    before = _Snapshot.of(window.before.get("errata_snapshot"))
    closed, reported = _since_snapshot(counted, before) if before else _since_day(counted, window)
    row: dict[str, Plain] = {
        "open": sum(one.open for one in counted),
        "total": len(errata),
        "closed": closed,
        "reported": reported,
    }
    still_open: list[Plain] = [*sorted(one.id for one in counted if one.open)]
    snapshot: dict[str, Plain] = {"newest": max((one.id for one in errata), default=0), "open": still_open}
    text = f"errata: counted by dates, for there is no snapshot of IETF {window.previous}; the RFC Editor may differ"
    return Gathered({"errata": {str(window.number): row}, "errata_snapshot": snapshot}, () if before else (text,))


class _Snapshot(Frozen):
    """The open errata of the area at the meeting before, and the highest number then."""

    newest: int
    open: frozenset[int]

    @staticmethod
    def of(fact: Plain) -> _Snapshot | None:
        if not isinstance(fact, dict) or not isinstance(fact.get("open"), list):
            return None
        known = [one for one in cast(list[Plain], fact["open"]) if isinstance(one, int)]
        newest = fact.get("newest")
        return _Snapshot(newest if isinstance(newest, int) else max(known, default=0), frozenset(known))


def _since_snapshot(errata: list[Erratum], before: _Snapshot) -> tuple[int, int]:
    """Closed and reported, so that open before - closed + reported = open now."""
    reported = [one for one in errata if one.id not in before.open and (one.open or one.id > before.newest)]
    now = {one.id for one in errata if one.open}
    return len((before.open | {one.id for one in reported}) - now), len(reported)


def _since_day(errata: list[Erratum], window: Window) -> tuple[int, int]:
    """Closed and reported by their dates: errata.json has no history, the last change is nearly always the closing."""
    closed = [one for one in errata if not one.open and one.changed and _in(one.changed, window)]
    return len(closed), sum(_in(one.submitted, window) for one in errata)


def _in(when: date, window: Window) -> bool:
    return window.since <= when < window.until


def _area_rfcs(sources: Sources, window: Window) -> set[int]:
    """The RFCs of the area's groups; errata.json does not say to which area an entry belongs."""
    groups = area_groups(sources.tracker, window)
    filters = {"type": "rfc", "group__parent__acronym": window.area}
    found = sources.tracker.objects("doc/document", filters, related=lambda doc: doc["group"] in groups, most=5000)
    numbers = {int(match[1]) for doc in found if (match := _RFC.fullmatch(str(doc["name"])))}
    if not numbers:
        raise NoAnswer(f"the datatracker knows no RFC of the area {window.area}")
    return numbers


def _all_errata(sources: Sources) -> list[Erratum]:
    address = f"{sources.rfc_editor}/errata.json"
    sources.tracker.asked.append(address)
    entries: Any = parsed(sources.client.get(address), keep=_kept)
    if not isinstance(entries, list) or not entries or not all(isinstance(one, dict) for one in entries):
        raise NoAnswer("the answer is no list of errata")
    return [one for entry in entries if (one := _erratum(entry)) is not None]


def _kept(entry: Object) -> Object:
    return {key: entry.get(key) for key in _KEPT}


def _erratum(entry: Mapping[str, Any]) -> Erratum | None:
    """An entry, if it is about an RFC."""
    match = _RFC.fullmatch(str(entry["doc-id"]))
    if match is None:
        return None
    return Erratum(
        id=int(entry["errata_id"]),
        rfc=int(match[1]),
        open=entry["errata_status_code"] == "Reported",
        editorial=entry["errata_type_code"] == "Editorial",
        submitted=day(entry["submit_date"]),
        changed=_maybe_day(entry["update_date"]),
    )


def _maybe_day(text: object) -> date | None:
    """A day, if it is one: old entries have none, or 0000-00-00."""
    try:
        return day(text)
    except ValueError:
        return None
