"""Folders -> a signal for every change of a file that the deck uses; the only import of watchfiles."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

from watchfiles import Change, awatch

from deckgen.meeting import MEETINGS, TEMPLATES
from deckgen.preview.live import Live

# An editor writes, renames and deletes within a few milliseconds; later changes are another signal.
_SETTLES_MS = 8
_MAX_FOLDERS = 500


async def changes(live: Live) -> AsyncIterator[None]:
    """One signal after each change. New and deleted folders are followed."""
    root = live.root.resolve()
    while True:
        folders = _folders(root, live.wanted)
        async for _ in _signals(root, folders, live):
            yield
            if _folders(root, live.wanted) != folders:
                break
        # A change while nothing was watched is noticed by reading once more.
        yield


async def _signals(root: Path, folders: list[Path], live: Live) -> AsyncIterator[None]:
    def counts(_: Change, name: str) -> bool:
        path = Path(name)
        return path in live.wanted or path.is_relative_to(root / MEETINGS) or path.is_relative_to(root / TEMPLATES)

    try:
        first = True
        watching = awatch(
            *folders,
            watch_filter=counts,
            debounce=200,
            step=_SETTLES_MS,
            rust_timeout=1_000,
            yield_on_timeout=True,
            recursive=False,
        )
        async for changed in watching:
            if changed or first:  # a save before the watch began is not noticed otherwise
                yield
            first = False
    except (FileNotFoundError, OSError):
        await asyncio.sleep(0.05)  # a folder was deleted between listing and watching


def _folders(root: Path, pictures: Iterable[Path]) -> list[Path]:
    """The root, every folder of meetings and templates, and those of pictures, each watched without recursion."""
    found = {root}
    for top in (root / MEETINGS, root / TEMPLATES):
        for folder, below, _ in os.walk(top):
            below[:] = [name for name in below if not name.startswith(".")]
            found.add(Path(folder))
            if len(found) > _MAX_FOLDERS:
                break
    found |= {path.parent for path in pictures if path.parent.is_dir() and path.is_relative_to(root)}
    return sorted(found)
