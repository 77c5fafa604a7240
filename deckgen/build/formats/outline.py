"""Drawing -> its outline as text: slide, layout and words, read back from the PowerPoint, for people and for diffs."""

from __future__ import annotations

from deckgen.build.drawing import Drawing


def write(drawing: Drawing) -> bytes:
    """The outline, with the id of each slide."""
    written = []
    read = drawing.presentation.slides
    shown = [placed.slide for placed in drawing.pages.shown.pages]
    for number, (page, placed) in enumerate(zip(read, drawing.pages.pages, strict=True), 1):
        ids = ", ".join((placed.slide, *placed.also))
        lines = [
            f"{number}. {page.title}",
            f"   [{placed.section} · {ids} · {page.layout}{' · hidden' * placed.hidden}]",
        ]
        lines += [f"   {line}" for line in page.lines[1:]]
        lines += [f"   [drawing] {words}" for words in page.drawn]
        lines += [f"   -> {f'#{shown[int(link[1:]) - 1]}' if link.startswith('#') else link}" for link in page.links]
        lines += [f"   notes: {' '.join(page.notes.split())}"] if page.notes else []
        written.append("\n".join(lines))
    return ("\n\n".join(written) + "\n").encode()
