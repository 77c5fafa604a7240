"""Sizes and colours -> pictures for tests, made by Pillow or written as SVG."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image

SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300">'
    '<rect width="400" height="300" fill="#006d77"/></svg>'
)


@cache
def raster(width: int, height: int, colour: str = "white", format: str = "PNG") -> bytes:
    """A picture of one colour."""
    stream = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(stream, format)
    return stream.getvalue()
