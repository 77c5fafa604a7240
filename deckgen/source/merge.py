"""Source over Source -> Source: JSON Merge Patch (RFC 7396), and `key+` to append to a list."""

from __future__ import annotations

from deckgen.problems import Origin, Problem, Result
from deckgen.source.source import Source


def merge(lower: Source, *layers: Source) -> Result[Source]:
    """The layers laid over `lower`, one after the other, every value keeping its own origin.

    Mappings merge key by key, null removes, anything else replaces (RFC 7396, section 2);
    a key ending in `+` appends its list to the list below, which must be a list or absent.
    """
    problems: list[Problem] = []
    for layer in layers:
        lower = _merge(lower, layer, problems)
    return Result(lower, tuple(problems))


def _merge(lower: Source, upper: Source, problems: list[Problem]) -> Source:
    if not isinstance(upper.value, dict):
        return upper
    values = dict(lower.items())
    keys: dict[str, Origin] = dict(lower.keys)
    for key, patch in upper.items():
        name = key.removesuffix("+") if len(key) > 1 else key
        if name != key:
            values[name] = _appended(values.get(name), patch, upper.key_origin(key), problems)
        elif patch.value is None:
            values.pop(name, None)
            continue
        else:
            values[name] = _merge(values.get(name) or Source({}, patch.origin), patch, problems)
        keys[name] = upper.key_origin(key)
    return Source(values, upper.origin, keys, upper.document)


def _appended(below: Source | None, patch: Source, key: Origin, problems: list[Problem]) -> Source:
    if not isinstance(patch.value, tuple):
        text = "a key ending in `+` needs a list"
        problems.append(Problem(patch.origin, "bad-append", text, "put `- ` before the value"))
        return below or Source((), key)
    if below is not None and not isinstance(below.value, tuple):
        text = f"nothing to append to: the value at {below.origin} is not a list"
        problems.append(Problem(key, "bad-append", text))
        return below
    return Source((*(below or ()), *patch.value), patch.origin, document=patch.document)
