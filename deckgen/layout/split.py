"""Heights -> parts: where to cut a list that is too long for one page, so that it reads well. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Collection, Sequence

# Parts, then orphans, then cuts inside a group, then unevenness: the lowest wins.
Cost = tuple[int, int, int, int]


def partition(
    heights: Sequence[int], capacity: int, gaps: Sequence[int] = (), group_starts: Collection[int] = ()
) -> list[range] | None:
    """The fewest parts that each fit `capacity`; None if one atom alone does not.

    Among these, the best has no atom alone on the last part, then cuts before `group_starts`,
    then has the most even parts. `gaps[i]` is the space over atom i, which is
    dropped at the top of a part.
    """
    count = len(heights)
    if any(height > capacity for height in heights):
        return None
    best: list[Cost] = [(0, 0, 0, 0)] * (count + 1)  # of the atoms from i on
    cut = [count] * count
    for start in reversed(range(count)):
        choices = []
        for end, used in _parts_from(start, heights, gaps, capacity):
            parts, orphans, split, slack = best[end]
            orphan = end == count and end - start == 1 and start > 0
            inside = end < count and bool(group_starts) and end not in group_starts
            cost = (parts + 1, orphans + orphan, split + inside, slack + (capacity - used) ** 2)
            choices.append((cost, end))
        best[start], cut[start] = min(choices)
    return _walk(cut)


def _parts_from(start: int, heights: Sequence[int], gaps: Sequence[int], capacity: int) -> list[tuple[int, int]]:
    """Where a part that begins at `start` may end, and the height it then takes."""
    found = []
    used = 0
    for end in range(start + 1, len(heights) + 1):
        used += heights[end - 1] + (gaps[end - 1] if gaps and end - 1 > start else 0)
        if used > capacity:
            break
        found.append((end, used))
    return found


def _walk(cut: Sequence[int]) -> list[range]:
    if not cut:
        return [range(0)]
    parts = []
    start = 0
    while start < len(cut):
        parts.append(range(start, cut[start]))
        start = cut[start]
    return parts
