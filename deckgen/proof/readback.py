"""Written files -> their content: the words and links of every page, read from the .pptx and from the PDF."""

from __future__ import annotations

import re
from collections.abc import Iterable

from deckgen.base import Frozen

# PDFium's mark for a hyphen, or soft hyphen, at the end of a line; older versions use U+0002.
BROKEN = "\ufffe"


class ReadPage(Frozen):
    """A page as text: `lines` are its paragraphs in order, the title first; `links` their addresses, or `#` and the
    number of the page that they lead to.

    `drawn` are the words in its drawings. A `hidden` slide is not shown.
    """

    title: str
    layout: str
    lines: tuple[str, ...]
    links: tuple[str, ...]
    notes: str = ""
    drawn: tuple[str, ...] = ()
    hidden: bool = False


def distinct(links: Iterable[str]) -> tuple[str, ...]:
    """The links in order; a link over two lines or two runs counts once."""
    found: list[str] = []
    for link in links:
        if not found or found[-1] != link:
            found.append(link)
    return tuple(found)


def decoded(text: str) -> str:
    """A text of a chart with the characters that are written as codes (ST_Xstring, ECMA-376 part 1, 22.9.2.19)."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda code: chr(int(code[1], 16)), text)


def cleaned(text: str) -> str:
    """Text with single spaces and without zero-width break opportunities."""
    return " ".join(text.replace("\u200b", "").replace("\v", " ").split())
