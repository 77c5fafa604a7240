"""A value and its origin -> Source: the data between YAML text and slides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deckgen.base import Frozen, field
from deckgen.problems import Origin

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]
Value = None | bool | int | float | str | tuple["Source", ...] | dict[str, "Source"]

MAX_LEAF_LINES = 100  # a problem further down is reported at the first line


class Document(Frozen):
    """The lines of a file, to look for something inside a value or beside it."""

    name: str
    lines: tuple[str, ...]

    def line(self, number: int) -> str:
        """A line, counted from 1; empty if there is none."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def leaf(self, number: int) -> Iterator[str]:
        """The line on which a value begins, and those under it that are indented deeper, up to a hundred."""
        first = self.line(number)
        yield first
        indent = len(first) - len(first.lstrip())
        for line in self.lines[number : number + MAX_LEAF_LINES]:
            if line.strip() and len(line) - len(line.lstrip()) <= indent:
                return
            yield line


class Source(Frozen):
    """A value and its Origin. For a mapping, `keys` has the Origin of each key.

    `document` is the file that the value was read from; a computed value has none. `written` is a number as it is
    written there: version 3.10 is not 3.1.
    """

    value: Value
    origin: Origin
    keys: Mapping[str, Origin] = field(default_factory=dict)
    document: Document | None = None
    written: str = ""

    def get(self, key: str) -> Source | None:
        """The value under `key`; None if this is not a mapping or lacks the key."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def items(self) -> Iterator[tuple[str, Source]]:
        """Keys and values of a mapping; nothing for any other value."""
        return iter(self.value.items() if isinstance(self.value, dict) else ())

    def __iter__(self) -> Iterator[Source]:
        """The elements of a list; nothing for any other value."""
        return iter(self.value if isinstance(self.value, tuple) else ())

    def without(self, *names: str) -> Source:
        """This mapping without the keys `names`."""
        return Source({k: v for k, v in self.items() if k not in names}, self.origin, self.keys)

    def key_origin(self, key: str) -> Origin:
        """The origin of the key itself."""
        return self.keys.get(key, self.origin)


def unquoted(source: Source) -> Iterator[tuple[Source, Document]]:
    """Every value under this one that a file has without quotes, and that file."""
    for child in (*source, *(child for _, child in source.items())):
        yield from unquoted(child)
    if source.document is None or isinstance(source.value, (dict, tuple)):
        return
    at = source.origin.column
    if source.document.line(source.origin.line)[at - 1 : at] not in ("'", '"', "|", ">"):
        yield source, source.document


def plain(source: Source) -> Plain:
    """The value without its origins."""
    if isinstance(source.value, dict):
        return {key: plain(child) for key, child in source.value.items()}
    if isinstance(source.value, tuple):
        return [plain(child) for child in source.value]
    return source.value


def text_of(source: Source | None, default: str = "") -> str:
    """A scalar as text; `default` for null and for a missing value."""
    if source is None or source.value is None or isinstance(source.value, (dict, tuple)):
        return default
    return source.written or str(source.value)


def at(source: Source, path: list[str | int]) -> Source:
    """The value at the end of `path`, or the last one on the way that exists."""
    for step in path:
        child = (
            source.value[step]
            if isinstance(step, int) and isinstance(source.value, tuple) and step < len(source.value)
            else source.get(str(step))
        )
        if child is None:
            return source
        source = child
    return source
