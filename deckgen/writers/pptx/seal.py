"""Members of a .pptx -> the same members, sealed with their hash; a .pptx -> whether it is still as it was sealed."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable
from hashlib import sha256
from zipfile import BadZipFile, ZipFile

# The custom XML part that names the deck. LibreOffice keeps it, and so does PowerPoint (ECMA-376, part 1, 15.2.5).
ITEM = "customXml/item1.xml"
_LENGTH = 32
UNSEALED = "0" * _LENGTH
_WRITTEN = re.compile(rb'(<deck [^>]*written=")([0-9a-f]{%d})"' % _LENGTH)
_MAX_ITEM = 2_000_000


def sealed(members: dict[str, bytes]) -> dict[str, bytes]:
    """The members of a presentation; the identity, if it has one, gets the hash of all others."""
    if ITEM not in members:
        return members
    hashed = _digest((name, zlib.crc32(data), len(data)) for name, data in members.items()).encode()
    return {**members, ITEM: _WRITTEN.sub(rb"\g<1>" + hashed + b'"', members[ITEM])}


def is_as_written(data: bytes) -> bool:
    """Whether a presentation is what a build wrote; any program that saves it again changes some part."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            item = next((info for info in infos if info.filename == ITEM), None)
            if item is None or item.file_size > _MAX_ITEM:
                return False
            found = _WRITTEN.search(archive.read(item))
    except (BadZipFile, ValueError, OverflowError, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error):
        return False
    digest = _digest((info.filename, info.CRC, info.file_size) for info in infos)
    return found is not None and found[2].decode() == digest


def _digest(members: Iterable[tuple[str, int, int]]) -> str:
    """The hash of the names, checksums and sizes of all parts but the identity."""
    lines = "".join(f"{crc:08x} {size} {name}\n" for name, crc, size in sorted(members) if name != ITEM)
    return sha256(lines.encode()).hexdigest()[:_LENGTH]
