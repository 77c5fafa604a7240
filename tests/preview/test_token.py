"""Folder -> the secret of the preview: nobody else on the machine can read it, and it is the same after a restart."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from deckgen.preview.token import token_of

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows keeps no mode of a file")


def kept(folder: Path) -> Path:
    """The file with the secret."""
    [file] = folder.iterdir()
    return file


@pytest.mark.posix
def test_the_secret_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    """Whatever the umask, nobody else may read the file; a server that starts again has the same secret."""
    before = os.umask(0)
    try:
        token = token_of(tmp_path / "build")
    finally:
        os.umask(before)

    assert stat.S_IMODE(kept(tmp_path / "build").stat().st_mode) == 0o600
    assert kept(tmp_path / "build").read_text() == token == token_of(tmp_path / "build")
    assert len(token) >= 24


@pytest.mark.posix
@pytest.mark.parametrize("mode", [0o604, 0o640, 0o602, 0o644])
def test_a_secret_that_others_may_know_is_replaced(tmp_path: Path, mode: int) -> None:
    """A file that anyone else can read or write has been no secret; the new one is."""
    token = token_of(tmp_path)
    kept(tmp_path).chmod(mode)
    new = token_of(tmp_path)

    assert new != token
    assert stat.S_IMODE(kept(tmp_path).stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["", "short", "../../meetings/124.yaml/and/more", "a" * 65, "e\u0301" * 12])
def test_a_file_that_holds_no_secret_is_replaced(tmp_path: Path, text: str) -> None:
    """What somebody put there is not taken into the address."""
    token_of(tmp_path)
    kept(tmp_path).write_text(text, "utf-8")

    assert token_of(tmp_path) == kept(tmp_path).read_text() != text


def test_a_link_to_a_secret_is_not_followed(tmp_path: Path) -> None:
    """The secret of another folder is not this one's, and stays as it was."""
    token = token_of(tmp_path / "other")
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / kept(tmp_path / "other").name).symlink_to(kept(tmp_path / "other"))

    assert token_of(tmp_path / "build") != token
    assert kept(tmp_path / "other").read_text() == token
