"""Bytes <-> files: the files of a folder written together or not at all; a file read up to a limit."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from deckgen.base.budget import writing
from deckgen.base.problem import DeckError, Origin, fatal

MAX_BYTES = 1_000_000  # of an untrusted text file: a meeting of 200 slides stays far below

# The old files are in the first folder while they are moved out, and in the second while the new ones are moved in.
_LEAVING, _REPLACED = ".leaving", ".replaced"
_NAMES = ".names"  # in either folder: the names of the set
_NEW = ".new-"


def refuse_links(path: Path, root: Path) -> None:
    """Raise DeckError for a link at `path`, or between `root` and it: it may have come with untrusted files.

    The path to `root` itself may contain links: the person who named it chose them.
    """
    top, target = root.absolute(), path.absolute()  # `resolve` would follow the links
    for step in (*reversed(target.parents), target):
        if (step == target or (top != step and step.is_relative_to(top))) and step.is_symlink():
            hint = "delete the link, or name the folder it points to"
            text = f"`{step.name}` is a link, and nothing is written through links"
            raise fatal(Origin(str(path)), "cannot-write", text, hint)


def write_all(folder: Path, files: Mapping[str, bytes], root: Path) -> None:
    """Write files into `folder` together; a link with the name of a file is replaced.

    If the process stops at any moment, no new file is beside an old one of the set: the old files are moved out
    before the first new one is moved in, and `restore` brings them back. Raises DeckError, with the old files
    unchanged, if a file cannot be written or a link is between `root` and `folder`.
    """
    refuse_links(folder, root)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with writing(str(folder)), _alone(folder):
            _clear(folder)
            with tempfile.TemporaryDirectory(prefix=_NEW, dir=folder) as stage:
                for name, data in files.items():
                    _stage(folder / name, Path(stage) / name, data)
                _swap(folder, Path(stage), list(files))
    except OSError as error:
        raise _cannot_write(error, folder) from None


def _stage(target: Path, staged: Path, data: bytes) -> None:
    if target.is_dir():
        raise IsADirectoryError(21, "a folder has this name", str(target))
    with staged.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _swap(folder: Path, stage: Path, names: list[str]) -> None:
    """Move the old files out of `folder` and the staged ones in; on failure, move the old ones back."""
    leaving, replaced = folder / _LEAVING, folder / _REPLACED
    (stage / "old").mkdir()
    (stage / "old" / _NAMES).write_text("\n".join(names), "utf-8")
    (stage / "old").rename(leaving)
    try:
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                (folder / name).rename(leaving / name)
        leaving.rename(replaced)
        for name in names:
            (stage / name).replace(folder / name)
        replaced.rename(stage / "old")  # from here on the new files are the valid ones
    except BaseException:
        _restore(folder)
        raise


def restore(folder: Path, root: Path) -> None:
    """Put back the old files if a process was killed while it replaced them. Raises DeckError, for a link too."""
    refuse_links(folder, root)
    if not _is_folder(folder / _LEAVING) and not _is_folder(folder / _REPLACED):
        return
    try:
        with _alone(folder):
            _restore(folder)
    except OSError as error:
        raise _cannot_write(error, folder) from None


def tidy(folder: Path) -> None:
    """Remove what a process left that was killed while it replaced the files of `folder`. Raises DeckError."""
    try:
        with _alone(folder):
            _clear(folder)
    except OSError as error:
        raise _cannot_write(error, folder) from None


def _clear(folder: Path) -> None:
    _restore(folder)
    for orphan in filter(_is_folder, folder.glob(f"{_NEW}*")):
        shutil.rmtree(orphan)


def _restore(folder: Path) -> None:
    """Each step can be repeated, in case this process is killed too."""
    leaving, replaced = folder / _LEAVING, folder / _REPLACED
    if _is_folder(replaced):
        for name in _names(replaced / _NAMES):
            (folder / Path(name).name).unlink(missing_ok=True)
        replaced.rename(leaving)
    if _is_folder(leaving):
        for old in leaving.iterdir():
            if old.name != _NAMES:
                old.replace(folder / old.name)
        shutil.rmtree(leaving)


def _names(path: Path) -> list[str]:
    """The names of the set; none if the file is not ours."""
    if not stat.S_ISREG(path.lstat().st_mode):
        return []
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES).decode("utf-8", "replace").splitlines()


def _is_folder(path: Path) -> bool:
    """Whether it is one of our folders; a link may have come with untrusted files, and points elsewhere."""
    return path.is_dir() and not path.is_symlink()


def _cannot_write(error: OSError, folder: Path) -> DeckError:
    where = Path(str(error.filename2 or error.filename or folder))
    temporary = any(part.startswith((_NEW, _LEAVING, _REPLACED)) for part in where.parts)
    return fatal(Origin(str(folder if temporary else where)), "cannot-write", f"cannot be written: {error.strerror}")


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other process writes this folder. The lock ends with the process, however that ends."""
    try:
        import fcntl
    except ImportError:  # Windows, where no folder can be locked
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def read_bounded(path: Path, max_bytes: int) -> bytes:
    """The bytes of a file. Raises DeckError if it cannot be read, or has more than `max_bytes` bytes."""
    try:
        with path.open("rb") as stream:
            data = stream.read(max_bytes + 1)
    except OSError as error:
        raise fatal(Origin(str(path)), "cannot-read", f"cannot be read: {error.strerror}") from None
    if len(data) > max_bytes:
        raise fatal(Origin(str(path)), "too-large", f"the file has more than {max_bytes:,} bytes")
    return data
