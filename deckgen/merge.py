"""Source over Source -> Source: JSON Merge Patch (RFC 7396), and `key+` to append to a list."""

from __future__ import annotations

from collections.abc import Iterable

from deckgen.problems import Origin, fatal
from deckgen.source import Source


def merge(lower: Source, upper: Source) -> Source:
    """`upper` laid over `lower`, every value keeping its own place.

    Mappings merge key by key, null removes, anything else replaces (RFC 7396, section 2);
    a key ending in `+` appends its list to the list below. Raises DeckError where `key+`
    meets something that is no list.
    """
    if not isinstance(upper.value, dict):
        return upper
    values = dict(lower.items())
    keys: dict[str, Origin] = dict(lower.keys)
    for key, patch in upper.items():
        name = key.removesuffix("+") if len(key) > 1 else key
        if name != key:
            values[name] = _appended(values.get(name), patch, upper.key_origin(key))
        elif patch.value is None:
            values.pop(name, None)
            continue
        else:
            values[name] = merge(values.get(name) or Source({}, patch.origin), patch)
        keys[name] = upper.key_origin(key)
    return Source(values, upper.origin, keys)


def merge_all(layers: Iterable[Source]) -> Source:
    """The layers merged, the lowest first."""
    result = Source({}, Origin(""))
    for layer in layers:
        result = merge(result, layer)
    return result


def _appended(below: Source | None, patch: Source, key: Origin) -> Source:
    if not isinstance(patch.value, tuple):
        raise fatal(patch.origin, "bad-append", "a key ending in `+` needs a list", "put `- ` before the value")
    if below is not None and not isinstance(below.value, tuple):
        raise fatal(key, "bad-append", f"there is no list to append to: {below.origin} holds another value")
    return Source((*(below or ()), *patch.value), patch.origin)
