"""Built decks -> docs/pictures/*.png: the pictures of the documents, drawn from real meetings and real pages."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
import time
from html import escape
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

from deckgen.build.one import Options, build, typeset
from deckgen.cli.main import main as deckgen

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))  # for what drives the browser

from support.browser import chromium, edit, serving  # noqa: E402
from support.git import committed, git  # noqa: E402
from support.repository import need  # noqa: E402

MEETING = 123
SINGLE = "errata"
SHEET = ("title", "meeting-tips", "agenda", "wg-summaries", "document-statistics", "rfc-4086")
COLUMNS = 2
WIDTH = 960  # pixels, of either picture
GAP = 12
GROUND = "#D3D9E1"
COLOURS = 64  # flat areas and smooth letters need no more, and a README should load at once
MOST_BYTES = 150_000


def main() -> None:
    """Write all pictures."""
    draw_decks()
    draw_reviews()
    draw_previews()
    draw_editor()


def draw_decks() -> None:
    """A slide, and some of a deck."""
    slides = [page.slide for page in typeset(ROOT, MEETING).get().pages.pages]
    with tempfile.TemporaryDirectory() as folder:
        files = build(ROOT, MEETING, Path(folder), Options(formats=("pdf",))).get().files
        document = pypdfium2.PdfDocument(files[0].read_bytes())
        save("slide", framed(draw(document, slides.index(SINGLE), WIDTH - 2)))
        save("sheet", sheet([draw(document, slides.index(id), (WIDTH - 3 * GAP) // COLUMNS) for id in SHEET]))
        document.close()


def draw_reviews() -> None:
    """What a pull request leaves that changes two slides: the sheet, the review and the index."""
    with tempfile.TemporaryDirectory() as folder:
        root = committed(Path(folder))
        git(root, "switch", "--quiet", "--create", "edits")
        edit(root / "meetings/124.yaml", "PLANTS (becoming", "ROOTS (becoming")
        edit(root / "meetings/124.yaml", "minutes: 15", "minutes: 20")
        git(root, "commit", "--quiet", "--all", "--message", "edits")
        deckgen(["ci-decks", "--root", str(root), "--base", "main", "--all"])
        with Image.open(root / "build/124/review/changes.png") as picture:
            save("changes", picture.convert("RGB").resize((WIDTH, round(picture.height * WIDTH / picture.width))))
        save("review", shot(root / "build/124/review/index.html", "article[data-differs]"))
        save("index", shot(root / "build/index.html"))


def draw_previews() -> None:
    """A mistake while somebody types, and the presenter in the middle of the session."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("meetings", "templates"):
            shutil.copytree(ROOT / name, root / name)
        with serving(root, 124) as server, chromium() as browser:
            tab = browser.new_context(timezone_id="America/Toronto", color_scheme="light").new_page()
            tab.clock.set_fixed_time("2025-11-07T09:43:00-05:00")
            tab.goto(f"{server.address}presenter.html#agenda")
            tab.wait_for_selector("#agenda li")
            save("presenter", seen(tab))
            tab.goto(f"{server.address}#agenda")
            tab.wait_for_selector("img")
            edit(root / "meetings/124.yaml", "minutes: 15", "minuts: 15")
            tab.wait_for_selector(".faults:not(:empty)")
            save("preview", seen(tab))


def seen(tab: Any) -> Image.Image:
    """What a browser shows."""
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.wait_for_function("[...document.images].every(image => image.complete)")
    picture = Image.open(io.BytesIO(tab.screenshot(animations="disabled"))).convert("RGB")
    return picture.resize((WIDTH, round(picture.height * WIDTH / picture.width)))


TYPED = """# yaml-language-server: $schema=../docs/meeting.schema.json
slides:
  my-talk:
    kind: table
    title: Drafts
    header: [Draft, State]
    rows: [[draft-ietf-tls-rfc8446bis, published]]
    """


