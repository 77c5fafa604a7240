"""Source -> Columns: short entries, filled down columns."""

from __future__ import annotations

from typing import Any, ClassVar

from deckgen.deck.kinds.common import CALLOUT, GROUP, Grouped
from deckgen.deck.read import Reader, whole
from deckgen.problems import fatal
from deckgen.schema.declare import OPTIONAL, Declaration, list_of
from deckgen.source import Source

_MAX_COLUMNS = 4


class Columns(Grouped, kw_only=True):
    """Short entries filled down one to four columns, in labelled groups or none."""

    kind: ClassVar = Declaration(
        "columns",
        "short entries, filled down one to four columns",
        {
            "items": list_of(OPTIONAL, "The entries, filled down the columns.", examples=[["ACME", "TLS"]]),
            "groups": list_of(GROUP, "Labelled entries, instead of `items`.", 8, minItems=1),
            "columns": {
                "type": "integer",
                "minimum": 1,
                "maximum": _MAX_COLUMNS,
                "default": _MAX_COLUMNS,
                "description": "How many columns, at most.",
                "examples": [3],
            },
            "callout": CALLOUT,
        },
    )
    columns: int

    @classmethod
    def read(cls, reader: Reader, source: Source, common: dict[str, Any]) -> Columns:
        """The slide that `source` describes. Raises DeckError."""
        columns = whole(source.get("columns"), _MAX_COLUMNS)
        groups = reader.groups(source)
        for item in (item for group in groups for item in group.items if item.line):
            raise fatal(item.text.origin, "wrong-value", "a block of code cannot be in columns", "use `kind: bullets`")
        for item in (item for group in groups for item in group.items if item.number):
            raise fatal(
                item.text.origin, "wrong-value", "the entries of columns have no numbers", "use `kind: bullets`"
            )
        return cls(**common, groups=groups, columns=columns, callout=reader.maybe(source, "callout"))
