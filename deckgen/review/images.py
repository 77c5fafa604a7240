"""PDFs × Comparisons -> pictures: each page small enough to mail, with the differing pixels tinted."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from deckgen.base import Frozen
from deckgen.base.processes import pool, processors

if TYPE_CHECKING:
    from PIL.Image import Image

# A page of 1280 pixels takes some 30 kB; beyond this many, smaller ones keep the review under 6 MB.
WIDTH = 1280
_FULL_PAGES = 70
_THUMB = 480
# Colours of one page: text and its smoothed edges need few, and a palette is a quarter of the bytes.
_COLOURS = 64
# A pixel differs if a channel differs by more than this; less is rounding.
_SAME = 24
_PATCH = 6
_TINT = (232, 92, 0, 64)
# Starting a second process takes as long as drawing this many pages.
_WORTH_A_PROCESS = 10


class Asked(Frozen):
    """The pages to draw, counted from 0: the new one, and the old one if it is needed."""

    new: int | None
    old: int | None


class Drawn(Frozen):
    """The pictures of a page; empty if there is nothing to show. `tint` covers the pixels that differ."""

    new: bytes = b""
    old: bytes = b""
    tint: bytes = b""
    thumb: bytes = b""


def draw_all(asked: Sequence[Asked], new: bytes, old: bytes, foot: float) -> list[Drawn]:
    """The pictures of all pages, drawn by one or more processes.

    Below `foot`, a fraction of the page height, nothing is tinted, because a page number is not part of its slide.
    """
    count = sum((pair.new is not None) + (pair.old is not None) for pair in asked)
    width = WIDTH if count <= _FULL_PAGES else max(480, WIDTH * _FULL_PAGES // count)
    draw = partial(_draw_some, new=new, old=old, width=width, foot=foot)
    workers = min(processors(), 4, count // _WORTH_A_PROCESS)
    if workers < 2:
        return draw(asked)
    shares = [asked[start::workers] for start in range(workers)]
    with pool(workers - 1) as processes:  # this process draws its share too
        others = [processes.submit(draw, share) for share in shares[1:]]
        results = [draw(shares[0]), *(other.result() for other in others)]
    return [results[index % workers][index // workers] for index in range(len(asked))]


def draw_first(pdf: bytes) -> bytes:
    """A small picture of the first page."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return _packed(_rasterize(document, 0, _THUMB))
    finally:
        document.close()


def _draw_some(asked: Sequence[Asked], new: bytes, old: bytes, width: int, foot: float) -> list[Drawn]:
    import pypdfium2

    documents = [pypdfium2.PdfDocument(data) if data else None for data in (new, old)]
    try:
        return [_draw(pair, documents[0], documents[1], width, foot) for pair in asked]
    finally:
        for document in documents:
            if document is not None:
                document.close()


def _draw(pair: Asked, new: Any, old: Any, width: int, foot: float) -> Drawn:
    now = _rasterize(new, pair.new, width)
    was = _rasterize(old, pair.old, width)
    shown = now or was
    assert shown
    thumb = shown.resize((_THUMB, round(shown.height * _THUMB / shown.width)), reducing_gap=2)
    tint = _tint(now, was, foot) if now and was else b""
    return Drawn(_packed(now), _packed(was), tint, _packed(thumb))


def _rasterize(document: Any, index: int | None, width: int) -> Image | None:
    if document is None or index is None:
        return None
    page = document[index]
    image: Image = page.render(scale=width / page.get_width()).to_pil().convert("RGB")
    return image


def _packed(image: Image | None) -> bytes:
    """A PNG of few colours, or, for photographs, a WebP."""
    from PIL.Image import Dither, Quantize

    if image is None:
        return b""
    file = io.BytesIO()
    if image.reduce(4).getcolors(4_000) is None:
        image.save(file, "WEBP", quality=78, method=2)
    else:
        image.quantize(_COLOURS, Quantize.FASTOCTREE, dither=Dither.NONE).save(file, "PNG")
    return file.getvalue()


def _tint(new: Image, old: Image, foot: float) -> bytes:
    """A picture to lay over the page, coloured around the pixels that differ; empty if none differ.

    Its own pixels are coarse: a word that moved is one patch, through which it can still be read.
    """
    from PIL import Image, ImageChops, ImageFilter

    bands = ImageChops.difference(new, old.resize(new.size)).split()
    most = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    most.paste(0, (0, round(most.height * foot), *most.size))
    differs = most.point([0] * (_SAME + 1) + [255] * (255 - _SAME))
    if differs.getbbox() is None:
        return b""
    patches = differs.reduce(_PATCH).point([0] + [255] * 255).filter(ImageFilter.MaxFilter(3))
    tinted = Image.frombytes("P", patches.size, patches.point([0] + [1] * 255).tobytes())
    tinted.putpalette([0, 0, 0, *_TINT[:3]])
    file = io.BytesIO()
    tinted.save(file, "PNG", transparency=bytes([0, _TINT[3]]), bits=1)
    return file.getvalue()
