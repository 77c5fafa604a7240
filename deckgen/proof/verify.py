"""A .pptx -> Problems: what makes PowerPoint repair the file, and what a screen reader cannot announce."""

from __future__ import annotations

from deckgen.problems import DeckError, Problem, in_order
from deckgen.proof.access import check_alt_texts, check_titles
from deckgen.proof.charts import check_charts
from deckgen.proof.container import check_names, check_references, check_relations, check_types
from deckgen.proof.package import MAX_BYTES, read_package
from deckgen.proof.presentation import check_ids, check_kinship, check_notes, check_sections
from deckgen.proof.shapes import check_backgrounds, check_extents, check_shape_ids, check_texts
from deckgen.proof.tables import check_tables

__all__ = ["CHECKS", "MAX_BYTES", "verify"]

CHECKS = (
    check_names,
    check_types,
    check_relations,
    check_references,
    check_ids,
    check_kinship,
    check_sections,
    check_notes,
    check_shape_ids,
    check_extents,
    check_backgrounds,
    check_texts,
    check_tables,
    check_charts,
    check_titles,
    check_alt_texts,
)


def verify(data: bytes, name: str) -> list[Problem]:
    """Every fault of the presentation `name`; the origin of each is `name!/part`.

    The file is untrusted: nothing is fetched, no entity is expanded, and a file that is too large is refused.
    """
    try:
        package = read_package(data, name)
    except DeckError as error:
        return list(error.problems)
    found = [problem for check in CHECKS for problem in check(package)]
    return list(in_order([*package.unreadable, *found]))
