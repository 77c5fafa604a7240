"""Path in a YAML file -> Picture: bounded, inside the repository, and really a picture."""

from __future__ import annotations

import io
from pathlib import Path

from deckgen.deck import Picture
from deckgen.problems import Origin, fatal, nearest
from deckgen.source import Source, text_of

MAX_BYTES = 10_000_000
MAX_PIXELS = 40_000_000
_SUFFIXES = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".svg": "SVG"}
_HINT = "a PNG, JPEG or SVG in this repository, such as `meetings/figures/124-reviews.png`"


def read_picture(root: Path, source: Source, alt: str) -> Picture:
    """The picture that `source` names, from the folder `root`. Raises DeckError."""
    path = _inside(root, source)
    if path.stat().st_size > MAX_BYTES:
        raise fatal(source.origin, "bad-picture", f"more than {MAX_BYTES:,} bytes")
    data = path.read_bytes()
    if path.suffix.lower() == ".svg":
        width, height = _svg_size(data, source.origin)
        return Picture(data, "svg", width, height, alt, source.origin)
    return _raster(data, _SUFFIXES[path.suffix.lower()], alt, source.origin)


def _inside(root: Path, source: Source) -> Path:
    """The file named, refusing every way out of `root`: absolute paths, `..`, links, addresses."""
    name = text_of(source)
    given = Path(name)
    if given.suffix.lower() not in _SUFFIXES:
        raise fatal(source.origin, "bad-picture", f"`{name}` is no PNG, JPEG or SVG", _HINT)
    if given.is_absolute() or "\\" in name or ":" in name or ".." in given.parts:
        raise fatal(source.origin, "bad-picture", f"`{name}` is outside the repository", _HINT)
    path = (root / given).resolve()
    if not path.is_relative_to(root.resolve()):
        raise fatal(source.origin, "bad-picture", f"`{name}` leads outside the repository", _HINT)
    if not path.is_file():
        beside = [entry.name for entry in path.parent.iterdir()] if path.parent.is_dir() else []
        raise fatal(source.origin, "no-picture", f"there is no picture `{name}`", nearest(given.name, beside))
    return path


def _raster(data: bytes, format: str, alt: str, origin: Origin) -> Picture:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=[format]) as image:
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise fatal(origin, "bad-picture", f"{width} × {height} pixels; at most {MAX_PIXELS:,} are shown")
            image.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise fatal(origin, "bad-picture", f"the file is no whole {format} picture", _HINT) from None
    return Picture(data, "png" if format == "PNG" else "jpg", width, height, alt, origin)


def _svg_size(data: bytes, origin: Origin) -> tuple[int, int]:
    """Width and height of an SVG, after refusing whatever could reach out of it or run."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise fatal(origin, "bad-picture", "the file is no SVG", _HINT) from None
    if etree.QName(root).localname != "svg" or root.getroottree().docinfo.internalDTD is not None:
        raise fatal(origin, "bad-picture", "the file is no SVG, or has a document type", _HINT)
    for element in root.iter():
        _refuse_active(element, origin)
    box = str(root.get("viewBox", "")).replace(",", " ").split()
    numbers = [_length(root.get("width")), _length(root.get("height"))]
    if len(box) == 4 and not all(numbers):
        numbers = [_length(box[2]), _length(box[3])]
    if not all(numbers) or max(numbers) > 100_000:
        raise fatal(origin, "bad-picture", "the SVG says neither its width and height nor a viewBox")
    return round(numbers[0]), round(numbers[1])


def _refuse_active(element: object, origin: Origin) -> None:
    tag = str(getattr(element, "tag", "")).rpartition("}")[2].lower()
    if tag in ("script", "foreignobject", "iframe", "image", "feimage") or "ProcessingInstruction" in tag:
        raise fatal(origin, "unsafe-picture", f"the SVG has a `{tag}` element, which is not allowed")
    for name, value in getattr(element, "attrib", {}).items():
        key = str(name).rpartition("}")[2].lower()
        outside = key == "href" and not str(value).startswith("#")
        if key.startswith("on") or outside or "url(" in str(value).replace("url(#", ""):
            raise fatal(origin, "unsafe-picture", f"the SVG has `{key}`, which reaches out of it or runs")


def _length(text: str | None) -> float:
    digits = str(text or "").strip().removesuffix("px").removesuffix("pt")
    try:
        return max(0.0, float(digits))
    except ValueError:
        return 0.0
