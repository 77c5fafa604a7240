"""Bytes <-> files: written whole or not at all, read up to a bound."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from deckgen.problems import Origin, fatal


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write all files beside their places first, then move them there; on failure no old file is touched.

    Raises DeckError when a folder or a place cannot be written.
    """
    staged: list[tuple[Path, Path]] = []
    try:
        for path, data in files.items():
            staged.append((_stage(path, data), path))
        for temporary, path in staged:
            temporary.replace(path)
    except OSError as error:
        where = error.filename2 or error.filename or next(iter(files))
        raise fatal(Origin(str(where)), "cannot-write", f"cannot be written: {error.strerror}") from None
    finally:
        for temporary, _ in staged:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def _stage(path: Path, data: bytes) -> Path:
    if path.is_dir():
        raise IsADirectoryError(21, "it is a folder", str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o644)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def read_bounded(path: Path, most: int) -> bytes:
    """The bytes of a file. Raises DeckError where there is none, or one of more than `most` bytes."""
    try:
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        raise fatal(Origin(str(path)), "cannot-read", f"cannot be read: {error.strerror}") from None
    if len(data) > most:
        raise fatal(Origin(str(path)), "too-large", f"more than {most} bytes")
    return data
