"""Part -> gatherer: the subjects that can be fetched, in the order of a facts file."""

from __future__ import annotations

from deckgen.base import Frozen
from deckgen.facts.chairs import gather_chairs
from deckgen.facts.changes import gather_changes
from deckgen.facts.documents import gather_documents
from deckgen.facts.drafts import gather_drafts
from deckgen.facts.errata import gather_errata
from deckgen.facts.gathered import Gatherer
from deckgen.facts.groups import gather_groups
from deckgen.facts.lists import gather_lists
from deckgen.facts.meeting import gather_directors, gather_meeting, gather_session
from deckgen.facts.related import gather_related
from deckgen.facts.reviews import gather_reviews
from deckgen.facts.window import CHOSEN


class Part(Frozen):
    """A subject, the keys of a facts file that it fills, and the function that gathers them."""

    facts: tuple[str, ...]
    gather: Gatherer


PARTS: dict[str, Part] = {
    "meeting": Part(("meeting",), gather_meeting),
    "session": Part(("session",), gather_session),
    "directors": Part(("directors",), gather_directors),
    "groups": Part(("groups", "working_groups"), gather_groups),
    "wg-changes": Part(("wg_changes",), gather_changes),
    "chair-changes": Part(("chair_changes",), gather_chairs),
    "sponsored-drafts": Part(("sponsored_drafts",), gather_drafts),
    "related-groups": Part((*CHOSEN, "related_states"), gather_related),
    "documents": Part(("documents",), gather_documents),
    "reviews": Part(("reviews",), gather_reviews),
    "errata": Part(("errata", "errata_snapshot"), gather_errata),
    "new-lists": Part(("new_lists", "lists"), gather_lists),
}
