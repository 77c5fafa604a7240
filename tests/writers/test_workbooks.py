"""Charts of an attacker -> workbooks of texts and numbers: no formula, no link, nothing from elsewhere."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from pptx import Presentation
from support.ooxml import sheet
from support.repository import MINIMAL

from deckgen.build.one import Options, build
from deckgen.source import dump

# What XlsxWriter, left alone, makes a formula, a link or XML of, and what a sheet itself could take for more than text.
TEMPTING = (
    *("=SUM(A1)", "{=SUM(A1)}", "+1", "-1+2", "@SUM(A1)", "=", "<r><t>x</t></r>", "<r></si></sst>", "1e3", "007"),
    *("http://example.com", "https://example.com", "ftp://example.com", "mailto:a@example.com", "file:///etc/passwd"),
    *(r"external:\\server\share\x.xlsx", "internal:Sheet1!A1", "=HYPERLINK(A1)", "true", "'=1", "#REF!"),
)


@pytest.mark.promise
def test_texts_of_a_chart_stay_texts_in_its_sheet(folder: Callable[..., Path]) -> None:
    """Whatever a category, a series or a title begins with, no sheet has a formula, a link or a part from elsewhere."""
    slides = [
        {
            "kind": "chart",
            "title": text,
            "section": "Reports",
            "chart": {
                "type": "line",
                "title": text,
                "categories": [text, "b"],
                "series": [{"name": text, "values": [1, 2]}, {"name": "B", "values": [2, 1]}],
            },
        }
        for text in TEMPTING
    ]
    root = folder(MINIMAL + dump({"slides": {f"s{number}": slide for number, slide in enumerate(slides)}}))
    built = build(root, 123, root / "out", Options(("pptx",)))
    pptx = next(path for path in built.get().files if path.suffix == ".pptx")
    books = [part.blob for part in _workbooks(pptx)]
    sheets = [sheet(book) for book in books]

    for text in TEMPTING:
        assert [["", text, "B"], [text, "1", "2"], ["b", "2", "1"]] in sheets
    for book in books:
        with ZipFile(io.BytesIO(book)) as archive:
            whole = b"".join(archive.read(name) for name in archive.namelist())
        assert not re.search(rb"<f[ >]|<hyperlink|TargetMode|externalLink", whole)


def _workbooks(pptx: Path) -> Iterator[Any]:
    """The embedded workbooks, in the order of the slides."""
    charts = (shape for slide in Presentation(str(pptx)).slides for shape in slide.shapes if shape.has_chart)
    return (shape.chart.part.chart_workbook.xlsx_part for shape in charts)
