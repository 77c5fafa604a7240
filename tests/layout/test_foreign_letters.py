"""Letters that the shipped font lacks: named at their line, taken from the machine's fonts, or drawn as boxes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
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
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200"><text x="20" y="60">{}</text></svg>'
INSTALL = "apt-get install fontconfig fonts-dejavu-core fonts-droid-fallback fonts-noto-color-emoji"


def need_letters(letters: str) -> None:
    """Skip, or fail under CI, where no font of the machine has these letters."""
    tool = need("fc-list", INSTALL)
    codes = " ".join(f"{ord(letter):x}" for letter in letters if not letter.isspace())
    found = subprocess.run([tool, f":charset={codes}"], capture_output=True, text=True, check=True).stdout
    if not found:
        need("a font with these letters", INSTALL)


@pytest.mark.parametrize("script", FOREIGN)
def test_a_letter_the_font_lacks_is_told_and_drawn(script: str, bare: Folder) -> None:
    """A warning at the line of the name, and the name in both files all the same."""
    name = FOREIGN[script]
    need_letters(name)
    root = bare(MINIMAL + SLIDE + f"      - '{name}'\n")
    result = build(root, 123, root / "out")
    built = result.get()
    page = next(i for i, page in enumerate(read_pptx(built.files[0].read_bytes())) if page.title == "Names")

    assert [str(p.origin) for p in result.problems if p.rule == "missing-glyphs"] == ["meetings/123.yaml:8:9"]
    pdf = next(path for path in built.files if path.suffix == ".pdf")
    words = "".join(read_pdf(pdf.read_bytes())[page].lines)
    assert {letter for letter in name if not letter.isspace()} <= set(words)


# The line and column of each place, and what is there: letters with a mark, an emoji of several parts, other scripts.
PLACES = f"""\
{MINIMAL}slides:
  a: {{kind: bullets, title: "R\u0303", items: ["\u1ecc\u0300\u1e63un", "1\ufe0f\u20e3", "\u738b"]}}
  b:
    kind: chart
    title: Chart
    chart:
      title: Bars
      categories: [x,
        "\u5c0f"]
      values: [1, 2]
  c: {{kind: figure, title: Figure, picture: meetings/x.svg, alt: x}}
  d: {{kind: bullets, title: Signs, items: ["\U0001f468\u200d\U0001f469", "\U0010fff0"]}}
"""
NAMES = {
    "4:29": "U+0303 COMBINING TILDE",
    "4:43": "U+0300 COMBINING GRAVE ACCENT",
    "4:52": "U+20E3 COMBINING ENCLOSING KEYCAP",
    "4:59": "U+738B CJK UNIFIED IDEOGRAPH-738B",
    "11:9": "U+5C0F CJK UNIFIED IDEOGRAPH-5C0F",
    "13:45": "U+674E CJK UNIFIED IDEOGRAPH-674E",
    "14:44": "U+1F468 MAN",
    "14:51": "U+10FFF0",
}


@pytest.fixture(scope="module")
def without_fonts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a machine without a font: fontconfig names one folder, which is empty."""
    folder = tmp_path_factory.mktemp("fonts")
    file = folder / "fonts.conf"
    file.write_text(f'<?xml version="1.0"?><fontconfig><dir>{folder / "none"}</dir></fontconfig>')
    return {**os.environ, "FONTCONFIG_FILE": str(file)}


@pytest.mark.slow
def test_a_machine_without_fonts_draws_boxes_and_tells_each_at_its_line(
    bare: Folder, without_fonts: dict[str, str]
) -> None:
    """Both files are made and say the same; the mark is named, not the letter it is on; --strict stops."""
    root = bare(PLACES, **{"meetings/x.svg": SVG.format("office \u674e \u0928\u0947")})
    command = [sys.executable, "-m", "deckgen", "build", "123", "--root", str(root), "--output", str(root / "out")]
    done = subprocess.run(command, env=without_fonts, capture_output=True, text=True, check=False)
    strict = subprocess.run([*command, "--strict"], env=without_fonts, capture_output=True, check=False)
    told = re.findall(r"yaml:(\d+:\d+): warning: no font here has `.+?` \((.+?)\)", done.stdout + done.stderr)
    [pdf] = (root / "out").glob("*.pdf")
    words = "".join("".join(page.lines) for page in read_pdf(pdf.read_bytes()))

    assert (done.returncode, dict(told)) == (0, NAMES)
    assert set("\u738b\u5c0f\u20e3\U0010fff0") <= set(words)
    assert strict.returncode == 1


def test_a_letter_with_a_mark_is_drawn_by_one_font_of_the_machine(bare: Folder) -> None:
    """No box, no error, though the shipped font has the letter and lacks the mark."""
    need_letters("R\u0303")
    root = bare(MINIMAL + SLIDE + '      - "R\u0303"\n')
    told = [problem.text for problem in build(root, 123, root / "out").problems if problem.rule == "missing-glyphs"]

    assert told == ["the font lacks `\u0303` (U+0303 COMBINING TILDE)"]
