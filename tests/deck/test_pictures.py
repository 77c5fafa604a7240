"""Pictures of an attacker -> a problem: nothing from elsewhere, nothing that runs, nothing that never ends."""

from __future__ import annotations

import io
import random
import zlib
from pathlib import Path

import pytest
from PIL import Image
from support.pictures import raster
from support.specimen import slides_in

from deckgen.build.one import check
from deckgen.deck.svg import read_svg
from deckgen.problems import DeckError, Origin


def _picture(tmp_path: Path, name: str, data: bytes = b"") -> set[str]:
    """The rules that speak of a slide with this picture."""
    slide = f'  one: {{kind: figure, title: One, alt: A picture, section: Reports, picture: "{name}"}}\n'
    root = slides_in(tmp_path, slide)
    if data:
        (root / name).write_bytes(data)
    return {problem.rule for problem in check(root, 124)}


@pytest.mark.promise
@pytest.mark.sweep(3)
@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "/etc/passwd.png",
        "../outside.png",
        "meetings/../../outside.png",
        "meetings\\\\..\\\\..\\\\outside.png",
        "https://example.com/x.png",
        "file:///etc/x.png",
        "data:image/png;base64,AAAA.png",
        "C:/x.png",
        "~/x.png",
        "meetings/124.yaml",
        "meetings/figures/x.gif",
        "meetings/figures/x.pdf",
        "meetings/figures",
        "a\\0b.png",
    ],
)
def test_picture_from_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    """Absolute paths, ways up, addresses, and files that are no pictures."""
    Image.new("RGB", (10, 10)).save(tmp_path / "outside.png")

    assert _picture(tmp_path, name) & {"bad-picture", "no-picture", "control-character"}


@pytest.mark.promise
def test_picture_behind_a_link_out_of_the_repository_is_refused(tmp_path: Path) -> None:
    """A link in the repository is no way out of it."""
    Image.new("RGB", (10, 10)).save(tmp_path / "outside.png")
    root = slides_in(
        tmp_path, "  one: {kind: figure, title: One, alt: x, section: Reports, picture: meetings/figures/l.png}\n"
    )
    (root / "meetings" / "figures" / "l.png").symlink_to(tmp_path / "outside.png")

    assert "bad-picture" in {problem.rule for problem in check(root, 124)}


def _png(width: int, height: int) -> bytes:
    """The head of a PNG that says it is so large."""
    stream = io.BytesIO()
    Image.new("1", (8, 8)).save(stream, "PNG")
    data = bytearray(stream.getvalue())
    data[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, "big")
    return bytes(data)


@pytest.mark.sweep(3)
@pytest.mark.promise
@pytest.mark.parametrize(
    "data",
    [_png(60_000, 60_000), _png(2**31 - 1, 2**31 - 1), _png(5_000, 5_000), b"\x89PNG\r\n\x1a\n", b"<html>", b"GIF89a"],
)
def test_picture_that_lies_or_is_too_large_is_refused(tmp_path: Path, data: bytes) -> None:
    """Pixel bombs, cut files and other formats under a false name."""
    assert "bad-picture" in _picture(tmp_path, "meetings/figures/x.png", data)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{}</svg>'
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "event": '<rect onload="alert(1)" width="1" height="1"/>',
    "foreign": '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>',
    "image": '<image href="file:///etc/passwd"/>',
    "link": '<a href="https://example.com/"><rect width="1" height="1"/></a>',
    "use of another file": '<use xlink:href="other.svg#a"/>',
    "use of data": '<use href="data:image/svg+xml;base64,AAAA"/>',
    "import": "<style>@import url(https://example.com/x.css);</style>",
    "import without url": '<style>@import "x.css";</style>',
    "font": "<style>@font-face {font-family: x; src: url(https://example.com/x)}</style>",
    "style": '<rect style="fill: url(https://example.com/#a)" width="1" height="1"/>',
    "hidden style": '<rect style="fill: u\\72l(https://example.com/)" width="1" height="1"/>',
    "fill": '<rect fill="url(\'//example.com/x#a\')" width="1" height="1"/>',
    "animation": '<set attributeName="href" to="javascript:alert(1)"/>',
    "filter": '<filter id="f"><feImage href="x.png"/></filter>',
    "filter by a property": '<rect style="filter: blur(900px)" width="1" height="1"/>',
    "filter by an attribute": '<rect filter="blur(900px)" width="1" height="1"/>',
    "base": '<g xml:base="https://example.com/"/>',
    "itself": '<g id="a"><use href="#a"/></g>',
    "many": "".join(f'<g id="a{i}">{f"""<use href="#a{i - 1}"/>""" * 10 if i else "<path/>"}</g>' for i in range(10)),
    "deep": "<g>" * 5_000 + "</g>" * 5_000,
}


