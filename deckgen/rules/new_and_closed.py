"""Facts -> Findings: a group that is both new and closed, or both rechartered and in rechartering.

What: one acronym under two changes of which only one can be.
Why: the slide would show both.
Bad: `wg_changes: {new: {hpke: HPKE}, closed: {hpke: HPKE}}`
Good: `wg_changes: {new: {hpke: HPKE}}`
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject

_EITHER = (("new", "closed"), ("rechartered", "rechartering"), ("new", "chartering"), ("new", "bofs"))


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every group that is listed twice, at the second one."""
    changes = subject.fact("wg_changes")
    for one, other in _EITHER:
        first, second = changes.get(one), changes.get(other)
        for acronym, _ in second.items() if second else ():
            if first and first.get(acronym):
                text = f"`{acronym}` is under `{other}` and under `{one}`"
                yield Finding((second or changes).key_origin(acronym), text, "keep one of the two")
