"""Folder -> the secret part of the preview address, kept so that an open page finds a restarted server."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat
from pathlib import Path

_NAME = ".preview-token"


def token_of(folder: Path) -> str:
    """The secret in `folder` if only its owner can read it, otherwise a new one."""
    path = folder / _NAME
    kept = _kept(path)
    if kept:
        return kept
    token = secrets.token_urlsafe(24)
    with contextlib.suppress(OSError):  # if the folder cannot be written, only finding a restarted server is lost
        folder.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(token)
    return token


def _kept(path: Path) -> str:
    try:
        about = path.lstat()
        private = stat.S_ISREG(about.st_mode) and about.st_mode & 0o077 == 0
        if not private or (hasattr(os, "getuid") and about.st_uid != os.getuid()):
            return ""
        token = path.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return ""
    return token if re.fullmatch(r"[\w-]{24,64}", token) else ""
