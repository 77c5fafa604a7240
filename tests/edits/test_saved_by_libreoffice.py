"""Edits that LibreOffice saved as .pptx: it gives all slides other ids and drops the names of sections."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from support.edits import EDITS, edited
from support.repository import need
from test_import import base_of, golden, lay_out, sections, shown

from deckgen.edits.bring import bring_home

pytestmark = pytest.mark.slow

SETS = [
    *(("124", name) for name in ("nothing", "an outcome of DISPATCH", "a bullet added in the middle", "a row removed")),
    *(("124", name) for name in ("a slide moved", "a slide with bullets added", "bold", "a link", "notes changed")),
    *(("124", name) for name in ("a slide hidden", "words, a bullet, a row and a slide")),
    ("123", "nothing"),
    *(("every kind", name) for name in ("nothing", "several at once")),
]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edited files as LibreOffice saves them, all made in one run, as it takes seconds to start."""
    soffice = need("soffice", "apt-get install libreoffice-impress fonts-crosextra-carlito")
    folder = tmp_path_factory.mktemp("libreoffice")
    sources = [folder / f"{number}.pptx" for number in range(len(SETS))]
    for source, (deck, name) in zip(sources, SETS, strict=True):
        source.write_bytes(edited(base_of(deck), EDITS[deck][name]))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pptx", "--outdir", str(folder / "saved")]
    subprocess.run([*command, *map(str, sources)], check=True, timeout=180, capture_output=True)
    return folder / "saved"


@pytest.mark.parametrize("number", range(len(SETS)), ids=[f"{deck}: {name}" for deck, name in SETS])
def test_an_edit_saved_by_libreoffice_comes_home(saved: Path, number: int, tmp_path: Path) -> None:
    """The patch is that of the file that python-pptx saved."""
    deck, name = SETS[number]

    imported = bring_home(lay_out(tmp_path, deck), saved / f"{number}.pptx")

    assert shown(imported) == sections(golden(deck))[name]
