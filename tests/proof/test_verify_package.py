"""deckgen.verify on the archive: what comes from anyone is read with care, and its parts find each other."""

from __future__ import annotations

from zipfile import ZIP_BZIP2

import pytest
from support.broken import (
    FIRST,
    PRESENTATION,
    PRESENTATION_RELS,
    TYPES,
    Parts,
    cut,
    faults,
    found,
    packed,
    rels,
    swap,
    titled,
)

from deckgen.proof import package as reading
from deckgen.proof.verify import verify


# -- The archive -------------------------------------------------------------
def test_no_archive() -> None:
    """What is no ZIP archive is one problem of the whole file."""
    assert found(b"%PDF-1.7") == [("", "bad-zip")]


def test_an_empty_archive() -> None:
    """An archive without parts is no presentation."""
    assert found(packed({})) == [("[Content_Types].xml", "no-content-types"), ("_rels/.rels", "no-presentation")]


@pytest.mark.parametrize("length", [0, 1, 30, 5000, 50_000])
def test_a_file_cut_off(parts: Parts, length: int) -> None:
    """A download that broke off is no ZIP archive."""
    assert found(packed(parts)[:length]) == [("", "bad-zip")]


def test_a_damaged_member(parts: Parts) -> None:
    """A member that does not fit its checksum is said to be damaged."""
    data = bytearray(packed(parts))
    at = data.index(b"ppt/presentation.xml") + 200
    data[at] ^= 0xFF

    assert (PRESENTATION, "bad-zip") in found(bytes(data))


def test_an_unusual_compression(parts: Parts) -> None:
    """PowerPoint unpacks nothing but stored and deflated members."""
    assert {rule for _, rule in found(packed(parts, ZIP_BZIP2))} >= {"bad-zip"}


