"""Name × files × address -> text: where and what to upload after a build."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from deckgen.problems import one_line

ACCEPTED = (".doc", ".docx", ".pdf", ".ppt", ".pptx", ".txt")
# DATATRACKER_MAX_UPLOAD_SIZE: a file must be smaller.
MAX_BYTES = 40_960_000


def upload_help(name: str, pdf_path: Path, pptx_path: Path, url: str, sources: Sequence[Path] = ()) -> str:
    """The steps to upload the deck, as text for a person: the datatracker has no API for it.

    A file that is older than one of its `sources` is marked.
    """
    lines = [
        f"Upload {name}:",
        f"  page      {one_line(url)} (log in, then `Upload new slides`)",
        f"  choose    {pdf_path} ({_state(pdf_path, sources)})",
        "  why       the datatracker shows a .pptx as a PDF made by LibreOffice; a PDF is shown unchanged",
        f"  also      {pptx_path} ({_state(pptx_path, sources)}) is for the person on stage",
        f"  accepted  {' '.join(ACCEPTED)}, each under {MAX_BYTES:,} bytes",
        "  again     the same title makes a new revision of the same slides",
    ]
    return "\n".join(lines) + "\n"


def _state(path: Path, sources: Sequence[Path]) -> str:
    try:
        size, written = path.stat().st_size, path.stat().st_mtime
    except OSError:
        return "not there yet: run `make deck` first"
    newer = next((source for source in sources if source.stat().st_mtime > written), None)
    if newer:
        return f"older than {newer}: run `make deck` again"
    return f"{size:,} bytes, fine" if size < MAX_BYTES else f"{size:,} bytes: too large for the datatracker"
