"""Package -> Problems: member names, content types and relationships, through which the parts find each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from deckgen.problems import Problem
from deckgen.proof.package import TYPES, A, Package, R, Relation, shown, source_of

_MIME = "application/vnd.openxmlformats-officedocument"
_RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
# The content type that a part must have because of the relationship to it.
_EXPECTED = {
    **{
        kind: f"{_MIME}.presentationml.{kind}+xml"
        for kind in ("slide", "slideLayout", "slideMaster", "notesSlide", "notesMaster", "handoutMaster")
    },
    **{kind: f"{_MIME}.presentationml.{kind}+xml" for kind in ("presProps", "viewProps", "tableStyles")},
    "theme": f"{_MIME}.theme+xml",
    "chart": f"{_MIME}.drawingml.chart+xml",
}
_MAIN = re.compile(
    rf"{re.escape(_MIME)}\.presentationml\.(presentation|slideshow|template)\.main\+xml"
    r"|application/vnd\.ms-powerpoint\.(presentation|slideshow|template)\.macroEnabled\.main\+xml"
)


def check_names(package: Package) -> Iterator[Problem]:
    """Every member occurs once in the archive and has a valid part name (ECMA-376 part 2, 6.2.2)."""
    for member, count in Counter(name.lower() for name in package.members).items():
        if count > 1:
            yield package.problem(member, "duplicate-member", f"is {count} times in the archive", "keep one of them")
    for member in package.members:
        if "\\" in member or any(segment in ("", ".", "..") for segment in member.split("/")):
            yield package.problem(
                member, "bad-member-name", "is not a valid part name", "such as `ppt/slides/slide1.xml`"
            )
    if not package.presentation:
        yield package.problem(
            "_rels/.rels",
            "no-presentation",
            "does not lead to a presentation",
            "save it as a PowerPoint presentation (.pptx)",
        )


def check_types(package: Package) -> Iterator[Problem]:
    """Every part has a content type, and every content type has a part."""
    root = package.roots.get(TYPES)
    if root is None:
        if TYPES not in package.members:
            yield package.problem(TYPES, "no-content-types", "is missing")
        return
    rows = [row for row in root if isinstance(row.tag, str)]
    overrides = [row for row in rows if row.tag.endswith("}Override")]
    defaults = [row for row in rows if row.tag.endswith("}Default")]
    yield from _twice(package, "Override", [row.get("PartName", "") for row in overrides])
    yield from _twice(package, "Default", [row.get("Extension", "") for row in defaults])
    by_part = {row.get("PartName", "").lower(): row.get("ContentType", "") for row in overrides}
    by_extension = {row.get("Extension", "").lower(): row.get("ContentType", "") for row in defaults}
    yield from _strays(package, by_part)
    yield from _mistyped(package, by_part, by_extension)
    if by_extension.get("rels") != _RELS_TYPE:
        yield package.problem(TYPES, "bad-content-type", f"the Default of `rels` is not {_RELS_TYPE}")


def _twice(package: Package, what: str, names: list[str]) -> Iterator[Problem]:
    for name, count in Counter(name.lower() for name in names).items():
        if count > 1:
            yield package.problem(TYPES, "duplicate-content-type", f"{count} {what}s for `{shown(name)}`")


def _strays(package: Package, by_part: dict[str, str]) -> Iterator[Problem]:
    present = {f"/{member.lower()}" for member in package.members}
    for name in by_part.keys() - present:
        text = f"an Override for `{shown(name)}`, which is not in the archive"
        yield package.problem(TYPES, "stray-content-type", text, "remove it, or add the part")


def _mistyped(package: Package, by_part: dict[str, str], by_extension: dict[str, str]) -> Iterator[Problem]:
    kinds = {r.part: r.kind for relations in package.relations.values() for r in relations if r.part}
    for member in package.members:
        if member == TYPES:
            continue
        extension = member.lower().rpartition(".")[2]
        found = by_part.get(f"/{member.lower()}") or by_extension.get(extension, "")
        kind = kinds.get(member, "")
        expected = _EXPECTED.get(kind, found)
        if not found:
            hint = f"add an Override for it, or a Default for `{shown(extension)}`"
            yield package.problem(member, "no-content-type", f"has no content type in {TYPES}", hint)
        elif found != expected or (kind == "officeDocument" and not _MAIN.fullmatch(found)):
            hint = f"add an Override with {expected}" if found != expected else ""
            yield package.problem(member, "bad-content-type", f"is {shown(found)} in {TYPES}", hint)


def check_relations(package: Package) -> Iterator[Problem]:
    """Every relationship has its own id and a relative path to a part in the archive."""
    present = {member.lower() for member in package.members}
    for member in package.roots:
        if member.endswith(".rels"):
            source = source_of(member)
            if source and source.lower() not in present:
                yield package.problem(
                    member, "stray-relations", f"has the relationships of `{shown(source)}`, which does not exist"
                )
    for source, relations in package.relations.items():
        for name, count in Counter(relation.id for relation in relations).items():
            if count > 1 or not name:
                text = f"{count} relationships with the id `{shown(name)}`" if name else "a relationship without an id"
                yield package.problem(source or "_rels/.rels", "duplicate-relation", text)
        for relation in relations:
            yield from _target(package, source or "_rels/.rels", relation)


def _target(package: Package, source: str, relation: Relation) -> Iterator[Problem]:
    if relation.external or relation.target.startswith("#"):
        return
    found = f"relation {shown(relation.id)} leads to `{shown(relation.target)}`"
    if relation.target.startswith("/") or re.match(r"[a-z][a-z0-9+.-]*:", relation.target, re.I):
        yield package.problem(
            source, "absolute-target", f"{found}, which is not a relative path", "such as `../media/image1.png`"
        )
    elif not relation.part:
        yield package.problem(
            source, "missing-part", f"{found}, which is not in the archive", "add it, or remove what uses it"
        )


def check_references(package: Package) -> Iterator[Problem]:
    """Every relationship that a part uses exists."""
    for part, root in package.roots.items():
        known = {relation.id for relation in package.relations.get(part, ())}
        for element in root.iter("{*}*"):
            for attribute, value in element.attrib.items():
                if not attribute.startswith(R) or value in known:
                    continue
                # A click that only acts (`ppaction://hlinkshowjump?jump=nextslide`) uses no relationship.
                if not value and element.tag in (f"{A}hlinkClick", f"{A}hlinkHover", f"{A}hlinkMouseOver"):
                    continue
                name = element.tag.rpartition("}")[2]
                text = f"`{name}` uses relationship `{shown(value)}`, which {shown(part)} does not have"
                yield package.problem(part, "missing-relation", text)