@pytest.mark.promise
@pytest.mark.parametrize("name", HOSTILE)
def test_svg_that_runs_reaches_out_or_never_ends_is_refused(name: str) -> None:
    """Only what draws, once, from the file itself."""
    with pytest.raises(DeckError) as stopped:
        read_svg(SVG.format(HOSTILE[name]).encode(), "", Origin("x.svg"))

    assert stopped.value.problems[0].rule in ("unsafe-picture", "bad-picture")


@pytest.mark.promise
def test_an_svg_has_a_limit_of_elements() -> None:
    """The drawing, a group of 98, and the group 499 times again are 50,000; one more is refused."""
    drawing = f'<g id="a">{"<path/>" * 98}</g>' + '<use href="#a"/>' * 499
    assert read_svg(SVG.format(drawing).encode(), "", Origin("x.svg")).width

    with pytest.raises(DeckError) as stopped:
        read_svg(SVG.format(drawing + "<path/>").encode(), "", Origin("x.svg"))
    assert stopped.value.problems[0].text == "the SVG draws more than 50,000 elements"


@pytest.mark.slow
@pytest.mark.promise
def test_the_bytes_of_a_picture_have_a_limit(tmp_path: Path) -> None:
    """Ten million are read; with one more, the file is not. Here most of them are behind the picture."""
    padded = raster(300, 300).ljust(10_000_000, b"x")
    name = "meetings/figures/x.png"

    assert "bad-picture" not in _picture(tmp_path, name, padded)
    (tmp_path / "root" / name).write_bytes(padded + b"x")
    assert "bad-picture" in {problem.rule for problem in check(tmp_path / "root", 124)}


@pytest.mark.slow
@pytest.mark.parametrize("path", ["M0 500H1000", "".join(f"M{i / 4} 50v900h.125v-900z" for i in range(4_000))])
def test_svg_that_takes_long_to_draw_is_refused(tmp_path: Path, path: str) -> None:
    """Dashes, and parts, finer than a pixel: Typst would be at them for half a minute."""
    dashes = 'stroke="black" stroke-width="900" stroke-dasharray=".05"'
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="1000"><path d="{path}" {dashes}/></svg>'

    assert "unsafe-picture" in _picture(tmp_path, "meetings/figures/fine.svg", drawing.encode())


@pytest.mark.promise
@pytest.mark.slow
def test_pictures_are_bounded_together(tmp_path: Path) -> None:
    """Seven of 9 MB; one that stands on many slides counts once."""
    slide = "  s{0}: {{kind: figure, title: S{0}, alt: x, section: Reports, picture: meetings/figures/{1}.png}}\n"
    root = slides_in(tmp_path, "".join(slide.format(i, i % 7) for i in range(14)))
    for number in range(7):
        image = Image.frombytes("RGB", (1500, 2000), random.Random(number).randbytes(9_000_000))
        image.save(root / "meetings" / "figures" / f"{number}.png", compress_level=0)

    told = [problem.text for problem in check(root, 124) if problem.rule == "bad-picture"]

    assert told == ["all pictures have more than 60,000,000 bytes"] * 2


@pytest.mark.promise
@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG.format("<text>&a;</text>"),
        '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>' + SVG.format("<text>&b;</text>"),
        "<html/>",
        "not XML",
        SVG.format("").replace('width="9"', 'width="1e400"'),
        SVG.format("").replace('width="9"', ""),
    ],
)
def test_document_that_is_no_plain_svg_is_refused(document: str) -> None:
    """Entities, other roots, sizes that are none."""
    with pytest.raises(DeckError):
        read_svg(document.encode(), "", Origin("x.svg"))


def test_svg_of_a_drawing_program_is_taken() -> None:
    """Document type, comments, notes of the program, inches and Latin-1: what honest programs write."""
    document = (
        '<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><!-- by a program -->'
        '<svg xmlns="http://www.w3.org/2000/svg" '
        'xmlns:i="http://www.inkscape.org/namespaces/inkscape" width="2in" height="144pt"><i:view zoom="1"/>'
        '<defs><pattern id="p"/></defs><style>* {stroke-linejoin: round}</style>'
        '<rect fill="url(#p)" width="1" height="1"/><text>Montréal</text></svg>'
    )
    picture = read_svg(document.encode("latin-1"), "", Origin("x.svg"))

    assert (picture.width, picture.height) == (192, 192)
    assert picture.words == "Montréal"
    assert b"inkscape.org" not in picture.data.partition(b"<defs")[2]
