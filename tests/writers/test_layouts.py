"""The layouts of the PowerPoint for who adds a slide: nothing overlaps, and the master changes the size of the text."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from pptx import Presentation
from support.repository import BuiltDeck

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def overlap(one: Any, other: Any) -> bool:
    """Whether two shapes have a common area."""
    beside = one.left >= other.left + other.width or other.left >= one.left + one.width
    return not (beside or one.top >= other.top + other.height or other.top >= one.top + one.height)


def test_the_placeholders_of_a_new_slide_do_not_overlap(decks: dict[int, BuiltDeck]) -> None:
    """A slide of each layout, as a person adds it: every placeholder is on the page and beside the others."""
    presentation = Presentation(str(decks[123].pptx))
    clashes, outside = [], []
    for layout in presentation.slide_layouts:
        shapes = list(presentation.slides.add_slide(layout).placeholders)
        clashes += [(layout.name, a.name, b.name) for a, b in combinations(shapes, 2) if overlap(a, b)]
        outside += [
            (layout.name, shape.name)
            for shape in shapes
            if shape.height <= 0
            or shape.left + shape.width > presentation.slide_width
            or shape.top + shape.height > presentation.slide_height
        ]

    assert clashes == []
    assert outside == []


def test_most_texts_have_the_size_of_the_master(decks: dict[int, BuiltDeck]) -> None:
    """A change of the master's text styles changes at least 80 of 100 texts, those of tables too."""
    runs = [r for slide in Presentation(str(decks[123].pptx)).slides for r in slide._element.iter(f"{A}r")]
    inheriting = [run for run in runs if "sz" not in run.find(f"{A}rPr").attrib]

    assert len(inheriting) >= 0.8 * len(runs)
