"""A slide before and after -> changes of the values it shows, and what is not carried, at the line that makes it."""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.base import replace
from deckgen.deck.model import Run
from deckgen.edits.carrier import Carrier, plain_runs
from deckgen.edits.lists import Lists
from deckgen.edits.matching import align
from deckgen.edits.rows import Rows
from deckgen.edits.sheets import Cells, Line, Sheet, joined, once, without_part
from deckgen.edits.wording import markdown, parsed, reworded
from deckgen.problems import Origin

_BY_HAND = "change `header` and the rows in the meeting file"
_FETCHED = "Fetched: "  # how lines begin that the build adds to notes


class SlideCarrier:
    """Carries all edits of slides: titles, notes, lists and tables."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier
        self._homes = carrier.homes
        self._changes = carrier.changes
        self._linker = carrier.linker

    def carry(self, id: str, before: Sequence[Sheet], after: Sequence[Sheet]) -> None:
        """Carry what was edited on a slide; both are its parts."""
        self._title(id, before, after)
        self._notes(id, before, after)
        if before[0].hidden != after[0].hidden:
            self._changes.set(("slides", id, "hidden"), after[0].hidden, id)
        old, new = [*once(before)], [*once(after)]
        pairs = align(old, new, lambda line: line.words)
        for a, b in pairs:
            if a is not None:
                self._carrier.line(id, old[a], new[b])
        Lists(self._carrier, id).carry(old, new, pairs)
        self._tables(id, before, after)

    # -- Titles and notes ----------------------------------------------------------
    def _title(self, id: str, before: Sequence[Sheet], after: Sequence[Sheet]) -> None:
        for old, new in zip(before, after, strict=False):
            if not old.title or not new.title or _same_title(old, new):
                continue
            self._retitle(id, old, new)
            return
        if before[0].title and not after[0].title:
            self._carrier.leave(
                id, before[0].title[0].text.origin if before[0].title[0].text else None, "", "the title was removed"
            )

    def _retitle(self, id: str, old: Sheet, new: Sheet) -> None:
        text = old.title[0].text
        assert text
        head = joined(run for run in text.runs if not run.muted)
        tail = without_part("".join(run.text for run in joined(run for run in text.runs if run.muted)).strip())
        runs = plain_runs(_one_line(new.title), bold=True)
        words = without_part("".join(run.text for run in runs))
        first = "".join(run.text for run in head)
        if tail and words.endswith(tail):
            cut = words[: -len(tail)].rstrip()
        elif tail and words.startswith(first):
            rest = words[len(first) :].strip()
            self._reword_path(("slides", id, "tail"), id, tail, rest, text.origin)
            return
        else:
            cut = words
            if tail:
                self._changes.set(("slides", id, "tail"), None, id)
        before = Line(head, text=replace(text, runs=head))
        self._carrier.line(id, before, Line(joined(iter(_first(runs, len(cut))))))

    def _reword_path(self, path: tuple[str | int, ...], id: str, old: str, new: str, origin: Origin) -> None:
        source = self._homes.source(path)
        raw = str(source.value) if source and source.value is not None else ""
        text = reworded(raw, [Run(old)], [Run(new)], None) if new else ""
        if text is None:
            self._carrier.leave(id, origin, new)
            return
        self._changes.set(path, text or None, id)

    def _notes(self, id: str, before: Sequence[Sheet], after: Sequence[Sheet]) -> None:
        old, new = ("\n".join(filter(None, (_own_notes(one.notes) for one in side))) for side in (before, after))
        if old == new:
            return
        path = ("slides", id, "notes")
        source = self._homes.source(path)
        origin = source.origin if source else before[0].title[0].text.origin if before[0].title[0].text else None
        raw = str(source.value) if source and source.value is not None else ""
        if not new:
            self._changes.set(path, None, id)
            return
        text = reworded(raw, [Run(old)], [Run(new)], self._linker) if old else markdown([Run(new)], self._linker)
        if text is None and raw and parsed(raw, self._linker):
            text = markdown([Run(new)], self._linker)
        if text is None:
            self._carrier.leave(id, origin, new)
            return
        self._changes.set(path, text, id)

    # -- Tables ----------------------------------------------------------------------
    def _tables(self, id: str, before: Sequence[Sheet], after: Sequence[Sheet]) -> None:
        """Carry each table; its parts, which have the same header, as one."""
        groups: dict[str, list[Sequence[Cells]]] = {}
        for table in (table for one in before for table in one.tables if table):
            groups.setdefault(row_words(table[0]), []).append(table)
        left = [table for one in after for table in one.tables if table]
        for header, old in groups.items():
            others = [table for table in left if row_words(table[0]) not in groups]  # those with another header now
            same = [table for table in left if row_words(table[0]) == header]
            added = others[: max(0, len(old) - len(same))]
            new = [table for table in left if table in same or table in added]
            left = [table for table in left if table not in new]
            if not new:
                self._carrier.leave(id, _origin_of(old[0]), "", "a table was removed in the PowerPoint", _BY_HAND)
            elif any(len(table[0]) != len(old[0][0]) for table in new):
                self._carrier.leave(id, _origin_of(old[0]), "", "the columns of a table were changed", _BY_HAND)
            else:
                self._table(id, old, new)

    def _table(self, id: str, old: Sequence[Sequence[Cells]], new: Sequence[Sequence[Cells]]) -> None:
        self._cells(id, old[0][0], new[0][0])
        old_rows, new_rows = ([row for table in side for row in table[1:]] for side in (old, new))
        pairs = align(old_rows, new_rows, row_words)
        for a, b in pairs:
            if a is not None:
                self._cells(id, old_rows[a], new_rows[b])
        Rows(self._carrier, id).carry(old_rows, new_rows, pairs)

    def _cells(self, id: str, old: Cells, new: Cells) -> None:
        for before, after in zip(old, new, strict=False):
            shown = [line for line in before if line.words]
            if len(shown) == len(after):
                for one, other in zip(shown, after, strict=True):
                    self._carrier.line(id, one, other)
            elif not after and len(shown) == 1:
                self._carrier.line(id, shown[0], Line(()))
            elif not shown and len(after) == 1 and before:
                self._carrier.line(id, before[0], after[0])
            else:
                origin = next((line.text.origin for line in before if line.text), None)
                self._carrier.leave(id, origin, " / ".join(line.words for line in after))


def _origin_of(table: Sequence[Cells]) -> Origin | None:
    return next((line.text.origin for row in table for cell in row for line in cell if line.text), None)


def row_words(row: Cells) -> str:
    """The words of a row."""
    return " | ".join(line.words for cell in row for line in cell)


def _same_title(old: Sheet, new: Sheet) -> bool:
    return without_part(old.heading) == without_part(new.heading) and _looks(old) == _looks(new)


def _looks(sheet: Sheet) -> tuple[bool, ...]:
    return tuple(run.italic for line in sheet.title for run in line.runs if run.text.strip() and run.italic)


def _one_line(lines: Sequence[Line]) -> Line:
    runs = [run for number, line in enumerate(lines) for run in ((Run(" "),) if number else ()) + line.runs]
    return Line(tuple(runs))


def _first(runs: Sequence[Run], length: int) -> list[Run]:
    found = []
    for run in runs:
        found.append(replace(run, text=run.text[: max(0, length)]))
        length -= len(run.text)
    return found


def _own_notes(notes: str) -> str:
    """Notes without the lines that the build adds."""
    lines = [line for line in notes.split("\n") if line.strip() and not line.startswith(_FETCHED)]
    return "\n".join(" ".join(line.split()) for line in lines)
