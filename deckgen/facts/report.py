"""Facts before × facts after -> FetchReport: what is new, what failed, and what only a person can supply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from deckgen.base import Frozen
from deckgen.facts.words import spoken
from deckgen.source import Plain

Facts = Mapping[str, Any]
# By what a slide calls them: what became of groups, and lists of which only the members are told.
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
# Of these, the snapshot of the meeting before says other things: they happened before it.
OF_A_WINDOW = ("session", "wg_changes", "chair_changes", "reviews", "new_lists", "errata")
_MOST = 12


class FetchReport(Frozen):
    """What one fetch did. `failed` are the parts that keep their old snapshot, with the reasons.

    `changes` are in the words of the slides, `human` is what somebody should look at, and `by_hand` what nobody
    but a person knows. `examples` are lines for the meeting's file, one for each fact that failed and is not there.
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
    """What is new, gone, or another value, one line for each thing that a slide has a name for."""
    old, new = _said(before), _said(after)
    for title in dict.fromkeys([*new, *old]):
        was, now = old.get(title, {}), new.get(title, {})
        told = [
            text if key not in was else f"{text} (was {was[key]})" for key, text in now.items() if was.get(key) != text
        ]
        gone = [text for key, text in was.items() if key not in now]
        if told:
            yield f"{title}: {_shortened(told)}"
        if gone:
            yield f"{title}, no longer: {_shortened(gone)}"


def _shortened(texts: list[str]) -> str:
    rest = len(texts) - _MOST
    return "; ".join(map(spoken, texts[:_MOST])) + (f"; and {rest} more" if rest > 0 else "")


def _said(facts: Facts) -> dict[str, dict[str, str]]:
    """For each title, what is to be said, by a key that stays where the words change."""
    said: dict[str, dict[str, str]] = {}
    said["Meeting"] = {key: f"{key.replace('_', ' ')} {value}" for key, value in _map(facts, "meeting").items()}
    session = _map(facts, "session")
    if session:
        when = f"{session.get('date')}, {session.get('start')} to {session.get('end')}"
        said["Session"] = {"": ", ".join(filter(None, (when, session.get("room"))))}
        said["Materials"] = {name: name for name in _map(session, "materials")}
    said |= {title: dict(_map(facts, key)) for key, title in _LISTS.items()}
    said |= {title: dict(_map(_map(facts, "wg_changes"), key)) for key, title in _CHANGES.items()}
    said["WG chair changes"] = {wg: _chairs(wg, change) for wg, change in _map(facts, "chair_changes").items()}
    said["Directors of groups"] = {
        wg: f"{wg.upper()} {about['ad']}" for wg, about in _map(facts, "working_groups").items() if about.get("ad")
    }
    said["AD-sponsored drafts"] = {
        name: f"{name} ({draft.get('ad')}, {draft.get('status')})"
        for name, draft in _map(facts, "sponsored_drafts").items()
    }
    said["States of groups elsewhere"] = {wg: f"{wg} {state}" for wg, state in _map(facts, "related_states").items()}
    said["Documents"] = _numbers(_map(facts, "documents"), ("documents", "pages"))
    said["Reviews"] = _numbers(_map(facts, "reviews"), ("assigned", "completed", "on_time"))
    for number, row in _map(facts, "errata").items():
        said[f"Errata, IETF {number}"] = _numbers(row, ("open", "closed", "reported"))
    said["New mailing lists"] = {name: name for name in _map(facts, "new_lists")}
    return {title: texts for title, texts in said.items() if texts}


def _map(facts: Any, key: str) -> Facts:
    found = facts.get(key) if isinstance(facts, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _chairs(wg: str, change: Facts) -> str:
    ways = (("left", change.get("departures")), ("joined", change.get("additions")))
    return f"{wg.upper()}: " + ", ".join(f"{', '.join(names)} {way}" for way, names in ways if names)


def _numbers(fact: Facts, keys: tuple[str, ...]) -> dict[str, str]:
    return {key: f"{fact[key]:,} {key.replace('_', ' ')}" for key in keys if isinstance(fact.get(key), int)}


# What no server knows, and when it is still to be written: for each key of a meeting file what it is.
BY_HAND = {
    "agenda": "the topics of the session and the minutes of each",
    "dispatch_outcomes": "what became of the proposals that DISPATCH heard: the minutes say it",
    "external_bodies": "the bodies outside the IETF to keep an eye on",
    "slides": "the talks of the day",
}


def comparable(before: Mapping[str, Plain], now: Mapping[str, Plain]) -> dict[str, Plain]:
    """Of the facts of the meeting before, those that the facts of this one may be compared with."""
    return {key: fact for key, fact in before.items() if key in now and key not in OF_A_WINDOW}
