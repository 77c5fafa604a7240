"""SVGs with words -> drawn alike in both files, and their words read back as the drawing's."""

from __future__ import annotations

import io
import math
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageStat
from pypdfium2 import PdfDocument
from support.pictures import raster
from support.repository import MINIMAL, lay_out

from deckgen.build.one import Typeset, build, check, typeset
from deckgen.deck.glyphs import missing_glyphs
from deckgen.deck.svg import read_svg
from deckgen.layout.pages import PictureBlock
from deckgen.layout.theme import EMU, Box
from deckgen.problems import DeckError, Origin, Problem
from deckgen.proof.read_pdf import read_pdf
from deckgen.proof.read_pptx import read_pptx
from deckgen.writers.pdf import draw_svg

LEAST = 96  # pixels to the inch, in templates/rules.yaml
CLIENT = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200"><rect width="400" height="200" fill="#eee"/>'
    '<text x="20" y="60" font-size="24">Client</text></svg>'
)


def _svg(body: str, width: int = 400, height: int = 200) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width}" height="{height}">{body}</svg>'
    )


def _deck(tmp_path: Path, *drawings: str | bytes, suffix: str = "svg") -> Path:
    """A folder with a slide for each drawing, on a line of its own, from line 4 on."""
    slide = '  s{0}: {{kind: figure, title: "Slide {0}", alt: "What {0} shows", picture: meetings/figures/{0}.{1}}}\n'
    slides = "".join(slide.format(number, suffix) for number in range(len(drawings)))
    files = {f"meetings/figures/{number}.{suffix}": drawing for number, drawing in enumerate(drawings)}
    return lay_out(tmp_path / "root", {"meetings/123.yaml": f"{MINIMAL}slides:\n{slides}", **files}, slides=False)


def _built(root: Path) -> tuple[bytes, bytes, str]:
    """The PowerPoint, the PDF and the outline."""
    build(root, 123, root / "out").get()
    [pptx], [pdf] = (root / "out").glob("*.pptx"), (root / "out").glob("*.pdf")
    return pptx.read_bytes(), pdf.read_bytes(), (root / "out" / "outline.txt").read_text("utf-8")


def _placed(root: Path) -> tuple[Typeset, int, Box]:
    """The deck, and of its first picture the index of its page and its place."""
    ready = typeset(root, 123).get()
    return next(
        (ready, page.number - 1, block.box)
        for page in ready.pages.pages
        for block in page.blocks
        if isinstance(block, PictureBlock) and block.slot
    )


def _told(root: Path) -> list[tuple[int, str]]:
    return [(problem.origin.line, problem.rule) for problem in check(root, 123) if problem.severity == "error"]


@pytest.mark.parametrize("words", ["Client", "office \U00012000"])
def test_the_words_of_a_drawing_are_in_both_files(words: str, tmp_path: Path) -> None:
    """They are not text of the slide, and can be searched and copied."""
    pptx, pdf, outline = _built(_deck(tmp_path, CLIENT.replace("Client", words)))
    slides = read_pptx(pptx)
    number = next(number for number, slide in enumerate(slides, 1) if slide.title == "Slide 0")
    slide, page = slides[number - 1], read_pdf(pdf, {number})[number - 1]

    assert (slide.drawn, page.drawn) == ((words,), (words,))
    assert words not in "".join((*slide.lines, *page.lines))
    assert f"[drawing] {words}" in outline


# Labels whose scripts combine letters, so that two fonts have different numbers of glyphs for them.
MIXED = (
    "office \U00012000",
    "office \u738b",
    "Client \u0928\u092e\u0938\u094d\u0924\u0947 \u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35",
    "\u05d3\u05d5\u05d3 \u0f56\u0f7c\u0f51 \ud55c\uad6d",
)


@pytest.mark.slow
@pytest.mark.parametrize("words", ['WAVE <tspan font-weight="bold">bold</tspan>', MIXED[1], MIXED[3]])
def test_a_drawing_looks_alike_in_both_files(words: str, tmp_path: Path) -> None:
    """Its words are set in the same font at the same place, whatever font it names, and what no font has as boxes."""
    body = f'<text y="70" font-size="60" font-family="Arial">{words}</text>'
    pptx, pdf, _ = _built(_deck(tmp_path, _svg(body)))
    archive = zipfile.ZipFile(io.BytesIO(pptx))
    [name] = [name for name in archive.namelist() if name.startswith("ppt/media/")]
    transparent = Image.open(archive.open(name)).convert("RGBA")
    ours = Image.alpha_composite(Image.new("RGBA", transparent.size, "white"), transparent).convert("L")
    _, index, box = _placed(tmp_path / "root")
    page = PdfDocument(pdf)[index].render(scale=2).to_pil().convert("L")
    theirs = page.crop(tuple(round(2 * edge / EMU) for edge in (box.x, box.y, box.x + box.width, box.bottom))).resize(
        ours.size
    )

    assert ImageStat.Stat(ours).extrema[0][0] < 50  # something is written
    assert ImageStat.Stat(ImageChops.difference(ours, theirs)).mean[0] < 2


