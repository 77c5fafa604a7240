"""Facts -> Problems: a group that is shown as if it worked, and does not any more.

What: a group that this meeting says is closed, or whose fetched state is not one of `alive` in templates/rules.yaml.
Why: lists of related groups are kept by hand and outlive the groups.
Bad: `related_groups: {taps: TAPS}` when TAPS has concluded
Good: `related_groups: {taps: null}`
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.problems import Problem
from deckgen.rules.subject import Subject
from deckgen.source import Source, text_of

_SHOWN = ("groups", "related_groups", "research_groups", "iab_programs")


def check(subject: Subject, settings: Source) -> Iterator[Problem]:
    """A problem for every group that is over."""
    facts = subject.meeting.facts
    alive = {text_of(word) for word in settings.get("alive") or ()}
    states = {key: text_of(state) for key, state in (facts.get("related_states") or settings.without()).items()}
    changes = facts.get("wg_changes")
    closed = changes.get("closed") if changes else None
    states |= {key: "closed since the last meeting" for key, _ in (closed.items() if closed else ())}
    for name in _SHOWN:
        shown = facts.get(name) or Source({}, facts.origin)
        for acronym, _ in shown.items():
            state = states.get(acronym, "")
            if state and state not in alive:
                hint = f"in meetings/{subject.meeting.number}.yaml: `{name}: {{{acronym}: null}}`"
                yield Problem(shown.key_origin(acronym), "", f"`{acronym}` in `{name}` is {state}", hint)
