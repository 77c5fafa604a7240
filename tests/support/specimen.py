"""Specimen file -> a folder of meetings and templates, and the problems that its comments announce."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from deckgen.problems import Problem
from support.pictures import raster
from support.repository import ROOT, lay_out, rewrite

SPECIMENS = ROOT / "tests" / "specimens"
_SLIDES = (
    *("title", "note-well", "agenda", "wg-changes", "chair-changes", "wg-summaries", "related-activities"),
    *("new-lists", "ad-sponsored-drafts", "dispatch-outcomes", "errata", "the-end"),
)
_FILE = re.compile(r"^--- (\S+)\n", re.MULTILINE)
_EXPECTED = re.compile(r"# (error|warning): ([a-z0-9-]+)")
_DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><circle cx="10" cy="10" r="8"/></svg>'

Told = tuple[str, int, str, str]


@dataclass(frozen=True)
class Specimen:
    """A meeting that is in a folder of its own, and what is to be said of it: file, line, severity, rule."""

    root: Path
    number: int
    expected: list[Told]


def lay_out_specimen(path: Path, root: Path) -> Specimen:
    """Write the files of a specimen into `root`.

    It begins with the meeting file; `--- templates/x.yaml` begins another file, which stands in
    the place of the real one. Of a theme, only the lines that differ are given.
    """
    text = path.read_text("utf-8")
    number = int(found[1]) if (found := re.search(r"^# meeting: (\d+)", text)) else 124
    parts = [f"meetings/{number}.yaml", *_FILE.split(text)]
    _lay_base(root)
    expected: list[Told] = []
    for name, content in zip(parts[::2], parts[1::2], strict=True):
        place = root / name
        whole = _with_lines(place.read_text("utf-8"), content) if name.endswith("theme.yaml") else content
        rewrite(place, whole)
        for line, words in enumerate(whole.splitlines(), 1):
            expected += [(name, line, severity, rule) for severity, rule in _EXPECTED.findall(words)]
    return Specimen(root, number, sorted(expected))


def slides_in(tmp_path: Path, slides: str) -> Path:
    """A folder whose meeting, IETF 124, has these slides."""
    path = tmp_path / "specimen.yaml"
    path.write_text(f"slides:\n{slides}")
    return lay_out_specimen(path, tmp_path / "root").root


def told(problems: tuple[Problem, ...]) -> list[Told]:
    """Problems as a specimen announces them."""
    return sorted((p.origin.path, p.origin.line, p.severity, p.rule) for p in problems)


def _lay_base(root: Path) -> None:
    files: dict[str, str | bytes] = {f"templates/{path.name}": path.read_bytes() for path in SPECIMENS.glob("*.yaml")}
    files["meetings/figures/large.png"] = raster(1600, 900)
    files["meetings/figures/small.png"] = raster(160, 90)
    files["meetings/figures/drawing.svg"] = _DRAWING
    lay_out(root, files)
    slides, areas = root / "templates" / "slides", root / "templates" / "areas"
    (areas / "sec" / "slides" / "related-activities.yaml").rename(slides / "related-activities.yaml")
    shutil.rmtree(areas)
    for path in slides.iterdir():
        if path.stem not in _SLIDES:
            path.unlink()


def _with_lines(theme: str, lines: str) -> str:
    """A theme with some of its lines exchanged: those of the same key, the first time it stands there."""
    for line in lines.splitlines():
        key = line.partition(":")[0] + ":"
        theme = re.sub(rf"^{re.escape(key)}.*$", lambda _, line=line: line, theme, count=1, flags=re.MULTILINE)
    return theme
