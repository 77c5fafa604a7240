"""A .pptx -> the same .pptx, dated as told: python-pptx and XlsxWriter date their members with the clock."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from deckgen.writers.pptx.seal import sealed

# A ZIP member cannot be older (APPNOTE.TXT, 4.4.6).
_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
_DATES = re.compile(rb'(<dcterms:(?:created|modified) xsi:type="dcterms:W3CDTF">)[^<]*')


def restamp(data: bytes, timestamp: int) -> bytes:
    """The archive with every date in it, those of embedded workbooks included, set to `timestamp`."""
    day = max(datetime.fromtimestamp(timestamp, UTC), _EARLIEST)
    with ZipFile(io.BytesIO(data)) as old:
        members = {name: _restamped(name, old.read(name), day) for name in old.namelist()}
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for name, content in sealed(members).items():
            member = ZipInfo(name, day.timetuple()[:6])
            member.compress_type = ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            member.create_system = 3
            new.writestr(member, content)
    return stream.getvalue()


def _restamped(name: str, content: bytes, day: datetime) -> bytes:
    if name.endswith(".xlsx"):
        return restamp(content, int(day.timestamp()))
    if name == "docProps/core.xml":
        return _DATES.sub(rb"\g<1>" + day.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), content)
    return content
