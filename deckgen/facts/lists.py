"""Window -> lists, new_lists: mailing lists without a working group, and those that the previous snapshot lacks."""

from __future__ import annotations

import re

from deckgen.facts.asking import NoAnswer
from deckgen.facts.datatracker import Datatracker, each
from deckgen.facts.gathered import Gathered, Sources
from deckgen.facts.window import Window
from deckgen.facts.words import clean, is_name, plain_words, untagged
from deckgen.source import Plain

_ROW = re.compile(r"<tr[^>]*>\s*<td[^>]*>(.*?)</td>\s*<td[^>]*>(.*?)</td>", re.DOTALL | re.IGNORECASE)


def gather_lists(sources: Sources, window: Window) -> Gathered:
    """All lists by name, and the new ones with their purpose; the datatracker has no creation dates."""
    purposes = _lists(sources.tracker)
    names: list[Plain] = [*sorted(purposes)]
    known = window.before.get("lists")
    if not isinstance(known, list):
        text = f"new_lists: there is no snapshot of IETF {window.previous} to compare with; name the new lists by hand"
        return Gathered({"lists": names}, (text,))
    new: dict[str, Plain] = {
        name: {"purpose": plain_words(purposes[name])} for name in sorted(purposes) if name not in known
    }
    human = (f"new_lists: which of these belong to the area? {', '.join(new)}",) if new else ()
    return Gathered({"lists": names, "new_lists": new}, human)


def _lists(tracker: Datatracker) -> dict[str, str]:
    """Purposes by name, from the API, or from the page of lists if the API lacks this model."""
    try:
        found = tracker.objects("mailinglists/nonwgmailinglist", {}, max_objects=5000)
        pairs = each(found, lambda one: (str(one["name"]), str(one["description"])), "lists", tracker.strange)
    except NoAnswer as error:
        if error.status != 404:
            raise
        rows = _ROW.findall(tracker.text("list/nonwg/"))
        pairs = [(untagged(name, 120), untagged(purpose)) for name, purpose in rows]
    if not pairs:
        raise NoAnswer("the answer has no lists")
    return dict(each(pairs, _named, "names of lists", tracker.strange))


def _named(pair: tuple[str, str]) -> tuple[str, str]:
    name = clean(pair[0], 120).lower()
    if not is_name(name):
        raise ValueError("cannot be a key")
    return name, pair[1]
