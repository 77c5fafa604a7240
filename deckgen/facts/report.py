"""Facts before × facts after -> FetchReport: what is new, what failed, and what only a person can supply."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from deckgen.base import Frozen
from deckgen.source import Plain


class FetchReport(Frozen):
    """What one fetch did. `failed` are the parts that keep their old snapshot, with the reasons."""

    path: Path
    changes: tuple[str, ...]
    failed: dict[str, str]
    human: tuple[str, ...]
    requests: int
    written: bool


def differences(before: Plain, after: Plain, path: str = "") -> Iterator[str]:
    """What is new, gone, or another value, one readable line each."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys([*after, *before]):
            step = f"{path}.{key}" if path else key
            if key not in before:
                yield f"new: {step}{_shown(after[key])}"
            elif key not in after:
                yield f"gone: {step}{_shown(before[key])}"
            else:
                yield from differences(before[key], after[key], step)
    elif isinstance(before, list) and isinstance(after, list):
        yield from (f"new: {path}{_shown(one)}" for one in after if one not in before)
        yield from (f"gone: {path}{_shown(one)}" for one in before if one not in after)
    elif before != after:
        yield f"changed: {path}{_shown(after)}, was{_shown(before).removeprefix(':')}"


def _shown(value: Plain) -> str:
    """A scalar itself, of anything larger its size or its few scalars."""
    if isinstance(value, dict):
        scalars = [f"{key} {one}" for key, one in value.items() if not isinstance(one, (dict, list))]
        if len(scalars) == len(value) and len(value) <= 4:
            return f": {', '.join(scalars)}"
        return f": {len(value)} entries"
    if isinstance(value, list):
        short = len(value) <= 4 and not any(isinstance(one, (dict, list)) for one in value)
        return f": {', '.join(map(str, value))}" if short else f": {len(value)} entries"
    return f": {value}"


# What no server knows, and when it is still to be written: for each key of a meeting file what it is.
BY_HAND = {
    "agenda": "the topics of the session and the minutes of each",
    "dispatch_outcomes": "what became of the proposals that DISPATCH heard: the minutes say it",
    "external_bodies": "the bodies outside the IETF to keep an eye on",
    "slides": "the talks of the day",
}
