"""Window -> related_states, and the related groups still active: the states of groups that people have chosen."""

from __future__ import annotations

from deckgen.facts.datatracker import slug
from deckgen.facts.gathered import Gathered, Sources
from deckgen.facts.window import CHOSEN, Window
from deckgen.source import Plain

_WORDS = {"conclude": "concluded", "bof": "a BoF", "bof-conc": "a BoF that ended", "abandon": "abandoned"}


def gather_related(sources: Sources, window: Window) -> Gathered:
    """The state of each chosen group; if the meeting file chooses none, the last chosen ones that are still active."""
    acronyms = sorted({acronym for groups in window.chosen.values() for acronym in groups})
    if not acronyms:
        return Gathered({}, ("related_groups: no meeting file lists related groups of other areas",))
    filters = {"acronym__in": ",".join(acronyms)}
    found = sources.tracker.objects("group/group", filters, max_objects=len(acronyms))
    slugs = {str(group["acronym"]): slug(group["state"]) for group in found}
    states: dict[str, Plain] = {one: _WORDS.get(slugs.get(one, ""), slugs.get(one, "not known")) for one in acronyms}
    facts: dict[str, Plain] = {"related_states": states}
    for key in CHOSEN:
        if key not in window.by_hand and window.chosen[key]:
            facts[key] = {one: label for one, label in window.chosen[key].items() if slugs.get(one) == "active"}
    human = []
    if "related_groups" in facts:
        human.append("related_groups: taken from the last meeting file that has any; are they still right?")
    closed = [f"{one} ({state})" for one, state in states.items() if state != "active"]
    human += [f"related_groups: no longer active: {', '.join(closed)}"] if closed else []
    return Gathered(facts, tuple(human))
