"""Window -> chair_changes: who left and who joined since the meeting before, several edits composed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from deckgen.facts.datatracker import Object
from deckgen.facts.gathered import Gathered, Sources, area_groups, working_groups
from deckgen.facts.times import moment
from deckgen.facts.window import Window, within
from deckgen.facts.words import clean, is_acronym, neutral
from deckgen.source import Plain

_CHANGED = re.compile(r"Chairs changed to <b>(.*?)</b>(?: from (.*))?", re.DOTALL)
# "John Smith, Jr." is one name, though the text joins names by commas.
_SUFFIX = re.compile(r"(?:Jr|Sr|I{2,3}|IV|Ph\.?D|M\.?D)\.?")


def gather_chairs(sources: Sources, window: Window) -> Gathered:
    """Chairs who left and who joined, by the acronym of the group."""
    groups = area_groups(sources.tracker, window)
    filters = {
        "type": "info_changed",
        "desc__contains": "Chairs changed",
        "group__parent__acronym": window.area,
        **within(window, "time"),
    }
    events = sources.tracker.objects("group/groupevent", filters, related=lambda event: event["group"] in groups)
    fact: dict[str, Plain] = {}
    ours = working_groups(sources.tracker, window)
    changes = {ours[uri]["acronym"]: change for uri, change in compose_edits(events).items() if uri in ours}
    for acronym in sorted(filter(is_acronym, changes)):
        left, joined = changes[acronym]
        change: dict[str, Plain] = {"departures": [*left]} if left else {}
        fact[acronym] = change | ({"additions": [*joined]} if joined else {})
    return Gathered({"chair_changes": fact})


def compose_edits(events: Iterable[Object]) -> dict[str, tuple[list[str], list[str]]]:
    """Departures and additions by the URI of the group: those before the first edit against those after the last."""
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for event in sorted(events, key=lambda event: (moment(event["time"]), event["id"])):
        match = _CHANGED.search(str(event["desc"]))
        if match is None:
            continue
        before.setdefault(event["group"], _names(match[2] or ""))
        after[event["group"]] = _names(match[1])
    net = {
        uri: (
            [neutral(name, 80) for name in before[uri] if name not in now],
            [neutral(name, 80) for name in now if name not in before[uri]],
        )
        for uri, now in after.items()
    }
    return {uri: change for uri, change in net.items() if any(change)}


def _names(text: str) -> list[str]:
    names: list[str] = []
    for part in clean(text, 2000).split(", "):
        if names and _SUFFIX.fullmatch(part):
            names[-1] += f", {part}"
        elif part and part != "None":
            names.append(part)
    return names