def draw_editor() -> None:
    """What Neovim offers at the next key of a slide, in a terminal of its own."""
    for tool in ("nvim", "tmux"):
        need(tool, "apt-get install neovim tmux")
    server = ROOT / "node_modules/yaml-language-server-1.25/bin/yaml-language-server"
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "meetings").mkdir()
        shutil.copytree(ROOT / "docs", root / "docs", ignore=shutil.ignore_patterns("pictures"))
        (root / "meetings/125.yaml").write_text(TYPED)
        editor = f"SERVER={server} nvim --clean -u {ROOT}/docs/editors/init.lua meetings/125.yaml"
        tmux(root, "new-session", "-d", "-x", "90", "-y", "25", editor)
        try:
            expect(root, "published")
            tmux(root, "send-keys", "G", "A")
            words = expect(root, "Property", "C-x", "C-o")
        finally:
            tmux(root, "kill-server")
        page = root / "editor.html"
        page.write_text(f"<meta charset=utf-8><style>{TERMINAL}</style><pre>{escape(words)}</pre>", "utf-8")
        save("editor", shot(page, "pre"))


TERMINAL = "pre { font: 20px/1.3 'Liberation Mono', monospace; padding: 1em; background: #fff; color: #14213d }"


def tmux(root: Path, *words: str) -> str:
    """A command to a terminal of our own, without the settings of the user."""
    command = ["tmux", "-S", str(root / "terminal"), "-f", "/dev/null", *words]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout


def expect(root: Path, word: str, *keys: str) -> str:
    """What the terminal shows as soon as it shows a word, for which these keys ask. Raises TimeoutError after 20 s."""
    until = time.monotonic() + 20
    while word not in (shown := tmux(root, "capture-pane", "-p")):
        if time.monotonic() > until:
            raise TimeoutError(f"the editor does not show {word!r}:\n{shown}")
        if keys:
            tmux(root, "send-keys", *keys)
        time.sleep(0.5)
    return shown.rstrip()


def shot(page: Path, element: str = "body") -> Image.Image:
    """What a browser shows of the first such element of a page."""
    with chromium() as browser, tempfile.NamedTemporaryFile(suffix=".png") as file:
        tab = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")
        tab.goto(page.as_uri())
        tab.evaluate(
            'Promise.all([...document.images].map(image => { image.loading = "eager"; return image.decode(); }))'
        )
        tab.locator(element).first.screenshot(path=file.name)
        picture = Image.open(file.name).convert("RGB")
    return picture.resize((WIDTH, round(picture.height * WIDTH / picture.width)))


def draw(document: pypdfium2.PdfDocument, index: int, width: int) -> Image.Image:
    """A page, so many pixels wide."""
    page = document[index]
    return page.render(scale=width / page.get_width()).to_pil().convert("RGB")


def framed(picture: Image.Image) -> Image.Image:
    """A picture with a thin line around it, or its white would run into that of the README."""
    around = Image.new("RGB", (picture.width + 2, picture.height + 2), GROUND)
    around.paste(picture, (1, 1))
    return around


def sheet(pictures: list[Image.Image]) -> Image.Image:
    """The pictures in rows, as in a slide sorter."""
    width, height = pictures[0].size
    rows = -(-len(pictures) // COLUMNS)
    ground = Image.new("RGB", (WIDTH, rows * (height + GAP) + GAP), GROUND)
    for number, picture in enumerate(pictures):
        row, column = divmod(number, COLUMNS)
        ground.paste(picture, (GAP + column * (width + GAP), GAP + row * (height + GAP)))
    return ground


def save(name: str, picture: Image.Image) -> None:
    """A small PNG in docs/pictures/."""
    path = ROOT / "docs" / "pictures" / f"{name}.png"
    path.parent.mkdir(exist_ok=True)
    picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}: {picture.width} × {picture.height}, {size:,} bytes")
    if size > MOST_BYTES:
        raise SystemExit(f"more than {MOST_BYTES:,} bytes")


if __name__ == "__main__":
    main()
