"""A person of the datatracker -> the name on a slide, and the name of an area director's page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from deckgen.facts.words import plain_words

# The titles and suffixes that the datatracker leaves out of a plain name (its ietf/person/name.py).
_BEFORE = frozenset(
    (
        *("Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Miss", "Dr", "Dr.", "Doctor", "Prof", "Prof.", "Professor"),
        *("Sir", "Lady", "Dame", "Gen.", "Col.", "Maj.", "Capt.", "Lieut.", "Lt.", "Cmdr."),
    )
)
_BEFORE_INITIAL = frozenset(("M", "M.", "Sri"))
_AFTER = frozenset(("Jr", "Jr.", "II", "2nd", "III", "3rd", "Ph.D."))
_PARTICLE = re.compile(
    r" (?=(?:af|[aA]l|de|der|[dD]i|du|[eE]l|Hadi|in 't|Le|[sS]t\.?|ten|ter|[vV]an|van der|van 't|[vV]on|von der|zu) )"
)
_PAGE = re.compile(r"[^\W_](?:[\w.'’-]{0,78}[\w.])?")


def full_name(person: Mapping[str, Any]) -> str:
    """A person's full name as text for a slide."""
    return plain_words(person["name"], 80)


def page_name(person: Mapping[str, Any]) -> str:
    """`gunter.van.de.velde`: the end of the address of a director's page. Raises ValueError for a name without one."""
    page = (str(person.get("plain") or "") or _plain(str(person["name"]))).lower().replace(" ", ".")
    if not _PAGE.fullmatch(page):
        raise ValueError(f"{page!r} cannot name a page")
    return page


def _plain(name: str) -> str:
    """The first name and the last name with its particle, which the datatracker calls the plain name."""
    words = (re.sub(r"\s*\(.*\)$", "", name) or name).split()
    if len(words) > 2 and words[0] in _BEFORE_INITIAL and "." not in words[1]:
        words = words[1:]
    while len(words) > 1 and words[0] in _BEFORE:
        words = words[1:]
    if len(words) > 2 and words[-1] in _AFTER:
        words = words[:-1]
    if len(words) > 2:
        full = " ".join(words)
        first, *rest = _PARTICLE.split(full.lower() if full == full.upper() else full, maxsplit=1)
        words = [*first.split(), *rest]
    if len(words) < 2:
        return " ".join(words)
    first, last = words[0], words[-1]
    # A first word in capitals is a surname.
    return f"{last} {first.capitalize()}" if re.fullmatch("[A-Z-]+", first) else f"{first} {last}"
