"""Text -> the characters that the faces in `deckgen/deck/fonts` do not have."""

from __future__ import annotations

import struct
from bisect import bisect_right
from functools import cache
from pathlib import Path
from unicodedata import normalize

from deckgen.base.characters import SHAPELESS
from deckgen.deck.model import Text

# Characters that every face has, so that most texts do not open the font.
_PLAIN = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180)))) | frozenset(
    "\t\n\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u20ac"
)
HYPHENS = {0x2010: "-", 0x2011: "-"}  # Carlito has one; another font would stand out for the sake of these
FONTS = Path(__file__).parent / "fonts"
_FACES = ("Carlito-Regular.ttf",)
_CODE_FACES = ("LiberationMono-Regular.ttf", *_FACES)


def missing_in(text: Text) -> str:
    """The characters of a text that the font lacks; for code, that both its font and the font of the text lack."""
    if text.words.isascii():
        return ""
    found = (missing_glyphs(run.text, _CODE_FACES if run.code else _FACES) for run in text.runs)
    return "".join(dict.fromkeys("".join(found)))


def missing_glyphs(text: str, faces: tuple[str, ...] = _FACES) -> str:
    """The characters of `text` that no face has, each once, in order."""
    if text.isascii():
        return ""
    if set(text) <= _PLAIN:
        return ""
    characters = dict.fromkeys(normalize("NFC", text))  # as text is drawn: an accent joins its letter
    return "".join(c for c in characters if c not in _PLAIN and not SHAPELESS.match(c) and not _covered(ord(c), faces))


def _covered(code: int, faces: tuple[str, ...]) -> bool:
    return any(_has(coverage(face), code) for face in faces)


def _has(ranges: tuple[tuple[int, ...], tuple[int, ...]], code: int) -> bool:
    starts, ends = ranges
    index = bisect_right(starts, code) - 1
    return index >= 0 and code <= ends[index]


@cache
def coverage(face: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The first and the last code of each range of characters that a face has, in order."""
    data = (FONTS / face).read_bytes()
    tables = struct.unpack_from(">H", data, 4)[0]
    records = [struct.unpack_from(">4sIII", data, 12 + 16 * index) for index in range(tables)]
    cmap = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    count = struct.unpack_from(">H", data, cmap + 2)[0]
    subtables = [struct.unpack_from(">HHI", data, cmap + 4 + 8 * index) for index in range(count)]
    [offset] = {cmap + place for platform, encoding, place in subtables if (platform, encoding) == (3, 1)}
    return _segments(data, offset)


def _segments(data: bytes, offset: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The segments of a table of format 4 (OpenType 1.9, cmap); in ours each code in them has a glyph."""
    half = struct.unpack_from(">H", data, offset + 6)[0]
    ends = struct.unpack_from(f">{half // 2}H", data, offset + 14)
    starts = struct.unpack_from(f">{half // 2}H", data, offset + 16 + half)
    return starts[:-1], ends[:-1]
