"""Folder × meeting × old deck -> review/index.html and review.md: the deck now beside the deck before."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from deckgen.base import Frozen, replace, to_builtins
from deckgen.base.budget import scratch
from deckgen.base.files import write_all
from deckgen.build.one import Typeset, typeset
from deckgen.layout.pages import Page
from deckgen.meeting import MEETINGS, id_of, is_id, order_of
from deckgen.problems import Problem, errors_of, in_order
from deckgen.problems.text import text_messages
from deckgen.review.html import write_html
from deckgen.review.images import Asked, Drawn, draw_all
from deckgen.review.markdown import write_markdown
from deckgen.review.matching import Comparison, match, unmatched
from deckgen.review.places import NOWHERE, Places, places_at, places_now
from deckgen.review.report import Report, Shown, Wanted, counted, summary
from deckgen.review.revision import RevisionError, dirty_files, find_revision, folder_in_repository, unpack
from deckgen.review.sheet import draw_sheet
from deckgen.review.where import slide_of
from deckgen.writers.pdf import write_pdf

# The properties of the files, in the words of a reader.
_OF_A_DECK = {
    "title": "title of the deck",
    "subject": "subject of the files",
    "author": "author of the files",
    "language": "language of the deck",
    "footer": "footer of every page",
    "name": "name of the files",
    "upload": "upload page",
}


class Reviewed(Frozen):
    """The files of a review, its summary and its table, and the problems of the deck."""

    files: tuple[Path, ...]
    notices: tuple[str, ...]
    summary: str
    table: str
    problems: tuple[Problem, ...]

    @property
    def failed(self) -> bool:
        """Whether the deck has errors."""
        return bool(errors_of(self.problems))


class _Side(Frozen):
    """One of the two decks; without `ready` it does not exist, and `why` has the reason."""

    name: str
    ready: Typeset | None
    problems: tuple[Problem, ...] = ()
    why: str = ""
    places: Places = NOWHERE
    notices: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        return errors_of(self.problems)

    @property
    def pages(self) -> tuple[Page, ...]:
        return self.ready.pages.pages if self.ready else ()

    def pdf(self) -> bytes:
        """The deck as a PDF; empty without pages."""
        return (
            write_pdf(self.ready.pages, self.ready.theme, self.ready.typesetter) if self.ready and self.pages else b""
        )


class Other(Frozen):
    """Another folder to compare a deck with; `notices` are what a reader must know of it."""

    name: str
    root: Path
    notices: tuple[str, ...] = ()


def review(root: Path, meeting: str, against: str | Other, output: Path, sheet: bool = False) -> Reviewed:
    """Write the review of a meeting into `output`.

    `against` is a revision, a meeting, another folder, or nothing for the merge base.
    With `sheet`, a picture of the changed slides is written too.

    The review of a deck with errors shows its problems, and the slides that can be made. Raises RevisionError, and
    leaves an older review as it is, if `against` does not exist.
    """
    here = places_now(os.environ, root, folder_in_repository(root), output)
    new = _typeset("", root, meeting, here)
    old = _old_side(root, meeting, against)
    report = _report(order_of(root).label(id_of(meeting)), new, old, dirty_files(root))
    table = write_markdown(report)
    files = {"index.html": write_html(report).encode(), "review.md": table.encode()}
    if sheet:
        files["changes.png"] = draw_sheet(report.shown)
    write_all(output, files, root)
    return Reviewed(tuple(output / name for name in files), report.notices, summary(report), table, new.problems)


def _old_side(root: Path, meeting: str, against: str | Other) -> _Side:
    if isinstance(against, Other):
        side = _typeset(against.name, against.root, meeting, NOWHERE)
        return _checked(replace(side, notices=against.notices), against.root)
    other = _other_meeting(root, meeting, against)
    if other:
        here = places_at(os.environ, os.environ.get("GITHUB_SHA", ""), folder_in_repository(root))
        return _checked(_typeset(order_of(root).label(id_of(other)), root, other, here), root)
    try:
        revision = find_revision(root, against)
        with tempfile.TemporaryDirectory(prefix=scratch()) as folder:
            unpack(root, revision, Path(folder))
            places = places_at(os.environ, revision.commit, folder_in_repository(root))
            return _checked(_typeset(str(revision), Path(folder), meeting, places), Path(folder))
    except RevisionError as error:
        if against:
            raise
        return _Side("", None, why=f"There is no old deck: {error}.")


def _other_meeting(root: Path, meeting: str, against: str) -> str:
    """The meeting of this name, in the folder of the same area if it names none; empty if it is not one with a file."""
    other = against if "/" in against else f"{meeting.removesuffix(id_of(meeting))}{against}"
    return other if all(map(is_id, other.split("/"))) and (root / MEETINGS / f"{other}.yaml").exists() else ""


def _typeset(name: str, root: Path, meeting: str, places: Places) -> _Side:
    ready = typeset(root, meeting)
    return _Side(name, ready.value, ready.problems, places=places)


def _checked(side: _Side, root: Path) -> _Side:
    """The side without its deck if it has errors, because half a deck would look like removed slides."""
    errors = side.errors
    if not errors:
        return side
    if all(problem.rule == "no-file" for problem in errors):
        return _Side("", None, why=f"There is no old deck: {side.name} does not have this meeting.")
    listed = "; ".join(line for line in text_messages(errors[:3], root, colour=False) if not line.startswith(" "))
    more = f"; and {len(errors) - 3} more" if len(errors) > 3 else ""
    return _Side("", None, why=f"There is no old deck: that of {side.name} does not build. {listed}{more}")


def _report(label: str, new: _Side, old: _Side, dirty: Sequence[str]) -> Report:
    comparisons = match(old.pages, new.pages, _failed(new, old)) if old.ready else unmatched(new.pages)
    comparisons, drawn = _drawn(comparisons, new, old)
    meeting = new.ready.meeting if new.ready else None
    by_slide = {problem: slide_of(problem, meeting) for problem in new.problems}
    first = {one.page.slide: f"slide-{one.key}" for one in reversed(comparisons)}
    shown = [
        Shown(
            one, pictures, tuple(p for p, slide in by_slide.items() if slide == one.page.slide and one.page.part == 1)
        )
        for one, pictures in zip(comparisons, drawn, strict=True)
    ]
    deck = new.ready.deck if new.ready else None
    return Report(
        label=label,
        title=deck.title if deck else label,
        language=deck.language if deck else "en",
        against=old.name,
        notices=tuple(_notices(new, old, dirty)),
        look=_look(comparisons, new, old),
        shown=tuple(shown),
        problems=tuple((p, first.get(by_slide[p], "")) for p in in_order(new.problems)),
        wanted=tuple(_wanted(new)),
        now=new.places,
        before=old.places,
    )


def _drawn(comparisons: list[Comparison], new: _Side, old: _Side) -> tuple[list[Comparison], list[Drawn]]:
    """The pictures; if the theme changed, they also show which pages look different."""
    restyled = bool(new.ready and old.ready and new.ready.theme != old.ready.theme)
    asked = [
        Asked(
            one.new.number - 1 if one.new else None,
            one.old.number - 1 if one.old and (restyled or "changed" in one.marks or not one.new) else None,
        )
        for one in comparisons
    ]
    foot = new.ready.theme.footer_box.y / new.ready.theme.page_box.height if new.ready else 1.0
    needed = any(pair.old is not None for pair in asked)
    drawn = draw_all(asked, new.pdf(), old.pdf() if needed else b"", foot)
    marked = [_marked(one, pictures, restyled) for one, pictures in zip(comparisons, drawn, strict=True)]
    kept = [
        p if "changed" in one.marks or not one.new else replace(p, old=b"")
        for one, p in zip(marked, drawn, strict=True)
    ]
    return marked, kept


def _marked(one: Comparison, pictures: Drawn, restyled: bool) -> Comparison:
    """The comparison, marked as changed if only the theme changed the look of the page."""
    if pictures.tint and "changed" not in one.marks:
        marks = ("changed", *(mark for mark in one.marks if mark == "moved"))
        return replace(one, marks=marks, restyled=True)
    return replace(one, restyled=restyled and one.looks_other)


def _failed(new: _Side, old: _Side) -> set[str]:
    """The slides that the meeting still has, and that cannot be made because of its errors."""
    if new.ready is None:
        return {page.slide for page in old.pages}
    return {id for id, _ in new.ready.meeting.slides.items()} if new.errors else set()


def _look(comparisons: Sequence[Comparison], new: _Side, old: _Side) -> str:
    """The slides that a changed theme affects, and its changed values, in one line."""
    if not (new.ready and old.ready) or new.ready.theme == old.ready.theme:
        return ""
    before, now = (dict(_values(side.theme)) for side in (old.ready, new.ready))
    names = ", ".join(name for name in now if before.get(name) != now[name])
    restyled = {one.page.slide for one in comparisons if one.restyled}
    every = {page.slide for page in new.pages}
    count = "all slides" if restyled == every else counted(len(restyled), "slide")
    return f"look: {count}, the theme changed: {names}"


def _values(theme: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, object]]:
    """The values of a theme, each with its keys in the file."""
    if isinstance(theme, Frozen):
        for field, key in zip(theme.__struct_fields__, theme.__struct_encode_fields__, strict=True):
            yield from _values(getattr(theme, field), (*path, key))
    else:
        yield " ".join(path[1:] if path[0] == "colours" else path), theme


def _notices(new: _Side, old: _Side, dirty: Sequence[str]) -> list[str]:
    found = [*([old.why] if old.why else ()), *old.notices]
    if new.errors:
        found.append("The deck cannot be built: it has errors. This page shows the slides that can be made.")
    if new.ready and old.ready:
        before, now = to_builtins(old.ready.deck), to_builtins(new.ready.deck)
        differs = [key for key in _OF_A_DECK if before[key] != now[key]]
        found += [f"The {_OF_A_DECK[key]} was “{before[key]}” and is now “{now[key]}”." for key in differs]
    if dirty:
        more = f" and {len(dirty) - 5} more" if len(dirty) > 5 else ""
        found.append(f"The work tree has uncommitted changes: {', '.join(dirty[:5])}{more}.")
    return found


def _wanted(side: _Side) -> list[Wanted]:
    slides = side.ready.deck.wanting if side.ready else ()
    return [
        Wanted(s.id, s.title.words, s.wanted.words, s.ask.words if s.ask else "", s.wanted.origin)
        for s in slides
        if s.wanted
    ]
