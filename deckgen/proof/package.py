"""Bytes -> Package: the parts of an untrusted .pptx; the only module here that imports lxml."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from posixpath import dirname, normpath
from typing import Any
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from deckgen.base import Frozen
from deckgen.problems import DeckError, Origin, Problem, Severity, fatal

Element = Any

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
TYPES = "[Content_Types].xml"

# Far above any deck (one with 300 slides has 2,000 members and 10 MB of XML), far below what takes long.
MAX_BYTES = 512 * 2**20
MAX_MEMBERS = 10_000
MAX_UNPACKED = 2**30
MAX_XML = 64 * 2**20


class Relation(Frozen):
    """A relationship of a part: `kind` is the last word of its type, `part` the member it leads to, if any."""

    id: str
    kind: str
    target: str
    external: bool
    part: str


class Package(Frozen):
    """The members of the archive, the roots of the XML members, and the relationships of each part."""

    name: str
    members: tuple[str, ...]
    roots: dict[str, Element]
    relations: dict[str, tuple[Relation, ...]]
    unreadable: tuple[Problem, ...]

    def problem(self, part: str, rule: str, text: str, hint: str = "", severity: Severity = "error") -> Problem:
        """A problem at a part."""
        return Problem(Origin(f"{self.name}!/{shown(part)}"), rule, text, hint, severity)

    def related(self, part: str, kind: str) -> list[str]:
        """The parts of one kind that a part leads to."""
        return [r.part for r in self.relations.get(part, ()) if r.kind == kind and r.part]

    @property
    def presentation(self) -> str:
        """The name of the presentation part, or nothing."""
        return next((part for part in self.related("", "officeDocument") if part in self.roots), "")

    def of_kind(self, kind: str) -> Iterator[tuple[str, Element]]:
        """Name and root of each part that a relationship of this kind leads to, in archive order."""
        led_to = {r.part for relations in self.relations.values() for r in relations if r.kind == kind}
        return ((part, root) for part, root in self.roots.items() if part in led_to)


def read_package(data: bytes, name: str) -> Package:
    """The package in a ZIP archive. Raises DeckError if there is none or if it is too large."""
    origin = Origin(name)
    if len(data) > MAX_BYTES:
        raise fatal(origin, "too-large", f"{len(data)} bytes, more than {MAX_BYTES}")
    try:
        archive = ZipFile(io.BytesIO(data))
    except (BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
        raise fatal(origin, "bad-zip", f"not a ZIP archive, so not a PowerPoint file: {shown(str(error))}") from None
    with archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        _bound(infos, origin)
        roots, problems = _roots(archive, infos, name)
    members = tuple(info.filename for info in infos)
    return Package(name, members, roots, _relations(roots, members), tuple(problems))


def _bound(infos: list[ZipInfo], origin: Origin) -> None:
    """The declared sizes are enough: zipfile unpacks no more of a member than its declared size."""
    unpacked = sum(info.file_size for info in infos)
    xml = sum(info.file_size for info in infos if _is_xml(info.filename))
    for count, most, what in (
        (len(infos), MAX_MEMBERS, "members"),
        (unpacked, MAX_UNPACKED, "bytes unpacked"),
        (xml, MAX_XML, "bytes of XML"),
    ):
        if count > most:
            raise fatal(origin, "too-large", f"{count} {what}, more than {most}")


def _is_xml(member: str) -> bool:
    return member.lower().endswith((".xml", ".rels"))


def _roots(archive: ZipFile, infos: list[ZipInfo], name: str) -> tuple[dict[str, Element], list[Problem]]:
    """The roots of the XML members; a member that cannot be read becomes a problem."""
    roots: dict[str, Element] = {}
    problems: list[Problem] = []
    for info in infos:
        try:
            root = _root(archive, info, Origin(f"{name}!/{shown(info.filename)}"))
        except DeckError as error:
            problems += error.problems
        else:
            roots |= {info.filename: root} if root is not None else {}
    return roots, problems


def _root(archive: ZipFile, info: ZipInfo, origin: Origin) -> Element | None:
    """The root of an XML member, or None for another member, which is read only for its checksum. Raises DeckError."""
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise fatal(origin, "bad-zip", "is neither stored nor deflated, the only two methods in a PowerPoint file")
    try:
        if _is_xml(info.filename):
            return _parsed(archive.read(info), origin)
        with archive.open(info) as stream:
            while stream.read(2**20):
                pass
    except (BadZipFile, RuntimeError, EOFError, OSError, zlib.error) as error:
        raise fatal(origin, "bad-zip", f"cannot be unpacked: {shown(str(error))}") from None
    return None


def _parsed(data: bytes, origin: Origin) -> Element:
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise fatal(origin, "bad-xml", "is neither UTF-8 nor UTF-16") from None
    # A part has no document type (ECMA-376 part 2, 6.1.4), and without one there are no entities to expand.
    if "<!DOCTYPE" in text:
        raise fatal(origin, "bad-xml", "has a document type, which is not allowed in a part")
    if control := _CONTROL.search(text):
        text = f"`{shown(control[0])}` after `{_around(text, control.start())}`, which XML does not allow"
        raise fatal(origin, "control-character", text)
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(_DECLARATION.sub("", text).encode(), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        raise fatal(origin, "bad-xml", f"is not XML: {shown(str(error))}") from None


_DECLARATION = re.compile(r"^<\?xml[^>]*\?>")
# All characters that XML 1.0 (2.2) forbids, literally or as a reference.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#(?:0*(?:[0-8]|1[124-9]|2\\d|3[01])|x0*(?:[0-8bcef]|1[0-9a-f]));", re.I
)


def _around(text: str, index: int) -> str:
    """The last words before a position, to search for."""
    words = re.sub(r"^[^<>]*>|<[^>]*>?", " ", text[max(0, index - 200) : index])
    return shown(" ".join(words.split())[-30:])


def _relations(roots: dict[str, Element], members: tuple[str, ...]) -> dict[str, tuple[Relation, ...]]:
    """The relationships by the name of their part; those of the package under the empty name."""
    by_lower = {member.lower(): member for member in members}
    found: dict[str, tuple[Relation, ...]] = {}
    for name, root in roots.items():
        if name.endswith(".rels"):
            source = source_of(name)
            rows = (row for row in root if isinstance(row.tag, str) and row.tag.endswith("}Relationship"))
            found[by_lower.get(source.lower(), source)] = tuple(_relation(row, source, by_lower) for row in rows)
    return found


def _relation(row: Element, source: str, by_lower: dict[str, str]) -> Relation:
    target = row.get("Target", "")
    external = row.get("TargetMode") == "External"
    path = unquote(target.partition("#")[0])
    whole = path if path.startswith("/") else f"/{dirname(source)}/{path}"
    part = "" if external or not path else by_lower.get(normpath(whole).lstrip("/").lower(), "")
    return Relation(row.get("Id", ""), row.get("Type", "").removeprefix(_OFFICE), target, external, part)


def source_of(relations: str) -> str:
    """The part that a `.rels` member belongs to: `ppt/slides/_rels/slide1.xml.rels` of `ppt/slides/slide1.xml`."""
    folder, _, file = relations.rpartition("/")
    return f"{folder.removesuffix('_rels')}{file.removesuffix('.rels')}"


def number(text: str | None) -> int | None:
    """The integer value of an attribute, or None if it has none or one past all limits."""
    return int(text) if text is not None and re.fullmatch(r"[+-]?[0-9]{1,18}", text) else None


def is_within(text: str | None, allowed: range) -> bool:
    """Whether the value of an attribute is in a range. (`None in range(...)` would iterate over all of it.)"""
    value = number(text)
    return value is not None and value in allowed


def true(text: str | None) -> bool:
    """Whether an attribute is true (ECMA-376 part 1, 22.9.2.7)."""
    return text in ("1", "true", "on")


def shown(text: str) -> str:
    """Untrusted text made safe for a terminal: no control characters, not too long."""
    cut = text if len(text) <= 120 else f"{text[:117]}..."
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in cut)
