"""Facts -> Findings: a working group that does not exist.

What: a group written by hand that is not in the fetched facts, or whose name is slightly different there.
Why: a wrong acronym on the slide sends people to a page that does not exist.
Bad: `groups: {scim: SKIM}`
Good: `groups: {scim: SCIM}`
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.problems import nearest
from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject
from deckgen.source import Source, text_of

_CHANGES = ("new", "closed", "rechartered", "rechartering")
_SHOWN = ("groups", "related_groups", "research_groups")


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every unknown acronym, and for every name that is not the group's."""
    known = _known(subject)
    for key, groups in _by_hand(subject) if known else ():
        for acronym, _ in groups.items():
            if acronym not in known:
                text = f"`{acronym}` in `{key}` is not a group in the fetched facts"
                yield Finding(groups.key_origin(acronym), text, nearest(acronym, known))
    for key in _SHOWN:
        for acronym, label in subject.fact(key).items():
            yield from _misnamed(acronym, label)


def _known(subject: Subject) -> set[str]:
    """Every acronym in the fetched facts, if there are any."""
    fetched = subject.meeting.layers[2]
    if fetched.get("groups") is None and fetched.get("working_groups") is None:
        return set()
    changes = fetched.get("wg_changes")
    places = [*(fetched.get(key) for key in (*_SHOWN, "working_groups", "related_states", "chair_changes"))]
    places += [child for _, child in changes.items()] if changes else []
    return {acronym for place in places if place for acronym, _ in place.items()}


def _by_hand(subject: Subject) -> Iterator[tuple[str, Source]]:
    own = subject.meeting.layers[3]
    changes = own.get("wg_changes")
    for key in ("groups", "chair_changes"):
        groups = own.get(key)
        if groups:
            yield key, groups
    for key in _CHANGES:
        groups = changes.get(key) if changes else None
        if groups:
            yield key, groups


def _misnamed(acronym: str, label: Source) -> Iterator[Finding]:
    shown = text_of(label)
    first = shown.split()[0] if shown.split() else ""
    if acronym.casefold() not in shown.casefold() and nearest(first, [acronym]):
        text = f"the group `{acronym}` is shown as `{first}`"
        hint = f"write `{acronym.upper()}`; or is the group `{first.lower()}`?"
        yield Finding(label.origin, text, hint)
