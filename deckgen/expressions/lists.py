"""Lists and mappings -> parts, orders, groups, text and sums of them; the work is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from itertools import groupby
from typing import Any

from deckgen.expressions.conditions import Conditions, unordered
from deckgen.expressions.errors import UndefinedError, kind, mistake, number
from deckgen.expressions.lookup import Group, found, sound
from deckgen.expressions.meter import Meter, joined, like, worded

Filter = Callable[..., Any]


class Lists:
    """The filters of lists; `apply` applies a filter by its name, for `map`."""

    def __init__(self, meter: Meter, conditions: Conditions, apply: Filter) -> None:
        self._meter, self._conditions, self._apply = meter, conditions, apply

    def filters(self) -> dict[str, Filter]:
        """The filters by name."""
        return {
            **{"commas": self.commas, "count": self.length, "dictsort": self.dictsort, "first": self.first},
            **{"groupby": self.groupby, "join": self.join, "last": self.last, "length": self.length},
            **{"list": self.as_list, "map": self.map, "max": self.max, "min": self.min, "names": self.names},
            **{"reject": self.reject, "rejectattr": self.rejectattr, "reverse": self.reverse},
            **{"select": self.select, "selectattr": self.selectattr, "sort": self.sort, "sum": self.sum},
            "unique": self.unique,
        }

    def _listed(self, name: str, values: Any, text: bool = False) -> list[Any]:
        if (isinstance(values, str) and not text) or not isinstance(values, Iterable):
            hint = "`[...]` makes one value a list" if isinstance(values, str) else ""
            raise mistake(f"`{name}` needs a list, not {kind(values)}", hint)
        listed = list(values)
        self._meter.spend(10 * len(listed))
        return listed

    def commas(self, values: Any) -> str:
        """`a, b, c`."""
        return self._written(self._listed("commas", values), ", ")

    def names(self, values: Any) -> str:
        """`a`, `a and b`, `a, b and c`."""
        listed = self._listed("names", values)
        text = joined(filter(None, (self._written(listed[:-1], ", "), joined(listed[-1:]))), " and ")
        return like(text, listed[0] if listed else None)

    def join(self, values: Any, d: Any = "", attribute: Any = None) -> str:
        """All values with `d` between them."""
        listed = self._listed("join", values)
        return self._written([self._part(value, attribute) for value in listed], worded(d))

    def _written(self, listed: list[Any], between: str) -> str:
        text = joined(listed, between)
        self._meter.spend(8 * len(listed) + len(text) // 10)
        return like(text, listed[0] if listed else None)

    def length(self, value: Any) -> int:
        """How many values a list or a mapping has, or how many characters text has."""
        if not isinstance(value, Sized):
            raise mistake(f"{kind(value)} has no length")
        return len(value)

    def first(self, seq: Any) -> Any:
        """The first value, or character."""
        return self._end("first", seq, 0)

    def last(self, seq: Any) -> Any:
        """The last value, or character."""
        return self._end("last", seq, -1)

    def _end(self, name: str, seq: Any, index: int) -> Any:
        listed = self._listed(name, seq, text=True)
        return listed[index] if listed else UndefinedError("", text=f"an empty list has no `{name}`")

    def as_list(self, value: Any) -> list[Any]:
        """The keys of a mapping, the characters of text, or the values of anything else, as a list."""
        return self._listed("list", value, text=True)

    def reverse(self, value: Any) -> Any:
        """The values, or characters, in reverse order."""
        listed = self._listed("reverse", value, text=True)[::-1]
        return like("".join(listed), value) if isinstance(value, str) else listed

    def map(self, values: Any, *filter: Any, attribute: Any = None, default: Any = None, **named: Any) -> list[Any]:
        """One part of each value, such as `1.pages`; or the result of a named filter for each."""
        listed = self._listed("map", values)
        if filter:
            settings = {"attribute": attribute, "default": default}
            named |= {key: value for key, value in settings.items() if value is not None}
            self._meter.spend(50 * len(listed))
            return [sound(self._apply(worded(filter[0]), value, filter[1:], named)) for value in listed]
        if attribute is None or named:
            raise mistake("`map` needs a part or a filter", "such as `map(attribute='ad')` or `map('upper')`")
        return [self._part(value, attribute, default) for value in listed]

    def select(self, values: Any, *test: Any) -> list[Any]:
        """The values for which a test holds."""
        listed = self._listed("select", values)
        return [value for value in listed if self._holds(value, test)]

    def reject(self, values: Any, *test: Any) -> list[Any]:
        """The values for which a test does not hold."""
        listed = self._listed("reject", values)
        return [value for value in listed if not self._holds(value, test)]

    def selectattr(self, values: Any, attribute: Any, *test: Any) -> list[Any]:
        """The values with a part for which a test holds: `selectattr('open', 'gt', 0)`."""
        listed = self._listed("selectattr", values)
        return [value for value in listed if self._holds(self._sought(value, attribute), test)]

    def rejectattr(self, values: Any, attribute: Any, *test: Any) -> list[Any]:
        """The values with a part for which a test does not hold."""
        listed = self._listed("rejectattr", values)
        return [value for value in listed if not self._holds(self._sought(value, attribute), test)]

    def _holds(self, value: Any, test: Sequence[Any]) -> bool:
        self._meter.spend(40)
        if not test:
            return bool(sound(value))
        return self._conditions.holds(worded(test[0]), value, test[1:], {})

    def sort(self, value: Any, reverse: Any = False, case_sensitive: Any = False, attribute: Any = None) -> list[Any]:
        """The values sorted, by parts such as `1.pages` or `city,name` if given; case is ignored by default."""
        listed = self._listed("sort", value)
        parts = attribute.split(",") if isinstance(attribute, str) else [attribute]
        keys = [[self._key(one, part, case_sensitive) for part in parts] for one in listed]
        return self._sorted(listed, keys, reverse)

    def dictsort(self, value: Any, case_sensitive: Any = False, by: Any = "key", reverse: Any = False) -> list[Any]:
        """The pairs of a mapping, sorted by key or by value."""
        if not isinstance(value, Mapping):
            raise mistake(f"`dictsort` needs a mapping, not {kind(value)}", "`sort` sorts a list")
        if by not in ("key", "value"):
            raise mistake("`dictsort` sorts by key or by value only", "`by='key'` or `by='value'`")
        pairs = self._listed("dictsort", value.items())
        keys = [self._key(pair[by == "value"], None, case_sensitive) for pair in pairs]
        return self._sorted(pairs, keys, reverse)

    def _sorted(self, values: list[Any], keys: list[Any], reverse: Any) -> list[Any]:
        self._meter.put_in_order(keys)
        try:
            order = sorted(range(len(values)), key=keys.__getitem__, reverse=bool(reverse))
        except TypeError:
            raise unordered(*_leaves(keys)) from None
        return [values[index] for index in order]

    def groupby(self, value: Any, attribute: Any, default: Any = None, case_sensitive: Any = False) -> list[Any]:
        """Pairs of a part and the values that have it, sorted by the part."""
        listed = self._listed("groupby", value)
        parts = [self._part(one, attribute, default) for one in listed]
        keys = [self._folded(part, case_sensitive) for part in parts]
        order = self._sorted([*range(len(listed))], keys, False)
        self._meter.look_through(keys)
        groups = [[*indices] for _, indices in groupby(order, keys.__getitem__)]
        return [Group((parts[indices[0]], [listed[index] for index in indices])) for indices in groups]

    def min(self, value: Any, case_sensitive: Any = False, attribute: Any = None) -> Any:
        """The smallest value."""
        return self._extreme("min", min, value, case_sensitive, attribute)

    def max(self, value: Any, case_sensitive: Any = False, attribute: Any = None) -> Any:
        """The largest value."""
        return self._extreme("max", max, value, case_sensitive, attribute)

    def _extreme(self, name: str, of: Filter, value: Any, case_sensitive: Any, attribute: Any) -> Any:
        listed = self._listed(name, value)
        if not listed:
            return UndefinedError("", text=f"an empty list has no `{name}`")
        keys = [self._key(one, attribute, case_sensitive) for one in listed]
        self._meter.look_through(keys)
        try:
            return listed[of(range(len(listed)), key=keys.__getitem__)]
        except TypeError:
            raise unordered(*_leaves(keys)) from None

    def sum(self, iterable: Any, attribute: Any = None, start: Any = 0) -> Any:
        """The sum of the values, or of one part of each."""
        return sum((number(self._part(value, attribute)) for value in self._listed("sum", iterable)), number(start))

    def unique(self, value: Any, case_sensitive: Any = False, attribute: Any = None) -> list[Any]:
        """Each value once, in the given order; case is ignored by default."""
        found: dict[Any, Any] = {}
        for one in self._listed("unique", value):
            key = self._key(one, attribute, case_sensitive)
            if not isinstance(key, (str, int, float, type(None))):
                raise mistake(f"`unique` needs text or numbers, not {kind(key)}", "`attribute='...'` names a part")
            found.setdefault(key, one)
        return [*found.values()]

    def _part(self, value: Any, attribute: Any, default: Any = None) -> Any:
        """A part of a value. Raises UndefinedError."""
        return sound(self._sought(value, attribute, default))

    def _sought(self, value: Any, attribute: Any, default: Any = None) -> Any:
        """A part of a value, such as `1.pages`, or the default; an UndefinedError if there is neither."""
        if attribute is None:
            return value
        steps = attribute.split(".") if isinstance(attribute, str) else [attribute]
        self._meter.spend(20 * len(steps))
        for step in steps:
            value = found(value, int(step) if isinstance(step, str) and step.isdecimal() else step)
            if isinstance(value, UndefinedError) and default is not None:
                value = default
        return value

    def _key(self, value: Any, attribute: Any, case_sensitive: Any) -> Any:
        return self._folded(self._part(value, attribute), case_sensitive)

    def _folded(self, value: Any, case_sensitive: Any) -> Any:
        if case_sensitive or not isinstance(value, str):
            return value
        self._meter.spend(len(value) // 3)
        return value.lower()


def _leaves(keys: Iterable[Any]) -> Iterator[Any]:
    """The values that are compared when these keys are sorted."""
    for key in keys:
        yield from key if isinstance(key, list) else (key,)
