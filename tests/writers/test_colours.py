"""Pages -> colours: both files draw each run in the colour that Pages gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2.raw as pdfium
import pytest
from pptx import Presentation
from pptx.oxml.ns import qn
from pypdfium2 import PdfDocument
from support.repository import THEME, rewrite
from support.specimen import slides_in

from deckgen.build.one import build, typeset
from deckgen.layout.read_theme import theme_of
from deckgen.source import read

SLIDES = """\
  dark: {kind: statement, title: "Paper `darkcode` [darklink](https://www.example.org/)", lines: ["Lines `linecode`"]}
  light: {kind: bullets, title: L, items: ["Ink `lightcode` [lightlink](https://www.example.org/)"], footnote: Muted}
"""
# The words, and the role of the theme that each is drawn in.
SEEN = {
    "Paper": "on-opener",
    "darkcode": "ink",
    "darklink": "accent-on-opener",
    "Lines": "on-opener",
    "linecode": "ink",
    "Ink": "ink",
    "lightcode": "ink",
    "lightlink": "accent",
    "Muted": "muted",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A deck with code and links on both grounds, built beside its meeting."""
    root = slides_in(tmp_path_factory.mktemp("colours"), SLIDES)
    build(root, 124, root / "out").get()
    return root


@pytest.fixture(scope="module")
def colours(folder: Path) -> dict[str, str]:
    """What each word is drawn in, as the theme says it."""
    theme = theme_of(read(folder / THEME, THEME).get()).get()
    return {word: theme.colour(role) for word, role in SEEN.items()}


def in_the_powerpoint(path: Path) -> Iterator[tuple[str, str]]:
    """The words of runs, and their colours by the scheme of the master's theme."""
    presentation = Presentation(str(path))
    relations = presentation.slide_master.part.rels.values()
    theme = next(rel.target_part.blob.decode() for rel in relations if rel.reltype.endswith("/theme"))
    scheme = dict(re.findall('<a:(\\w+)><a:srgbClr val="(.{6})"', theme))
    renamed = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
    for slide in presentation.slides:
        for run in slide._element.iter(qn("a:r")):
            for fill in run.iterfind(f"{qn('a:rPr')}/{qn('a:solidFill')}/*"):
                value = fill.get("val")
                entry = renamed.get(value, value)
                yield run.findtext(qn("a:t")).strip(), value if fill.tag == qn("a:srgbClr") else scheme[entry]


def in_the_pdf(path: Path) -> Iterator[tuple[str, str]]:
    """The words looked for, and the fill of their first letter."""
    for page in PdfDocument(path):
        text = page.get_textpage()
        words = text.get_text_range()
        for word in SEEN:
            if word in words:
                channels = [pdfium.c_uint() for _ in range(4)]
                assert pdfium.FPDFText_GetFillColor(text, words.index(word), *channels)
                yield word, "".join(f"{channel.value:02X}" for channel in channels[:3])


def test_a_run_has_one_colour_in_both_files(folder: Path, colours: dict[str, str]) -> None:
    """Code on a dark slide too, which was white on its light ground."""
    powerpoint = dict(in_the_powerpoint(next((folder / "out").glob("*.pptx"))))

    assert {word: powerpoint[word] for word in SEEN} == colours
    assert dict(in_the_pdf(next((folder / "out").glob("*.pdf")))) == colours


def test_every_run_is_judged_on_its_own_ground(tmp_path: Path) -> None:
    """A ground for code on which its letters cannot be read is told."""
    folder = slides_in(tmp_path, SLIDES)
    path = folder / THEME
    rewrite(path, path.read_text("utf-8").replace('tint: "E6F1F1"', 'tint: "203050"', 1))

    assert [p.text.partition(" has")[0] for p in typeset(folder, 124).problems if p.rule == "low-contrast"] == [
        "`ink` on `tint`"
    ]
