"""Bytes of a PowerPoint -> Edited: what its slides say, which deck it was, and the files of its pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from zipfile import ZipFile

from deckgen.base import Frozen
from deckgen.meeting.identity import Identity, Input
from deckgen.problems import Result
from deckgen.proof.contents import Contents
from deckgen.proof.package import Package, read_package
from deckgen.proof.read_contents import contents_of

_DECK = "{urn:deckgen:identity}deck"
_ABOUT, _PROGRAM = (
    f"{{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}}{name}"
    for name in ("Properties", "Application")
)
_PROPERTY = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"


class Edited(Frozen):
    """A PowerPoint that a person may have edited; `identity` is None if no build of deckgen wrote it."""

    data: bytes
    package: Package
    contents: Contents
    identity: Identity | None

    def identity_of(self, meeting: str) -> Identity:
        """Its identity, or that of a meeting whose inputs are unknown."""
        return self.identity or Identity(meeting)

    @property
    def program(self) -> str:
        """The name of the program that saved it, as far as it says so."""
        roots = (root for root in self.package.roots.values() if root.tag == _ABOUT)
        return next(("".join(one.itertext()) for root in roots for one in root.iter(_PROGRAM)), "")

    def read(self, member: str) -> bytes:
        """A file in the archive, which was read with its bounds."""
        with ZipFile(io.BytesIO(self.data)) as archive:
            return archive.read(member) if member in self.package.members else b""


def read_edited(data: bytes, name: str) -> Result[Edited]:
    """A PowerPoint of anyone, within the bounds of a package. Parts that cannot be read are problems."""
    read = Result.of(lambda: read_package(data, name))
    if read.value is None:
        return Result(None, read.problems)
    contents = contents_of(read.value)
    if contents.value is None:
        return Result(None, contents.problems)
    return Result(Edited(data, read.value, contents.value, _identity(read.value)), contents.problems)


def _identity(package: Package) -> Identity | None:
    """The identity in the custom XML part, or at least the meeting in the properties of the file."""
    for root in package.roots.values():
        if root.tag == _DECK and root.get("meeting"):
            return Identity(root.get("meeting"), tuple(Input(one.get("path", ""), one.get("blob", "")) for one in root))
    named = dict(_properties(package))
    return Identity(named["deckgen meeting"]) if named.get("deckgen meeting") else None


def _properties(package: Package) -> Iterator[tuple[str, str]]:
    """The properties of the file that people add."""
    for root in package.roots.values():
        for one in root.iter(_PROPERTY):
            yield one.get("name", ""), "".join(one.itertext()).strip()
