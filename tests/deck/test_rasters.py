"""Photos and screenshots as they come -> upright in both files, with their colours and nothing else."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageOps, PngImagePlugin
from pypdfium2 import PdfDocument, raw
from support.repository import MINIMAL, lay_out

from deckgen.build.one import build, check
from deckgen.problems import Problem

SECRETS = (b"Secret", b"Exif", b"left over")
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _encoded(image: Image.Image, format: str, **how: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, format, **how)
    return stream.getvalue()


def _photo() -> Image.Image:
    """Wide, red at its upper left, blue at its lower right."""
    photo = Image.new("RGB", (160, 96), "white")
    photo.paste("red", (0, 0, 80, 48))
    photo.paste("blue", (80, 48, 160, 96))
    return photo


def _noted(orientation: int = 1) -> Image.Exif:
    """The notes of a camera: its maker, the place, and how it was held."""
    notes = Image.Exif()
    notes[0x010F], notes[0x0112] = "Secret maker", orientation
    notes[0x8825] = {1: "N", 2: (52.0, 1.0, 2.0)}
    return notes


def _deck(tmp_path: Path, pictures: dict[str, bytes]) -> Path:
    """A folder with a slide for each picture, on a line of its own."""
    slide = '  s{0}: {{kind: figure, title: "{1}", alt: "What {1} shows", picture: meetings/figures/{1}}}\n'
    slides = "".join(slide.format(number, name) for number, name in enumerate(pictures))
    files: dict[str, str | bytes] = {f"meetings/figures/{name}": data for name, data in pictures.items()}
    return lay_out(tmp_path / "root", {"meetings/123.yaml": f"{MINIMAL}slides:\n{slides}", **files}, slides=False)


def _built(tmp_path: Path, pictures: dict[str, bytes]) -> tuple[zipfile.ZipFile, PdfDocument]:
    root = _deck(tmp_path, pictures)
    build(root, 123, root / "out").get()
    [pptx], [pdf] = (root / "out").glob("*.pptx"), (root / "out").glob("*.pdf")
    return zipfile.ZipFile(pptx), PdfDocument(pdf)


def _in_pptx(archive: zipfile.ZipFile) -> list[bytes]:
    """The pictures in the order of their slides."""
    names = [name for name in archive.namelist() if name.startswith("ppt/media/")]
    return [archive.read(name) for name in sorted(names, key=lambda name: int(re.sub(r"\D", "", name)))]


def _in_pdf(document: PdfDocument) -> Iterator[Image.Image]:
    """The pictures as they are drawn on the pages."""
    for page in document:
        for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
            left, bottom, right, top = thing.get_bounds()
            drawn = page.render(scale=1).to_pil()
            yield drawn.crop(
                (round(left), round(page.get_height() - top), round(right), round(page.get_height() - bottom))
            )


def _look(image: Image.Image) -> tuple[bool, list[str]]:
    """Whether a picture is wide, and the colours of its quarters."""
    names = {(1, 0, 0): "red", (0, 0, 1): "blue", (1, 1, 1): "white"}
    small = image.convert("RGB").resize((4, 4), Image.Resampling.BOX)
    quarters = [small.getpixel(place) for place in ((0, 0), (3, 0), (0, 3), (3, 3))]
    return image.width > image.height, [names[tuple(round(c / 255) for c in quarter)] for quarter in quarters]


@pytest.mark.sweep(2)
@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_a_picture_stands_as_it_was_held(format: str, tmp_path: Path) -> None:
    """All eight orientations of the Exif standard, turned in both files as Pillow turns them."""
    suffix = "png" if format == "PNG" else "jpg"
    turned = {f"{n}.{suffix}": _encoded(_photo(), format, exif=_noted(n)) for n in range(1, 9)}
    wanted = [_look(ImageOps.exif_transpose(Image.open(io.BytesIO(data)))) for data in turned.values()]
    pptx, pdf = _built(tmp_path, turned)

    assert len({str(look) for look in wanted}) == 8
    assert [_look(Image.open(io.BytesIO(data))) for data in _in_pptx(pptx)] == wanted
    assert [_look(image) for image in _in_pdf(pdf)] == wanted


def _texts() -> PngImagePlugin.PngInfo:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "Secret author")
    texts.add_itxt("XML:com.adobe.xmp", "<x>http://ns.adobe.com Secret</x>", zip=False)
    return texts


NOTED = {
    "notes.jpg": _encoded(_photo(), "JPEG", exif=_noted(), comment=b"Secret", icc_profile=SRGB),
    "notes.png": _encoded(_photo(), "PNG", exif=_noted(), pnginfo=_texts(), icc_profile=SRGB),
    "turned.jpg": _encoded(_photo(), "JPEG", exif=_noted(6), comment=b"Secret", icc_profile=SRGB),
    "turned.png": _encoded(_photo(), "PNG", exif=_noted(6), pnginfo=_texts(), icc_profile=SRGB),
    "tail.jpg": _encoded(_photo(), "JPEG", icc_profile=SRGB) + b"left over",
    "tail.png": _encoded(_photo(), "PNG", icc_profile=SRGB) + b"left over",
    "phone.jpg": _encoded(_photo(), "MPO", save_all=True, append_images=[_photo()], exif=_noted(), icc_profile=SRGB),
}


@pytest.mark.promise
def test_nothing_but_pixels_and_colours_is_published(tmp_path: Path) -> None:
    """Camera, author, place and comments are in neither file; the colour profile stays."""
    assert all(any(secret in data for secret in SECRETS) for data in NOTED.values())
    pptx, _ = _built(tmp_path, NOTED)
    published = (tmp_path / "root" / "out").glob("*.pdf")

    pictures = _in_pptx(pptx)
    assert len(pictures) >= 4
    assert [
        secret for data in (*pictures, *(p.read_bytes() for p in published)) for secret in SECRETS if secret in data
    ] == []
    assert all(Image.open(io.BytesIO(data)).info["icc_profile"] == SRGB for data in pictures)


@pytest.mark.sweep(4)
@pytest.mark.parametrize(
    ("format", "mode"), [("PNG", "RGB"), ("PNG", "I;16"), ("PNG", "P"), ("PNG", "LA"), ("JPEG", "L")]
)
def test_what_stands_upright_keeps_every_pixel(format: str, mode: str, tmp_path: Path) -> None:
    """Sixteen bits, palettes and transparency; a JPEG is not encoded a second time."""
    before = Image.new("I;16", (40, 30), 12345) if mode == "I;16" else _photo().convert(mode)
    name = "x.png" if format == "PNG" else "x.jpg"
    data = _encoded(before, format)
    pptx, _ = _built(tmp_path, {name: data})
    [after] = [Image.open(io.BytesIO(one)) for one in _in_pptx(pptx)]

    assert (after.mode, after.tobytes()) == (mode, Image.open(io.BytesIO(data)).tobytes())


@pytest.mark.parametrize("format", ["PNG", "JPEG"])
def test_an_upright_picture_is_not_encoded_again(format: str, tmp_path: Path) -> None:
    """The file in the PowerPoint is that of the author, except what is not drawn, and here there is nothing of that."""
    data = _encoded(_photo(), format, **({"compress_level": 1} if format == "PNG" else {"quality": 93}))
    pptx, _ = _built(tmp_path, {"x.png" if format == "PNG" else "x.jpg": data})

    assert _in_pptx(pptx) == [data]


def test_inks_become_light(tmp_path: Path) -> None:
    """A CMYK JPEG is red in both files where it is red."""
    pptx, pdf = _built(tmp_path, {"inks.jpg": _encoded(_photo().convert("CMYK"), "JPEG")})

    [data] = _in_pptx(pptx)
    assert Image.open(io.BytesIO(data)).mode == "RGB"
    assert _look(Image.open(io.BytesIO(data))) == _look(_photo())
    assert [_look(image) for image in _in_pdf(pdf)] == [_look(_photo())]


def _with_scans(data: bytes, more: int) -> bytes:
    """A progressive JPEG with its last scan again and again."""
    last = data.rindex(b"\xff\xda")
    return data[:-2] + data[last:-2] * more + b"\xff\xd9"


ODD = {
    "no end.png": _encoded(_photo(), "PNG")[:-12],
    "cut.png": _encoded(_photo(), "PNG")[:-4],
    "many scans.jpg": _with_scans(_encoded(_photo(), "JPEG", progressive=True), 150),
}


@pytest.mark.sweep(3)
@pytest.mark.parametrize("name", ODD)
def test_a_picture_that_is_whole_but_odd_is_shown(name: str, tmp_path: Path) -> None:
    """What PNG readers forgive, and more scans than a reader takes, are written anew."""
    pptx, pdf = _built(tmp_path, {name.replace(" ", "-"): ODD[name]})

    assert [_look(Image.open(io.BytesIO(data))) for data in _in_pptx(pptx)] == [_look(_photo())]
    assert [_look(image) for image in _in_pdf(pdf)] == [_look(_photo())]


@pytest.mark.slow
@pytest.mark.parametrize("format", ["PNG", "JPEG"])
def test_the_widest_picture_is_built(format: str, tmp_path: Path) -> None:
    """Typst looks at a JPEG a second time when it writes the PDF."""
    name = "wide.png" if format == "PNG" else "wide.jpg"
    _, pdf = _built(tmp_path, {name: _encoded(Image.new("RGB", (16_384, 20), "red"), format)})

    assert len(list(_in_pdf(pdf))) == 1


def _told(root: Path) -> list[Problem]:
    return [problem for problem in check(root, 123) if problem.severity == "error"]


def _without_codes(data: bytes) -> bytes:
    """A JPEG whose first table of codes has another number than the scans ask for; Typst draws it all the same."""
    number = data.index(b"\xff\xc4") + 4
    return data[:number] + b"\x01" + data[number + 1 :]


BROKEN = {
    "half.png": _encoded(_photo(), "PNG")[:150],
    "half.jpg": _encoded(_photo(), "JPEG")[:700],
    "no-codes.jpg": _without_codes(_encoded(_photo(), "JPEG", progressive=True)),
    "empty.png": b"",
    "empty.jpg": b"",
    "a-gif.png": _encoded(_photo(), "GIF"),
    "a-webp.jpg": _encoded(_photo(), "WEBP"),
    "a-tiff.png": _encoded(_photo(), "TIFF"),
    "moving.png": _encoded(_photo(), "PNG", save_all=True, append_images=[Image.new("RGB", (160, 96))]),
}


@pytest.mark.promise
def test_what_is_no_whole_picture_is_told_at_its_line(tmp_path: Path) -> None:
    """Each of them, in one run, at the line that names it."""
    told = _told(_deck(tmp_path, BROKEN))

    first = f"{MINIMAL}slides:\n".count("\n") + 1
    assert [(problem.origin.line, problem.rule) for problem in told] == [
        (first + number, "bad-picture") for number in range(len(BROKEN))
    ]


@pytest.mark.posix
@pytest.mark.promise
def test_a_path_that_leads_to_no_picture_is_told(tmp_path: Path) -> None:
    """A link to itself, a device, a pipe, a folder, and a name no disk takes."""
    names = ("loop.png", "device.png", "pipe.png", "folder.png", f"{'x' * 300}.png")
    root = _deck(tmp_path, dict.fromkeys(names[:4], b""))
    figures = root / "meetings" / "figures"
    for name in names[:4]:
        (figures / name).unlink()
    (figures / "loop.png").symlink_to("loop.png")
    (figures / "device.png").symlink_to("/dev/zero")
    os.mkfifo(figures / "pipe.png")
    (figures / "folder.png").mkdir()
    with (root / "meetings" / "123.yaml").open("a") as meeting:
        meeting.write(f"  last: {{kind: figure, title: T, alt: A, picture: meetings/figures/{names[4]}}}\n")

    assert [problem.rule for problem in _told(root)] == ["bad-picture"] * 5


@pytest.mark.slow
@pytest.mark.promise
@pytest.mark.parametrize(
    ("size", "words"),
    [
        ((6000, 4000), "not a complete"),
        ((6000, 4001), "at most 24,000,000 are shown"),
        ((16_384, 100), "not a complete"),
        ((100, 16_385), "16,384 in a row"),
    ],
)
def test_the_number_of_pixels_has_a_limit(size: tuple[int, int], words: str, tmp_path: Path) -> None:
    """As many are decoded; one row more, and only the head of the file is read."""
    whole = _encoded(Image.new("1", size), "PNG")
    [problem] = _told(_deck(tmp_path, {"large.png": whole[: len(whole) // 2]}))

    assert words in problem.text


@pytest.mark.promise
@pytest.mark.slow
def test_the_pixels_of_all_pictures_have_a_limit(tmp_path: Path) -> None:
    """Of eight pictures that compress to nothing, four are taken."""
    large = {f"{n}.png": _encoded(Image.new("L", (6000, 4000), n), "PNG") for n in range(8)}

    assert [problem.text for problem in _told(_deck(tmp_path, large))] == [
        "all pictures have more than 96,000,000 pixels"
    ] * 4
