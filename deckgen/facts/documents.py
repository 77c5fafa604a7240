"""Window -> documents: how many documents and pages the area's working groups have, and each of them."""

from __future__ import annotations

from typing import Any

from deckgen.facts.asking import NoAnswer
from deckgen.facts.gathered import Gathered, Sources
from deckgen.facts.window import Window
from deckgen.facts.words import is_acronym
from deckgen.source import Plain


def gather_documents(sources: Sources, window: Window) -> Gathered:
    """The numbers behind the chart on the datatracker's page of working groups: three years of drafts and RFCs."""
    rows: Any = sources.tracker.document("group/groupstats.json")
    if not isinstance(rows, list) or not all(isinstance(row, dict) and "id" in row for row in rows):
        raise NoAnswer("the answer is no statistics of groups")
    own = next((row for row in rows if row["id"] == window.area), None)
    if own is None:
        raise NoAnswer(f"the statistics have no row `{window.area}`")
    groups: dict[str, Plain] = {
        row["id"]: _counted(row)
        for row in sorted(rows, key=lambda row: str(row["id"]))
        if row.get("parent") == window.area and is_acronym(row["id"])
    }
    return Gathered({"documents": {**_counted(own), "groups": groups}})


def _counted(row: dict[str, Any]) -> dict[str, Plain]:
    return {"documents": int(row["docs"]), "pages": int(row["pages"])}
