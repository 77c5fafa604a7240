"""Meeting (and a revision) -> build/contact-sheet-MEETING.png: every slide, beside what it was at the revision.

The deck of the revision is built by the program of that revision, in a checkout of its own.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).parent.parent
WIDTH = 480  # pixels, of a page
GAP = 8
COLUMNS = 4  # pages beside each other; with a revision, every second one is what it was
GROUND, NONE = "#D3D9E1", "#E9EDF1"


def main() -> None:
    """Write the sheet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("meeting")
    parser.add_argument("--against", default="", help="a git revision")
    options = parser.parse_args()
    now = built(ROOT, options.meeting)
    before = at_revision(options.against, options.meeting) if options.against else {}
    keys = [*now, *(key for key in before if key not in now)]
    shown = [page for key in keys for page in ((before.get(key), now.get(key)) if options.against else (now[key],))]
    name = options.meeting.replace("/", "-")
    file = ROOT / "build" / f"contact-sheet-{name}.png"
    file.parent.mkdir(exist_ok=True)
    sheet(shown).save(file, optimize=True)
    print(f"{file.relative_to(ROOT)}: {len(now)} pages" + (f", and {len(before)} before" if options.against else ""))


def at_revision(revision: str, meeting: str) -> dict[str, Image.Image]:
    """The pages that the program of a revision makes of its own files."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "checkout"
        subprocess.run(["git", "worktree", "add", "--detach", "--quiet", place, revision], cwd=ROOT, check=True)
        try:
            return built(place, meeting)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", place], cwd=ROOT, check=True)


def built(root: Path, meeting: str) -> dict[str, Image.Image]:
    """The pages of a deck, by the slide and the number of the part."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "deckgen", "build", meeting, "--root", root, "--output", folder, "--quiet"]
        environment = {**os.environ, "PYTHONPATH": str(root)}
        subprocess.run(command, cwd=root, env=environment, check=True, stdout=subprocess.DEVNULL)
        outline = (Path(folder) / "outline.txt").read_text("utf-8")
        document = pypdfium2.PdfDocument(next(Path(folder).glob("*.pdf")).read_bytes())
        images = [drawn(page) for page in document]
        document.close()
    ids = [line.split(" · ")[1] for line in outline.splitlines() if line.startswith("   [") and line.count(" · ") == 2]
    return {f"{id}-{ids[:index].count(id)}": image for index, (id, image) in enumerate(zip(ids, images, strict=True))}


def drawn(page: pypdfium2.PdfPage) -> Image.Image:
    """A page as a picture."""
    return page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")


def sheet(pages: list[Image.Image | None]) -> Image.Image:
    """The pages in rows; what does not exist is a grey field."""
    height = max(page.height for page in pages if page)
    rows = -(-len(pages) // COLUMNS)
    whole = Image.new("RGB", (COLUMNS * (WIDTH + GAP) + GAP, rows * (height + GAP) + GAP), GROUND)
    for index, page in enumerate(pages):
        place = GAP + index % COLUMNS * (WIDTH + GAP), GAP + index // COLUMNS * (height + GAP)
        whole.paste(page or Image.new("RGB", (WIDTH, height), NONE), place)
    return whole


if __name__ == "__main__":
    main()
