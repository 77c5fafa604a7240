"""Facts -> Findings: a group that is both new and closed, or both rechartered and in rechartering.

What: one acronym under two changes of which only one can be.
Why: the slide would show both.
Bad: `changes: {new: {hpke: HPKE}, closed: {hpke: HPKE}}`
Good: `changes: {new: {hpke: HPKE}}`
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from deckgen.base import Meta
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    either: Annotated[
        tuple[Annotated[tuple[str, ...], Meta(min_length=2, max_length=2)], ...],
        Meta(description="Pairs of facts of which only one can have a group."),
    ] = ()


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every group that is listed twice, at the second one."""
    for one, other in options.either:
        first, second = subject.part(one), subject.part(other)
        for acronym, _ in second.items():
            if first.get(acronym):
                names = (f"under `{path.rpartition('.')[2]}`" for path in (other, one))
                yield Finding(
                    second.key_origin(acronym), f"`{acronym}` is {' and '.join(names)}", "keep one of the two"
                )