@pytest.mark.parametrize("limit", ["MAX_BYTES", "MAX_MEMBERS", "MAX_UNPACKED", "MAX_XML"])
def test_a_file_too_large(parts: Parts, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    """A file past any bound is refused before anything is unpacked."""
    monkeypatch.setattr(reading, limit, 50)

    assert found(packed(parts)) == [("", "too-large")]


def test_a_zip_bomb_is_refused() -> None:
    """Sixty-five megabytes of XML in sixty-five kilobytes are not unpacked."""
    bomb = packed({"ppt/presentation.xml": " " * (reading.MAX_XML + 1)})

    assert len(bomb) < 100_000
    assert found(bomb) == [("", "too-large")]


def test_entities_are_not_expanded(parts: Parts) -> None:
    """A part with a document type is refused, and so is every entity."""
    swap(parts, FIRST, "<p:sld ", '<!DOCTYPE p:sld [<!ENTITY a SYSTEM "file:///etc/hostname">]><p:sld ')

    assert (FIRST, "bad-xml") in faults(parts)


@pytest.mark.parametrize("text", ["", "<p:sld", "<a/><b/>", "\xff\xfe", "\xe4", "<a>&b;</a>"])
def test_a_part_that_is_no_xml(parts: Parts, text: str) -> None:
    """A slide that cannot be parsed is one problem."""
    parts[FIRST] = text

    assert faults(parts) == [(FIRST, "bad-xml")]


def test_a_part_in_utf_16(parts: Parts) -> None:
    """A part may be written in UTF-16."""
    text = parts[FIRST].encode("latin-1").decode().replace("UTF-8", "UTF-16", 1)
    parts[FIRST] = text.encode("utf-16").decode("latin-1")

    assert faults(parts) == []


def test_a_control_character_as_a_reference(parts: Parts) -> None:
    """`&#11;` is no better than the character itself, and the message says where it stands."""
    swap(parts, FIRST, "</a:t>", "&#11;</a:t>")

    (problem,) = verify(packed(parts), "a.pptx")
    assert problem.rule == "control-character"
    assert "after `Security Area Advisory Group`" in problem.text


def test_an_escaped_control_character(parts: Parts) -> None:
    """`_x000B_` is how python-pptx hides a control character; PowerPoint shows it as it is."""
    swap(parts, FIRST, "</a:t>", "_x000B_</a:t>")

    assert faults(parts) == [(FIRST, "control-character")]


@pytest.mark.parametrize("name", ["ppt\\slides\\slide9.xml", "/ppt/a.xml", "ppt//a.xml", "../a.xml", "ppt/./a.xml"])
def test_a_name_that_no_part_may_have(parts: Parts, name: str) -> None:
    """A member has a name without backslashes, empty segments or dots."""
    parts[name] = "<a/>"

    assert (name, "bad-member-name") in faults(parts)


def test_a_name_cannot_talk_to_the_terminal(parts: Parts) -> None:
    """Escape sequences in the name of a member are shown, not sent."""
    parts["ppt/\x1b[2J.xml"] = "<"

    assert faults(parts) == [("ppt/\\x1b[2J.xml", "bad-xml")]


# -- Content types and relations ----------------------------------------------
def test_a_part_without_any_content_type(parts: Parts) -> None:
    """A picture needs the default of its extension."""
    cut(parts, TYPES, r'<Default Extension="png"[^>]*/>')

    assert set(faults(parts)) == {(name, "no-content-type") for name in parts if name.endswith(".png")}


def test_no_content_types_at_all(parts: Parts) -> None:
    """An archive without the list of content types is no package."""
    del parts[TYPES]

    assert faults(parts) == [(TYPES, "no-content-types")]


@pytest.mark.parametrize(
    "pattern", [r'<Override PartName="/ppt/slides/slide1.xml"[^>]*/>', '<Default Extension="xml"[^>]*/>']
)
def test_a_content_type_twice(parts: Parts, pattern: str) -> None:
    """A part, or an extension, has one content type."""
    cut(parts, TYPES, f"({pattern})", r"\1\1")

    assert faults(parts) == [(TYPES, "duplicate-content-type")]


def test_relations_need_their_default(parts: Parts) -> None:
    """The default of `rels` is that of relations."""
    swap(parts, TYPES, "application/vnd.openxmlformats-package.relationships+xml", "application/xml")

    assert faults(parts) == [(TYPES, "bad-content-type")]


def test_a_presentation_of_another_type(parts: Parts) -> None:
    """The presentation has the content type of one."""
    swap(parts, TYPES, "presentationml.presentation.main+xml", "wordprocessingml.document.main+xml")

    assert faults(parts) == [(PRESENTATION, "bad-content-type")]


def test_relations_of_no_part(parts: Parts) -> None:
    """Relations without the part that has them are left over."""
    parts["ppt/slides/_rels/slide99.xml.rels"] = parts[rels(FIRST)]

    assert ("ppt/slides/_rels/slide99.xml.rels", "stray-relations") in faults(parts)


@pytest.mark.parametrize("target", ["/ppt/slides/slide1.xml", "file:///ppt/slides/slide1.xml", "C:\\slide1.xml"])
def test_an_absolute_target(parts: Parts, target: str) -> None:
    """A relation to a part is a relative path."""
    parts[PRESENTATION_RELS] = parts[PRESENTATION_RELS].replace('"slides/slide1.xml"', f'"{target}"')

    assert (PRESENTATION, "absolute-target") in faults(parts)


def test_a_target_with_escapes_and_dots(parts: Parts) -> None:
    """A target may be any spelling of a path that leads to the part."""
    swap(parts, PRESENTATION_RELS, '"slides/slide1.xml"', '"../ppt/./slides/%73lide1.xml"')

    assert faults(parts) == []


def test_a_relation_id_twice(parts: Parts) -> None:
    """The relations of a part have different ids."""
    cut(parts, rels(FIRST), r"(<Relationship Id=[^>]*/>)", r"\1\1")

    assert (FIRST, "duplicate-relation") in faults(parts)


def test_an_empty_reference(parts: Parts) -> None:
    """Only a click may name no relation, for one that acts by itself needs none."""
    slide = titled(parts, "A picture")
    cut(parts, slide, r'r:embed="\w+"', 'r:embed=""')
    cut(parts, FIRST, r'<a:hlinkClick r:id="\w+"', '<a:hlinkClick r:id="" action="ppaction://noaction"')

    assert faults(parts) == [(slide, "missing-relation")]


def test_no_presentation(parts: Parts) -> None:
    """The package leads to its presentation."""
    swap(parts, "_rels/.rels", "relationships/officeDocument", "relationships/somethingElse")

    assert ("_rels/.rels", "no-presentation") in faults(parts)
