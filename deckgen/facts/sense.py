"""Facts × facts before -> what cannot be: nothing where there was much."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# A list or a number that was this large does not vanish between two meetings; an answer that lost it may.
MUCH = 10
# For each fact whose size is watched, the number in it that is its size; of a list or mapping, its length.
_WATCHED = {"groups": "", "lists": "", "documents": "documents", "reviews": "completed", "errata": "total"}


def vanished(keys: tuple[str, ...], now: Mapping[str, Any], before: Mapping[str, Any]) -> str:
    """Which of these facts is empty though it was large before; nothing if none is."""
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
