"""Path in a YAML file -> Picture: bounded, inside the repository, and really a picture."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

from deckgen.deck import Picture
from deckgen.problems import DeckError, Origin, fatal, nearest
from deckgen.source import Source, text_of
from deckgen.svg import safe_svg

MAX_BYTES = 10_000_000
MAX_PIXELS = 24_000_000
_SUFFIXES = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".svg": "SVG"}
_HINT = "a PNG, JPEG or SVG in this repository, such as `meetings/figures/124-reviews.png`"


def read_picture(root: Path, source: Source, alt: str) -> Picture:
    """The picture that `source` names, from the folder `root`. Raises DeckError."""
    path = _inside(root, source)
    if path.stat().st_size > MAX_BYTES:
        raise fatal(source.origin, "bad-picture", f"more than {MAX_BYTES:,} bytes")
    data = path.read_bytes()
    if path.suffix.lower() == ".svg":
        safe, width, height = safe_svg(data, source.origin)
        return Picture(safe, "svg", width, height, alt, source.origin)
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
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large pictures, which are refused here
            with Image.open(io.BytesIO(data), formats=[format]) as image:
                width, height = image.size
                if width * height > MAX_PIXELS:
                    raise fatal(origin, "bad-picture", f"{width} × {height} pixels; at most {MAX_PIXELS:,} are shown")
                image.load()
    except DeckError:
        raise
    except Exception:  # Pillow's decoders raise whatever the bytes lead them to
        raise fatal(origin, "bad-picture", f"the file is no whole {format} picture", _HINT) from None
    return Picture(data, "png" if format == "PNG" else "jpg", width, height, alt, origin)
