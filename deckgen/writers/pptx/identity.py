"""Identity -> the parts of a presentation that name its deck and the files it was made of."""

from __future__ import annotations

import uuid
from html import escape
from typing import Any

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI

from deckgen.meeting.identity import Identity
from deckgen.writers.pptx.seal import ITEM, UNSEALED

NAMESPACE = "urn:deckgen:identity"
_ITEM_ID = str(uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE)).upper()
_CUSTOM_XML = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # that of every custom property (ECMA-376, part 1, 15.2.12.2)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def add_identity(presentation: Any, identity: Identity) -> None:
    """Add a custom XML part with the meeting and the inputs, and properties of the file that people can read."""
    package = presentation.part.package
    item = _part(package, f"/{ITEM}", CONTENT_TYPE.XML, _item(identity))
    about = f'<ds:datastoreItem ds:itemID="{{{_ITEM_ID}}}" xmlns:ds="{_CUSTOM_XML}"><ds:schemaRefs/></ds:datastoreItem>'
    properties = _part(package, "/customXml/itemProps1.xml", CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, about)
    item.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    presentation.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)
    custom = _part(package, "/docProps/custom.xml", CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, _custom(identity))
    package.relate_to(custom, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def _part(package: Any, name: str, kind: str, text: str) -> Any:
    return Part(PackURI(name), kind, package, (_HEAD + text).encode())


def _item(identity: Identity) -> str:
    inputs = "".join(f'<input path="{escape(one.path)}" blob="{one.blob}"/>' for one in identity.inputs)
    about = f'meeting="{escape(identity.meeting)}" inputs="{identity.digest}" written="{UNSEALED}"'
    return f'<deck xmlns="{NAMESPACE}" {about}>{inputs}</deck>'


def _custom(identity: Identity) -> str:
    named = {"deckgen meeting": identity.meeting, "deckgen inputs": identity.digest}
    properties = "".join(
        f'<property fmtid="{_FORMAT}" pid="{pid}" name="{name}"><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
        for pid, (name, value) in enumerate(named.items(), 2)
    )
    return f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_TYPES}">{properties}</Properties>'
