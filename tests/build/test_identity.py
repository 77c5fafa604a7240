"""Which deck a PowerPoint is, which slide a slide is, and what a build does with a PowerPoint that was edited."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from support.repository import ROOT

from deckgen.build.one import Options, build
from deckgen.meeting.identity import blob_of
from deckgen.problems import Problem

NAME = "slides-124-saag-chair-slides"
PPTX_ONLY = Options(("pptx",))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The meetings and the templates of the repository, in a folder of its own."""
    for folder in ("meetings", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def built(root: Path, options: Options = PPTX_ONLY) -> tuple[Path, tuple[Problem, ...]]:
    """The PowerPoint of IETF 124, built now, and the problems of the build."""
    output = root / "build" / "124"
    result = build(root, "124", output, options)
    return output / f"{NAME}.pptx", result.problems


def edit(path: Path, title: str) -> bytes:
    """Change the title of the second slide, as a person does; the bytes of the edited file."""
    presentation = Presentation(str(path))
    presentation.slides[1].shapes.title.text_frame.text = title
    presentation.save(str(path))
    return path.read_bytes()


def slides(path: Path) -> dict[str, tuple[str, str, str]]:
    """The slides by their titles: id, name of the part, and the id that MS-PPTX calls its creation."""
    presentation = Presentation(str(path))
    entries = presentation.part._element.sldIdLst
    parts = [presentation.part.related_part(entry.rId) for entry in entries]
    made = [part._element.xpath("string(//*[local-name()='creationId']/@val)") for part in parts]
    titles = ["".join(part._element.xpath("(//p:sp)[1]//a:t/text()")) for part in parts]
    names = [str(part.partname) for part in parts]
    return {title: (entry.id, name, id) for title, entry, name, id in zip(titles, entries, names, made, strict=True)}


# -- Identity ------------------------------------------------------------------
def test_a_slide_that_is_added_changes_no_other_id(root: Path) -> None:
    """Id, part and creation of a slide come from its own id, so comments and comparisons still fit."""
    before = slides(built(root)[0])
    meeting = root / "meetings" / "124.yaml"
    added = "  first:\n    kind: statement\n    title: A new slide\n    after: agenda\n"
    meeting.write_text(meeting.read_text("utf-8").replace("slides:\n", f"slides:\n{added}"), "utf-8")

    after = slides(built(root)[0])

    assert len({id for id, _, _ in after.values()}) == len(after) == len(before) + 1
    assert {title: after[title] for title in before} == before


def test_a_deck_names_its_meeting_and_its_inputs(root: Path) -> None:
    """Each file below the root is there by its name in git, in a part that LibreOffice keeps."""
    path, _ = built(root)
    presentation = Presentation(str(path))

    item = presentation.part.part_related_by(RELATIONSHIP_TYPE.CUSTOM_XML).blob.decode()

    assert 'meeting="124"' in item
    for name in ("meetings/124.yaml", "templates/deck.yaml", "templates/slides/agenda.yaml", "templates/theme.yaml"):
        assert f'<input path="{name}" blob="{blob_of((root / name).read_bytes())}"/>' in item


def test_the_name_of_a_file_is_that_of_git() -> None:
    """`printf 'hello' | git hash-object --stdin` prints this."""
    assert blob_of(b"hello") == "b6fc4c620b67d95f953a5c1c1230aaab5db5a1b0"


# -- A build beside an edited file ---------------------------------------------
def test_a_deck_that_nobody_edited_is_replaced(root: Path) -> None:
    """A second build keeps nothing and reports nothing new."""
    _, first = built(root)

    path, second = built(root)

    assert first == second
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_an_edited_deck_is_kept_and_reported(root: Path) -> None:
    """The edit is in a file beside the new deck, byte for byte."""
    path, before = built(root)
    edited = edit(path, "Note very well")

    _, problems = built(root)

    kept = path.with_name(f"{NAME}-edited.pptx")
    assert kept.read_bytes() == edited
    assert "Note very well" not in slides(path)
    (new,) = set(problems) - set(before)
    assert (new.origin.path, new.rule, new.severity) == (str(path), "edited-file", "warning")
    assert kept.name in new.text


def test_an_edited_deck_replaces_no_other(root: Path) -> None:
    """Two edits in two builds are two files."""
    path, _ = built(root)
    first = edit(path, "First")
    built(root)
    second = edit(path, "Second")

    built(root)

    assert path.with_name(f"{NAME}-edited.pptx").read_bytes() == first
    assert path.with_name(f"{NAME}-edited-2.pptx").read_bytes() == second


@pytest.mark.parametrize("data", [b"", b"not a ZIP archive", b"PK\x03\x04 cut off"])
def test_what_no_build_wrote_counts_as_edited(root: Path, data: bytes) -> None:
    """A file that is no presentation of deckgen is not lost either."""
    path, _ = built(root)
    path.write_bytes(data)

    built(root)

    assert path.with_name(f"{NAME}-edited.pptx").read_bytes() == data


def test_one_changed_part_is_an_edit(root: Path) -> None:
    """A slide replaced in the archive, with everything else as it was, is noticed."""
    path, _ = built(root)
    with ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = next(name for name in members if name.startswith("ppt/slides/slide"))
    members[name] = members[name].replace(b"</p:sld>", b" </p:sld>")
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        for member, data in members.items():
            archive.writestr(member, data)
    path.write_bytes(stream.getvalue())

    built(root)

    assert path.with_name(f"{NAME}-edited.pptx").exists()


def test_strict_leaves_an_edited_deck_where_it_is(root: Path) -> None:
    """A strict build writes nothing if there is a warning, and an edited deck is one."""
    path, _ = built(root)
    edited = edit(path, "Note very well")

    built(root, Options(("pptx",), strict=True))

    assert path.read_bytes() == edited
    assert [file.name for file in path.parent.iterdir()] == [path.name]
