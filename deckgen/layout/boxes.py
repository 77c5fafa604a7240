"""Characters -> a face that has an empty box for each: what is drawn where no font of a machine has them.

Each has a glyph of its own, so that a PDF says which character a box is for. The tables are those that Typst asks for
(OpenType 1.9): `cmap` in format 12; a `GDEF` that calls every glyph a base, or marks would have no width.
"""

from __future__ import annotations

import struct
from itertools import accumulate
from unicodedata import normalize

FAMILY = "Deckgen Boxes"
MAX_GLYPHS = 5_000  # more different characters share the last box
TELLING = 20  # em: what is wider is not drawn by any font, for the glyph of this face that stands for no character is
_SPACE = 0x20  # what has no shape is drawn as one, or else taken out, and some count on as many glyphs in every face
_EM, _WIDTH, _ASCENT, _DESCENT = 2048, 1024, 1536, -512
_OUTER = ((100, 0), (100, 1350), (924, 1350), (924, 0))
_INNER = ((190, 90), (834, 90), (834, 1260), (190, 1260))  # the other way round: a hole


def box_face(characters: str) -> bytes:
    """A TrueType face of the family FAMILY with a box for each of the characters.

    The parts of a character have boxes too: what sets a text may take it apart, such as U+0E33 THAI CHARACTER SARA AM.
    """
    codes = sorted({*map(ord, characters + normalize("NFKD", characters))} - {_SPACE})
    count = 2 + min(len(codes), MAX_GLYPHS)
    glyph = _glyph()
    tables = {
        b"GDEF": struct.pack(">HHHHHH", 1, 0, 12, 0, 0, 0) + struct.pack(">HHHHH", 2, 1, 0, count - 1, 1),
        b"OS/2": struct.pack(">HhHH", 4, _WIDTH, 400, 5).ljust(96, b"\0"),
        b"cmap": _cmap(codes),
        b"glyf": glyph * (count - 1),
        b"head": struct.pack(">IIIIHHQQhhhhHHhhh", 65536, 0, 0, 0x5F0F3CF5, 3, _EM, 0, 0, *_bounds(), 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">IhhhHhhh7HhH", 65536, _ASCENT, _DESCENT, 0, _WIDTH, 0, 0, 0, *[0] * 7, 0, 2),
        b"hmtx": struct.pack(">HhHh", 30 * _EM, 0, _WIDTH, 0) + bytes(2 * (count - 1)),
        b"loca": struct.pack(f">{count + 1}I", 0, *(len(glyph) * max(1, index) for index in range(count))),
        b"maxp": struct.pack(">IHHHHH", 65536, count, 8, 2, 0, 0).ljust(32, b"\0"),
        b"name": _names(),
    }
    return _file(tables)


def _bounds() -> tuple[int, int, int, int]:
    return (*_OUTER[0], *_OUTER[2])


def _glyph() -> bytes:
    """The box, with an outer and an inner contour."""
    points = (*_OUTER, *_INNER)
    xs, ys = ([b - a for a, b in zip((0, *one), one, strict=False)] for one in zip(*points, strict=True))
    flags = b"\1" * len(points)  # each on the curve, and its distance from the one before in two bytes
    head = struct.pack(">hhhhhHHH", 2, *_bounds(), 3, 7, 0)
    return (head + flags + struct.pack(">16h", *xs, *ys)).ljust(64, b"\0")


def _cmap(codes: list[int]) -> bytes:
    groups = [(_SPACE, _SPACE, 1), *((code, code, min(n, MAX_GLYPHS + 1)) for n, code in enumerate(codes, 2))]
    body = b"".join(struct.pack(">III", *group) for group in groups)
    subtable = struct.pack(">HHIII", 12, 0, 16 + len(body), 0, len(groups)) + body
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + subtable


def _names() -> bytes:
    """The family, its style, and the name in PostScript (1, 2 and 6)."""
    texts = {1: FAMILY, 2: "Regular", 4: FAMILY, 6: FAMILY.replace(" ", "")}
    encoded = [text.encode("utf-16-be") for text in texts.values()]
    places = accumulate(map(len, encoded), initial=0)
    records = zip(texts, encoded, places, strict=False)
    body = b"".join(struct.pack(">HHHHHH", 3, 1, 0x409, id, len(text), place) for id, text, place in records)
    return struct.pack(">HHH", 0, len(texts), 6 + len(body)) + body + b"".join(encoded)


def _file(tables: dict[bytes, bytes]) -> bytes:
    """The tables after their directory, each at a multiple of four; nothing that reads them asks for checksums."""
    start = 12 + 16 * len(tables)
    padded = [data.ljust(-(-len(data) // 4) * 4, b"\0") for data in tables.values()]
    places = accumulate(map(len, padded), initial=start)
    records = zip(tables.items(), places, strict=False)
    directory = b"".join(struct.pack(">4sIII", tag, 0, place, len(data)) for (tag, data), place in records)
    return struct.pack(">IHHHH", 65536, len(tables), 0, 0, 0) + directory + b"".join(padded)
