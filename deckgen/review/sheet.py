"""Shown pages -> changes.png: those that differ, each with the old version on the left and the new one on the right."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from deckgen.deck.glyphs import FONTS
from deckgen.review.report import Shown

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

# In pixels. Up to this many pages are wide; with more pages, each gets smaller and the sheet stays about as large.
_WIDTH, _MIN_WIDTH, _FULL_PAGES = 640, 160, 24
_GAP, _LABEL = 12, 24
_GROUND, _INK, _NONE = "#D3D9E1", "#14213D", "#E9EDF1"
_COLOURS = 128
_MAX_TITLE = 200  # characters


def draw_sheet(shown: Sequence[Shown]) -> bytes:
    """A PNG with one row for each page that differs; a page that only moved looks the same, and has no row."""
    from PIL import Image, ImageFont

    rows = [one for one in shown if one.comparison.marks not in (("unchanged",), ("moved",))]
    width = max(_MIN_WIDTH, min(_WIDTH, _WIDTH * _FULL_PAGES // max(1, len(rows))))
    height = max([round(width * _ratio(one)) for one in rows], default=0)
    font = ImageFont.truetype(str(FONTS / "Carlito-Regular.ttf"), _LABEL - 6)
    step = _LABEL + height + _GAP
    sheet = Image.new("RGB", (2 * width + 3 * _GAP, max(1, len(rows)) * step + _GAP), _GROUND)
    if not rows:
        _write(sheet, "No slide changed.", (_GAP, _GAP), font)
    for index, one in enumerate(rows):
        _row(sheet, one, width, _GAP + index * step, font)
    file = io.BytesIO()
    sheet.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(file, "PNG")
    return file.getvalue()


def _row(sheet: Image, one: Shown, width: int, top: int, font: FreeTypeFont) -> None:
    page = one.comparison.page
    title = " ".join(page.title.split())[:_MAX_TITLE]
    _write(sheet, f"{page.number}. {title} ({', '.join(one.comparison.marks)})", (_GAP, top), font)
    for column, data in enumerate((one.drawn.old, one.drawn.new)):
        place = (_GAP + column * (width + _GAP), top + _LABEL)
        size = (width, round(width * _ratio(one)))
        sheet.paste(_opened(data).resize(size) if data else _NONE, (*place, place[0] + size[0], place[1] + size[1]))


def _write(sheet: Image, text: str, place: tuple[int, int], font: FreeTypeFont) -> None:
    """A line of text, cut at the edge of the sheet."""
    from PIL import ImageDraw

    ImageDraw.Draw(sheet).text(place, text, _INK, font)


def _opened(data: bytes) -> Image:
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        return image.convert("RGB")


def _ratio(one: Shown) -> float:
    """The height of a page of this width."""
    from PIL import Image

    with Image.open(io.BytesIO(one.drawn.new or one.drawn.old)) as image:
        return image.height / image.width
