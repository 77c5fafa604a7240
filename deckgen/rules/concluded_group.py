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
from deckgen.source import text_of


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    alive: Annotated[tuple[str, ...], Meta(description="The fetched states of a group that has not concluded.")] = ()
    states: Annotated[str, Meta(description="The fact that has the state of each group.")] = ""
    closed: Annotated[str, Meta(description="The groups that closed since the last meeting, as `fact.key`.")] = ""
    shown: Annotated[tuple[str, ...], Meta(description="The facts that have the groups to show.")] = ()


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every group that has concluded."""
    states = {key: text_of(state) for key, state in subject.part(options.states).items()}
    states |= {key: "closed since the last meeting" for key, _ in subject.part(options.closed).items()}
    for name in options.shown:
        shown = subject.part(name)
        for acronym, _ in shown.items():
            state = states.get(acronym, "")
            if state and state not in options.alive:
                hint = f"write `{name}: {{{acronym}: null}}` in meetings/{subject.meeting.name}.yaml"
                yield Finding(shown.key_origin(acronym), f"`{acronym}` in `{name}` is {state}", hint)
