"""Facts -> Findings: a meeting that is missing in a table with a row for each, such as that of errata.

What: of the last `meetings`, one that has no row in the fact `fact`, while an earlier one has.
Why: nothing on the slide shows that the row and the bar are missing, and the sums across the gap cannot be compared.
Bad: errata of meetings 123 and 125, and none of meeting 124
Good: `errata: {"124": {open: 195}}` in meetings/124.yaml, or `errata: {"124": null}` if nobody knows
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from deckgen.base import Meta
from deckgen.expressions import names_in
from deckgen.problems import Origin
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    fact: Annotated[str, Meta(description="The fact that has a row for each meeting.")] = ""
    meetings: Annotated[int, Meta(ge=1, description="How many earlier meetings are checked.")] = 8


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every such earlier meeting, in the file of this one."""
    meeting, fact = subject.meeting, options.fact
    rows, own = meeting.facts.get(fact), meeting.layers[-1]
    if rows is None or fact not in names_in(meeting.slides):
        return
    known = sorted((key for key, _ in rows.items() if meeting.order.knows(key)), key=meeting.order.rank)
    between = meeting.order.between(known[0], meeting.id) if known else []
    mine = own.get(fact)
    place = own.key_origin(fact) if mine else Origin(own.origin.path)
    for id in between[max(0, len(between) + 1 - options.meetings) :]:
        if id in known or meeting.history.leaves_out(fact, id) or (mine and mine.get(id)):
            continue
        hint = f'write `{fact}: {{"{id}": {{open: ...}}}}` in {meeting.file_of(id)}, or null if it is not known'
        yield Finding(place, f"no file has the {fact} of {meeting.order.label(id)}, so its row is missing", hint)
