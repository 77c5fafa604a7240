"""Folder × edited PowerPoint -> Imported: its edits in the meeting file, and what a person must look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from difflib import unified_diff
from pathlib import Path

from deckgen.base import Frozen, replace
from deckgen.base.files import read_bounded, refuse_links, write_all
from deckgen.build.one import Typeset, typeset
from deckgen.edits.added import Added, Adder
from deckgen.edits.base import as_built, with_files
from deckgen.edits.carrier import Carrier
from deckgen.edits.carry import SlideCarrier
from deckgen.edits.changes import Change, Changes, Renamed
from deckgen.edits.differ import differences
from deckgen.edits.homes import Homes
from deckgen.edits.looks import look_problems
from deckgen.edits.matching import Slides, match_slides, moved
from deckgen.edits.sheets import sheets_in, sheets_of
from deckgen.edits.three_ways import merged
from deckgen.problems import Origin, Problem, Result, errors_of, fatal, in_order
from deckgen.proof.edited import Edited, read_edited
from deckgen.proof.package import MAX_BYTES
from deckgen.source import Plain
from deckgen.writers.pptx.ids import slide_ids


class Imported(Frozen):
    """The meeting file `path` and its changes as a patch; `problems` are what is not carried.

    `files` are those that were written; none if nothing changed, or in a dry run.
    """

    path: str
    patch: str
    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    notice: str = ""


def bring_home(root: Path, file: Path, meeting: str = "", dry_run: bool = False) -> Imported:
    """Write the edits of a PowerPoint into the file of its meeting.

    Raises DeckError, and writes nothing, if the file is not a deck of this folder, or if the meeting has errors.
    """
    work, imported = _tried(root, file, meeting)
    if imported.patch and not dry_run:
        return replace(imported, files=work.write())
    return imported


@contextmanager
def as_edited(root: Path, file: Path, meeting: str) -> Iterator[tuple[Path, Imported]]:
    """A folder whose meeting file has the edits of a PowerPoint. Raises DeckError, as `bring_home` does."""
    work, imported = _tried(root, file, meeting)
    with work.folder() as folder:
        yield folder, imported


def _tried(root: Path, file: Path, meeting: str) -> tuple[_Work, Imported]:
    edited = read_edited(read_bounded(file, MAX_BYTES), str(file)).get()
    name = _meeting(edited, file, meeting)
    present = typeset(root, name).get()
    with as_built(root, edited.identity_of(name)) as before:
        base = present if before.root == root else typeset(before.root, name).sound or present
        why = before.why or ("" if base is not present or before.root == root else "the deck as built has errors now")
        work = _Work(root, name, edited, present, base)
        return work, replace(work.imported(), notice=why)


def _meeting(edited: Edited, file: Path, asked: str) -> str:
    known = edited.identity.meeting if edited.identity else ""
    here = Origin(str(file))
    if not known and not asked:
        hint = "name its meeting by `--meeting 124`, if it is a deck of this folder"
        raise fatal(here, "foreign-deck", "this PowerPoint does not name the meeting it was built from", hint)
    if known and asked and known != asked:
        hint = f"leave out `--meeting`, or write `--meeting {known}`"
        raise fatal(here, "foreign-deck", f"this is a deck of meeting {known}, not of {asked}", hint)
    return asked or known


class _Work:
    """One import: the base, the edited deck and the present files."""

    def __init__(self, root: Path, name: str, edited: Edited, present: Typeset, base: Typeset) -> None:
        self._root = root
        self._name = name
        self._edited = edited
        self._present = present
        self._base = base
        self._path = present.meeting.layers[-1].origin.path
        self._before = sheets_of(base.pages, slide_ids(base.pages.pages))
        self._titles = {" ".join(sheet.heading.split()): sheet.slide for sheet in reversed(self._before)}
        self._after = sheets_in(edited.contents, self._titles)
        self._files: dict[str, bytes] = {}

    def imported(self) -> Imported:
        """The changed text, tried by a build, and what is left."""
        data = read_bounded(self._root / self._path, MAX_BYTES)
        old = data.decode("utf-8-sig")
        new, problems = self._carried(old)
        if new != old:
            bom = data[: len(data) - len(old.encode())]
            self._files[self._path] = bom + new.encode()
        patch = "".join(
            unified_diff(
                old.splitlines(keepends=True), new.splitlines(keepends=True), f"a/{self._path}", f"b/{self._path}"
            )
        )
        return Imported(self._path, patch, (), in_order(problems))

    def folder(self) -> AbstractContextManager[Path]:
        """A copy of the folder with the changed files."""
        return with_files(self._root, iter(self._present.asked), self._files)

    def write(self) -> tuple[str, ...]:
        """Write the meeting file, and the pictures of new slides before it. Raises DeckError."""
        for name in sorted(self._files, key=lambda one: one == self._path):
            path = self._root / name
            refuse_links(path, self._root)
            write_all(path.parent, {path.name: self._files[name]}, self._root)
        return tuple(self._files)

    def _carried(self, text: str) -> tuple[str, list[Problem]]:
        """The text with all edits that a build shows as they are, and the problems of the others."""
        best: tuple[str, list[Problem]] | None = None
        for beside in ("after", "before"):
            found = self._attempt(text, beside, ())
            if found and (best is None or len(found[1]) < len(best[1])):
                best = found
            if best and not any(problem.rule == "slide-order" for problem in best[1]):
                break
        assert best
        return best

    def _attempt(self, text: str, beside: str, without: Sequence[str]) -> tuple[str, list[Problem]]:
        """The text with the edits of all slides but some, which a build refused."""
        homes = Homes(self._base.meeting)
        changes = Changes(homes)
        carrier = Carrier(homes, changes)
        slides = match_slides(self._before, self._after)
        carrier.also = {one.slide: one.also for one in self._before}
        self._files.clear()
        self._slides(slides, changes, carrier, beside)
        for id, sheets in slides.sheets.items():
            if id not in without:
                SlideCarrier(carrier).carry(id, [one for one in self._before if one.slide == id], sheets)
        if self._base is not self._present:
            changes, conflicts = merged(changes, homes, Homes(self._present.meeting))
            carrier.left += conflicts
        changed, failed = changes.apply(text)
        carrier.left += [self._refused(one) for one in failed]
        built = self._built(changed)
        if built.errors or built.value is None:
            bad = self._blamed(built.problems, changes, without)
            if bad:
                found, left = self._attempt(text, beside, (*without, *bad))
                reasons = [replace(one, rule="not-carried", severity="warning") for one in built.errors]
                return found, [*left, *reasons]
            left = [replace(one, rule="not-carried", severity="warning") for one in built.errors]
            return text, [*carrier.left, *left]
        return changed, [
            *self._left(carrier, built.value),
            *look_problems(self._edited, self._base, self._before, slides),
        ]

    def _blamed(self, problems: Sequence[Problem], changes: Changes, without: Sequence[str]) -> list[str]:
        """The slides whose edits a build refuses: those it names, or else all that changed."""
        slides = [*(one.slide for one in changes.changes), *(one.slide for one in changes.renamed)]
        every = dict.fromkeys(id for id in slides if id not in without)
        named = [id for id in every if any(one.slide == id for one in errors_of(problems))]
        return named or [*every]

    def _left(self, carrier: Carrier, built: Typeset) -> list[Problem]:
        """What was listed on the way, and what the built deck shows otherwise than the edited one."""
        sheets = sheets_of(built.pages, slide_ids(built.pages.pages))
        titles = {**self._titles, **{" ".join(sheet.heading.split()): sheet.slide for sheet in reversed(sheets)}}
        edited = sheets_in(self._edited.contents, titles)
        told = {problem.slide for problem in carrier.left}
        alone = self._base is self._present
        seen = [*differences(sheets, edited, self._before, self._path, alone)]
        return [*carrier.left, *(one for one in seen if one.slide not in told or not one.slide)]

    def _built(self, text: str) -> Result[Typeset]:
        files: Mapping[str, bytes] = {**self._files, self._path: text.encode()}
        with with_files(self._root, iter(self._present.asked), files) as folder:
            return typeset(folder, self._name)

    def _refused(self, change: Change | Renamed) -> Problem:
        path = ".".join(map(str, change.path))
        source = Homes(self._base.meeting).source(change.path)
        origin = source.origin if source else Origin(self._path)
        text = f"an edit of `{path}` is not carried: it cannot be written there without changing other lines"
        return Problem(origin, "not-carried", text, "change it by hand", "warning", change.slide)

    # -- Slides as a whole -----------------------------------------------------------
    def _slides(self, slides: Slides, changes: Changes, carrier: Carrier, beside: str) -> None:
        """Carry slides that were removed, moved or added."""
        base = [*dict.fromkeys(sheet.slide for sheet in self._before)]
        for id in base:
            for one in (id, *carrier.also[id]) if id not in slides.sheets else ():
                self._remove(one, changes)
        adder = Adder(carrier, self._name.rpartition("/")[2], self._taken(), self._edited.read)
        order: list[str] = []
        made: dict[str, Added] = {}
        for id, sheet in slides.order:
            if id:
                order += [] if id in order else [id]
                continue
            added = adder.make(sheet)
            if added is None:
                text = "a new slide without words is not carried"
                hint = "give it a title in PowerPoint, or write it into the meeting file"
                carrier.left.append(Problem(Origin(self._path), "not-carried", text, hint, "warning"))
                continue
            order.append(added.id)
            made[added.id] = added
            self._files.update(added.files)
        displaced = moved(base, order)
        for id in (one for one in order if one in displaced):
            changes.set(("slides", id, *self._key(id, order, beside)), self._beside(id, order, beside), id)
        for id, added in made.items():
            keys: dict[str, Plain] = {**added.keys, self._key(id, order, beside)[0]: self._beside(id, order, beside)}
            changes.set(("slides", id), keys, id)

    def _taken(self) -> set[str]:
        meeting = self._present.meeting
        return {*meeting.known_slides, *dict(meeting.slides.items()), *(sheet.slide for sheet in self._before)}

    def _remove(self, id: str, changes: Changes) -> None:
        meeting = self._base.meeting
        if id in meeting.known_slides or id in meeting.scopes:
            changes.set(("slides", id), None, id)
        else:
            changes.set(("slides", id, "when"), False, id)

    def _key(self, id: str, order: Sequence[str], beside: str) -> tuple[str]:
        """Whether a slide is after or before another; a slide that has one of the two keeps that one."""
        source = self._base.meeting.slides.get(id)
        if source and source.get("before"):
            return ("before",)
        if source and source.get("after"):
            return ("after",)
        return ("before",) if order.index(id) == 0 or (beside == "before" and id != order[-1]) else ("after",)

    def _beside(self, id: str, order: Sequence[str], beside: str) -> str:
        at = order.index(id)
        before = self._key(id, order, beside) == ("before",)
        return order[at + 1] if before and at + 1 < len(order) else order[at - 1]
