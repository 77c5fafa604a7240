"""Facts -> Findings: a meeting that is missing in the table of errata.

What: of the last `meetings` in templates/rules.yaml, one that has no errata, while an earlier one has.
Why: nothing on the slide shows that the row and the bar are missing, and the sums across the gap cannot be compared.
Bad: errata of IETF 123 and 125, and none of IETF 124
Good: `errata: {"124": {open: 195}}` in meetings/124.yaml, or `errata: {"124": null}` if nobody knows
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from deckgen.base import Meta
from deckgen.expressions import names_in
from deckgen.meeting.load import MEETINGS, meeting_number
from deckgen.problems import Origin
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    meetings: Annotated[int, Meta(ge=1, description="How many earlier meetings are checked.")] = 8


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every such earlier meeting, in the file of this one."""
    meeting = subject.meeting
    errata, own = meeting.facts.get("errata"), meeting.layers[-1]
    if errata is None or "errata" not in names_in(meeting.slides):
        return
    known = {number for key, _ in errata.items() if (number := meeting_number(key))}
    first = max(min(known, default=meeting.number), meeting.number - options.meetings)
    mine = own.get("errata")
    place = own.key_origin("errata") if mine else Origin(own.origin.path)
    for number in range(first + 1, meeting.number):
        if number in known or meeting.history.leaves_out("errata", number) or (mine and mine.get(str(number))):
            continue
        hint = f'write `errata: {{"{number}": {{open: ...}}}}` in {MEETINGS}/{number}.yaml, or null if it is not known'
        yield Finding(place, f"no file has the errata of IETF {number}, so its row is missing", hint)
