"""Agenda × Roster -> the BoFs of a meeting that belong to the area, and remarks about the others."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from deckgen.facts.datatracker import Object, each
from deckgen.facts.gathered import Labels, label_of, labels
from deckgen.facts.roster import Roster
from deckgen.facts.times import moment
from deckgen.facts.window import Window
from deckgen.facts.words import clean, is_acronym

ENDED = ("bof-conc", "abandon")


def bofs_of(
    entries: list[Object], groups: Roster, window: Window, strange: list[str]
) -> tuple[Labels, tuple[str, ...]]:
    """The BoFs that have a session, by acronym; those without a session and those of other areas are remarks.

    Without an agenda, the BoFs are those that were created since the previous meeting.
    """
    if not entries:
        new = [uri for uri in _waiting(groups, window) if groups.changes[uri][-1].time >= window.since]
        return labels(groups.groups[uri] for uri in new), ()
    read = each([one for one in entries if one.get("is_bof")], _bof, "BoFs on the agenda", strange)
    uris = {group["acronym"]: uri for uri, group in groups.groups.items()}
    held = [one for one in read if one["held"] and not _ended(groups, uris.get(one["acronym"], ""), one["start"])]
    here = labels(one for one in held if one["parent"] == window.area)
    others = sorted(
        {f"{label_of(one)} ({one['parent'] or 'without an area'})" for one in held if one["acronym"] not in here}
    )
    waiting = [groups.groups[uri] for uri in _waiting(groups, window)]
    canceled = [one for one in read if one["parent"] == window.area and not one["held"]]
    unseen = sorted({label_of(one) for one in (*waiting, *canceled) if one["acronym"] not in here})
    return here, (
        *([f"wg_changes: BoFs of other areas, is one about {window.area}? {', '.join(others)}"] if others else []),
        *([f"wg_changes: BoFs without a session on the agenda: {', '.join(unseen)}"] if unseen else []),
    )


def _bof(entry: Object) -> dict[str, Any]:
    group = entry["group"]
    if not is_acronym(group["acronym"]):
        raise ValueError(f"{group['acronym']!r} is not an acronym")
    parent = clean(group["parent"], 20) if group["parent"] else ""
    return {"acronym": group["acronym"], "parent": parent, "held": entry["held"], "start": moment(entry["start"])}


def _ended(groups: Roster, uri: str, when: datetime) -> bool:
    """Whether a BoF ended before its session; for a BoF that the area never had, the agenda counts."""
    return uri in groups.edited and groups.state(uri, when) in ENDED


def _waiting(groups: Roster, window: Window) -> list[str]:
    """The area's BoFs in the datatracker, with or without a session."""
    return [
        uri
        for uri in groups.edited
        if groups.state(uri, window.until) == "bof" and groups.is_ours(uri, window.until) and groups.changes.get(uri)
    ]
