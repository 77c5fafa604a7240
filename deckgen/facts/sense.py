"""Facts × facts before -> an implausible fact: one that is empty now and was large before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# A list or a number of this size does not vanish between two meetings; a broken answer may lose it.
MUCH = 10
# For each watched fact, the key of the number that is its size; a list or mapping has its length.
_WATCHED = {"groups": "", "lists": "", "documents": "documents", "reviews": "completed", "errata": "total"}


def vanished(keys: tuple[str, ...], now: Mapping[str, Any], before: Mapping[str, Any]) -> str:
    """A message about the first of these facts that is empty but was large before; empty if none is."""
    for key in keys:
        was, size = _size(key, before), _size(key, now)
        if key in _WATCHED and was >= MUCH and size == 0:
            return f"there is nothing in `{key}`, where {was:,} were before"
    return ""


def _size(key: str, facts: Mapping[str, Any]) -> int:
    fact, number = facts.get(key), _WATCHED.get(key)
    if key == "errata" and isinstance(fact, dict):
        return max((_number(row, "total") for row in fact.values()), default=0)
    if number:
        return _number(fact, number)
    return len(fact) if isinstance(fact, (list, dict)) else 0


def _number(fact: Any, key: str) -> int:
    value = fact.get(key) if isinstance(fact, dict) else None
    return value if isinstance(value, int) else 0
