"""Window -> documents: the number of documents and pages of the area's working groups, in total and for each group."""

from __future__ import annotations

from typing import Any

from deckgen.facts.asking import NoAnswer
from deckgen.facts.datatracker import each
from deckgen.facts.gathered import Gathered, Sources
from deckgen.facts.window import Window
from deckgen.facts.words import is_acronym
from deckgen.source import Plain


def gather_documents(sources: Sources, window: Window) -> Gathered:
    """The numbers of the chart on the datatracker's page of working groups: drafts and RFCs of three years."""
    rows: Any = sources.tracker.document("group/groupstats.json")
    if not isinstance(rows, list):
        raise NoAnswer("the answer does not have statistics of groups")
    read = each(rows, lambda row: (row["id"], row.get("parent"), _counted(row)), "rows", sources.tracker.strange)
    own = next((counted for id, _, counted in read if id == window.area), None)
    if own is None:
        raise NoAnswer(f"the statistics have no row `{window.area}`")
    if not own["documents"]:
        raise NoAnswer(f"the statistics have no documents of the area {window.area}")
    groups: dict[str, Plain] = {id: counted for id, parent, counted in read if parent == window.area and is_acronym(id)}
    return Gathered({"documents": {**own, "groups": dict(sorted(groups.items()))}})


def _counted(row: dict[str, Any]) -> dict[str, Plain]:
    return {"documents": int(row["docs"]), "pages": int(row["pages"])}
