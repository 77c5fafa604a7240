"""`templates/rules.yaml` -> Options: the options of every rule; a rule with its own options adds them."""

from __future__ import annotations

from typing import Annotated, Literal

from deckgen.base import Frozen, Meta, field
from deckgen.meeting import Id, Meeting


class Part(Frozen, forbid_unknown_fields=True):
    """A mapping of the file: its keys are the fields."""


class Options(Part):
    """The options of a rule."""

    severity: Annotated[
        Literal["error", "warning", "off"],
        Meta(description="How severe it is: an error stops the build, `off` switches the rule off."),
    ] = "warning"


class Span(Part):
    """The meetings for which something holds."""

    first: Annotated[Id | None, Meta(description="The first meeting it holds for.")] = field(default=None, name="from")
    last: Annotated[Id | None, Meta(description="The last meeting it holds for.")] = field(default=None, name="until")

    def holds(self, meeting: Meeting) -> bool:
        """Whether the meeting is one of them."""
        return meeting.order.holds(meeting.id, self.first, self.last)
