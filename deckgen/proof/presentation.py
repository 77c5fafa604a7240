"""Package -> Problems: ids of slides, masters and layouts, sections, and which part belongs to which."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from deckgen.problems import Problem
from deckgen.proof.package import P14, Element, P, Package, R, is_within, shown

# ECMA-376 part 1, 19.7.13, 19.7.12 and 19.7.15.
_SLIDE_IDS = range(256, 2**31)
_MASTER_IDS = range(2**31, 2**32)


def check_ids(package: Package) -> Iterator[Problem]:
    """Slides, masters and layouts each have a unique id in the range of their kind."""
    name = package.presentation
    root = package.roots.get(name)
    if root is None:
        return
    slides = [(name, entry) for entry in root.iter(f"{P}sldId")]
    masters = [(name, entry) for entry in root.iter(f"{P}sldMasterId")]
    for part, master in package.of_kind("slideMaster"):
        masters += [(part, entry) for entry in master.iter(f"{P}sldLayoutId")]
    yield from _numbered(package, slides, _SLIDE_IDS, "slide")
    # A master may have no id; it is then left out of the comparison.
    yield from _numbered(package, [m for m in masters if m[1].get("id") is not None], _MASTER_IDS, "master or layout")
    yield from _led(package, slides, "slide")
    yield from _led(package, [m for m in masters if m[1].tag == f"{P}sldMasterId"], "slideMaster")
    yield from _led(package, [m for m in masters if m[1].tag == f"{P}sldLayoutId"], "slideLayout")


def _numbered(package: Package, entries: list[tuple[str, Element]], allowed: range, what: str) -> Iterator[Problem]:
    counts = Counter(entry.get("id") for _, entry in entries)
    for part, entry in entries:
        found = f"id {shown(entry.get('id', ''))} of a {what}"
        if not is_within(entry.get("id"), allowed):
            yield package.problem(part, "bad-id", f"{found} is not within {allowed.start} to {allowed.stop - 1}")
        elif counts[entry.get("id")] > 1:
            yield package.problem(part, "duplicate-id", f"{found} is used {counts[entry.get('id')]} times")


def _led(package: Package, entries: list[tuple[str, Element]], kind: str) -> Iterator[Problem]:
    """Each entry of a list leads to a part of its kind, and no two lead to the same part."""
    seen: set[str] = set()
    by_id = {(part, r.id): r for part in {part for part, _ in entries} for r in package.relations.get(part, ())}
    for part, entry in entries:
        relation = by_id.get((part, entry.get(f"{R}id", "")))
        if relation is None:
            continue  # check_references reports it
        found = f"{kind} {shown(entry.get('id', ''))} leads to `{shown(relation.target)}`"
        if relation.kind != kind:
            yield package.problem(part, "bad-relation", f"{found}, which is not a {kind}")
        elif relation.part and relation.part in seen:
            yield package.problem(part, "duplicate-part", f"{found}, as does another")
        seen.add(relation.part)


def check_kinship(package: Package) -> Iterator[Problem]:
    """A slide has one layout, a layout one master, a master one theme; and a slide is in the slide list."""
    for kind, parent in (("slide", "slideLayout"), ("slideLayout", "slideMaster"), ("slideMaster", "theme")):
        for part, _ in package.of_kind(kind):
            count = len([r for r in package.relations.get(part, ()) if r.kind == parent])
            if count != 1:
                yield package.problem(part, "bad-kinship", f"has {count} relationships to a {parent}, not one")
    for part, master in package.of_kind("slideMaster"):
        listed = len(list(master.iter(f"{P}sldLayoutId")))
        related = len(package.related(part, "slideLayout"))
        if listed != related:
            yield package.problem(part, "bad-kinship", f"lists {listed} layouts and has relationships to {related}")
    name = package.presentation
    if package.related(name, "notesMaster") and package.roots[name].find(f"{P}notesMasterIdLst") is None:
        text = "does not list the master of its notes"
        yield package.problem(name, "bad-kinship", text, "add a `p:notesMasterIdLst`", "warning")
    shown_slides = set(slides(package))
    for part, _ in package.of_kind("slide"):
        if part not in shown_slides:
            text = "is in the file but not in the list of slides"
            yield package.problem(part, "stray-slide", text, "remove the part too: it can still be read", "warning")


def slides(package: Package) -> Iterable[str]:
    """The parts of the slides in presentation order."""
    name = package.presentation
    by_id = {relation.id: relation.part for relation in package.relations.get(name, ())}
    entries = package.roots[name].iter(f"{P}sldId") if name else ()
    return [by_id[entry.get(f"{R}id")] for entry in entries if by_id.get(entry.get(f"{R}id"))]


def check_sections(package: Package) -> Iterator[Problem]:
    """If there are sections, each slide is in exactly one, and no section contains another slide (MS-PPTX, 2.6.3)."""
    name = package.presentation
    sections = list(package.roots[name].iter(f"{P14}section")) if name else []
    if not sections:
        return
    known = {entry.get("id", "") for entry in package.roots[name].iter(f"{P}sldId")}
    counts: Counter[str] = Counter()
    for section in sections:
        title = shown(section.get("name", ""))
        for entry in section.iter(f"{P14}sldId"):
            slide = entry.get("id", "")
            counts[slide] += 1
            if slide not in known:
                text = f"section `{title}` contains slide {shown(slide)}, which does not exist"
                yield package.problem(name, "unknown-slide", text)
    for slide in sorted(known):
        if counts[slide] != 1:
            text = f"slide {shown(slide)} is in {counts[slide]} sections, not one"
            # Programs that add a slide leave it out of all sections; only a second section is an error.
            yield package.problem(name, "bad-section", text, severity="error" if counts[slide] else "warning")
    for guid, count in Counter(section.get("id", "").lower() for section in sections).items():
        if count > 1:
            yield package.problem(name, "bad-section", f"{count} sections have the id {shown(guid)}")


def check_notes(package: Package) -> Iterator[Problem]:
    """Each slide has its own notes, which lead back to it."""
    owners: dict[str, list[str]] = defaultdict(list)
    for part, _ in package.of_kind("slide"):
        for notes in package.related(part, "notesSlide"):
            owners[notes].append(part)
    for notes, found in owners.items():
        back = package.related(notes, "slide")
        if len(found) > 1:
            names = " and ".join(shown(part) for part in found)
            yield package.problem(notes, "shared-notes", f"the notes of {names}", "give each slide notes of its own")
        elif back != found:
            leads = f"leads back to {', '.join(map(shown, back)) or 'no slide'}"
            yield package.problem(notes, "shared-notes", f"the notes of {shown(found[0])}, but {leads}")
