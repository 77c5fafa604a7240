"""Package -> Problems: tables whose rows, spans and grid do not match."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.problems import Problem
from deckgen.proof.package import A, Element, Package, number, true
from deckgen.proof.shapes import sheets


def check_tables(package: Package) -> Iterator[Problem]:
    """A row has a cell for every grid column, covered columns included; spans end inside the table."""
    for part, root in sheets(package):
        for count, table in enumerate(root.iter(f"{A}tbl"), 1):
            for rule, text, hint in _faults(table):
                yield package.problem(part, rule, f"table {count}: {text}", hint)


def _faults(table: Element) -> Iterator[tuple[str, str, str]]:
    width = len(table.findall(f"{A}tblGrid/{A}gridCol"))
    rows = [row.findall(f"{A}tc") for row in table.findall(f"{A}tr")]
    ragged = [index for index, row in enumerate(rows, 1) if len(row) != width]
    for index in ragged:
        found = len(rows[index - 1])
        yield "ragged-row", f"row {index} has {found} cells, the grid {width} columns", "a merged cell is still a cell"
    if not width or not rows:
        yield "empty-table", f"{width} columns and {len(rows)} rows", ""
    for y, row in enumerate(rows, 1):
        for x, cell in enumerate(row, 1):
            if cell.find(f"{A}txBody") is None:
                yield "empty-text-body", f"row {y}, cell {x} has no `a:txBody`", "add one with an `<a:p/>`"
    if not ragged:
        yield from _spans(rows, width)


def _spans(rows: list[list[Element]], width: int) -> Iterator[tuple[str, str, str]]:
    """Compare the spans with the grid, and the covered cells with their marks."""
    covered: dict[tuple[int, int], set[str]] = {}
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            across, down = (number(cell.get(name, "1")) or 0 for name in ("gridSpan", "rowSpan"))
            place = f"row {y + 1}, cell {x + 1}"
            if not (1 <= across <= width - x and 1 <= down <= len(rows) - y):
                text = f"{place} spans {across} columns and {down} rows, past the table"
                yield "span-past-grid", text, f"there are {width} columns and {len(rows)} rows"
                continue
            if (across, down) != (1, 1) and not _merged(cell):
                marks = _covered(y, x, down, across)
                if clash := covered.keys() & marks.keys():
                    row_at, cell_at = min(clash)
                    yield "bad-span", f"{place} spans row {row_at + 1}, cell {cell_at + 1}, as does another", ""
                    return  # spans over spans would make this quadratic
                covered |= marks
    yield from _unmarked(rows, covered)


def _covered(top: int, left: int, down: int, across: int) -> dict[tuple[int, int], set[str]]:
    """The cells that a span covers, and the marks that each must have."""
    return {
        (y, x): {mark for mark, needed in (("hMerge", x > left), ("vMerge", y > top)) if needed}
        for y in range(top, top + down)
        for x in range(left, left + across)
        if (y, x) != (top, left)
    }


def _unmarked(rows: list[list[Element]], covered: dict[tuple[int, int], set[str]]) -> Iterator[tuple[str, str, str]]:
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            marks = {name for name in ("hMerge", "vMerge") if true(cell.get(name))}
            expected = covered.get((y, x), set())
            if marks != expected:
                is_now, should = (" and ".join(sorted(names)) or "none" for names in (marks, expected))
                yield "bad-span", f"row {y + 1}, cell {x + 1} is marked {is_now} but its spans require {should}", ""


def _merged(cell: Element) -> bool:
    return true(cell.get("hMerge")) or true(cell.get("vMerge"))
