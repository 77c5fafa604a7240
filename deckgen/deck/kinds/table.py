"""Source -> Table: rows under a header, with an optional chart beside them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, ClassVar, Literal

from deckgen.base import Frozen
from deckgen.deck.kinds.common import Common
from deckgen.deck.model import Chart, Content, Text
from deckgen.deck.read import Reader, whole
from deckgen.problems import Origin, fatal
from deckgen.schema.declare import OPTIONAL, TEXT, Declaration, Schema, list_of, record, text
from deckgen.source import Source, text_of

Side = Literal["left", "right"]
_CELL: Schema = {
    "anyOf": [
        OPTIONAL,
        record(
            {
                "text": text("The first line of the cell.", "PSI based on ECDH"),
                "sub": {
                    **OPTIONAL,
                    "description": "A smaller line under it.",
                    "examples": ["Version 2 of the proposal"],
                },
                "span": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": 12,
                    "default": 1,
                    "description": "How many columns the cell has; the row has as many cells fewer.",
                    "examples": [2],
                },
            },
            ("text",),
        ),
    ]
}
_ROW: Schema = {
    "anyOf": [
        list_of(_CELL, "The cells of the row.", 12, examples=[["ACME", "A. Chair"]]),
        record(
            {
                "cells": list_of(_CELL, "The cells of the row.", 12, examples=[["ACME", "A. Chair"]]),
                "highlight": {
                    "type": "boolean",
                    "default": False,
                    "description": "Whether the row is marked, by bold type in the accent.",
                    "examples": [True],
                },
                "when": {"description": "The row is shown only if this expression holds.", "examples": ["agenda"]},
            },
            ("cells",),
        ),
        record(
            {
                "group": text("What the rows under it have in common, in one cell over all columns.", "Applications"),
                "when": {"description": "The row is shown only if this expression holds.", "examples": ["agenda"]},
            },
            ("group",),
        ),
    ]
}


class Cell(Frozen):
    """A table cell: its text and, smaller under it, a second line; it has `span` columns."""

    text: Text
    sub: Text | None = None
    span: int = 1


class Row(Frozen):
    """A row of a table; `highlight` marks it, and a `group` names the rows under it."""

    cells: tuple[Cell, ...]
    highlight: bool
    origin: Origin
    group: bool = False


class Table(Common, kw_only=True):
    """Rows under a header, with an optional chart beside them.

    It shares the page of its `partner`, the table before it, if both are short. `empty` is what it shows without rows.
    """

    kind: ClassVar = Declaration(
        "table",
        "rows under a header, with an optional chart beside them",
        {
            "header": list_of(TEXT, "The titles of the columns.", 12, minItems=1, examples=[["Proposal", "Outcome"]]),
            "align": list_of(
                {"enum": ["left", "right"]},
                "How each column is aligned; left by default.",
                12,
                examples=[["left", "right"]],
            ),
            "rows": list_of(_ROW, "The rows.", 2000, examples=[[["ACME", "A. Chair"]]]),
            "total": list_of(_CELL, "The cells of the last row, in bold under a line.", 12, examples=[["All", 218]]),
            "chart": {"$ref": "#/$defs/chart"},
            "empty": {
                **OPTIONAL,
                "description": "What the slide shows if there are no rows, in one quiet line.",
                "examples": ["No chair has changed."],
            },
            "with": {
                "type": "string",
                "description": "The id of the table before this one, whose page it shares if both are short.",
                "examples": ["new-lists"],
            },
        },
        ("header", "rows"),
    )
    header: tuple[Text, ...]
    align: tuple[Side, ...]
    rows: tuple[Row, ...]
    chart: Chart | None = None
    total: Row | None = None
    partner: Text | None = None
    empty: Text | None = None

    @classmethod
    def read(cls, reader: Reader, source: Source, common: dict[str, Any]) -> Table:
        """The slide that `source` describes. Raises DeckError."""
        header = reader.each(source.get("header") or (), reader.text)
        align = tuple(_side(side) for side in source.get("align") or ())
        if len(align) > len(header):
            message = f"{len(align)} sides for {len(header)} columns"
            raise fatal(source.key_origin("align"), "wrong-value", message, "write one for each column of `header`")
        rows = reader.each(source.get("rows") or (), partial(_row, reader, len(header)))
        chart = source.get("chart")
        total = source.get("total")
        last = _row(reader, len(header), total) if total is not None and [*total] else None
        align += tuple(_side(None) for _ in header[len(align) :])
        drawn = reader.chart(chart) if chart else None
        partner = reader.maybe(source, "with")
        empty = None if rows else reader.maybe(source, "empty")
        return cls(
            **common, header=header, align=align, rows=rows, chart=drawn, total=last, partner=partner, empty=empty
        )

    @property
    def all(self) -> tuple[Row, ...]:
        """The rows, and that of the total."""
        return (*self.rows, *([self.total] if self.total else []))

    @property
    def bare(self) -> bool:
        """Whether it has neither rows nor a chart, nor says what that means."""
        return not self.rows and self.chart is None and self.empty is None

    def content(self) -> Iterator[Content]:
        """What it shows under its title, in reading order."""
        if self.empty:
            yield self.empty
        else:
            yield from self.header
        for cell in (cell for row in self.all for cell in row.cells):
            yield cell.text
            if cell.sub:
                yield cell.sub
        if self.chart:
            yield self.chart


def _row(reader: Reader, width: int, source: Source) -> Row:
    group = source.get("group")
    if group is not None:
        name = reader.text(group)
        if not name.runs:
            raise fatal(group.origin, "missing-key", "the group of rows has no name", "add `group: ...`")
        return Row((Cell(name, span=width),), False, source.origin, group=True)
    cells = reader.each(source.get("cells") or source, partial(_cell, reader))
    count = sum(cell.span for cell in cells)
    if count != width:
        message = f"the row has {count} cells and the header {width}"
        raise fatal(source.origin, "row-length", message, 'an empty cell is ""; one of `span: 2` counts twice')
    highlight = source.get("highlight")
    return Row(cells, bool(highlight and highlight.value), source.origin)


def _cell(reader: Reader, source: Source) -> Cell:
    if isinstance(source.value, dict):
        return Cell(
            reader.text(source.get("text") or source), reader.maybe(source, "sub"), whole(source.get("span"), 1)
        )
    return Cell(reader.text(source))


def _side(source: Source | None) -> Side:
    return "right" if text_of(source) == "right" else "left"
