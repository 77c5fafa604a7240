"""The speaker notes of the PowerPoint are drawn as their Markdown means."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pptx import Presentation
from support.repository import MINIMAL

from deckgen.build.one import build


def test_notes_have_the_emphasis_and_the_links_of_their_markdown(bare: Callable[..., Path]) -> None:
    """No star is left in them, each line is a paragraph, and a draft or an address is a link."""
    text = "notes: |\n      Say **this** and *that*,\n      then `draft-ietf-x-y` or [read it](https://www.ietf.org/)"
    root = bare(f"{MINIMAL}slides:\n  a:\n    kind: statement\n    title: A\n    {text}\n")
    [path] = [path for path in build(root, 123, root / "out").get().files if path.suffix == ".pptx"]
    [slide] = Presentation(str(path)).slides
    first, second = slide.notes_slide.notes_text_frame.paragraphs

    assert [(run.text, run.font.bold, run.font.italic) for run in first.runs] == [
        ("Say ", None, None),
        ("this", True, None),
        (" and ", None, None),
        ("that", None, True),
        (",", None, None),
    ]
    assert [run.text for run in second.runs] == ["then ", "draft-ietf-x-y", " or ", "read it"]
    assert second.runs[1].font.name == "Courier New"
    assert second.runs[3].hyperlink.address == "https://www.ietf.org/"
