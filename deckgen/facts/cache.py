"""Address -> the answer of an earlier run, with its ETag: files of limited size in the user's cache folder."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from deckgen.base import Frozen

MAX_BYTES = 150_000_000
MAX_FILES = 500


def cache_folder(environ: Mapping[str, str]) -> Path:
    """The folder of the answers: below XDG_CACHE_HOME, or the system's own cache folder."""
    chosen = environ.get("XDG_CACHE_HOME") or environ.get("LOCALAPPDATA") or ""
    # The XDG base directory specification: a relative path is invalid and must be ignored.
    base = Path(chosen) if Path(chosen).is_absolute() else Path("~/.cache").expanduser()
    return base / "deckgen"


class Stored(Frozen):
    """An answer from an earlier run."""

    etag: str
    body: bytes


class Cache:
    """Answers by address. A cache that cannot be read or written is ignored."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files, self._bytes = MAX_FILES, MAX_BYTES  # at most, until somebody has looked

    def get(self, address: str) -> Stored | None:
        """The stored answer, if the file is whole and belongs to this address."""
        try:
            head, _, body = self._file(address).read_bytes().partition(b"\n")
            about = json.loads(head)
            whole = about["address"] == address and about["sha256"] == hashlib.sha256(body).hexdigest()
            return Stored(str(about["etag"]), body) if whole else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, address: str, etag: str, body: bytes) -> None:
        """Store an answer; the oldest ones are deleted to make room."""
        about = {"address": address, "etag": etag, "sha256": hashlib.sha256(body).hexdigest()}
        if len(body) > MAX_BYTES:
            return
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            whole = json.dumps(about).encode() + b"\n" + body
            write_whole(self._file(address), whole, lasting=False)  # the sum tells what a crash has cut
            self._files, self._bytes = self._files + 1, self._bytes + len(whole)
            if self._files > MAX_FILES or self._bytes > MAX_BYTES:
                self._prune()

    def _file(self, address: str) -> Path:
        return self._folder / f"{hashlib.sha256(address.encode()).hexdigest()}.answer"

    def _prune(self) -> None:
        found = [(file, file.stat()) for file in self._folder.iterdir()]
        found.sort(key=lambda pair: pair[1].st_mtime, reverse=True)
        self._files = self._bytes = 0
        for file, stat in found:
            if self._files == MAX_FILES or self._bytes + stat.st_size > MAX_BYTES:
                file.unlink(missing_ok=True)
            else:
                self._files, self._bytes = self._files + 1, self._bytes + stat.st_size


def write_whole(path: Path, data: bytes, lasting: bool = True) -> None:
    """Write a file whole or not at all: a new file beside it, which is then renamed. Raises OSError.

    A lasting file is flushed to the disk, so that it is whole after a loss of power too.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}.part")
    try:
        with beside.open("xb") as file:
            file.write(data)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
