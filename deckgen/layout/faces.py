"""Words -> Faces: where the characters come from that the fonts of deckgen lack, and which no font here has."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from unicodedata import category

import typst

from deckgen.base import Frozen
from deckgen.base.budget import scratch
from deckgen.base.characters import SHAPELESS
from deckgen.deck.glyphs import FONTS, missing_glyphs, missing_in
from deckgen.deck.model import Text
from deckgen.layout.boxes import FAMILY, TELLING, box_face

# A letter with a mark is taken from one face as a whole, and Typst looks no further than the face that has the letter.
# These come with Linux, Windows and macOS, and have both for most that is written in Latin letters.
_WITH_MARKS = ("DejaVu Sans", "Noto Sans", "Segoe UI", "Arial", "Helvetica Neue")
_JOINING = "\uff9e\uff9f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"  # no marks, and yet part of what is before
_ROUNDS = 20
_TEXT = """
#set document(title: "words")
#set page(width: 9000pt, height: auto)
#set text(font: json(bytes(sys.inputs.families)))
#let words = json(bytes(sys.inputs.words))
#show: it => if sys.inputs.boxed == "" { it } else {
  show regex(sys.inputs.boxed): set text(font: sys.inputs.box)
  it
}
#for word in words { par(word) + par(strong(word)) }
#context [#metadata(words.map(word => measure(text(size: 1pt, word)).width.pt()))<widths>]
"""


class Faces(Frozen):
    """The faces that a deck is set in: those of deckgen, with `machine` those of the machine, and boxes for `boxed`."""

    machine: bool = False
    boxed: str = ""

    @property
    def pattern(self) -> str:
        """A regular expression of Typst for the boxes: by itself it does not come to all of them.

        What is beside such a character, and whether it is bold, decides which fonts it tries.
        """
        return "[" + "".join(f"\\x{{{ord(letter):x}}}" for letter in self.boxed) + "]+" if self.boxed else ""

    def families(self, family: str) -> tuple[str, ...]:
        """The families that are asked for a character one after the other, and after them all others."""
        return family, *(_WITH_MARKS if self.machine else ())


FACES = Faces()  # those that come with deckgen


@lru_cache(maxsize=3)  # each has its own copy of what it read of the fonts
def fonts_of(faces: Faces) -> typst.Fonts:
    """The files of the faces, as Typst takes them; beside those of the machine there is a face of boxes."""
    if not faces.machine:
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    with tempfile.TemporaryDirectory(prefix=scratch()) as folder:
        (Path(folder) / "boxes.ttf").write_bytes(box_face(faces.boxed))
        paths = [str(FONTS), folder]
        fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=paths)
        _Probe(["x"], [FAMILY], FACES, fonts).widths()  # reads the face while it is there
    return fonts


def faces_for(texts: Iterable[Text], family: str) -> Faces:
    """The faces for these texts: those of the machine only where a character is missing, boxes for what none has."""
    strange = {text: [*_strange(text)] for text in texts}
    words = [*dict.fromkeys(word for own in strange.values() for word in own)]
    if not words:
        return FACES
    # What is beside a character decides which fonts Typst tries for it.
    words += dict.fromkeys(text.words for text, own in strange.items() if len(own) > 1)
    faces = Faces(machine=True)
    families = faces.families(family)
    widths = _Probe(words, [FAMILY, *families], faces, fonts_of(faces)).widths()
    lacking = [word for word, width in zip(words, widths, strict=True) if width > TELLING]
    boxed = set(missing_glyphs("".join(lacking)))
    for last in [False] * _ROUNDS + [True]:
        faces = Faces(True, "".join(sorted(boxed)))
        refused = _Probe(words, families, faces, fonts_of(faces)).refused()
        more = [word for word in words if last or any(letter in word for letter in refused)]
        if not refused:
            break
        marks = set(missing_glyphs("".join(more)))  # what they are on is drawn, unless that is not enough
        boxed |= set("".join(more)) if last or marks <= boxed else marks
    return faces


def _strange(text: Text) -> Iterator[str]:
    """The characters of a text that the fonts of deckgen lack, each with what it is on and what is on it."""
    lacking = set(missing_in(text))
    if not lacking:
        return
    word = ""
    for letter in f"{text.words} ":
        if word and not (category(letter).startswith("M") or letter in _JOINING or SHAPELESS.match(letter)):
            if not lacking.isdisjoint(word):
                yield word
            word = ""
        word += letter


class _Probe:
    """Words, each a paragraph of its own, set in some families."""

    def __init__(self, words: Sequence[str], families: Sequence[str], faces: Faces, fonts: typst.Fonts) -> None:
        inputs = {"words": json.dumps(words), "families": json.dumps(families), "boxed": faces.pattern, "box": FAMILY}
        self._compiler = typst.Compiler(_TEXT.encode(), root=str(FONTS), font_paths=fonts, sys_inputs=inputs)

    def widths(self) -> list[float]:
        """How wide each word is, in em."""
        found: list[float] = json.loads(self._compiler.query("<widths>", field="value", one=True))
        return found

    def refused(self) -> str:
        """The first characters that no font has, as Typst tells of PDF/UA; nothing where all are drawn."""
        try:
            self._compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=0)
        except typst.TypstError as error:
            refused = _not_drawn(error)
            if not refused:
                raise
            return refused
        return ""


def _not_drawn(error: typst.TypstError) -> str:
    """The characters that Typst refused in PDF/UA because no font has them; nothing where that is not why."""
    lacking = re.search(r"the text `\"(.+?)\"` could not be displayed", str(error))
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda match: chr(int(match[1], 16)), lacking[1]) if lacking else ""
