"""Facts -> Findings: a concluded group that is shown as active.

What: a group that is closed at this meeting, or whose fetched state is not in `alive` in templates/rules.yaml.
Why: lists of related groups are kept by hand and outlive the groups.
Bad: `related_groups: {taps: TAPS}` when TAPS has concluded
Good: `related_groups: {taps: null}`
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from deckgen.base import Meta
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject
from deckgen.source import Source, text_of

_SHOWN = ("groups", "related_groups", "research_groups", "iab_programs")


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    alive: Annotated[tuple[str, ...], Meta(description="The fetched states of a group that has not concluded.")] = ()


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every group that has concluded."""
    facts = subject.meeting.facts
    alive = options.alive
    states = {key: text_of(state) for key, state in subject.fact("related_states").items()}
    changes = facts.get("wg_changes")
    closed = changes.get("closed") if changes else None
    states |= {key: "closed since the last meeting" for key, _ in (closed.items() if closed else ())}
    for name in _SHOWN:
        shown = facts.get(name) or Source({}, facts.origin)
        for acronym, _ in shown.items():
            state = states.get(acronym, "")
            if state and state not in alive:
                hint = f"write `{name}: {{{acronym}: null}}` in meetings/{subject.meeting.name}.yaml"
                yield Finding(shown.key_origin(acronym), f"`{acronym}` in `{name}` is {state}", hint)
