"""Area -> the RFCs that the RFC Editor counts for it, from rfc-index.xml."""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.etree import ElementTree

from deckgen.facts.asking import NoAnswer
from deckgen.facts.gathered import Sources
from deckgen.facts.window import Window

# Former areas, whose RFCs the RFC Editor's search counts for another area.
_WITH = {"art": ("app", "rai")}


def area_rfcs(sources: Sources, window: Window) -> set[int]:
    """The numbers of the area's RFCs. Raises NoAnswer."""
    address = f"{sources.rfc_editor}/rfc-index.xml"
    sources.tracker.asked.append(address)
    areas = {window.area, *_WITH.get(window.area, ())}
    found = {number for number, area in _entries(sources.client.get(address)) if area in areas}
    if not found:
        raise NoAnswer(f"the RFC Editor's index has no RFC of the area {window.area}")
    return found


def _entries(body: bytes) -> Iterator[tuple[int, str]]:
    """Number and area of each RFC; each element is dropped after reading, because the index has many megabytes."""
    try:
        for _, element in ElementTree.iterparse(io.BytesIO(body)):
            if _local(element) == "rfc-entry":
                fields = {_local(child): (child.text or "").strip() for child in element}
                number = fields.get("doc-id", "").removeprefix("RFC")
                if number.isascii() and number.isdigit():
                    yield int(number), fields.get("area", "").lower()
                element.clear()
    except ElementTree.ParseError as error:
        start = body[:200].lstrip().lower()
        kind = "an HTML page, perhaps a login" if start.startswith((b"<!doctype html", b"<html")) else str(error)
        raise NoAnswer(f"the answer is not an index of RFCs but {kind}") from None


def _local(element: ElementTree.Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]
