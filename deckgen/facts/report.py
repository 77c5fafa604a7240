"""Facts before × facts after -> FetchReport: new facts, failures, and what only a person can supply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from deckgen.base import Frozen
from deckgen.facts.words import spoken
from deckgen.source import Plain

Facts = Mapping[str, Any]
# The titles on slides: changes of groups, and lists whose members alone are reported.
_CHANGES = {
    "bofs": "BoFs",
    "chartering": "Chartering",
    "new": "New working groups",
    "closed": "Closed working groups",
    "rechartered": "Rechartered working groups",
    "rechartering": "In rechartering",
    "moved": "Moved between areas",
}
_LISTS = {
    "directors": "Area directors",
    "groups": "Working groups of the area",
    "related_groups": "Groups of other areas",
    "research_groups": "Research groups",
    "iab_programs": "IAB programs",
}
# Not compared with the previous meeting's snapshot, which has what happened before it.
OF_A_WINDOW = ("session", "wg_changes", "chair_changes", "reviews", "new_lists", "errata")
_MOST = 12


class FetchReport(Frozen):
    """The result of a fetch. `failed` has the parts that keep their old facts, with the reasons.

    `changes` use the words of the slides, `human` has remarks for a person, and `by_hand` the facts that only a
    person can supply. `examples` are lines for the meeting file, one for each fact that failed and is missing.
    """

    path: Path
    changes: tuple[str, ...]
    failed: dict[str, str]
    human: tuple[str, ...]
    by_hand: tuple[str, ...]
    examples: tuple[str, ...]
    requests: int
    written: bool


def differences(before: Facts, after: Facts) -> Iterator[str]:
    """The new, removed and changed values, one line for each title of a slide."""
    old, new = _texts(before), _texts(after)
    for title in dict.fromkeys([*new, *old]):
        was, now = old.get(title, {}), new.get(title, {})
        changed = [
            text if key not in was else f"{text} (was {was[key]})" for key, text in now.items() if was.get(key) != text
        ]
        gone = [text for key, text in was.items() if key not in now]
        if changed:
            yield f"{title}: {_shortened(changed)}"
        if gone:
            yield f"{title}, no longer: {_shortened(gone)}"


def _shortened(texts: list[str]) -> str:
    rest = len(texts) - _MOST
    return "; ".join(map(spoken, texts[:_MOST])) + (f"; and {rest} more" if rest > 0 else "")


def _texts(facts: Facts) -> dict[str, dict[str, str]]:
    """For each title, the values to show, by a key that stays the same if the words change."""
    found: dict[str, dict[str, str]] = {}
    found["Meeting"] = {key: f"{key.replace('_', ' ')} {value}" for key, value in _map(facts, "meeting").items()}
    session = _map(facts, "session")
    if session:
        when = f"{session.get('date')}, {session.get('start')} to {session.get('end')}"
        found["Session"] = {"": ", ".join(filter(None, (when, session.get("room"))))}
        found["Materials"] = {name: name for name in _map(session, "materials")}
    found |= {title: dict(_map(facts, key)) for key, title in _LISTS.items()}
    found |= {title: dict(_map(_map(facts, "wg_changes"), key)) for key, title in _CHANGES.items()}
    found["WG chair changes"] = {wg: _chairs(wg, change) for wg, change in _map(facts, "chair_changes").items()}
    found["Directors of groups"] = {
        wg: f"{wg.upper()} {about['ad']}" for wg, about in _map(facts, "working_groups").items() if about.get("ad")
    }
    found["AD-sponsored drafts"] = {
        name: f"{name} ({draft.get('ad')}, {draft.get('status')})"
        for name, draft in _map(facts, "sponsored_drafts").items()
    }
    found["States of groups elsewhere"] = {wg: f"{wg} {state}" for wg, state in _map(facts, "related_states").items()}
    found["Documents"] = _numbers(_map(facts, "documents"), ("documents", "pages"))
    found["Reviews"] = _numbers(_map(facts, "reviews"), ("assigned", "completed", "on_time"))
    for number, row in _map(facts, "errata").items():
        found[f"Errata, IETF {number}"] = _numbers(row, ("open", "closed", "reported"))
    found["New mailing lists"] = {name: name for name in _map(facts, "new_lists")}
    return {title: texts for title, texts in found.items() if texts}


def _map(facts: Any, key: str) -> Facts:
    found = facts.get(key) if isinstance(facts, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _chairs(wg: str, change: Facts) -> str:
    ways = (("left", change.get("departures")), ("joined", change.get("additions")))
    return f"{wg.upper()}: " + ", ".join(f"{', '.join(names)} {way}" for way, names in ways if names)


def _numbers(fact: Facts, keys: tuple[str, ...]) -> dict[str, str]:
    return {key: f"{fact[key]:,} {key.replace('_', ' ')}" for key in keys if isinstance(fact.get(key), int)}


# The facts that only a person can supply, by the key in a meeting file, with a description.
BY_HAND = {
    "agenda": "the topics of the session and the minutes of each",
    "dispatch_outcomes": "the outcomes of the proposals in DISPATCH, from its minutes",
    "external_bodies": "the bodies outside the IETF to watch",
    "slides": "the talks of the day",
}


def comparable(before: Mapping[str, Plain], now: Mapping[str, Plain]) -> dict[str, Plain]:
    """The facts of the previous meeting with which those of this one may be compared."""
    return {key: fact for key, fact in before.items() if key in now and key not in OF_A_WINDOW}
