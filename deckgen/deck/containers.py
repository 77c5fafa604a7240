"""Bytes of a PNG or JPEG -> the same picture without what is not drawn: camera, author, location, comments, thumbnails.

No pixel changes: the rest is copied. If a file cannot be taken apart, or is of a type that some programs
cannot draw, the result is None, and the picture has to be decoded and encoded again.
"""

from __future__ import annotations

import re
import zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# PNG, third edition, 11.2 and 11.3: the picture, its transparency and its colours.
_CRITICAL = (b"IHDR", b"PLTE", b"IDAT", b"IEND")
_CHUNKS = (*_CRITICAL, b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"bKGD")

# ITU-T T.81, table B.1.
_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_TABLES = (0xDB, 0xC4, 0xDD)  # of quantization and Huffman codes, and how often a scan restarts
_FRAMES = (0xC0, 0xC1, 0xC2)  # baseline, extended, progressive: the only ones in use
_UNCOMMON = (0xC3, *range(0xC5, 0xD9), 0xDC, 0x01)
_MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]", re.DOTALL)
_JFIF, _ICC, _ADOBE = b"JFIF\0", b"ICC_PROFILE\0", b"Adobe"
_JFIF_LENGTH = 18  # with its marker, and without the thumbnail that may follow
MAX_SCANS = 64  # a progressive picture has some ten; drawing programs refuse more than 100


def plain_png(data: bytes) -> bytes | None:
    """A PNG with only its picture, its transparency and its colours."""
    kept = bytearray(_SIGNATURE)
    at = len(_SIGNATURE)
    while at + 12 <= len(data):
        kind = data[at + 4 : at + 8]
        chunk = data[at : at + 12 + int.from_bytes(data[at : at + 4])]
        sound = zlib.crc32(chunk[4:-4]) == int.from_bytes(chunk[-4:])
        if not sound or (kind[:1].isupper() and kind not in _CRITICAL):
            return None
        kept += chunk if kind in _CHUNKS else b""
        if kind == b"IEND":
            return bytes(kept)
        at += len(chunk)
    return None


def plain_jpeg(data: bytes) -> bytes | None:
    """A JPEG with only its picture and its colours; the first, if a phone wrote several."""
    kept = bytearray((0xFF, _START))
    at, scans = len(kept), 0
    while at + 2 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == _END:
            return bytes(kept) + b"\xff\xd9" if scans else None
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if marker == _SCAN:
            scans += 1
            following = _MARKER.search(data, end)
            end = following.end() - 2 if following else len(data)
        if marker in _UNCOMMON or scans > MAX_SCANS:
            return None
        kept += _kept(marker, data[at:end])
        at = end
    return None


def _kept(marker: int, segment: bytes) -> bytes:
    """A segment as it stays, or empty bytes."""
    body = segment[4:]
    if marker == 0xE0 and body.startswith(_JFIF):
        return b"\xff\xe0" + (_JFIF_LENGTH - 2).to_bytes(2) + segment[4 : _JFIF_LENGTH - 2] + b"\0\0"
    colours = (marker == 0xE2 and body.startswith(_ICC)) or (marker == 0xEE and body.startswith(_ADOBE))
    return segment if colours or marker in (*_TABLES, *_FRAMES, _SCAN) else b""
