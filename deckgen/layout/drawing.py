"""Picture -> what Typst makes of it: an SVG with a font for its words, and as a PNG; and if it opens a PNG or JPEG."""

from __future__ import annotations

import json
from pathlib import Path

import typst

from deckgen.base import replace
from deckgen.deck.glyphs import missing_glyphs
from deckgen.deck.model import Picture
from deckgen.deck.svg import with_letters_apart
from deckgen.layout.faces import FACES, Faces, fonts_of

PIXELS = 1600  # on the longer side of a PNG: about 120 per inch of a slide
_WIDTH = 100  # pt
_SVG = """
#set document(title: "drawing")
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#set text(font: json(bytes(sys.inputs.families)))
#image(bytes(sys.inputs.svg), width: 100pt, alt: "drawing")
"""


def drawable(picture: Picture, family: str, faces: Faces) -> Picture | None:
    """The SVG with a font for all its characters, at least that of the boxes; None if a PDF/UA cannot have it.

    Inside a word Typst takes a glyph from a second font only if both fonts have as many glyphs for the word. Ligatures
    and scripts that combine letters prevent that, so the characters of such a text are kept apart.
    """
    if not picture.words:
        return picture
    tried = ("", faces.boxed, missing_glyphs(picture.words))
    for data in dict.fromkeys(with_letters_apart(picture.data, letters) for letters in tried):
        shown = replace(picture, data=data)
        if _has_all_fonts(shown, family, faces):
            return shown
    return None


def _has_all_fonts(picture: Picture, family: str, faces: Faces) -> bool:
    """Whether each character has a font, which only a PDF/UA needs."""
    try:
        _compiler(picture, family, faces).compile(format="pdf", pdf_standards=["ua-1"], timestamp=0)
    except typst.TypstError:
        return False
    return True


def draw(picture: Picture, family: str, faces: Faces = FACES) -> bytes:
    """A PNG of an SVG."""
    height = _WIDTH * picture.height / picture.width
    ppi = 72 * PIXELS / max(_WIDTH, height)
    data = _compiler(picture, family, faces).compile(format="png", ppi=ppi)
    assert isinstance(data, bytes)
    return data


def _compiler(picture: Picture, family: str, faces: Faces) -> typst.Compiler:
    return typst.Compiler(
        _SVG.encode(),
        root=str(Path(__file__).parent),
        font_paths=fonts_of(faces),
        sys_inputs={"svg": picture.data.decode(), "families": json.dumps(faces.families(family))},
    )


def opens(data: bytes, format: str, folder: Path) -> bool:
    """Whether Typst can take a PNG or JPEG into a PDF; it reads it as a file in `folder`."""
    (folder / "picture").write_bytes(data)
    source = f'#image("/picture", format: "{"png" if format == "PNG" else "jpg"}", width: 9pt)\n#metadata(1)<end>'
    compiler = typst.Compiler(source.encode(), root=str(folder), font_paths=fonts_of(FACES))
    try:
        if format == "PNG":  # encoding takes far longer, and does not fail after decoding
            compiler.query("<end>")
        else:  # goes into the PDF as it is, but Typst parses it again
            compiler.compile(format="pdf")
    except typst.TypstError:
        return False
    return True
