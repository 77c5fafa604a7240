"""A new slide of a PowerPoint -> a slide of the meeting's own: its kind, its id and its keys."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from posixpath import splitext

from deckgen.base import Frozen
from deckgen.deck.model import Run
from deckgen.edits.carrier import Carrier, plain_runs
from deckgen.edits.sheets import Cells, Line, Sheet, without_part
from deckgen.edits.wording import markdown
from deckgen.source import Plain

_MAX_ID = 40
_FORMATS = (".png", ".jpg", ".jpeg")


class Added(Frozen):
    """A slide of the meeting's own, and the pictures that it needs, by their paths."""

    id: str
    keys: dict[str, Plain]
    files: dict[str, bytes]


class Adder:
    """Makes slides of the meeting's own; `read` gives the bytes of a picture in the PowerPoint."""

    def __init__(self, carrier: Carrier, meeting: str, taken: Collection[str], read: Callable[[str], bytes]) -> None:
        self._carrier = carrier
        self._meeting = meeting
        self._taken = set(taken)
        self._read = read

    def make(self, sheet: Sheet) -> Added | None:
        """The slide; None if it says nothing."""
        title = sheet.title or sheet.lines[:1]
        lines = sheet.lines if sheet.title else sheet.lines[1:]
        words = without_part(" ".join(line.words for line in title)).replace("\n", " ")
        if not words.strip():
            return None
        id = self._id(words)
        runs = [run for line in title for run in plain_runs(line, bold=True)]
        keys: dict[str, Plain] = {"kind": "statement", "title": self._title(words, runs)}
        files: dict[str, bytes] = {}
        pictures = [(name, alt) for name, alt in sheet.members if splitext(name)[1].lower() in _FORMATS]
        if sheet.tables:
            keys |= {"kind": "table", **self._table(sheet.tables[0])}
        elif pictures:
            name, alt = pictures[0]
            path = f"meetings/figures/{self._meeting}-{id}{splitext(name)[1].lower()}"
            files[path] = self._read(name)
            keys |= {"kind": "figure", "picture": path, "alt": alt or words}
            if lines:
                keys["caption"] = [self._text(line) for line in lines]
        elif lines and sheet.layout in ("Statement", "Title"):
            keys["lines"] = [self._text(line) for line in lines]
        elif lines:
            keys |= {"kind": "bullets", "items": self._items(lines)}
        if sheet.notes:
            keys["notes"] = markdown([Run(sheet.notes)], self._carrier.linker) or sheet.notes
        if sheet.hidden:
            keys["hidden"] = True
        return Added(id, keys, files)

    def _title(self, words: str, runs: Sequence[Run]) -> str:
        return (
            (markdown(runs, None) if "".join(run.text for run in runs) == words else None)
            or markdown([Run(words)], None)
            or words
        )

    def _text(self, line: Line) -> str:
        return self._carrier.text_of(line, bold=False)

    def _table(self, table: Sequence[Cells]) -> dict[str, Plain]:
        rows: list[Plain] = [[self._cell(cell) for cell in row] for row in table]
        return {"header": rows[0], "rows": rows[1:]}

    def _cell(self, cell: Sequence[Line]) -> Plain:
        texts = [self._text(line) for line in cell]
        if len(texts) == 2:
            return {"text": texts[0], "sub": texts[1]}
        return "\n".join(texts)

    def _items(self, lines: Sequence[Line]) -> list[Plain]:
        """The lines as nested items."""
        found: list[Plain] = []
        at = 0
        while at < len(lines):
            end = at + 1
            while end < len(lines) and lines[end].level > lines[at].level:
                end += 1
            text, under = self._text(lines[at]), self._items(lines[at + 1 : end])
            found.append({"text": text, "items": under} if under else text)
            at = end
        return found

    def _id(self, words: str) -> str:
        """A readable id that no other slide has."""
        ascii_ = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
        base = "-".join(re.findall("[a-z0-9]+", ascii_))[:_MAX_ID].strip("-") or "slide"
        id, number = base, 2
        while id in self._taken:
            id, number = f"{base}-{number}", number + 1
        self._taken.add(id)
        return id