def test_a_browser_draws_the_words_as_both_files_do(tmp_path: Path) -> None:
    """The preview shows the drawing as pixels: a browser has other fonts."""
    ready, index, _ = _placed(_deck(tmp_path, CLIENT))
    page = draw_svg(ready.pages, ready.theme, ready.typesetter)[index]

    assert "data:image/png" in page
    assert "data:image/svg" not in page


PLACES = 'x="{x}" y="{y}"', 'x="{x} {y} 90" y="{y}"', 'x="{x}" y="{y}" rotate="30"', 'transform="translate({x} {y})"'
STYLES = (
    *('font-size="{size}"', 'font-family="Courier New, monospace"', 'font-weight="bold"', 'style="font-style: italic"'),
    *('fill="url(#shade)"', 'stroke="red"', 'opacity=".4"', 'letter-spacing="4"', 'writing-mode="tb"'),
    *('text-anchor="middle"', 'text-decoration="underline"', 'textLength="150"', 'class="big"', 'display="none"'),
    *('visibility="hidden"', 'font-size="0"', 'dominant-baseline="middle"', 'xml:space="preserve"', 'fill="none"'),
)
WORDS = (
    "Client",
    "TLS 1.3",
    "office ffi",
    "Ünïcode",
    "Ωmega",
    "state-of-the-art",
    "soft\u00adhyphen",
    "a\u200bb",
    "ﬁ",
    "½",
)
FRAMES = (
    *(
        "{}",
        "<g>{}</g>",
        '<g opacity=".5">{}</g>',
        "<switch><g>{}</g></switch>",
        '<svg x="20" viewBox="0 0 400 200">{}</svg>',
    ),
    *('<g id="{id}">{}</g><use xlink:href="#{id}" y="40"/>', '<symbol id="{id}">{}</symbol><use href="#{id}"/>'),
    '<mask id="{id}">{}</mask><rect width="400" height="200" mask="url(#{id})"/>',
    '<clipPath id="{id}">{}</clipPath><rect width="400" height="200" clip-path="url(#{id})"/>',
    '<pattern id="{id}" width="90" height="40" patternUnits="userSpaceOnUse">{}</pattern>'
    '<rect width="90" height="90" fill="url(#{id})"/>',
    '<marker id="{id}" markerWidth="90" markerHeight="90">{}</marker><path d="M0 0L90 90" marker-end="url(#{id})"/>',
)
HEAD = (
    "<style>.big {font: bold 30px Verdana}</style>"
    '<linearGradient id="shade"><stop stop-color="red"/><stop offset="1" stop-color="blue"/></linearGradient>'
    '<path id="curve" d="M10 100Q200 0 390 100" fill="none"/>'
)


def _any_drawing(chance: random.Random) -> str:
    """Some of everything that an SVG may have and that has to do with words."""

    def words() -> str:
        text = " ".join(chance.choices(WORDS, k=chance.randint(1, 4)))
        span = f'<tspan {chance.choice(STYLES).format(size=9)} dy="9">{chance.choice(WORDS)}</tspan>'
        return chance.choice((text, text + span, f'<textPath href="#curve">{text}</textPath>'))

    body = HEAD
    for number in range(chance.randint(1, 6)):
        place = chance.choice(PLACES).format(x=chance.randint(-90, 390), y=chance.randint(-20, 220))
        styles = " ".join({style.partition("=")[0]: style for style in chance.choices(STYLES, k=2)}.values())
        text = f"<text {place} {styles.format(size=chance.randint(1, 80))}>{words()}</text>"
        body += chance.choice(FRAMES).format(text, id=f"i{number}")
    return _svg(body)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_any_drawing_that_may_be_is_built(seed: int, tmp_path: Path) -> None:
    """No words of a drawing, however they are drawn, make the two files disagree."""
    chance = random.Random(seed)
    root = _deck(tmp_path, *(_any_drawing(chance) for _ in range(25)))

    assert _told(root) == []
    assert len(build(root, 123, root / "out").get().files) == 3


def test_the_words_are_read_in_the_order_of_the_file() -> None:
    """Lines are apart, spans are not, and what the file says of itself is none of them."""
    drawing = _svg(
        "<title>A name</title><text>One<tspan font-weight='bold'>half</tspan> more</text><?note x?>"
        "<text><tspan x='0' y='9'>two</tspan><tspan x='0' y='20'>lines</tspan></text><text>a<?note?>b</text>"
    )

    assert read_svg(drawing.encode(), "", Origin("x")).words == "Onehalf more two lines ab"


