"""Deck × its files -> text: where to upload which of them after a build."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from deckgen.deck.kinds import Deck
from deckgen.problems import one_line


def upload_help(deck: Deck, pdf_path: Path, pptx_path: Path, sources: Sequence[Path] = ()) -> str:
    """The steps to upload a deck, as text for a person, with the notes of `templates/deck.yaml`.

    A file that is older than one of its `sources` is marked.
    """
    lines = {
        "page": deck.upload or "`upload` in templates/deck.yaml names none",
        "choose": f"{pdf_path} ({_state(pdf_path, sources, deck.upload_limit)})",
        "also": f"{pptx_path} ({_state(pptx_path, sources, deck.upload_limit)}) is for the person on stage",
        **deck.upload_notes,
    }
    return "\n".join([f"Upload {deck.name}:", *(f"  {key:<9} {one_line(text)}" for key, text in lines.items())]) + "\n"


def _state(path: Path, sources: Sequence[Path], limit: int) -> str:
    try:
        size, written = path.stat().st_size, path.stat().st_mtime
    except OSError:
        return "not there yet: run `make deck` first"
    newer = next((source for source in sources if source.stat().st_mtime > written), None)
    if newer:
        return f"older than {newer}: run `make deck` again"
    return f"{size:,} bytes: too large to upload" if limit and size >= limit else f"{size:,} bytes, fine"
