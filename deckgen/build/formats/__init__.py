"""Drawing -> the files of a deck: one module a format."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from deckgen.build.drawing import Drawing

# The module of each format, and the name of its file; {} is the name of the deck.
FORMATS = {
    "pptx": "{}.pptx",
    "pdf": "{}.pdf",
    "outline": "outline.txt",
    "md": "{}.md",
}
# The formats that are written by default.
USUAL = ("pptx", "pdf", "outline")


class Format(Protocol):
    """A module of this package."""

    def write(self, drawing: Drawing) -> bytes:
        """The file of this format."""
        ...


def presents(formats: Iterable[str]) -> bool:
    """Whether these formats need a PowerPoint: to write it, or to read it for another format."""
    return any(id != "pdf" for id in formats)


def write_formats(drawing: Drawing, formats: Iterable[str], name: str) -> dict[str, bytes]:
    """The files of a deck of this name, by the name of the file."""
    modules = {id: cast(Format, import_module(f"deckgen.build.formats.{id}")) for id in formats}
    return {FORMATS[id].format(name): module.write(drawing) for id, module in modules.items()}
