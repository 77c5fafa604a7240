"""Folder × Identity -> the deck as it was built: from the files that git has, or else from the present ones."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from deckgen.base import Frozen
from deckgen.base.budget import scratch
from deckgen.base.files import MAX_BYTES, read_bounded
from deckgen.meeting import MEETINGS, TEMPLATES
from deckgen.meeting.identity import Identity, blob_of
from deckgen.problems import DeckError
from deckgen.review.revision import RevisionError, blobs_at

_MAX_INPUT = 20_000_000
_MAX_INPUTS = 2_000


class Before(Frozen):
    """A folder with the files that a deck was made of; `why` says so if these are the present ones instead."""

    root: Path
    why: str = ""


@contextmanager
def as_built(root: Path, identity: Identity) -> Iterator[Before]:
    """The files that a deck was made of: the present ones that did not change, and the others from git."""
    changed = {one.path: one.blob for one in identity.inputs if _blob(root / one.path) != one.blob}
    if not identity.inputs:
        yield Before(
            root, "the PowerPoint does not name the files it was made of; it is compared with the present ones"
        )
        return
    if not changed:
        yield Before(root)
        return
    try:
        _check(identity)
        found = blobs_at(root, [*changed.values()])
    except RevisionError as error:
        why = f"{', '.join(sorted(changed)[:3])} changed since the deck was built, and {error}"
        yield Before(root, f"{why}; it is compared with the present files")
        return
    with tempfile.TemporaryDirectory(prefix=scratch()) as folder:
        top = Path(folder)
        for one in identity.inputs:
            data = found[one.blob] if one.path in changed else (root / one.path).read_bytes()
            path = top / one.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        yield Before(top)


def _check(identity: Identity) -> None:
    """Raise RevisionError for a list of inputs that no build writes."""
    for one in identity.inputs:
        path = PurePosixPath(one.path)
        strange = path.is_absolute() or ".." in path.parts or not {"\\", ":"}.isdisjoint(one.path)
        if strange or len(identity.inputs) > _MAX_INPUTS:
            raise RevisionError("its list of files is not one that a build writes")


def _blob(path: Path) -> str:
    try:
        return "" if path.is_symlink() else blob_of(read_bounded(path, _MAX_INPUT))
    except DeckError:
        return ""


@contextmanager
def with_files(root: Path, pictures: Iterator[Path], files: Mapping[str, bytes]) -> Iterator[Path]:
    """A copy of the meetings, the templates and some pictures, with other files in it."""
    with tempfile.TemporaryDirectory(prefix=scratch()) as folder:
        top, real = Path(folder), root.resolve()
        for name in (MEETINGS, TEMPLATES):
            for path in sorted((real / name).rglob("*.yaml")):
                if path.is_file() and not path.is_symlink() and path.stat().st_size <= MAX_BYTES:
                    _copy(path, top / path.relative_to(real))
        for picture in pictures:
            if picture.is_relative_to(real) and picture.is_file():
                _copy(picture, top / picture.relative_to(real))
        for name, data in files.items():
            (top / name).parent.mkdir(parents=True, exist_ok=True)
            (top / name).write_bytes(data)
        yield top


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, target)
