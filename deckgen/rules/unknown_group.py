"""Facts -> Findings: a working group that does not exist.

What: a group written by hand that is not in the fetched facts, or whose name is slightly different there.
Why: a wrong acronym on the slide sends people to a page that does not exist.
Bad: `groups: {scim: SKIM}`
Good: `groups: {scim: SCIM}`
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from deckgen.base import Meta
from deckgen.problems import nearest
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject, part_of
from deckgen.source import Source, text_of


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    known: Annotated[
        tuple[str, ...], Meta(description="The fetched facts whose keys are groups, as `fact` or `fact.key`.")
    ] = ()
    needs: Annotated[tuple[str, ...], Meta(description="The facts of which one must be fetched.")] = ()
    by_hand: Annotated[tuple[str, ...], Meta(description="The facts whose keys must be known groups.")] = ()
    shown: Annotated[tuple[str, ...], Meta(description="The facts that have the name of each group.")] = ()


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every unknown acronym, and for every name that is not the group's."""
    _, _, fetched, own = subject.meeting.layers
    fetches = any(part_of(fetched, path).value for path in options.needs)
    known = {acronym for path in options.known for acronym, _ in part_of(fetched, path).items()} if fetches else set()
    for path in options.by_hand if known else ():
        groups = part_of(own, path)
        for acronym, _ in groups.items():
            if acronym not in known:
                text = f"`{acronym}` in `{path.rpartition('.')[2]}` is not a group in the fetched facts"
                yield Finding(groups.key_origin(acronym), text, nearest(acronym, known))
    for path in options.shown:
        for acronym, label in subject.part(path).items():
            yield from _misnamed(acronym, label)


def _misnamed(acronym: str, label: Source) -> Iterator[Finding]:
    shown = text_of(label)
    first = shown.split()[0] if shown.split() else ""
    if acronym.casefold() not in shown.casefold() and nearest(first, [acronym]):
        text = f"the group `{acronym}` is shown as `{first}`"
        hint = f"write `{acronym.upper()}`; or is the group `{first.lower()}`?"
        yield Finding(label.origin, text, hint)
