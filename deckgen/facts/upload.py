"""Name × files × address -> text: where and what to upload after the deck is made."""

from __future__ import annotations

from pathlib import Path

ACCEPTED = (".doc", ".docx", ".pdf", ".ppt", ".pptx", ".txt")
# DATATRACKER_MAX_UPLOAD_SIZE, which a file must stay below.
MAX_BYTES = 40_960_000


def upload_help(name: str, pdf_path: Path, pptx_path: Path, url: str) -> str:
    """What a chair does to upload the deck; there is no API for it, so it is told and not done."""
    lines = [
        f"Upload {name}:",
        f"  page      {url} (log in, then `Upload new slides`)",
        f"  choose    {pdf_path} ({_size(pdf_path)})",
        "  why       the datatracker turns a .pptx into a PDF with LibreOffice, and shows that; ours is as it was made",
        f"  also      {pptx_path} ({_size(pptx_path)}) is for the person on stage",
        f"  accepted  {' '.join(ACCEPTED)}, each under {MAX_BYTES:,} bytes",
        "  again     the same title makes a new revision of the same slides",
    ]
    return "\n".join(lines) + "\n"


def _size(path: Path) -> str:
    try:
        size = path.stat().st_size
    except OSError:
        return "not there yet: run `make deck` first"
    return f"{size:,} bytes, fine" if size < MAX_BYTES else f"{size:,} bytes: too large to be accepted"
