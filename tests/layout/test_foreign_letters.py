"""Letters that the shipped font lacks: named at their line, taken from the machine's fonts, or an error."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from support.repository import MINIMAL, need
from support.torture import FOREIGN

from deckgen.build.one import build
from deckgen.proof.read_pdf import read_pdf
from deckgen.proof.read_pptx import read_pptx

Folder = Callable[..., Path]
SLIDE = "slides:\n  a:\n    kind: bullets\n    title: Names\n    items:\n"
INSTALL = "apt-get install fontconfig fonts-dejavu-core fonts-droid-fallback fonts-noto-color-emoji"


def need_letters(letters: str) -> None:
    """Skip, or fail under CI, where no font of the machine has these letters."""
    tool = need("fc-list", INSTALL)
    codes = " ".join(f"{ord(letter):x}" for letter in letters if not letter.isspace())
    found = subprocess.run([tool, f":charset={codes}"], capture_output=True, text=True, check=True).stdout
    if not found:
        need("a font with these letters", INSTALL)


@pytest.mark.parametrize("script", FOREIGN)
def test_a_letter_the_font_lacks_is_told_and_drawn(script: str, folder: Folder) -> None:
    """A warning at the line of the name, and the name in both files all the same."""
    name = FOREIGN[script]
    need_letters(name)
    root = folder(MINIMAL + SLIDE + f"      - '{name}'\n")
    result = build(root, 123, root / "out")
    built = result.get()
    page = next(i for i, page in enumerate(read_pptx(built.files[0].read_bytes())) if page.title == "Names")

    assert [str(p.origin) for p in result.problems if p.rule == "missing-glyphs"] == ["meetings/123.yaml:8:9"]
    pdf = next(path for path in built.files if path.suffix == ".pdf")
    words = "".join(read_pdf(pdf.read_bytes())[page].lines)
    assert {letter for letter in name if not letter.isspace()} <= set(words)


def test_a_letter_that_no_font_has_is_an_error_at_its_line(folder: Folder) -> None:
    """No box is drawn in silence: a letter of a private use area stops the build."""
    root = folder(MINIMAL + SLIDE + '      - "the sign \\U0010FFF0 of nobody"\n')

    errors = build(root, 123, root / "out").errors

    assert [(p.rule, str(p.origin)) for p in errors] == [("missing-glyphs", "meetings/123.yaml:8:9")]
    assert not (root / "out").exists()
