"""Pages as read back -> outline text: slide, layout and words, for people and for diffs."""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.layout.pages import Pages
from deckgen.proof.readback import ReadPage


def write_outline(read: Sequence[ReadPage], pages: Pages) -> str:
    """The outline of a presentation that was read back."""
    written = []
    for number, (page, placed) in enumerate(zip(read, pages.pages, strict=True), 1):
        lines = [f"{number}. {page.title}", f"   [{placed.section} · {placed.slide} · {page.layout}]"]
        lines += [f"   {line}" for line in page.lines[1:]]
        lines += [f"   -> {link}" for link in page.links]
        lines += [f"   notes: {' '.join(page.notes.split())}"] if page.notes else []
        written.append("\n".join(lines))
    return "\n\n".join(written) + "\n"
