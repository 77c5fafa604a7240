"""The parts of a sound deck -> a broken one, and what deckgen.verify finds in it."""

from __future__ import annotations

import io
import re
from zipfile import ZIP_DEFLATED, ZipFile

from deckgen.proof.verify import verify

Parts = dict[str, str]
Found = list[tuple[str, str]]
TYPES = "[Content_Types].xml"
PRESENTATION = "ppt/presentation.xml"
PRESENTATION_RELS = "ppt/_rels/presentation.xml.rels"
MASTER = "ppt/slideMasters/slideMaster1.xml"
FIRST = "ppt/slides/slide1.xml"
FIRST_ID, SECOND_ID = 1391465130, 1698496849  # made of the ids of the slides `title` and `note-well`
NOTES = "ppt/notesSlides/notesSlide1.xml"
OTHER_NOTES = "ppt/notesSlides/notesSlide2.xml"
CHART = "ppt/charts/chart1.xml"
PICTURE = "ppt/media/image2.png"


def packed(parts: Parts, method: int = ZIP_DEFLATED) -> bytes:
    """The parts as an archive."""
    stream = io.BytesIO()
    with ZipFile(stream, "w", method) as archive:
        for name, text in parts.items():
            archive.writestr(name, text.encode("latin-1"))
    return stream.getvalue()


def swap(parts: Parts, part: str, old: str, new: str) -> None:
    """Replace the first `old` of a part."""
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)


def cut(parts: Parts, part: str, pattern: str, new: str = "") -> None:
    """Replace the first match of a pattern in a part."""
    parts[part], count = re.subn(pattern, new, parts[part], count=1, flags=re.DOTALL)
    assert count == 1


def titled(parts: Parts, title: str) -> str:
    """The slide with a title."""
    return next(name for name, text in parts.items() if name.startswith("ppt/slides/slide") and f">{title}<" in text)


def rels(part: str) -> str:
    """The member with the relations of a part."""
    folder, _, file = part.rpartition("/")
    return f"{folder}/_rels/{file}.rels"


def found(data: bytes) -> Found:
    """Place and rule of every finding."""
    return [(problem.origin.path.partition("!/")[2], problem.rule) for problem in verify(data, "a.pptx")]


def faults(parts: Parts) -> Found:
    """Place and rule of every finding in the parts."""
    return found(packed(parts))


def only_rules(parts: Parts) -> set[str]:
    """The rules that have findings in the parts."""
    return {rule for _, rule in faults(parts)}
