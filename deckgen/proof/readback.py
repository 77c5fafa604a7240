"""Written files -> what they say: the words and links of every page, read from the .pptx and from the PDF."""

from __future__ import annotations

from collections.abc import Iterable

from deckgen.base import Frozen

# By this PDFium marks a hyphen, a soft one too, at the end of a line; its older versions by U+0002.
BROKEN = "\ufffe"


class ReadPage(Frozen):
    """A page as a reader finds it: `lines` are its paragraphs in order, the title first; `links` their addresses."""

    title: str
    layout: str
    lines: tuple[str, ...]
    links: tuple[str, ...]
    notes: str = ""


def distinct(links: Iterable[str]) -> tuple[str, ...]:
    """The links in order; one that runs over two lines, or over two runs, is one."""
    found: list[str] = []
    for link in links:
        if not found or found[-1] != link:
            found.append(link)
    return tuple(found)


def cleaned(text: str) -> str:
    """Text with single spaces, and without what only says where a line may break."""
    return " ".join(text.replace("\u200b", "").replace("\v", " ").split())
