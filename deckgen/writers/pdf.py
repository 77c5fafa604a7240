"""Pages × Theme -> PDF bytes: tagged PDF/UA-1, drawn by Typst; or the same as one SVG a page."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, assert_never

from deckgen.base.budget import scratch
from deckgen.layout.layouts import Edge, foot, table_edges
from deckgen.layout.measure import Typesetter
from deckgen.layout.pages import (
    Block,
    ChartBlock,
    DrawnRun,
    Layout,
    Line,
    Mark,
    Page,
    Pages,
    Paragraph,
    PictureBlock,
    RuleBlock,
    TableBlock,
    TextBlock,
)
from deckgen.layout.theme import EMU, Box, Theme

Data = dict[str, Any]
_LABEL = ("text", "colour", "bold", "swatch", "turned", "wraps", "align")


def write_pdf(pages: Pages, theme: Theme, typesetter: Typesetter) -> bytes:
    """The PDF of all pages. Typst itself refuses what is not PDF/UA-1 (ISO 14289-1)."""
    with _folder_for(pages) as root:
        labels = {id for page in pages.pages for id in (page.slide, *page.also)}
        inputs = _Drawing(pages, theme, root, labels).inputs()
        return typesetter.pdf("deck.typ", inputs, root, pages.timestamp)


@contextmanager
def _folder_for(pages: Pages) -> Iterator[Path | None]:
    """A folder for the pictures that Typst can only read as files; none where there are none."""
    blocks = (block for page in pages.pages for block in page.blocks)
    if not any(isinstance(block, PictureBlock) and block.picture.format != "svg" for block in blocks):
        yield None
        return
    with tempfile.TemporaryDirectory(prefix=scratch()) as folder:
        yield Path(folder)


def draw_svg(pages: Pages, theme: Theme, typesetter: Typesetter) -> list[str]:
    """Each page as an SVG that needs nothing else, drawn as in the PDF."""
    pages = pages.with_data(pages.drawn, "png")  # a browser would set the words in a drawing in fonts of its own
    with _folder_for(pages) as root:
        compiler = typesetter.compiler("deck.typ", _Drawing(pages, theme, root).inputs(), root)
        drawn = compiler.compile(format="svg")
    return [data.decode() for data in (drawn if isinstance(drawn, list) else [drawn]) if data]


class _Drawing:
    """Pages -> the JSON that `deck.typ` draws; pictures are laid into `root` for it to read."""

    def __init__(self, pages: Pages, theme: Theme, root: Path | None, labels: Collection[str] | None = None) -> None:
        self._pages = pages
        self._theme = theme
        self._root = root
        self._labels = labels
        self._layouts = {layout.name: layout for layout in pages.layouts}

    def inputs(self) -> dict[str, str]:
        """What `deck.typ` reads."""
        drawn = [self._page(page) for page in self._pages.pages]
        return {"deck": json.dumps(self._deck()), "pages": json.dumps(drawn)}

    def _deck(self) -> Data:
        pages, theme = self._pages, self._theme
        day = datetime.fromtimestamp(pages.timestamp, UTC)
        return {
            "title": pages.title,
            "author": pages.author,
            "subject": pages.subject,
            "date": {name: getattr(day, name) for name in ("year", "month", "day", "hour", "minute", "second")},
            "width": theme.page.width / EMU,
            "height": theme.page.height / EMU,
            "colours": {role: f"#{colour}" for role, colour in theme.colours_by_role.items()},
        }

    def _page(self, page: Page) -> Data:
        layout = self._layouts[page.layout]
        return {
            "labels": [page.slide, *page.also] if self._labels and page.part == 1 else [],
            "ground": layout.ground,
            "foot": self._foot(page, layout) if layout.foot else None,
            "marks": [self._block(mark) for mark in layout.marks],
            "blocks": [self._block(block) for block in page.blocks],
        }

    def _foot(self, page: Page, layout: Layout) -> Data:
        at = foot(self._theme, layout.ground)
        number = {**_box(at.number), "text": str(page.number), "bold": True}
        return {
            "size": at.size,
            "colour": at.colour,
            "texts": [number, {**_box(at.name), "text": page.foot, "bold": False}],
        }

    def _block(self, block: Block) -> Data:
        match block:
            case TextBlock():
                return self._text(block)
            case TableBlock():
                return self._table(block)
            case ChartBlock():
                return self._chart(block)
            case PictureBlock():
                return self._picture(block)
            case RuleBlock():
                outline = {"outline": block.outline / EMU, "dashed": block.dashed}
                return {"kind": "rule", **_box(block.box), "colour": block.colour, **outline}
            case _:
                assert_never(block)

    def _text(self, block: TextBlock) -> Data:
        wrap = block.box.width - 2 * block.padding
        return {
            "kind": "text",
            **_box(block.box),
            "slot": block.slot,
            "anchor": block.anchor,
            "fill": block.fill,
            "padding": block.padding / EMU,
            "wrap": wrap / EMU,
            "nodes": self._nodes(block.paragraphs, 0),
        }

    def _nodes(self, paragraphs: Sequence[Paragraph], left: int) -> list[Data]:
        """Paragraphs as a tree: neighbours with bullets are one list, what is under them goes into their item.

        `left` is how far the words stand that all of them are under.
        """
        nodes: list[Data] = []
        start = 0
        while start < len(paragraphs):
            first = paragraphs[start]
            end = start + 1
            while end < len(paragraphs) and _goes_on(paragraphs[end], first):
                end += 1
            nodes.append({"before": first.before / EMU, **self._node(paragraphs[start:end], left)})
            start = end
        return nodes

    def _node(self, paragraphs: Sequence[Paragraph], left: int) -> Data:
        first = paragraphs[0]
        if first.bullet:
            return {"kind": "list", **self._list(paragraphs, left)}
        lines = (
            {"lines": "\n".join("".join(run.text for run in paragraph.runs) for paragraph in paragraphs)}
            if first.line
            else {}
        )
        return {"kind": "code" if lines else "paragraph", "paragraph": self._paragraph(first, left), **lines}

    def _list(self, paragraphs: Sequence[Paragraph], left: int) -> Data:
        first = paragraphs[0]
        starts = [index for index, paragraph in enumerate(paragraphs) if paragraph.level == first.level]
        items = [
            {
                "paragraph": self._paragraph(paragraphs[a], left),
                "nodes": self._nodes(paragraphs[a + 1 : b], first.indent),
            }
            for a, b in pairwise([*starts, len(paragraphs)])
        ]
        spacing = paragraphs[starts[1]].before / EMU if len(starts) > 1 else 0
        indent = (first.indent - first.hang - left) / EMU
        return {"items": items, "spacing": spacing, "indent": indent, "start": first.number}

    def _paragraph(self, paragraph: Paragraph, left: int) -> Data:
        bullet = paragraph.bullet
        return {
            "runs": [self._run(run) for run in paragraph.runs],
            "size": paragraph.size,
            "colour": paragraph.colour,
            "heading": paragraph.heading,
            "bullet": bullet and {"letter": bullet.letter, "colour": bullet.colour, "width": paragraph.hang / EMU},
            "indent": 0 if bullet else (paragraph.indent - left) / EMU,
            "align": paragraph.align,
            "breakable": paragraph.breakable,
        }

    def _table(self, block: TableBlock) -> Data:
        rule, header_rule = table_edges(self._theme)
        rows = [
            {
                "height": row.height / EMU,
                "above": row.above / EMU,
                "below": row.below / EMU,
                "anchor": row.anchor,
                "strong": row.strong,
                "cells": [
                    {
                        "paragraphs": [self._paragraph(p, 0) for p in row.cells[column]],
                        "span": span,
                        "wrap": block.room(column, span) / EMU,
                        "margins": [side / EMU for side in block.aside(column, span)],
                    }
                    for column, span in enumerate(row.spans)
                    if span
                ],
            }
            for row in block.rows
        ]
        return {
            "kind": "table",
            **_box(block.box),
            "widths": [width / EMU for width in block.widths],
            "rows": rows,
            "closed": block.closed,
            "rule": _edge(rule),
            "header-rule": _edge(header_rule),
        }

    def _run(self, run: DrawnRun) -> Data:
        names = ("text", "bold", "italic", "link", "colour", "fill", "code")
        data = {name: getattr(run, name) for name in names}
        if self._labels is None or not run.link.startswith("#"):
            return data
        # Only a deck with errors lacks the page of a link.
        label = run.link[1:] if run.link[1:] in self._labels else ""
        return {**data, "link": "", "label": label}

    def _chart(self, block: ChartBlock) -> Data:
        def inner(box: Box) -> Data:
            return _box(Box(box.x - block.box.x, box.y - block.box.y, box.width, box.height))

        def drawn(line: Line) -> Data:
            points = [((x - block.box.x) / EMU, (y - block.box.y) / EMU) for x, y in line.points]
            return {"points": points, "colour": line.colour, "width": line.width / EMU, "mark": _mark(line.mark)}

        return {
            "kind": "chart",
            **_box(block.box),
            "alt": block.alt,
            "size": block.size,
            "behind": [*map(drawn, block.grid)],
            "bars": [{**inner(bar.box), "colour": bar.colour} for bar in block.bars],
            "before": [*map(drawn, (*block.lines, block.axis))],
            "labels": [
                {
                    **inner(label.box),
                    **{name: getattr(label, name) for name in _LABEL},
                    "mark": _mark(label.mark),
                }
                for label in block.labels
            ],
        }

    def _picture(self, block: PictureBlock) -> Data:
        picture = block.picture
        data = {"kind": "picture", **_box(block.box), "alt": picture.alt, "format": picture.format, "cut": block.cut}
        if picture.format == "svg":
            return {**data, "svg": picture.data.decode("utf-8")}
        assert self._root
        name = f"{len(list(self._root.iterdir()))}.{picture.format}"
        (self._root / name).write_bytes(picture.data)
        return {**data, "file": f"/{name}"}


def _mark(mark: Mark | None) -> Data | None:
    return None if mark is None else {"shape": mark.shape, "width": mark.width / EMU}


def _edge(edge: Edge) -> Data:
    return {"width": edge.width / EMU, "colour": edge.colour}


def _box(box: Box) -> Data:
    return {"x": box.x / EMU, "y": box.y / EMU, "width": box.width / EMU, "height": box.height / EMU}


def _goes_on(paragraph: Paragraph, first: Paragraph) -> bool:
    """Whether a paragraph belongs to the list, or to the block of code, that `first` began."""
    if first.bullet:
        alike = bool(paragraph.bullet) and bool(paragraph.number) == bool(first.number)
        return paragraph.level > first.level or (alike and paragraph.level == first.level)
    return bool(first.line) and paragraph.line > first.line
