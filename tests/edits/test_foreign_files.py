"""Files that are no edited deck of this folder -> a message, and nothing written."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Inches, Pt
from support.edits import edited, reword, slide
from support.repository import DATA, ROOT

from deckgen.build.one import Options, build
from deckgen.cli.main import main
from deckgen.edits.bring import bring_home


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The decks of the repository."""
    for folder in ("meetings", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


@pytest.fixture
def deck(root: Path) -> bytes:
    """The PowerPoint of IETF 124."""
    return build(root, "124", root / "build", Options(("pptx",))).get().files[0].read_bytes()


def run(root: Path, data: bytes, *options: str) -> int:
    """The exit code of the command."""
    file = root / "edited.pptx"
    file.write_bytes(data)
    return main(["import", str(file), "--root", str(root), *options])


def state(root: Path) -> dict[Path, bytes]:
    """All files of the meetings and the templates."""
    return {path: path.read_bytes() for path in sorted(root.rglob("*.yaml"))}


# -- Refused files -------------------------------------------------------------
def _bomb(_: bytes) -> bytes:
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"ppt/slides/slide{number}.xml", b" " * (30 * 2**20))
    return stream.getvalue()


def _with_entity(data: bytes) -> bytes:
    old = ZipFile(io.BytesIO(data))
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name in old.namelist():
            text = old.read(name)
            if name == "ppt/presentation.xml":
                text = text.replace(b"?>", b'?><!DOCTYPE p [<!ENTITY a SYSTEM "file:///etc/passwd">]>', 1)
            archive.writestr(name, text)
    return stream.getvalue()


REFUSED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "not an archive": (lambda _: b"no archive", "bad-zip"),
    "empty": (lambda _: b"", "bad-zip"),
    "cut off": (lambda data: data[: len(data) // 2], "bad-zip"),
    "an archive of something else": (lambda _: b"PK\x05\x06" + bytes(18), "no-presentation"),
    "a presentation of another program": (lambda _: (DATA / "powerpoint" / "shapes.pptx").read_bytes(), "foreign-deck"),
    "too much XML": (_bomb, "too-large"),
    "an entity": (_with_entity, "bad-xml"),
}


@pytest.mark.promise
@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_deck_is_refused(
    root: Path, deck: bytes, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One problem at the file, exit code 1, and no file changed."""
    before = state(root)
    make, rule = REFUSED[name]

    code = run(root, make(deck))

    assert code == 1
    assert f"[{rule}]" in capsys.readouterr().err
    assert state(root) == before


def test_a_deck_of_another_meeting_is_refused(root: Path, deck: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    """Both meetings are named."""
    before = state(root)

    assert run(root, deck, "--meeting", "123") == 1
    assert "a deck of meeting 124, not of 123" in capsys.readouterr().err
    assert state(root) == before


def test_a_meeting_with_errors_is_not_changed(root: Path, deck: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    """Its own problems are shown."""
    path = root / "meetings" / "124.yaml"
    path.write_text(path.read_text("utf-8") + "  broken: [\n", "utf-8")
    before = state(root)

    assert run(root, edited(deck, lambda d: reword(d, "TESLA update", "TESLA"))) == 1
    assert "meetings/124.yaml:" in capsys.readouterr().err
    assert state(root) == before


def test_a_file_without_an_identity_is_imported_by_its_meeting(root: Path, deck: bytes) -> None:
    """A program may have dropped the custom part and the properties."""

    def anonymous(presentation: Any) -> None:
        reword(presentation, "TESLA update", "TESLA")
        for owner in (presentation.part, presentation.part.package):
            for id, relation in list(owner._rels.items()):
                if "custom" in relation.reltype:
                    owner._rels.pop(id)

    data = edited(deck, anonymous)

    assert run(root, data) == 1
    assert run(root, data, "--meeting", "124") == 0
    assert "title: TESLA\n" in (root / "meetings" / "124.yaml").read_text("utf-8")


@pytest.mark.promise
def test_a_link_is_not_written_through(root: Path, deck: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    """A meeting file that is a link is not read, so it is not written either."""
    path, other = root / "meetings" / "124.yaml", root / "other.yaml"
    path.rename(other)
    path.symlink_to(other)
    before = other.read_bytes()

    assert run(root, edited(deck, lambda d: reword(d, "TESLA update", "TESLA"))) == 1
    assert "no-file" in capsys.readouterr().err
    assert other.read_bytes() == before


# -- What the build owns -------------------------------------------------------
def _recolour(deck: Any) -> None:
    shape = slide(deck, "Securing TOTP").shapes.title
    shape.text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor(0xFF, 0x00, 0x00)


def _resize(deck: Any) -> None:
    slide(deck, "Errata").shapes.title.text_frame.paragraphs[0].runs[0].font.size = Pt(11)


def _move_box(deck: Any) -> None:
    shape = slide(deck, "Errata").shapes.title
    shape.left, shape.top, shape.width, shape.height = Inches(3), Inches(3), Inches(4), Inches(1)


def _animate(deck: Any) -> None:
    root = slide(deck, "Errata")._element
    fade = root.makeelement(root.tag.replace("}sld", "}fade"), {})
    transition = root.makeelement(root.tag.replace("}sld", "}transition"), {})
    transition.append(fade)
    root.append(transition)


def _text_box(deck: Any) -> None:
    box = slide(deck, "Errata").shapes.add_textbox(Inches(1), Inches(5), Inches(4), Inches(1))
    box.text_frame.text = "Remember the milk"


def _chart(deck: Any) -> None:
    for one in deck.slides:
        for shape in one.shapes:
            if shape.has_chart:
                for value in shape.chart._chartSpace.xpath("//c:val//c:v")[:1]:
                    value.text = "1"
                return
    raise LookupError


LOOKS: dict[str, tuple[Callable[[Any], None], str]] = {
    "a colour": (_recolour, "another colour"),
    "a size": (_resize, "another size"),
    "a moved box": (_move_box, "moved or resized box"),
    "a transition": (_animate, "animation"),
    "a text box": (_text_box, "Remember the milk"),
    "a value of a chart": (_chart, "charts"),
}


@pytest.mark.parametrize("name", LOOKS)
def test_what_is_not_carried_is_listed(root: Path, deck: bytes, name: str) -> None:
    """The file stays as it is, and a person is told."""
    before = state(root)
    edit, words = LOOKS[name]
    file = root / "edited.pptx"
    file.write_bytes(edited(deck, edit))

    imported = bring_home(root, file)

    assert any(words in problem.text for problem in imported.problems)
    assert state(root) == before


def test_a_deck_that_python_pptx_saved_again_has_no_edit(root: Path, deck: bytes) -> None:
    """Saving alone changes nothing, not even a look."""
    file = root / "edited.pptx"
    Presentation(io.BytesIO(deck)).save(str(file))

    imported = bring_home(root, file)

    assert (imported.patch, imported.problems) == ("", ())


def test_a_review_shows_the_edited_deck_beside_the_built_one(root: Path, deck: bytes) -> None:
    """The words of both are on the page, and what is not carried is a notice; no file of the meeting changes."""
    before = state(root)
    file = root / "edited.pptx"

    def edit(presentation: Any) -> None:
        reword(presentation, "TESLA update", "TESLA, an update")
        _text_box(presentation)

    file.write_bytes(edited(deck, edit))

    assert main(["review", "124", "--against", str(file), "--root", str(root)]) == 0

    table = (root / "build" / "124" / "review" / "review.md").read_text("utf-8")
    assert "edited.pptx" in table
    assert "~~TESLA, an~~ → **TESLA**" in table
    assert "Remember the milk" in table
    assert state(root) == before
