"""Filter name × value -> the result of the filter, within limits.

Filters that Jinja has too return the same values. Only where Jinja silently shows something wrong (0 for text that is
not a number, the characters of text instead of a list, `None` for null) do ours report it, or show nothing for null.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from deckgen.expressions import arguments
from deckgen.expressions.conditions import Conditions
from deckgen.expressions.errors import UndefinedError, called, mistake
from deckgen.expressions.lists import Lists
from deckgen.expressions.lookup import sound
from deckgen.expressions.meter import Meter, bounded
from deckgen.expressions.texts import Texts
from deckgen.problems import nearest


class Filters:
    """The filters of a deck, their work counted by `meter`."""

    def __init__(self, meter: Meter, conditions: Conditions) -> None:
        lists = Lists(meter, conditions, self.apply).filters()
        self._filters: Mapping[str, Callable[..., Any]] = {**Texts(meter).filters(), **lists}
        self.names = (*sorted([*self._filters, "default"]), "d")

    def apply(self, name: str, value: Any, given: Sequence[Any], named: Mapping[str, Any]) -> Any:
        """The result of the filter; an UndefinedError if there is none. Raises ExpressionError."""
        if name in ("default", "d"):
            return arguments.call(name, _default, value, given, named)
        if name not in self._filters:
            hint = nearest(name, self.names) or f"one of {', '.join(self.names[:-1])}"
            raise mistake(f"{called(name)} is not a filter", hint)
        return bounded(arguments.call(name, self._filters[name], sound(value), given, named))


def _default(value: Any, default_value: Any = "", boolean: Any = False) -> Any:
    """The value, or `default_value` if it is not defined (or, with `boolean`, empty)."""
    return default_value if isinstance(value, UndefinedError) or (boolean and not value) else value
