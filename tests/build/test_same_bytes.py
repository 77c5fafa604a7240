"""The same input gives the same bytes: in another folder, minute, locale, time zone and umask."""

from __future__ import annotations

import hashlib
import os
import re
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from support.repository import ROOT, BuiltDeck, lay_out
from support.torture import torture

from deckgen.base.processes import Beside
from deckgen.build.one import build

pytestmark = pytest.mark.slow

PRIVATE = re.compile(rb"(?i)(/home/|/root/|/tmp/|/Users/|C:\\)")


def build_elsewhere(root: Path, output: Path, **environment: str) -> dict[str, str]:
    """The hashes of the files of a build in a process of its own."""
    command = [sys.executable, "-c", BUILD, str(root), str(output), environment.pop("UMASK", "022")]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **environment}, cwd=ROOT)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(output.iterdir())}


# The clock of the second process is years ahead of the first: no date may come from it.
BUILD = """
import os, sys, time
from pathlib import Path
os.umask(int(sys.argv[3], 8))
ahead = float(os.environ.get("CLOCK_AHEAD", "0"))
real = time.time
time.time = lambda: real() + ahead
from deckgen.build.one import build
build(Path(sys.argv[1]), 123, Path(sys.argv[2])).get()
"""


@pytest.mark.parametrize("content", ["meeting", "torture"])
def test_two_builds_give_the_same_bytes(content: str, tmp_path: Path) -> None:
    """Folders, clock, time zone, locale, umask and hash seed differ; no byte does."""
    meeting = (ROOT / "meetings" / "123.yaml").read_text("utf-8")
    roots = [tmp_path / "one", tmp_path / "another" / "place"]
    for root in roots:
        lay_out(root, torture(foreign=False) if content == "torture" else {"meetings/123.yaml": meeting})

    first = build_elsewhere(roots[0], roots[0] / "out", TZ="UTC", LC_ALL="C", PYTHONHASHSEED="1", UMASK="077")
    second = build_elsewhere(
        roots[1],
        roots[1] / "b" / "out",
        TZ="Asia/Kathmandu",
        LC_ALL="C.UTF-8",
        PYTHONHASHSEED="2",
        CLOCK_AHEAD="100000000",
    )

    assert len(first) == 3
    assert first == second


def test_a_process_beside_the_build_makes_the_same_bytes(tmp_path: Path) -> None:
    """The PowerPoint is made here where there is one processor, and beside where there are two."""
    with Beside("deckgen.build.beside") as beside:
        build(ROOT, 123, tmp_path / "beside", beside=beside).get()
    build(ROOT, 123, tmp_path / "here").get()

    there, here = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in sorted(tmp_path.iterdir()))
    assert len(here) == 3
    assert there == here


def test_the_date_comes_from_the_meeting_or_from_the_epoch_told(tmp_path: Path, deck: BuiltDeck) -> None:
    """Without SOURCE_DATE_EPOCH the files bear the day of the session, with it that date."""
    build_elsewhere(ROOT, tmp_path / "told", SOURCE_DATE_EPOCH="1000000000")
    told = next((tmp_path / "told").glob("*.pptx"))
    days = {123: "2025-07-25", 124: "2025-11-07"}

    assert f">{days[deck.number]}T00:00:00Z<" in core_properties(deck.pptx)
    assert ">2001-09-09T01:46:40Z<" in core_properties(told)
    assert b"D:20010909014640" in next((tmp_path / "told").glob("*.pdf")).read_bytes()


def core_properties(pptx: Path) -> str:
    """The part with title, author and dates."""
    with zipfile.ZipFile(pptx) as archive:
        return archive.read("docProps/core.xml").decode()


def test_nothing_of_the_machine_is_in_the_files(deck: BuiltDeck) -> None:
    """No path, user or host name, in any part of either file."""
    with zipfile.ZipFile(deck.pptx) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[deck.pdf.name] = deck.pdf.read_bytes()
    host = socket.gethostname().encode()
    told = [name for name, data in parts.items() if PRIVATE.search(data) or (len(host) > 6 and host in data)]

    assert told == []