@pytest.mark.sweep(2)
@pytest.mark.parametrize("letters", ["\U0010fff0", "R\u0303", *MIXED])
def test_a_letter_that_the_font_lacks_is_told_at_the_picture(letters: str, tmp_path: Path) -> None:
    """By `check` as by `build`, at the line that names the drawing, with the mark that is missing; it is built."""
    root = _deck(tmp_path, CLIENT, _svg(f'<text y="50">{letters}</text>'))
    told = [problem for problem in check(root, 123) if problem.origin.line == 5]
    built = build(root, 123, root / "out")

    assert len(built.get().files) == 3
    assert [problem for problem in built.problems if problem.origin.line == 5] == told
    assert [(problem.rule, problem.severity) for problem in told] == [("missing-glyphs", "warning")]
    assert f"U+{ord(missing_glyphs(letters)[0]):04X}" in told[0].text


def test_a_letter_that_turns_the_text_is_refused(tmp_path: Path) -> None:
    """As everywhere else."""
    assert _told(_deck(tmp_path, _svg("<text>a\u202eb</text>"))) == [(4, "control-character")]


def test_html_in_a_drawing_is_told_with_what_to_do() -> None:
    """The element in which drawing programs put labels that only browsers draw."""
    html = '<foreignObject width="9" height="9"><p xmlns="http://www.w3.org/1999/xhtml">Client</p></foreignObject>'
    with pytest.raises(DeckError) as stopped:
        read_svg(_svg(f"<switch>{html}<text>Client</text></switch>").encode(), "", Origin("x"))

    assert stopped.value.problems[0].hint == "export it as PNG, or without HTML labels"


def _chain(count: int) -> str:
    """Masks, each of them masked by the one before."""
    first, *others = (
        f'<mask id="m{n}" {{}}><rect width="1000" height="1000" fill="white"/></mask>'.format(
            f'mask="url(#m{n - 1})"' if n else ""
        )
        for n in range(count)
    )
    return first + "".join(others) + f'<rect width="1000" height="1000" mask="url(#m{count - 1})"/>'


WILD = {
    "panic": '<path d="M0 0L1e9 1e9" stroke="black" stroke-width="1e9" fill="none"/>',
    "abort": '<pattern id="p" width="1e6" height="1e6" patternUnits="userSpaceOnUse"><path d="M0 0h1v1z"/></pattern>'
    '<rect width="1e6" height="1e6" fill="url(#p)"/>',
    "memory": _chain(200),
}


@pytest.mark.promise
@pytest.mark.slow
def test_a_drawing_that_ends_its_process_is_told_at_its_line(tmp_path: Path) -> None:
    """Others beside it are drawn, and nothing of what a library says reaches the output."""
    root = _deck(tmp_path, CLIENT, *(_svg(body, 1000, 1000) for body in WILD.values()), CLIENT)
    command = [sys.executable, "-m", "deckgen", "check", "123", "--output-format", "json"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)

    assert _told(root) == [(line, "unsafe-picture") for line in (5, 6, 7)]
    assert done.returncode == 1
    assert done.stdout.count('"unsafe-picture"') >= 3
    assert "panic" not in done.stderr
    assert "Traceback" not in done.stderr


def _alt_texts(pdf: bytes) -> list[str]:
    """What the PDF says of its pictures, right where they are drawn."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        marks = [
            operands[1]
            for page in document.pages
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary)
        ]
        return [str(mark.Alt) for mark in marks if "/Alt" in mark]


@pytest.mark.sweep(3)
@pytest.mark.parametrize(
    ("suffix", "picture"), [("svg", CLIENT), ("png", raster(800, 400)), ("jpg", raster(800, 400, format="JPEG"))]
)
def test_what_a_picture_shows_is_said_in_both_files(suffix: str, picture: str | bytes, tmp_path: Path) -> None:
    """The author's words, no other, for each sort of picture."""
    pptx, pdf, _ = _built(_deck(tmp_path, picture, picture, suffix=suffix))
    wanted = ["What 0 shows", "What 1 shows"]
    slides = zipfile.ZipFile(io.BytesIO(pptx))
    written = "".join(slides.read(name).decode() for name in slides.namelist() if name.startswith("ppt/slides/slide"))

    assert [words for words in _alt_texts(pdf) if words.startswith("What")] == wanted
    assert [words for words in wanted if f'name="Picture" descr="{words}"' in written] == wanted


def _coarse(root: Path) -> list[Problem]:
    return [problem for problem in check(root, 123) if problem.rule == "few-pixels"]


@pytest.mark.slow
def test_a_picture_is_coarse_below_the_pixels_of_the_rule(tmp_path: Path) -> None:
    """`least` of templates/rules.yaml are pixels to the inch of the slide: one fewer is told, as many are not."""
    root = _deck(tmp_path, raster(1000, 500), suffix="png")
    _, _, box = _placed(root)
    enough = math.ceil(LEAST * box.width / EMU / 72)

    for width, told in ((enough, 0), (enough - 4, 1)):
        (root / "meetings" / "figures" / "0.png").write_bytes(raster(width, width // 2))
        assert len(_coarse(root)) == told
